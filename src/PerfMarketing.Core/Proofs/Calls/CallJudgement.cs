using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Calls;

/// <summary>Whether a call counts, why not, and what its records bear out.</summary>
/// <param name="Finding">Whether it counts: open as long as something is unknown or contradicts itself.</param>
/// <param name="Reasons">
/// Why not, or what is open, with codes of <see cref="CallReasons"/>; empty when it counts.
/// </param>
/// <param name="Claims">
/// What the records say: <c>call-id</c>, <c>started-at</c>, <c>answered</c>, <c>call-seconds</c> and <c>caller</c>.
/// </param>
public sealed record CallJudgement(
    EvidenceFinding Finding, ValueList<Reason> Reasons, ValueList<EvidenceClaim> Claims)
{
    /// <summary>A verdict with what was found; one that is not valid is returned as it is.</summary>
    /// <param name="verdict">The verdict on the record, whose signature covers what the record says.</param>
    public EvidenceVerdict ApplyTo(EvidenceVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return !verdict.IsValid ? verdict : verdict with
        {
            Finding = Finding,
            State = Finding == EvidenceFinding.Happened ? "connected" : Reasons[0].Code,
            Claims = [.. verdict.Claims.Where(c => !Claims.Any(own => own.Name == c.Name)), .. Claims],
        };
    }
}
