namespace PerfMarketing.Tests.Testing;

/// <summary>What is wrong with a <see cref="PlantedStore"/>: mistakes that stores of hosts make.</summary>
internal enum PlantedBug
{
    None,

    // Commits that are handed in together.
    TogetherVersionsAreNotChecked,
    TogetherKeysAreNotLookedAt,
    TogetherGoesOnAfterConflict,
    TogetherConflictIsNotAnswered,
    TogetherLastAnswerIsMissing,
    TogetherReplayedIsCommitted,
    TogetherNothingIsDue,
    TogetherNothingIsTold,
    TogetherOnlySomeFit,
    TogetherIsOutsideTheLock,
    TogetherIsTornByCancelling,

    // The outbox.
    NothingIsTold,
    OnlyTheFirstIsTold,
    ConflictsAreTold,
    ReusedKeysAreTold,
    ReplaysAreTold,
    ToldBackwards,
    ToldOnlyOfCampaigns,
    AddressesAreCut,
    ToldWithoutLock,

    // What a crash leaves.
    RecordsInMemory,
    KeysInMemory,
    DueInMemory,
    OutboxInMemory,
    LastCommitIsNotFlushed,
    ConflictsAreInTheLog,
    RestartBreaksOffHalf,

    // Limits, caches and columns.
    KeysAreForgotten,
    SomeKeysAreFound,
    ReadsEndAt1000,
    ReadsEndAt5000,
    RecordsAreCut,
    AstralCharactersAreLost,

    // Readers and names.
    HalfBatchesAreRead,
    RolledBackIsRead,
    OnlyOneMovedIsTold,
    PayeesAreCampaigns,
    KeysArePrefixes,
    KeysArePatterns,
}

/// <summary>What is wrong with <see cref="PlantedJourneys"/>.</summary>
internal enum PlantedJourneyBug
{
    None,
    MarksOverwrite,
    OnlyTheLastIsMarked,
    MarksEndAt1000,
    JourneysComeInOrderOfCustomers,
    SameQueriesAreReadOnce,
    IntervalsAreUnited,
    ReferencesAreForgotten,
    KnownAtIsThatOfTheFirst,
    JourneysEndAt1000,
    NoQueriesAreAnError,
    AstralCharactersAreLost,
    TouchesInMemory,
    ContentsInMemory,
    MarksInMemory,
}
