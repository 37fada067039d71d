using NodaTime;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>One limit of a tree of budgets: what a scope may use in every period of its kind.</summary>
/// <remarks>
/// A line says exactly one of <see cref="Limit"/>, <see cref="Count"/> and <see cref="IsUnlimited"/>: no limit is a
/// thing to be said, and where no line is, nothing is bought. Several lines may limit one scope, by the day and by the
/// month: the one is the parent of the other.
/// </remarks>
/// <param name="Id">The line's name, unique within its plan.</param>
/// <param name="Scope">What it limits.</param>
/// <param name="Per">
/// The kind of period: every day, month and so on has the whole limit again, where <see cref="Windows"/> do not say
/// otherwise.
/// </param>
public sealed record BudgetLine(BudgetId Id, BudgetScope Scope, PeriodUnit Per) : ITerms
{
    /// <summary>The most shares of the limit at which an alert is given.</summary>
    public const int AlertCountMax = 20;

    /// <summary>The line above, which what is used here uses too; null at the top.</summary>
    public BudgetId? Parent { get; init; }

    /// <summary>The most money that may be committed and reserved in one period; above zero.</summary>
    public Money? Limit { get; init; }

    /// <summary>
    /// The most pieces, such as results, that may be committed and reserved in one period; above zero.
    /// </summary>
    public long? Count { get; init; }

    /// <summary>Whether the line has no limit of its own and only counts money. False by default.</summary>
    public bool IsUnlimited { get; init; }

    /// <summary>The dates of a flight; for lines by flight, and only for these.</summary>
    public DateRange? Flight { get; init; }

    /// <summary>
    /// How its periods are cut and what they may use: days that share a month, rolling days, what rolls over. Of the
    /// same kind and flight as the line and in the zone of the plan; null when each period has the whole limit.
    /// </summary>
    public BudgetWindowTerms? Windows { get; init; }

    /// <summary>
    /// From when the limit holds; nothing counts before. With <see cref="Windows"/>, and needed where something rolls
    /// over. Null when it held before all that is asked for.
    /// </summary>
    public Instant? Since { get; init; }

    /// <summary>
    /// By which instant a result counts. <see cref="BudgetRecognition.OnEvent"/> by default. See
    /// <see cref="LedgerRequest.Commit"/>.
    /// </summary>
    public BudgetRecognition Recognition { get; init; }

    /// <summary>What a period may use above the limit, as a part of it; none by default.</summary>
    public Percentage Flex { get; init; }

    /// <summary>What happens to results that arrive when the limit is reached.</summary>
    public CapBehavior AtCap { get; init; }

    /// <summary>Whether the lines below may have more together than this one.</summary>
    public ChildBudgets Children { get; init; }

    /// <summary>Whether what is reversed may be used again in its period; by default it may.</summary>
    public bool ReversalsGiveRoom { get; init; } = true;

    /// <summary>Whether nothing is bought for now. False by default.</summary>
    public bool IsPaused { get; init; }

    /// <summary>
    /// The shares of the limit at which an alert is given, once for each period, when that much is committed or the
    /// limit is lowered below it; rising.
    /// </summary>
    public ValueList<Percentage> Alerts { get; init; } = [];

    /// <summary>Whether it counts pieces and not money.</summary>
    internal bool IsCounted => Count is not null;

    /// <summary>Whether what one of its periods may use follows from what others used.</summary>
    internal bool HasBook => Windows is { Days: not null } or { Per: PeriodUnit.Rolling }
        or { Rollover: not Rollover.None };

    /// <summary>The limit in minor units or pieces; null when there is none.</summary>
    internal long? Units => Count ?? Limit?.MinorUnits;

    /// <summary>Reads a line.</summary>
    /// <param name="terms">The terms.</param>
    public static BudgetLine Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        BudgetId id = terms.Value<BudgetId>("id");
        BudgetScope scope = terms.Object("scope", BudgetScope.Read);
        return new(id, scope, terms.Enum<PeriodUnit>("per"))
        {
            Parent = terms.Optional<BudgetId>("parent"),
            Limit = terms.Optional<Money>("limit"),
            Count = terms.OptionalInteger("count"),
            IsUnlimited = terms.Flag("isUnlimited"),
            Flight = terms.Optional<DateRange>("flight"),
            Windows = terms.OptionalObject("windows", BudgetWindowTerms.Read),
            Since = terms.OptionalInstant("since"),
            Recognition = terms.Enum("recognition", BudgetRecognition.OnEvent),
            Flex = terms.Value("flex", default(Percentage)),
            AtCap = terms.Enum("atCap", CapBehavior.StopAndHonorInFlight),
            Children = terms.Enum("children", ChildBudgets.Flexible),
            ReversalsGiveRoom = terms.Flag("reversalsGiveRoom", true),
            IsPaused = terms.Flag("isPaused"),
            Alerts = terms.Values<Percentage>("alerts", countMax: AlertCountMax),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        terms.Terms("scope", Scope);
        terms.Enum("per", Per);
        terms.Value("parent", Parent);
        terms.Value("limit", Limit);
        terms.Integer("count", Count);
        terms.Flag("isUnlimited", IsUnlimited);
        terms.Value("flight", Flight);
        terms.Terms("windows", Windows);
        terms.Instant("since", Since);
        terms.Enum("recognition", Recognition, BudgetRecognition.OnEvent);
        terms.Value("flex", Flex, default);
        terms.Enum("atCap", AtCap, CapBehavior.StopAndHonorInFlight);
        terms.Enum("children", Children, ChildBudgets.Flexible);
        terms.Flag("reversalsGiveRoom", ReversalsGiveRoom, true);
        terms.Flag("isPaused", IsPaused);
        terms.Values("alerts", Alerts);
    }
}
