using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Models;

/// <summary>
/// Another model's payout, for what lies beyond a free part of the period: the first outcomes or amount.
/// </summary>
/// <remarks>
/// Outcomes are free while fewer than <see cref="Count"/> were counted and less than <see cref="Value"/> was turned
/// over; whichever is reached first ends the free part. An outcome across the free value is priced by the part of its
/// value beyond it. What is free depends on the order in which outcomes are posted.
/// </remarks>
/// <param name="Inner">The model that prices what is not free; it reads no tally itself.</param>
public sealed record Allowance(PayoutModel Inner) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "allowance";

    /// <summary>The code of the line for what is free.</summary>
    public const string LineCode = "free";

    /// <summary>How many outcomes of the period are free; null when only the value counts.</summary>
    public decimal? Count { get; init; }

    /// <summary>How much of the period's value is free; null when only outcomes count.</summary>
    public Money? Value { get; init; }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool ReadsTally => true;

    /// <inheritdoc/>
    public override ValueList<PayoutPart> Parts => [new(nameof(Inner), Inner)];

    /// <inheritdoc/>
    public override ValueList<Measure> Measures => [Measure.Count, Measure.Value];

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the inner model's name is looked up.</param>
    public static Allowance Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Read(terms, "inner"))
        {
            Count = terms.OptionalNumber("count"),
            Value = terms.Optional<Money>("value"),
        };
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        Accrual free = FreeOf(context);
        if (free >= context.Value && (free.Amount > 0 || IsFree(context)))
        {
            sheet.Add(new(LineCode, Accrual.Zero(context.Currency)) { Base = context.Value });
            return;
        }

        sheet.Apply(Inner, free.Amount == 0 ? context : context with { Value = context.Value - free });
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("inner", Inner);
        terms.Number("count", Count);
        terms.Value("value", Value);
    }

    private bool IsFree(in PayoutContext context) =>
        (Count is { } count && context.Before.Count < count && Value is null)
        || (Value is { } value && context.Before.Value < value && (Count is null || context.Before.Count < Count));

    // How much of the whole outcome's value is free.
    private Accrual FreeOf(in PayoutContext context)
    {
        if (!IsFree(context))
        {
            return Accrual.Zero(context.Currency);
        }

        // The tally counts the credited part of values: what is left of it frees so much more of the whole.
        return Value is { } value && value - context.Before.Value is var left && left < context.Counted.Value
            ? left.Share(Ratio.One / context.Share)
            : context.Value;
    }
}
