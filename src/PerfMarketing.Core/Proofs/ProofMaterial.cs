namespace PerfMarketing.Proofs;

/// <summary>
/// What a key is made of: a shared <see cref="ProofSecret"/>, a <see cref="ProofPublicKey"/>, or a
/// <see cref="ProofForeignKey"/> for an adapter.
/// </summary>
/// <remarks>There are exactly these three. Nothing ever prints any of them. Thread-safe.</remarks>
public abstract class ProofMaterial
{
    private protected ProofMaterial()
    {
    }

    /// <summary>Whether it can verify at all; bad material is a verdict and not an exception.</summary>
    public abstract bool IsUsable { get; }
}
