using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>Another model's payout, but at most so much for one whole outcome.</summary>
/// <remarks>
/// The cap holds for the whole outcome, before the credit share: 1,000 at 12 % capped at 80 with 40 % of the credit
/// is 32.
/// Around a model that reads the tally, the credited part of the cap applies to the outcome's credited part.
/// </remarks>
/// <param name="Inner">The model that is capped.</param>
/// <param name="Cap">The most that one whole outcome pays; above zero.</param>
public sealed record Capped(PayoutModel Inner, Money Cap) : Bounded(Inner)
{
    /// <summary>The model's name.</summary>
    public const string TagName = "capped";

    /// <summary>The code of the line that takes away what lies above the cap.</summary>
    public const string LineCode = "cap";

    /// <inheritdoc/>
    public override string Tag => TagName;

    private protected override Money Bound => Cap;

    private protected override string BoundName => LineCode;

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the inner model's name is looked up.</param>
    public static Capped Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Read(terms, "inner"), terms.Value<Money>("cap"));
    }

    private protected override bool IsBeyond(Accrual inner, Accrual bound) => inner > bound;
}
