namespace PerfMarketing.Simulation;

/// <summary>
/// What a seed may do to a stream of events and to the ports; the numbers are those of docs/simulation.md.
/// </summary>
internal enum FaultKind
{
    DuplicateSameBytes = 1,
    DuplicateReserialised = 2,
    SameKeyOtherContent = 3,
    OutOfOrder = 4,
    LateBeyondLookback = 5,
    LateAfterStatement = 6,
    ReplayOfOldDay = 7,
    LostAcknowledgement = 8,
    CrashBeforeCommit = 9,
    CrashAfterCommit = 10,
    TornBatch = 11,
    ConflictStorm = 12,
    TwoWriters = 13,
    StaleRead = 14,
    ClockSkew = 15,
    ClockBackwards = 16,
    DaylightSaving = 17,
    LeapDayMonthEnd = 18,
    ReversalBeforeEvent = 19,
    PartialFullMix = 20,
    ReversalAfterPayout = 21,
    PaymentTrouble = 22,
    KeyRotation = 23,
    AmendmentMidPeriod = 24,
    RateMissing = 25,
    ExpiryRace = 26,
    Erasure = 27,
    LongUnavailable = 28,
    SameOrderOtherOutcome = 29,
    EvidenceConflict = 30,
    EvidenceBeforeOutcome = 31,
    ForgedEvidence = 32,
    ReplayedEvidence = 33,
    KeyRevoked = 34,
    RulingByHand = 35,
    GradeByHand = 36,
}
