using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>Another model's payout, but at least so much for one whole outcome that pays anything at all.</summary>
/// <remarks>
/// 30 % of 2.00 with a floor of 1.00 is 1.00. An outcome whose inner model pays nothing stays at nothing: what is free,
/// over its term or outside every case is not raised. The floor holds for the whole outcome, before the credit share;
/// around a model that reads the tally, the credited part of the floor applies to the outcome's credited part.
/// </remarks>
/// <param name="Inner">The model that is raised.</param>
/// <param name="Floor">The least that one whole outcome pays; above zero.</param>
public sealed record Floored(PayoutModel Inner, Money Floor) : Bounded(Inner)
{
    /// <summary>The model's name.</summary>
    public const string TagName = "floored";

    /// <summary>The code of the line that adds what is missing to the floor.</summary>
    public const string LineCode = "floor";

    /// <inheritdoc/>
    public override string Tag => TagName;

    private protected override Money Bound => Floor;

    private protected override string BoundName => LineCode;

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the inner model's name is looked up.</param>
    public static Floored Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Read(terms, "inner"), terms.Value<Money>("floor"));
    }

    private protected override bool IsBeyond(Accrual inner, Accrual bound) => inner.Amount > 0 && inner < bound;
}
