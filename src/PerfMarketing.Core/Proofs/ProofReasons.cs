namespace PerfMarketing.Proofs;

/// <summary>The codes of why evidence was believed or not, and why it was enough or not.</summary>
public static class ProofReasons
{
    /// <summary>A header that the scheme needs is missing. Args: header.</summary>
    public const string MissingHeader = "proof.missing-header";

    /// <summary>A header that may stand once stands several times. Args: header.</summary>
    public const string DuplicateHeader = "proof.duplicate-header";

    /// <summary>The body or the headers are larger than evidence may be.</summary>
    public const string TooLarge = "proof.too-large";

    /// <summary>There are more signatures than are tried. Args: max.</summary>
    public const string TooManySignatures = "proof.too-many-signatures";

    /// <summary>The signed time is not a whole number of seconds.</summary>
    public const string BadTimestamp = "proof.bad-timestamp";

    /// <summary>The signed time is too far before the time of receipt. Args: tolerance.</summary>
    public const string TooOld = "proof.too-old";

    /// <summary>The signed time is too far after the time of receipt. Args: tolerance.</summary>
    public const string TooNew = "proof.too-new";

    /// <summary>The message's id is not one: not printable ASCII, too long, or with a dot.</summary>
    public const string BadId = "proof.bad-id";

    /// <summary>There is no signature of a version that the scheme knows.</summary>
    public const string NoSupportedScheme = "proof.no-supported-scheme";

    /// <summary>There are only signatures of a version that needs an adapter. Args: version.</summary>
    public const string Unsupported = "proof.unsupported";

    /// <summary>The message names another algorithm than its key is pinned to.</summary>
    public const string AlgRefused = "proof.alg-refused";

    /// <summary>The message is of a version that nothing here knows.</summary>
    public const string UnsupportedVersion = "proof.unsupported-version";

    /// <summary>The message is signed with a development key of its platform, which proves nothing.</summary>
    public const string DevKeyInProduction = "proof.dev-key-in-production";

    /// <summary>A signed digest of the body is not the body's, or is of no algorithm that counts.</summary>
    public const string DigestMismatch = "proof.digest-mismatch";

    /// <summary>No signature fits any key: forged, altered, or signed with another key.</summary>
    public const string NoMatch = "proof.no-match";

    /// <summary>The ring has no key for the scheme.</summary>
    public const string UnknownKey = "proof.unknown-key";

    /// <summary>The signature fits a key that does not verify any more, or not yet. Args: key.</summary>
    public const string RetiredKey = "proof.retired-key";

    /// <summary>A key of the ring is not usable: its secret has not 16 to 64 bytes. Args: key.</summary>
    public const string ConfigurationError = "proof.configuration-error";

    /// <summary>
    /// The key is for an algorithm that is broken elsewhere, and the scheme is not allowed as legacy. Args: key.
    /// </summary>
    public const string WeakAlgRefused = "proof.weak-alg-refused";

    /// <summary>The message is not written as the scheme demands. Args: part.</summary>
    public const string Malformed = "proof.malformed";

    /// <summary>No scheme has this name here. Args: scheme.</summary>
    public const string UnknownScheme = "proof.unknown-scheme";

    /// <summary>The evidence carries no id of its provider, so that a replay could not be told.</summary>
    public const string NoReplayKey = "proof.no-replay-key";

    /// <summary>The evidence is not valid and its verdict does not say why.</summary>
    public const string NotValid = "proof.not-valid";

    /// <summary>The evidence speaks of something that the policy does not ask for. Args: kind.</summary>
    public const string OtherKind = "proof.other-kind";

    /// <summary>The evidence says that it is for a contract of somebody else. Args: contract.</summary>
    public const string OtherContract = "proof.other-contract";

    /// <summary>The evidence says itself that it is about another outcome. Args: outcome.</summary>
    public const string OtherOutcome = "proof.other-outcome";

    /// <summary>The policy does not take the word of whoever vouches for the evidence. Args: party.</summary>
    public const string PartyRefused = "proof.party-refused";

    /// <summary>The policy does not accept the scheme. Args: scheme.</summary>
    public const string SchemeRefused = "proof.scheme-refused";

    /// <summary>The evidence is weaker than the policy asks for. Args: strength, required.</summary>
    public const string TooWeak = "proof.too-weak";

    /// <summary>The evidence was received after the outcome's time to wait was over. Args: until.</summary>
    public const string Late = "proof.late";

    /// <summary>The outcome's time to wait is over and there is no proof. Args: kind, until.</summary>
    public const string Expired = "proof.expired";

    /// <summary>The evidence was used for another outcome before, and proves one only. Args: outcome.</summary>
    public const string Replay = "proof.replay";

    /// <summary>
    /// One provider's id came with different contents: the money is held, or the host's own word counts as it was first
    /// given. Args: evidence.
    /// </summary>
    public const string ReplayConflict = "proof.replay-conflict";

    /// <summary>Stored claims are not those that were committed to when the evidence came in.</summary>
    public const string CommitmentBroken = "proof.commitment-broken";

    /// <summary>The evidence says that it did not happen. Args: evidence.</summary>
    public const string OutcomeNegative = "proof.outcome-negative";

    /// <summary>
    /// The evidence reports a state that the policy does not accept, or leaves it open what happened. Args: state.
    /// </summary>
    public const string StateRefused = "proof.state-refused";

    /// <summary>Two pieces of evidence contradict each other; the money is held. Args: evidence, against.</summary>
    public const string Contradicted = "proof.contradicted";

    /// <summary>The evidence claims something else than the outcome says; the money is held. Args: claim.</summary>
    public const string ClaimDiffers = "proof.claim-differs";

    /// <summary>The signature does not cover a claim that is needed. Args: claim.</summary>
    public const string ClaimNotCovered = "proof.claim-not-covered";

    /// <summary>
    /// A claim, or what of the outcome it is compared with, is missing or cannot be read. Args: claim.
    /// </summary>
    public const string ClaimMalformed = "proof.claim-malformed";

    /// <summary>The evidence claims less, or something else, than the policy asks for. Args: claim.</summary>
    public const string ClaimOutOfRange = "proof.claim-out-of-range";

    /// <summary>Only who is paid for the outcome says that it happened.</summary>
    public const string PartyNotIndependent = "proof.party-not-independent";

    /// <summary>The evidence was made too long before the outcome.</summary>
    public const string MadeTooEarly = "proof.made-too-early";

    /// <summary>The evidence was made too long after the outcome.</summary>
    public const string MadeTooLate = "proof.made-too-late";

    /// <summary>The evidence is enough, and has to stand for a while. Args: until.</summary>
    public const string Held = "proof.held";

    /// <summary>A ruling on contradicting evidence rejected the outcome. Args: evidence.</summary>
    public const string RuledOut = "proof.ruled-out";

    /// <summary>The request has another method than the scheme takes.</summary>
    public const string MethodRefused = "proof.method-refused";
}
