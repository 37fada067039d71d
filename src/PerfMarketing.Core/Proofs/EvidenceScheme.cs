using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs;

/// <summary>One way in which evidence is signed, and how it is checked.</summary>
/// <remarks>
/// Derive a sealed class to add a scheme, and hand it to <see cref="EvidenceSchemes.With"/>. A scheme is stateless and
/// thread-safe, takes algorithm and key from configuration and never from the message, and gives a verdict on any input
/// whatever: nothing that comes from outside may make it throw.
/// </remarks>
public abstract class EvidenceScheme
{
    /// <summary>The uncovered claim that says from which class of network addresses the evidence came.</summary>
    public const string SourceClassClaim = "source-class";

    /// <summary>The scheme's name.</summary>
    public abstract SchemeId Id { get; }

    /// <summary>Checks evidence against the keys that count when it was received.</summary>
    /// <param name="input">The evidence; hostile input gives a verdict, never an exception.</param>
    /// <param name="keys">The keys; those of other schemes are passed over.</param>
    public EvidenceVerdict Verify(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        if (input.Scheme != Id)
        {
            return EvidenceSchemes.Unknown(input);
        }

        return IsTooLarge(input)
            ? Invalid(input, new(ProofReasons.TooLarge))
            : Note(VerifyCore(input, keys), input.SourceClass);
    }

    /// <summary>A key of this scheme from the text in which its provider hands it out.</summary>
    /// <param name="id">The key's name.</param>
    /// <param name="text">
    /// A secret's text, or a public key in PEM or base64; what is neither gives a key that is not usable.
    /// </param>
    public ProofKey ReadKey(KeyId id, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(id, Id, ReadMaterial(text));
    }

    /// <summary>Reads a key's text. By default a public key when it is one, else a secret in text.</summary>
    /// <param name="text">The text.</param>
    protected virtual ProofMaterial ReadMaterial(string text) =>
        ProofPublicKey.FromText(text) is { IsUsable: true } key ? key : ProofSecret.FromText(text);

    /// <summary>Checks evidence whose size is within bounds and whose scheme is this one.</summary>
    /// <param name="input">The evidence.</param>
    /// <param name="keys">The keys.</param>
    protected abstract EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys);

    /// <summary>The verdict on evidence that is forged, altered or malformed.</summary>
    /// <param name="input">The evidence.</param>
    /// <param name="reason">Why.</param>
    protected static EvidenceVerdict Invalid(EvidenceInput input, Reason reason) =>
        Refused(input, Authenticity.Invalid, reason);

    /// <summary>The verdict on evidence that cannot be judged here.</summary>
    /// <param name="input">The evidence.</param>
    /// <param name="reason">Why.</param>
    protected static EvidenceVerdict Indeterminate(EvidenceInput input, Reason reason) =>
        Refused(input, Authenticity.Indeterminate, reason);

    internal static EvidenceVerdict Refused(EvidenceInput input, Authenticity authenticity, Reason reason)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            Authenticity = authenticity,
            Reason = reason,
            Content = ContentOf(input),
            ReceivedAt = input.ReceivedAt,
        };
    }

    /// <summary>The digest of the body; all zeros for a body too large to be read at all.</summary>
    /// <param name="input">The evidence.</param>
    protected static Digest ContentOf(EvidenceInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Body.Length <= EvidenceInput.BodyLengthMax ? Digest.Of(input.Body.Span) : default;
    }

    // What the network said of the sender is in no signature.
    private static EvidenceVerdict Note(EvidenceVerdict verdict, string? sourceClass)
    {
        if (!verdict.IsValid)
        {
            return verdict;
        }

        // A member of the message that is called so is no word of the network.
        ValueList<EvidenceClaim> told = verdict.Uncovered.Any(static c => c.Name == SourceClassClaim)
            ? [.. verdict.Uncovered.Where(static c => c.Name != SourceClassClaim)]
            : verdict.Uncovered;
        if (sourceClass is { Length: > 0 and <= EvidenceClaim.LengthMax })
        {
            IEnumerable<EvidenceClaim> kept = told.Take(EvidenceClaim.CountMax - 1);
            told = [.. kept, new(SourceClassClaim, sourceClass)];
        }

        return ReferenceEquals(told, verdict.Uncovered) ? verdict : verdict with { Uncovered = told };
    }

    private static bool IsTooLarge(EvidenceInput input)
    {
        if (input.Body.Length > EvidenceInput.BodyLengthMax || input.Headers.Count > EvidenceInput.HeaderCountMax)
        {
            return true;
        }

        long length = (input.Request?.Url?.Length ?? 0) + (long)(input.Request?.Method?.Length ?? 0);
        foreach (EvidenceHeader header in input.Headers)
        {
            length += (header.Name?.Length ?? 0) + (long)(header.Value?.Length ?? 0);
        }

        return length > EvidenceInput.HeaderLengthMax;
    }
}
