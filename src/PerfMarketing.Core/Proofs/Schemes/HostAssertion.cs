using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The scheme <c>asserted</c>: the host itself says so, and nothing is signed.</summary>
/// <remarks>
/// Valid when the input names its provider's id, with <see cref="ProofStrength.Asserted"/> and no covered claims. Use
/// it only for what the host knows by itself: whoever can hand in such evidence can claim anything.
/// </remarks>
public sealed class HostAssertion : EvidenceScheme
{
    private HostAssertion()
    {
    }

    /// <summary>The scheme.</summary>
    public static HostAssertion Instance { get; } = new();

    /// <inheritdoc/>
    public override SchemeId Id => SchemeId.Asserted;

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Id is { IsUnset: false } id
            ? EvidenceVerdict.Asserted(input.Kind, id, input.ReceivedAt) with { Content = ContentOf(input) }
            : Invalid(input, new Reason(ProofReasons.NoReplayKey));
    }
}
