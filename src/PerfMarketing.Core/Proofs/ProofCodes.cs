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
}
