using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>A fixed price for each unit of an outcome: 4.50 EUR a lead, 0.00315 EUR a view.</summary>
/// <param name="Price">The price of one unit; may be off the currency's grid when the clause rounds per period.</param>
public sealed record Fixed(Accrual Price) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "fixed";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool IsOrderFree => true;

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Fixed Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Accrual>("price"));
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        sheet.Add(new(TagName, Price * context.Quantity) { Quantity = context.Quantity, Base = Price });
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("price", Price);
    }
}
