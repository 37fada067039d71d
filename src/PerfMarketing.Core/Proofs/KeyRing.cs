using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs;

/// <summary>
/// The keys that may verify a piece of evidence: the current one and those that are being rotated out.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class KeyRing
{
    /// <summary>The most keys of one scheme; every one of them is tried on every message.</summary>
    public const int KeysPerSchemeMax = 8;

    /// <summary>Makes a ring.</summary>
    /// <param name="keys">The keys; ids are unique.</param>
    /// <exception cref="ArgumentException">An id stands twice, or a scheme has too many keys.</exception>
    public KeyRing(params ReadOnlySpan<ProofKey> keys)
    {
        HashSet<KeyId> ids = [];
        Dictionary<SchemeId, int> counts = [];
        foreach (ProofKey key in keys)
        {
            ArgumentNullException.ThrowIfNull(key, nameof(keys));
            int count = counts[key.Scheme] = counts.GetValueOrDefault(key.Scheme) + 1;
            if (!ids.Add(key.Id) || count > KeysPerSchemeMax)
            {
                throw new ArgumentException(
                    $"Key ids are unique, and a scheme has at most {KeysPerSchemeMax} keys.", nameof(keys));
            }
        }

        Keys = ValueList.Create(keys);
    }

    /// <summary>A ring without keys: nothing verifies.</summary>
    public static KeyRing Empty { get; } = new();

    /// <summary>The keys, in the order in which they were given.</summary>
    public ValueList<ProofKey> Keys { get; }

    /// <summary>How many keys there are, never what they are.</summary>
    public override string ToString() => $"{Keys.Count} keys";
}
