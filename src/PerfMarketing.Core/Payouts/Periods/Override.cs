using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Periods;

/// <summary>A share of what other partners brought in the period: 10 % of what the sub-partners earned.</summary>
/// <remarks>
/// rate × the measure, for each of the other partners by itself. What counts is what they brought by outcomes, returns
/// taken off; what they are paid for periods does not count. A share below zero is charged.
/// </remarks>
/// <param name="Rate">The share, from 0 % to 100 %.</param>
public sealed record Override(Percentage Rate) : PeriodPayout
{
    /// <summary>The kind's name.</summary>
    public const string TagName = "override";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override PeriodStage Stage => PeriodStage.Override;

    /// <summary>What is measured, an amount; what they earned by default, or <c>value</c> for what they sold.</summary>
    public Measure Of { get; init; } = Measure.Payout;

    /// <summary>The other partners; empty, the default, for all other partners of the contract.</summary>
    public ValueList<PartnerId> Partners { get; init; } = [];

    /// <summary>The clauses that count; empty, the default, for all clauses of outcomes.</summary>
    public ValueList<ClauseId> Clauses { get; init; } = [];

    /// <inheritdoc/>
    public override ValueList<Measure> Measures => [Of];

    /// <inheritdoc/>
    public override ValueList<ClauseId> NamedClauses => Clauses;

    /// <inheritdoc/>
    public override ValueList<PartnerId> NamedPartners => Partners;

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Override Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Percentage>("rate"))
        {
            Of = terms.Value("of", Measure.Payout),
            Partners = terms.Values<PartnerId>("partners"),
            Clauses = terms.Values<ClauseId>("clauses"),
        };
    }

    /// <inheritdoc/>
    protected override Accrual ComputeCore(PeriodContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(sheet);
        foreach (PartnerId partner in Partners.Count == 0 ? context.Partners : Partners)
        {
            Accrual brought = new(
                partner == context.Partner ? 0 : context.Measured(Of, Clauses, partner), context.Currency);
            if (brought.Amount != 0)
            {
                sheet.Add(new(TagName, ShareOf(brought, Rate)) { Base = brought, Rate = Rate });
            }
        }

        return context.Balance;
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("rate", Rate);
        terms.Value("of", Of, Measure.Payout);
        terms.Values("partners", Partners);
        terms.Values("clauses", Clauses);
    }
}
