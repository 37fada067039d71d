using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Models;

/// <summary>
/// A fixed price for what is measured: 4.50 EUR a lead, 3.15 EUR a thousand views, 0.02 EUR a call second.
/// </summary>
/// <remarks>
/// Price × measure ÷ size, with at most 12 decimals where the division has no end. By <see cref="Measure.Count"/> it is
/// flat: the same for one outcome whatever its quantity. A fact that is not known pays nothing, and so does one below
/// zero.
/// </remarks>
/// <param name="Price">
/// The price of <see cref="Size"/> units; for one of them it may be off the currency's grid when the clause rounds per
/// period.
/// </param>
public sealed record Fixed(Accrual Price) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "fixed";

    /// <summary>The greatest size.</summary>
    public const long SizeMax = 1_000_000_000;

    /// <summary>What is measured: units by default, outcomes, or a numeric fact.</summary>
    public Measure Of { get; init; } = Measure.Quantity;

    /// <summary>How many units the price is for; 1 by default, 1,000 per mille.</summary>
    public long Size { get; init; } = 1;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool IsOrderFree => Of.Kind == MeasureKind.Quantity && (Size == 1 || Unit * Size == Price);

    /// <inheritdoc/>
    public override ValueList<Measure> Measures => Of.Kind == MeasureKind.Fact ? [Of] : [];

    private Accrual Unit => Size == 1 ? Price : Price.Share(new Ratio(1, Size));

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Fixed Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Accrual>("price"))
        {
            Of = terms.Value("of", Measure.Quantity),
            Size = terms.OptionalInteger("size") ?? 1,
        };
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        decimal units = context.Quantity;
        if (Of.Kind != MeasureKind.Quantity && !Known(context, out units))
        {
            sheet.Note(PayoutLineNames.Unknown);
            return;
        }

        Accrual amount = Price * units;
        sheet.Add(new(TagName, Size == 1 ? amount : amount.Share(new Ratio(1, Size)))
        {
            Quantity = Of.Kind == MeasureKind.Count ? null : units,
            Base = Price,
            Size = Size == 1 ? null : Size,
        });
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("price", Price);
        terms.Value("of", Of, Measure.Quantity);
        terms.Integer("size", Size == 1 ? null : Size);
    }

    private bool Known(in PayoutContext context, out decimal units)
    {
        bool known = context.TryMeasure(Of, out decimal measured);
        units = Math.Max(measured, 0);
        return known;
    }
}
