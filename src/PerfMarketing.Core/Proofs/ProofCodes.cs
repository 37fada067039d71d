namespace PerfMarketing.Proofs;

/// <summary>The codes of what can be wrong with a proof policy.</summary>
public static class ProofCodes
{
    /// <summary>No policy has this name, or the policy's type was never registered: it would never pass.</summary>
    public const string PolicyUnknown = "proof.policy-unknown";

    /// <summary>There is no policy where one is required.</summary>
    public const string PolicyMissing = "proof.policy-missing";

    /// <summary>A policy does not say which kind of evidence it asks for.</summary>
    public const string KindMissing = "proof.kind-missing";

    /// <summary>A policy asks for evidence of no strength, or of one that does not exist.</summary>
    public const string StrengthUndefined = "proof.strength-undefined";

    /// <summary>A policy names a scheme twice, or more schemes than it may.</summary>
    public const string SchemesInvalid = "proof.schemes-invalid";

    /// <summary>A policy lets an outcome wait for no time at all.</summary>
    public const string WaitNotPositive = "proof.wait-not-positive";

    /// <summary>A policy approves what waited too long, but nothing ends the wait.</summary>
    public const string PastDueWithoutEnd = "proof.past-due-without-end";

    /// <summary>A policy names a state twice, an empty one, or more states than it may.</summary>
    public const string StatesInvalid = "proof.states-invalid";

    /// <summary>
    /// A policy names a claim twice, one without a name, one with a tolerance that makes no sense, or more than it may.
    /// </summary>
    public const string ClaimsInvalid = "proof.claims-invalid";

    /// <summary>A policy asks for no party at all, or for more than it may.</summary>
    public const string PartiesOutOfRange = "proof.parties-out-of-range";

    /// <summary>
    /// A policy names a party twice, more parties than it may, or fewer than have to say so.
    /// </summary>
    public const string FromInvalid = "proof.from-invalid";

    /// <summary>A policy's greatest age, its greatest skew or its hold is below zero, too long or not whole.</summary>
    public const string DurationInvalid = "proof.duration-invalid";

    /// <summary>There is no such way to require covered claims.</summary>
    public const string CoverageUndefined = "proof.coverage-undefined";

    /// <summary>A policy inside another says that claims need not be covered; only the outermost may.</summary>
    public const string CoverageNested = "proof.coverage-nested";

    /// <summary>Several policies are together none, or ask for none or for more of them than there are.</summary>
    public const string NeededOutOfRange = "proof.needed-out-of-range";

    /// <summary>Policies nest too deep, or are too many.</summary>
    public const string TooLarge = "proof.policy-too-large";

    /// <summary>No standard policy has this name and version.</summary>
    public const string StandardUnknown = "proof.standard-unknown";

    /// <summary>A policy that needs no proof stands inside another.</summary>
    public const string NothingNested = "proof.nothing-nested";

    /// <summary>A contract reads one claim twice from the same evidence, or more fields than it may.</summary>
    public const string FieldsInvalid = "proof.fields-invalid";

    /// <summary>
    /// A field names no claim or no place, or a currency or unit that does not fit: only amounts have minor units.
    /// </summary>
    public const string FieldInvalid = "proof.field-invalid";
}
