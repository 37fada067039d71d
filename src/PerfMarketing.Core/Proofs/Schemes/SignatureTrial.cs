using System.Security.Cryptography;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>One signature tried under the keys of a ring, each with the algorithm it is pinned to.</summary>
internal struct SignatureTrial(
    EvidenceInput input, ISignatureVerifier? verifier, int verificationsMax = SignatureTrial.VerificationsMax)
{
    internal const string HmacSha256 = "hmac-sha256";
    internal const string EcdsaP256Sha256 = "ecdsa-p256-sha256";

    // Verifying a signature takes longer than a code: a message cannot ask for more than this many, unless its scheme
    // has no names for keys.
    private const int VerificationsMax = 4;

    private KeyMatches matches;
    private int verifications;
    private bool isAnyTried;
    private bool isOtherAlgorithm;
    private string? unsupported;

    /// <summary>The first key that fits and counts.</summary>
    internal readonly ProofKey? Valid => matches.Valid;

    /// <summary>Whether the fitting key is a shared secret, so that whoever verifies could forge.</summary>
    internal readonly bool IsMac => matches.Valid?.Material is ProofSecret;

    /// <summary>Tries all keys of the ring, or only the one that a signed name picks.</summary>
    /// <param name="keys">The ring.</param>
    /// <param name="keyId">The name that the message gives its key; null tries all.</param>
    /// <param name="algorithm">The algorithm that the message says; null when it says none.</param>
    /// <param name="content">What was signed.</param>
    /// <param name="signature">The signature.</param>
    internal void TryAll(
        KeyRing keys, string? keyId, string? algorithm, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> signature)
    {
        foreach (ProofKey key in keys.Keys)
        {
            if (keyId is null || key.Id.ToString() == keyId)
            {
                Try(key, algorithm, content, signature);
            }
        }
    }

    /// <summary>The verdict when no key fits.</summary>
    internal readonly EvidenceVerdict Refuse()
    {
        if (unsupported is not null)
        {
            return EvidenceScheme.Refused(
                input, Authenticity.Indeterminate, Reason.Of(ProofReasons.Unsupported, ("version", unsupported)));
        }

        return isOtherAlgorithm && !isAnyTried
            ? EvidenceScheme.Refused(input, Authenticity.Invalid, new(ProofReasons.AlgRefused))
            : matches.Refuse(input);
    }

    private void Try(
        ProofKey key, string? algorithm, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> signature)
    {
        string? pinned = PinnedBy(key);
        if (!matches.Takes(key, input))
        {
            return;
        }

        if (pinned is null || !key.Material.IsUsable)
        {
            isAnyTried = true;
            matches.NoteUnusable(key);
        }
        else if (algorithm is not null && algorithm != pinned)
        {
            isOtherAlgorithm = true;
        }
        else if (key.Material is not ProofSecret && ++verifications > verificationsMax)
        {
            matches.NoteUnusable(key);
        }
        else
        {
            isAnyTried = true;
            matches.Note(key, Fits(key, content, signature), input);
        }
    }

    private bool Fits(ProofKey key, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> signature)
    {
        switch (key.Material)
        {
            case ProofPublicKey publicKey:
                return signature.Length == DerSignature.RawLength && publicKey.Verify(
                    content.Span, signature.Span, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            case ProofForeignKey foreignKey:
                SignatureAnswer answer = foreignKey.Verify(verifier, content, signature);
                unsupported = answer == SignatureAnswer.Unsupported ? unsupported ?? foreignKey.Algorithm : unsupported;
                return answer == SignatureAnswer.Valid;
            default:
                return IsCode(key.Secret, content.Span, signature.Span);
        }
    }

    private static bool IsCode(ProofSecret? secret, ReadOnlySpan<byte> content, ReadOnlySpan<byte> code)
    {
        Span<byte> expected = stackalloc byte[ProofSecret.MacLengthMax];
        return secret is not null && secret.TryMac(ProofAlgorithm.HmacSha256, content, expected, out int length)
            && CryptographicOperations.FixedTimeEquals(expected[..length], code);
    }

    // The algorithm that a key is pinned to; null when it is pinned to one that its material is not for.
    private static string? PinnedBy(ProofKey key) => (key.Material, key.Algorithm) switch
    {
        (ProofSecret, null or ProofAlgorithm.HmacSha256) => HmacSha256,
        (ProofPublicKey, null or ProofAlgorithm.EcdsaP256Sha256) => EcdsaP256Sha256,
        (ProofForeignKey foreignKey, null) => foreignKey.Algorithm,
        _ => null,
    };
}
