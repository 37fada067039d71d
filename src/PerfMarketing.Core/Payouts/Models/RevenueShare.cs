using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>A percentage of the outcome's commissionable amount.</summary>
/// <param name="Rate">The rate, from 0 % to 100 %.</param>
public sealed record RevenueShare(Percentage Rate) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "revenue-share";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool IsOrderFree => true;

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    public static RevenueShare Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Percentage>("rate"));
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        sheet.Add(new(TagName, context.Value * Rate) { Base = context.Value, Rate = Rate });
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("rate", Rate);
    }
}
