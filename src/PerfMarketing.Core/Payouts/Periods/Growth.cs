using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Periods;

/// <summary>A share of what a measure has grown over a baseline: half of the growth of August over June.</summary>
/// <remarks>
/// rate × max(0, measured − baseline). The baseline is a fixed amount, or what was measured in an earlier period. When
/// that period began before anything was known of the contract, there is nothing to compare with, and nothing is paid.
/// </remarks>
/// <param name="Rate">The share of the growth, from 0 % to 100 %.</param>
public sealed record Growth(Percentage Rate) : PeriodPayout
{
    /// <summary>The kind's name.</summary>
    public const string TagName = "growth";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override PeriodStage Stage => PeriodStage.Bonus;

    /// <summary>What is measured, an amount; the commissionable value by default.</summary>
    public Measure Of { get; init; } = Measure.Value;

    /// <summary>The clauses that count; empty, the default, for all clauses of outcomes.</summary>
    public ValueList<ClauseId> Clauses { get; init; } = [];

    /// <summary>A fixed baseline, in major units of the contract's currency; null for an earlier period's.</summary>
    public decimal? Baseline { get; init; }

    /// <summary>The key of the period that is the baseline, such as <c>2026-06</c>; null for a relative one.</summary>
    public string? BaselinePeriod { get; init; }

    /// <summary>How many periods back the baseline lies, when nothing else says so; 1 by default.</summary>
    public int Back { get; init; } = 1;

    /// <inheritdoc/>
    public override ValueList<Measure> Measures => [Of];

    /// <inheritdoc/>
    public override ValueList<ClauseId> NamedClauses => Clauses;

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Growth Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Percentage>("rate"))
        {
            Of = terms.Value("of", Measure.Value),
            Clauses = terms.Values<ClauseId>("clauses"),
            Baseline = terms.OptionalNumber("baseline"),
            BaselinePeriod = terms.OptionalText("baselinePeriod"),
            Back = terms.Int("back", 1),
        };
    }

    /// <inheritdoc/>
    protected override Accrual ComputeCore(PeriodContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(sheet);
        decimal growth = BaselineOf(context) is { } baseline ? context.Measured(Of, Clauses) - baseline : 0;
        if (growth > 0)
        {
            Accrual grown = new(growth, context.Currency);
            sheet.Add(new(TagName, ShareOf(grown, Rate)) { Base = grown, Rate = Rate });
        }

        return context.Balance;
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("rate", Rate);
        terms.Value("of", Of, Measure.Value);
        terms.Values("clauses", Clauses);
        terms.Number("baseline", Baseline);
        terms.Value("baselinePeriod", BaselinePeriod);
        terms.Integer("back", Back == 1 ? null : Back);
    }

    private decimal? BaselineOf(PeriodContext context) => Baseline
        ?? ((BaselinePeriod is { } key ? context.Back(key) : context.Back(Back)) is { } period
            ? context.MeasuredIn(period, Of, Clauses)
            : null);
}
