namespace PerfMarketing.Proofs;

/// <summary>Where a key stands in its life.</summary>
public enum ProofKeyState
{
    /// <summary>Signs and verifies.</summary>
    Active,

    /// <summary>Verifies what it signed before, signs nothing new: the time of a rotation.</summary>
    Retiring,

    /// <summary>Verifies nothing any more. Evidence it verified before is for people to review, not to erase.</summary>
    Revoked,
}
