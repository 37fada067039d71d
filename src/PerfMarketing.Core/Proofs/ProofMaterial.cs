namespace PerfMarketing.Proofs;

/// <summary>What a key is made of: a shared <see cref="ProofSecret"/>, or a <see cref="ProofPublicKey"/>.</summary>
/// <remarks>There are exactly these two. Nothing ever prints either. Thread-safe.</remarks>
public abstract class ProofMaterial
{
    private protected ProofMaterial()
    {
    }

    /// <summary>Whether it can verify at all; bad material is a verdict and not an exception.</summary>
    public abstract bool IsUsable { get; }
}
