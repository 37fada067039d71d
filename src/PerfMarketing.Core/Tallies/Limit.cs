using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tallies;

/// <summary>How many outcomes, or how much money, a clause or a contract pays for at most.</summary>
/// <remarks>
/// <para>
/// A limit of a clause counts what the clause pays, a limit of a contract what all its clauses pay. It holds a number
/// of outcomes (<see cref="Count"/>) or an amount (<see cref="Amount"/>), for each period and each member of its scope,
/// or a number of months after a customer's first earning (<see cref="Months"/>), which may have a count or an amount
/// besides. A limit of a contract that is an amount holds for what the contract pays for periods too.
/// </para>
/// <para>
/// Outcomes count in the period in which they occurred, in the contract's zone. What is not sure yet has its room set
/// aside. What a correction takes back, the limit has room for again. A version of the contract that keeps the limit's
/// name goes on counting where the last one stopped.
/// </para>
/// </remarks>
/// <param name="Id">The limit's name, unique among the limits of the clause, or of the contract.</param>
public sealed record Limit(LimitId Id) : ITerms
{
    /// <summary>The most months after a first earning: a hundred years.</summary>
    public const int MonthsMax = 1_200;

    /// <summary>How many outcomes are paid at most; null when the limit does not count outcomes. Above zero.</summary>
    public decimal? Count { get; init; }

    /// <summary>How much is paid at most; null when the limit does not count money. Above zero.</summary>
    public Money? Amount { get; init; }

    /// <summary>
    /// For how many months after the first earning with the customer outcomes are paid; null when for ever. The month
    /// is over at the same local time of the same date, or of the last date of a shorter month.
    /// </summary>
    public int? Months { get; init; }

    /// <summary>Whose outcomes share the room; those of all partners together by default.</summary>
    public LimitScope Scope { get; init; }

    /// <summary>After which period the limit begins anew; never by default.</summary>
    public PeriodUnit Per { get; init; } = PeriodUnit.Lifetime;

    /// <summary>
    /// Whether an outcome that is shared counts by credit, which is the default: two fifths of the credit are 0.4
    /// outcomes.
    /// </summary>
    public TallyCredit Credit { get; init; }

    /// <summary>What happens to an outcome that does not fit; it is refused by default.</summary>
    public LimitOverflow OnExceeded { get; init; }

    /// <summary>The clause that prices what does not fit; with <see cref="LimitOverflow.Divert"/> only.</summary>
    public ClauseId? DivertTo { get; init; }

    /// <summary>Whether the limit must know the customer.</summary>
    public bool IsByCustomer => Scope is LimitScope.Customer or LimitScope.PartnerCustomer;

    /// <summary>Whether each partner has a room of its own.</summary>
    public bool IsByPartner => Scope is LimitScope.Partner or LimitScope.PartnerCustomer;

    /// <summary>One paid outcome of each customer.</summary>
    /// <param name="per">After which period the customer counts as new; never by default.</param>
    public static Limit OncePerCustomer(PeriodUnit per = PeriodUnit.Lifetime) =>
        First(1, LimitScope.Customer) with { Id = NameOf("once", LimitScope.Customer, per), Per = per };

    /// <summary>The first outcomes only, each counted whole, whoever shares it.</summary>
    /// <param name="count">How many.</param>
    /// <param name="scope">Whose.</param>
    public static Limit First(int count, LimitScope scope = LimitScope.Partner) =>
        new(NameOf("first", scope, PeriodUnit.Lifetime))
        {
            Count = count,
            Scope = scope,
            Credit = TallyCredit.Involved,
        };

    /// <summary>A number of outcomes for each period, by credit.</summary>
    /// <param name="count">How many.</param>
    /// <param name="per">The period.</param>
    /// <param name="scope">Whose.</param>
    public static Limit Outcomes(decimal count, PeriodUnit per, LimitScope scope = LimitScope.Contract) =>
        new(NameOf("count", scope, per)) { Count = count, Per = per, Scope = scope };

    /// <summary>An amount for each period.</summary>
    /// <param name="amount">How much.</param>
    /// <param name="per">The period.</param>
    /// <param name="scope">Whose.</param>
    public static Limit Spend(Money amount, PeriodUnit per, LimitScope scope = LimitScope.Contract) =>
        new(NameOf("spend", scope, per)) { Amount = amount, Per = per, Scope = scope };

    /// <summary>Some months from a customer's first earning on.</summary>
    /// <param name="months">How many months.</param>
    /// <param name="scope">Whether a first earning is one with the partner, or with any partner.</param>
    public static Limit ForMonths(int months, LimitScope scope = LimitScope.PartnerCustomer) =>
        new(NameOf("months", scope, PeriodUnit.Lifetime)) { Months = months, Scope = scope };

    /// <summary>Reads a limit.</summary>
    /// <param name="terms">The terms.</param>
    public static Limit Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<LimitId>("id"))
        {
            Count = terms.OptionalNumber("count"),
            Amount = terms.Optional<Money>("amount"),
            Months = terms.Has("months") ? terms.Int("months", 0) : null,
            Scope = terms.Enum("scope", LimitScope.Contract),
            Per = terms.Enum("per", PeriodUnit.Lifetime),
            Credit = terms.Enum("credit", TallyCredit.Credited),
            OnExceeded = terms.Enum("onExceeded", LimitOverflow.Reject),
            DivertTo = terms.Optional<ClauseId>("divertTo"),
        };
    }

    /// <summary>The limit with what happens to an outcome that does not fit.</summary>
    /// <param name="overflow">What happens; see <see cref="DivertingTo"/> for another clause.</param>
    public Limit Or(LimitOverflow overflow) => this with { OnExceeded = overflow, DivertTo = null };

    /// <summary>The limit with the clause that prices what does not fit.</summary>
    /// <param name="clause">Another clause of the contract, for the same kind of outcome.</param>
    public Limit DivertingTo(ClauseId clause) => this with { OnExceeded = LimitOverflow.Divert, DivertTo = clause };

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        terms.Number("count", Count);
        terms.Value("amount", Amount);
        terms.Integer("months", Months);
        terms.Enum("scope", Scope, LimitScope.Contract);
        terms.Enum("per", Per, PeriodUnit.Lifetime);
        terms.Enum("credit", Credit, TallyCredit.Credited);
        terms.Enum("onExceeded", OnExceeded, LimitOverflow.Reject);
        terms.Value("divertTo", DivertTo);
    }

    // Without the numbers, so that a limit that is raised goes on counting.
    private static LimitId NameOf(string what, LimitScope scope, PeriodUnit per) =>
        new($"{what}-{EnumText.Of(scope)}-{EnumText.Of(per)}");
}
