using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Periods;

/// <summary>
/// A bonus for each step that a total reaches: 20.00 EUR when a referred partner has earned 100.00 EUR.
/// </summary>
/// <remarks>
/// Each step pays once, in the period in which the total reaches it (at or above). A total that falls again, because of
/// returns, takes nothing back, and does not reach its step a second time.
/// </remarks>
/// <param name="Steps">The steps, rising.</param>
public sealed record Milestone(ValueList<MilestoneStep> Steps) : PeriodPayout
{
    /// <summary>The kind's name.</summary>
    public const string TagName = "milestone";

    /// <summary>The most steps.</summary>
    public const int StepCountMax = 1_000;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override PeriodStage Stage => PeriodStage.Bonus;

    /// <summary>What is measured; results by default.</summary>
    public Measure Of { get; init; } = Measure.Count;

    /// <summary>Whether totals begin anew with each period; so by default.</summary>
    public PeriodCounting Counting { get; init; }

    /// <summary>The clauses that count; empty, the default, for all clauses of outcomes.</summary>
    public ValueList<ClauseId> Clauses { get; init; } = [];

    /// <summary>
    /// The partners whose totals are looked at, each alone; empty, the default, for the partner who is paid.
    /// </summary>
    public ValueList<PartnerId> Partners { get; init; } = [];

    /// <inheritdoc/>
    public override ValueList<Measure> Measures => [Of];

    /// <inheritdoc/>
    public override ValueList<ClauseId> NamedClauses => Clauses;

    /// <inheritdoc/>
    public override ValueList<PartnerId> NamedPartners => Partners;

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Milestone Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.List("steps", MilestoneStep.Read, 1, StepCountMax))
        {
            Of = terms.Value("of", Measure.Count),
            Counting = terms.Enum("counting", PeriodCounting.Period),
            Clauses = terms.Values<ClauseId>("clauses"),
            Partners = terms.Values<PartnerId>("partners"),
        };
    }

    /// <inheritdoc/>
    protected override Accrual ComputeCore(PeriodContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(sheet);
        foreach (PartnerId partner in Partners.Count == 0 ? [context.Partner] : Partners)
        {
            (decimal before, decimal now) = context.Reached(Of, Clauses, Counting, partner);
            foreach (MilestoneStep step in Steps)
            {
                if (before < step.At && step.At <= now)
                {
                    sheet.Add(new(TagName, step.Bonus) { Quantity = step.At });
                }
            }
        }

        return context.Balance;
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("steps", Steps);
        terms.Value("of", Of, Measure.Count);
        terms.Enum("counting", Counting, PeriodCounting.Period);
        terms.Values("clauses", Clauses);
        terms.Values("partners", Partners);
    }
}
