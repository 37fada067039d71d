namespace PerfMarketing.Proofs;

/// <summary>Verifies signatures that the base class library cannot, such as Ed25519 or certificate chains.</summary>
/// <remarks>
/// <para>
/// Hand one to <see cref="EvidenceSchemes.WithVerifier"/>. Without one, evidence signed in such a way is
/// indeterminate with <see cref="ProofReasons.Unsupported"/>. Use a library that was reviewed; do not write your own.
/// </para>
/// <para>
/// Implementations are pure and thread-safe: the same question has the same answer, and no network is asked, so that an
/// old verdict can be derived again. Whatever the bytes are, there is an answer and no exception. The test kit checks
/// these promises.
/// </para>
/// </remarks>
public interface ISignatureVerifier
{
    /// <summary>Checks one signature.</summary>
    /// <param name="question">The algorithm, the key, what was signed, and the signature.</param>
    /// <returns>The answer; <see cref="SignatureAnswer.Unsupported"/> for an algorithm that is not known.</returns>
    SignatureAnswer Verify(SignatureQuestion question);
}
