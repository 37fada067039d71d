using NodaTime;

namespace PerfMarketing.Simulation.Checks;

/// <summary>What a partner paid back, in minor units.</summary>
/// <param name="Number">Which of several payments it is.</param>
/// <param name="At">When it was received.</param>
/// <param name="Net">What it was for.</param>
/// <param name="Vat">Its VAT.</param>
/// <param name="Withholding">What of it was never received because it was never paid.</param>
internal readonly record struct PaidBack(int Number, Instant At, long Net, long Vat, long Withholding)
{
    /// <summary>What was received.</summary>
    public long Money => Net + Vat - Withholding;

    public PaidBack With(PaidBack other) =>
        new(other.Number, other.At, Net + other.Net, Vat + other.Vat, Withholding + other.Withholding);
}
