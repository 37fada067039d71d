using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Models;

/// <summary>A percentage of an amount: the commissionable one, the margin, what another contract pays.</summary>
/// <remarks>
/// A fact may be an amount in the contract's currency, or a number of its major units. What is not known pays nothing,
/// and so does what is below zero: a margin that was lost is not taken from the partner.
/// </remarks>
/// <param name="Rate">The rate, from 0 % to 100 %.</param>
public sealed record RevenueShare(Percentage Rate) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "revenue-share";

    /// <summary>Of what: the commissionable amount by default, a fact, or another contract's payout.</summary>
    public Measure Of { get; init; } = Measure.Value;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool IsOrderFree => Of.Kind == MeasureKind.Value;

    /// <inheritdoc/>
    public override ValueList<Measure> Measures => Of.Kind == MeasureKind.Value ? [] : [Of];

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    public static RevenueShare Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Percentage>("rate")) { Of = terms.Value("of", Measure.Value) };
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        Accrual amount = context.Value;
        if (Of.Kind != MeasureKind.Value && !Known(context, out amount))
        {
            sheet.Note(PayoutLineNames.Unknown);
            return;
        }

        sheet.Add(new(TagName, amount * Rate) { Base = amount, Rate = Rate });
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("rate", Rate);
        terms.Value("of", Of, Measure.Value);
    }

    private bool Known(in PayoutContext context, out Accrual amount)
    {
        bool known = context.TryMeasure(Of, out decimal measured);
        amount = new(Math.Max(measured, 0), context.Currency);
        return known;
    }
}
