using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Periods;

/// <summary>
/// A percentage of the period's commissions on top, when they exceed a threshold: 2 % above 200.00 EUR.
/// </summary>
/// <remarks>
/// rate × measured when measured &gt; threshold, else nothing. The rate applies to all of it, not to what exceeds.
/// </remarks>
/// <param name="Rate">The rate, from 0 % to 100 %.</param>
/// <param name="Above">The threshold, which must be exceeded; zero or more.</param>
public sealed record PerformanceBonus(Percentage Rate, Money Above) : PeriodPayout
{
    /// <summary>The kind's name.</summary>
    public const string TagName = "performance-bonus";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override PeriodStage Stage => PeriodStage.Bonus;

    /// <summary>What is measured, an amount; what was earned by outcomes by default.</summary>
    public Measure Of { get; init; } = Measure.Payout;

    /// <summary>The clauses that count; empty, the default, for all clauses of outcomes.</summary>
    public ValueList<ClauseId> Clauses { get; init; } = [];

    /// <inheritdoc/>
    public override ValueList<Measure> Measures => [Of];

    /// <inheritdoc/>
    public override ValueList<ClauseId> NamedClauses => Clauses;

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static PerformanceBonus Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Percentage>("rate"), terms.Value<Money>("above"))
        {
            Of = terms.Value("of", Measure.Payout),
            Clauses = terms.Values<ClauseId>("clauses"),
        };
    }

    /// <inheritdoc/>
    protected override Accrual ComputeCore(PeriodContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(sheet);
        Accrual earned = new(context.Measured(Of, Clauses), context.Currency);
        if (earned > Above)
        {
            sheet.Add(new(TagName, ShareOf(earned, Rate)) { Base = earned, Rate = Rate });
        }

        return context.Balance;
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("rate", Rate);
        terms.Value("above", Above);
        terms.Value("of", Of, Measure.Payout);
        terms.Values("clauses", Clauses);
    }
}
