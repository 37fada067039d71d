using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>How a scheme computes and writes its codes.</summary>
/// <param name="Encoding">How codes are written.</param>
/// <param name="Algorithm">The algorithm of a key that names none.</param>
/// <param name="Others">The algorithms that a key may name beside.</param>
/// <param name="AllowLegacy">Whether keys with an algorithm that is broken elsewhere may verify.</param>
internal sealed record MacRules(
    MacEncoding Encoding, ProofAlgorithm Algorithm, ValueList<ProofAlgorithm> Others, bool AllowLegacy)
{
    internal static MacRules Of(MacEncoding encoding, ProofAlgorithm algorithm) => new(encoding, algorithm, [], false);

    internal static bool IsLegacy(ProofAlgorithm algorithm) =>
        algorithm is ProofAlgorithm.HmacSha1 or ProofAlgorithm.HmacMd5 or ProofAlgorithm.Md5Suffix;

    /// <summary>Which keys of a ring made one of the codes that stand in a text.</summary>
    internal KeyMatches Match(
        EvidenceInput input,
        KeyRing keys,
        ReadOnlySpan<byte> content,
        ReadOnlySpan<char> text,
        ReadOnlySpan<Range> codes,
        KeyId? named = null)
    {
        KeyMatches matches = default;
        Span<byte> mac = stackalloc byte[ProofSecret.MacLengthMax];
        foreach (ProofKey key in keys.Keys)
        {
            if ((named is not null && key.Id != named) || !matches.Takes(key, input) || !Admits(key, ref matches))
            {
                continue;
            }

            if (key.Secret is not { } secret || !secret.TryMac(AlgorithmOf(key), content, mac, out int length))
            {
                matches.NoteUnusable(key);
                continue;
            }

            bool fits = false;
            foreach (Range code in codes)
            {
                fits |= MacText.Fits(text[code], Encoding, mac[..length]);
            }

            matches.Note(key, fits, input);
        }

        return matches;
    }

    internal ProofAlgorithm AlgorithmOf(ProofKey key) => key.Algorithm ?? Algorithm;

    private bool Admits(ProofKey key, ref KeyMatches matches)
    {
        ProofAlgorithm algorithm = AlgorithmOf(key);
        if (algorithm != Algorithm && !Others.Contains(algorithm))
        {
            matches.NoteUnusable(key);
            return false;
        }

        if (IsLegacy(algorithm) && !AllowLegacy)
        {
            matches.NoteWeak(key);
            return false;
        }

        return true;
    }
}
