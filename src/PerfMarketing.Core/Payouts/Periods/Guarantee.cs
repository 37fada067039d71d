using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Periods;

/// <summary>What is missing to a minimum: with 250.00 EUR guaranteed and 150.00 EUR earned, 100.00 EUR.</summary>
/// <remarks>
/// max(0, minimum − earned) for each period alone. A guarantee that accumulates is one sum for the whole contract, in
/// equal parts over its periods: with M and E the minima and earnings of all periods so far, a period posts
/// max(0, M − E) less what the periods before posted. The partner's share then comes in only beyond what was
/// guaranteed.
/// </remarks>
/// <param name="Minimum">The least that a whole period pays; above zero.</param>
public sealed record Guarantee(Money Minimum) : PeriodPayout
{
    /// <summary>The kind's name.</summary>
    public const string TagName = "guarantee";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override PeriodStage Stage => PeriodStage.Guarantee;

    /// <summary>What is guaranteed for a part of a period; by the days that there are by default.</summary>
    public override PeriodProration Proration { get; init; }

    /// <summary>Whether earnings beyond one period's minimum count towards those of others; not by default.</summary>
    public bool Accumulates { get; init; }

    /// <summary>The clauses whose earnings count; empty, the default, for all, of outcomes and of periods.</summary>
    public ValueList<ClauseId> Clauses { get; init; } = [];

    /// <inheritdoc/>
    public override ValueList<ClauseId> NamedClauses => Clauses;

    /// <summary>Of several periods, what was not paid is not missing, so that later ones take back no more.</summary>
    /// <inheritdoc/>
    public override Accrual BalanceWithout(Accrual balance, Money cut) => Accumulates ? balance - cut : balance;

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Guarantee Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Money>("minimum"))
        {
            Proration = terms.Enum("proration", PeriodProration.Actual),
            Accumulates = terms.Flag("accumulates"),
            Clauses = terms.Values<ClauseId>("clauses"),
        };
    }

    /// <inheritdoc/>
    protected override Accrual ComputeCore(PeriodContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(sheet);
        Accrual zero = Accrual.Zero(context.Currency);
        Accrual minimum = context.PartOf(Minimum, Proration);
        Accrual before = Accumulates ? context.Balance : zero;
        Accrual missing = before + minimum - context.Earned(Clauses);
        Accrual due = Accrual.Max(missing, zero) - Accrual.Max(before, zero);
        if (due != zero)
        {
            sheet.Add(new(due > zero ? TagName : PeriodLineNames.Recoupment, due) { Base = minimum });
        }

        return Accumulates ? missing : zero;
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("minimum", Minimum);
        terms.Enum("proration", Proration, PeriodProration.Actual);
        terms.Flag("accumulates", Accumulates);
        terms.Values("clauses", Clauses);
    }
}
