using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Periods;

/// <summary>The partner's share of fees that were charged in the period: 10 % of what the platform took.</summary>
/// <remarks>− rate × the fees. A fee that is known for each outcome is a numeric fact of it.</remarks>
/// <param name="Rate">The share that the partner bears, from 0 % to 100 %.</param>
/// <param name="Of">The fees, an amount: <c>fact:platform-fee</c>.</param>
public sealed record FeeShare(Percentage Rate, Measure Of) : PeriodPayout
{
    /// <summary>The kind's name.</summary>
    public const string TagName = "fee-share";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override PeriodStage Stage => PeriodStage.FeeShare;

    /// <summary>The clauses that count; empty, the default, for all clauses of outcomes.</summary>
    public ValueList<ClauseId> Clauses { get; init; } = [];

    /// <inheritdoc/>
    public override ValueList<Measure> Measures => [Of];

    /// <inheritdoc/>
    public override ValueList<ClauseId> NamedClauses => Clauses;

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static FeeShare Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Percentage>("rate"), terms.Value<Measure>("of"))
        {
            Clauses = terms.Values<ClauseId>("clauses"),
        };
    }

    /// <inheritdoc/>
    protected override Accrual ComputeCore(PeriodContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(sheet);
        Accrual fees = new(context.Measured(Of, Clauses), context.Currency);
        if (fees.Amount != 0)
        {
            sheet.Add(new(TagName, -ShareOf(fees, Rate)) { Base = fees, Rate = Rate });
        }

        return context.Balance;
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("rate", Rate);
        terms.Value("of", Of);
        terms.Values("clauses", Clauses);
    }
}
