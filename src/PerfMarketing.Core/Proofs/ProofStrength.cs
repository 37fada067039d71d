namespace PerfMarketing.Proofs;

/// <summary>How hard evidence is to forge, from weak to strong; members compare by that order.</summary>
public enum ProofStrength
{
    /// <summary>No strength: the evidence is not valid.</summary>
    None,

    /// <summary>The host's own statement, with nothing signed.</summary>
    Asserted,

    /// <summary>A bearer secret or a network address: says who sent it, but nothing guards the content.</summary>
    Token,

    /// <summary>A message authentication code of a weak algorithm, or one that does not cover a time.</summary>
    WeakMac,

    /// <summary>A message authentication code over content and time, with a secret that both sides hold.</summary>
    Mac,

    /// <summary>A signature with a key that only the sender holds.</summary>
    Signature,

    /// <summary>A signature of the platform on which the result happened.</summary>
    PlatformAttested,
}
