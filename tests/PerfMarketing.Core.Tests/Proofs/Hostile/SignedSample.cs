using PerfMarketing.Proofs;

namespace PerfMarketing.Tests.Proofs.Hostile;

/// <summary>A valid message whose every bit is covered, and the keys that verify it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Input">The message.</param>
/// <param name="Keys">The keys.</param>
/// <param name="AddressFrom">Where in the request's address the covered part begins; its length when none is.</param>
public sealed record SignedSample(string Name, EvidenceInput Input, KeyRing Keys, int AddressFrom = int.MaxValue)
{
    /// <summary>The schemes of the library, with what needs to be allowed.</summary>
    public static EvidenceSchemes Schemes { get; } =
        EvidenceSchemes.Default.AllowLegacy().With(PerfMarketing.Proofs.Schemes.AdAttributionKit.Development);

    /// <summary>What the library says of a message.</summary>
    public EvidenceVerdict Verify(EvidenceInput input) => Schemes.Verify(input, Keys);
}
