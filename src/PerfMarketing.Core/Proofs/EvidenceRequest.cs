using System.Diagnostics.CodeAnalysis;

namespace PerfMarketing.Proofs;

/// <summary>The request that brought evidence, for schemes that sign its method or address.</summary>
/// <param name="Method">The method, such as <c>POST</c>, as it was received.</param>
/// <param name="Url">
/// The whole address with its query as the sender wrote it, before any decoding; behind a proxy, the outer one.
/// </param>
[SuppressMessage("Design", "CA1054", Justification = SignedAsWritten)]
[SuppressMessage("Design", "CA1056", Justification = SignedAsWritten)]
public sealed record EvidenceRequest(string Method, string Url)
{
    private const string SignedAsWritten = "What is signed is the text; a Uri would write it anew.";
}
