namespace PerfMarketing.Settlement.Bookings;

/// <summary>What a person books by hand.</summary>
public enum ManualKind
{
    /// <summary>An amount that is owed without an outcome, or taken back without one when it is negative.</summary>
    Earning,

    /// <summary>A reward of the partner's own, such as one for signing up.</summary>
    Bounty,

    /// <summary>
    /// What another system owed the partner, or was owed back, when the contract moved here; no part of what is earned.
    /// </summary>
    OpeningBalance,

    /// <summary>What another system had counted for a clause when the contract moved here; moves no money.</summary>
    OpeningTally,
}
