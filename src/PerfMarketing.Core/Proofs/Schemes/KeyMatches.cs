using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>Which keys of a ring fit a message, and what to say when none does.</summary>
/// <remarks>
/// Every key meets every signature, and nothing ends the loops early: the time taken tells neither which key fits nor
/// where texts differ.
/// </remarks>
internal struct KeyMatches
{
    private ProofKey? retired;
    private ProofKey? unusable;
    private ProofKey? weak;
    private bool isAnyTaken;

    /// <summary>The first key that fits and counts.</summary>
    internal ProofKey? Valid { get; private set; }

    /// <summary>Whether a key is for evidence of this scheme and kind.</summary>
    internal bool Takes(ProofKey key, EvidenceInput input)
    {
        bool isFor = key.Purpose is { } purpose ? purpose == input.Kind : input.Kind != EvidenceKind.Ruling;
        bool takes = key.Scheme == input.Scheme && isFor;
        isAnyTaken |= takes;
        return takes;
    }

    /// <summary>The same for the scheme's one algorithm; a key for another is a bad configuration.</summary>
    internal bool Takes(ProofKey key, EvidenceInput input, ProofAlgorithm algorithm)
    {
        if (!Takes(key, input))
        {
            return false;
        }

        if (key.Algorithm is { } pinned && pinned != algorithm)
        {
            NoteUnusable(key);
            return false;
        }

        return true;
    }

    internal void NoteUnusable(ProofKey key) => unusable ??= key;

    internal void NoteWeak(ProofKey key) => weak ??= key;

    internal void Note(ProofKey key, bool fits, EvidenceInput input)
    {
        bool counts = key.VerifiesAt(input.ReceivedAt);
        Valid = fits && counts ? Valid ?? key : Valid;
        retired = fits && !counts ? retired ?? key : retired;
    }

    /// <summary>The verdict when no key fits.</summary>
    internal readonly EvidenceVerdict Refuse(EvidenceInput input)
    {
        if (retired is not null)
        {
            return Invalid(input, Reason.Of(ProofReasons.RetiredKey, ("key", retired.Id)));
        }

        if (unusable is not null)
        {
            return Indeterminate(input, Reason.Of(ProofReasons.ConfigurationError, ("key", unusable.Id)));
        }

        if (weak is not null)
        {
            return Indeterminate(input, Reason.Of(ProofReasons.WeakAlgRefused, ("key", weak.Id)));
        }

        return isAnyTaken
            ? Invalid(input, new(ProofReasons.NoMatch))
            : Indeterminate(input, new(ProofReasons.UnknownKey));
    }

    private static EvidenceVerdict Invalid(EvidenceInput input, Reason reason) =>
        EvidenceScheme.Refused(input, Authenticity.Invalid, reason);

    private static EvidenceVerdict Indeterminate(EvidenceInput input, Reason reason) =>
        EvidenceScheme.Refused(input, Authenticity.Indeterminate, reason);
}
