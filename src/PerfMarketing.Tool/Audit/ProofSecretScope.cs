using PerfMarketing.Proofs;

namespace PerfMarketing.Tool.Audit;

/// <summary>Holds a folder's secret while it is used, and clears it afterwards.</summary>
/// <param name="start">The beginning of the folder's chain.</param>
internal sealed class ProofSecretScope(ChainStart start) : IDisposable
{
    /// <summary>The secret.</summary>
    public ProofSecret Secret { get; } = start.ToSecret();

    /// <inheritdoc/>
    public void Dispose() => Secret.Erase();
}
