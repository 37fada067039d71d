using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <summary>No proof is required: every outcome qualifies at the instant at which it occurred.</summary>
public sealed record NoProof : ProofPolicy
{
    /// <summary>The policy's name.</summary>
    public const string TagName = "none";

    /// <inheritdoc/>
    public override string Tag => TagName;

    internal static Qualification Judge(Instant outcomeAt) => new Qualification.Qualified(outcomeAt, []);

    /// <inheritdoc/>
    protected internal override Qualification JudgeCore(ProofCase proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return Judge(proof.OutcomeAt);
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
    }
}
