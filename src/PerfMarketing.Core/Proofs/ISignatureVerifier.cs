namespace PerfMarketing.Proofs;

/// <summary>Verifies signatures that the base class library cannot, such as Ed25519 or certificate chains.</summary>
/// <remarks>
/// <para>
/// Hand one to <see cref="EvidenceSchemes.WithVerifier"/>. Without one, evidence signed in such a way is indeterminate
/// with <see cref="ProofReasons.Unsupported"/>. Use a library that was reviewed; do not write your own. Whatever the
/// bytes are, there is an answer and no exception. The test kit checks these promises.
/// </para>
/// <para>
/// Ordering: none; one answer does not depend on another.
/// </para>
/// <para>
/// Idempotency: asking has no effect.
/// </para>
/// <para>
/// Consistency: the same question has the same answer, and no network is asked, so that an old verdict can be derived
/// again.
/// </para>
/// <para>
/// Thread safety: implementations are called from several threads at once.
/// </para>
/// </remarks>
public interface ISignatureVerifier
{
    /// <summary>Checks one signature.</summary>
    /// <param name="question">The algorithm, the key, what was signed, and the signature.</param>
    /// <returns>The answer; <see cref="SignatureAnswer.Unsupported"/> for an algorithm that is not known.</returns>
    SignatureAnswer Verify(SignatureQuestion question);
}
