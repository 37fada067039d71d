using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Testing;

/// <summary>Stores with one bug each, as hosts write them: the checks find every one of them.</summary>
public sealed class PlantedBugTests
{
    private static readonly Dictionary<PlantedBug, (string List, string Check)> Plants = new()
    {
        [PlantedBug.TogetherVersionsAreNotChecked] = ("ledger", "Several commits end at the first conflict"),
        [PlantedBug.TogetherKeysAreNotLookedAt] = ("ledger", "Several commits end at a key that is known"),
        [PlantedBug.TogetherGoesOnAfterConflict] = ("ledger", "Several commits end at the first conflict"),
        [PlantedBug.TogetherConflictIsNotAnswered] = ("ledger", "Several commits end at the first conflict"),
        [PlantedBug.TogetherLastAnswerIsMissing] =
            ("ledger", "Several commits come to what one after the other would"),
        [PlantedBug.TogetherReplayedIsCommitted] = ("ledger", "Several commits end at a key that is known"),
        [PlantedBug.TogetherNothingIsDue] = ("due", "Several commits note what each of them does"),
        [PlantedBug.TogetherNothingIsTold] = ("outbox", "Several commits tell in their order"),
        [PlantedBug.TogetherOnlySomeFit] = ("ledger", "Several commits may be many"),
        [PlantedBug.TogetherIsOutsideTheLock] = ("ledger", "Of many that commit several exactly one succeeds"),
        [PlantedBug.TogetherIsTornByCancelling] =
            ("ledger", "Several commits that are cancelled are done once or not at all"),
        [PlantedBug.NothingIsTold] = ("outbox", "What commits tell is there once and in order"),
        [PlantedBug.OnlyTheFirstIsTold] = ("outbox", "What commits tell is there once and in order"),
        [PlantedBug.ConflictsAreTold] = ("outbox", "Commit that conflicts tells nothing"),
        [PlantedBug.ReusedKeysAreTold] = ("outbox", "Key that is reused tells nothing"),
        [PlantedBug.ReplaysAreTold] = ("outbox", "Commit that is replayed tells nothing again"),
        [PlantedBug.ToldBackwards] = ("outbox", "What commits tell is there once and in order"),
        [PlantedBug.ToldOnlyOfCampaigns] = ("outbox", "Units tell through one outbox"),
        [PlantedBug.AddressesAreCut] = ("outbox", "Messages are read back as they were"),
        [PlantedBug.ToldWithoutLock] = ("outbox", "Of many commits with one key one is told"),
        [PlantedBug.RecordsInMemory] = ("ledger reopened", "What was committed is there after a restart"),
        [PlantedBug.KeysInMemory] = ("ledger reopened", "Answer that was lost in a crash is given again"),
        [PlantedBug.DueInMemory] = ("due reopened", "What was noted is due after a restart"),
        [PlantedBug.OutboxInMemory] = ("outbox reopened", "What was told is there after a restart"),
        [PlantedBug.LastCommitIsNotFlushed] = ("ledger reopened", "What was committed is there after a restart"),
        [PlantedBug.ConflictsAreInTheLog] =
            ("ledger reopened", "Commits that were not done are not done by a restart"),
        [PlantedBug.RestartBreaksOffHalf] = ("ledger reopened", "Commit that broke off is done once or not at all"),
        [PlantedBug.KeysAreForgotten] = ("ledger", "Answer is the same after many other commits"),
        [PlantedBug.SomeKeysAreFound] = ("ledger", "Answer is the same after many other commits"),
        [PlantedBug.ReadsEndAt1000] = ("ledger", "Many streams are read at once"),
        [PlantedBug.ReadsEndAt5000] = ("ledger", "Many streams are read at once"),
        [PlantedBug.RecordsAreCut] = ("ledger", "Longest record is read back as it was"),
        [PlantedBug.AstralCharactersAreLost] = ("ledger", "Extreme values are read back as they were"),
        [PlantedBug.HalfBatchesAreRead] = ("ledger", "Batch is read whole while others write"),
        [PlantedBug.RolledBackIsRead] = ("ledger", "Batch is read whole while others write"),
        [PlantedBug.OnlyOneMovedIsTold] = ("ledger", "Every stream that has moved on is told"),
        [PlantedBug.PayeesAreCampaigns] = ("ledger", "Keys of a campaign a payee and an advertiser are apart"),
        [PlantedBug.KeysArePrefixes] = ("ledger", "Receipts are found by the whole key"),
        [PlantedBug.KeysArePatterns] = ("ledger", "Receipts are found by the whole key"),
    };

    private static readonly Dictionary<PlantedJourneyBug, (string List, string Check)> JourneyPlants = new()
    {
        [PlantedJourneyBug.MarksOverwrite] =
            ("journeys", "Several marks come to what one after the other would"),
        [PlantedJourneyBug.OnlyTheLastIsMarked] =
            ("journeys", "Several marks come to what one after the other would"),
        [PlantedJourneyBug.MarksEndAt1000] = ("journeys", "Several marks may be none or many"),
        [PlantedJourneyBug.JourneysComeInOrderOfCustomers] =
            ("journeys", "Several journeys are read as one after the other would be"),
        [PlantedJourneyBug.SameQueriesAreReadOnce] =
            ("journeys", "Several journeys are read as one after the other would be"),
        [PlantedJourneyBug.IntervalsAreUnited] =
            ("journeys", "Several journeys are read as one after the other would be"),
        [PlantedJourneyBug.ReferencesAreForgotten] =
            ("journeys", "Several journeys are read as one after the other would be"),
        [PlantedJourneyBug.KnownAtIsThatOfTheFirst] =
            ("journeys", "Several journeys are read as one after the other would be"),
        [PlantedJourneyBug.JourneysEndAt1000] = ("journeys", "Several journeys may be none or many"),
        [PlantedJourneyBug.NoQueriesAreAnError] = ("journeys", "Several journeys may be none or many"),
        [PlantedJourneyBug.AstralCharactersAreLost] = ("journeys", "Touchpoint is read back as it was"),
        [PlantedJourneyBug.TouchesInMemory] = ("journeys reopened", "Touchpoint is known after a restart"),
        [PlantedJourneyBug.ContentsInMemory] = ("journeys reopened", "Touchpoint is known after a restart"),
        [PlantedJourneyBug.MarksInMemory] = ("journeys reopened", "Mark stands after a restart"),
    };

    public static TheoryData<string> StoreBugs { get; } = [.. Enum.GetNames<PlantedBug>().Skip(1)];

    public static TheoryData<string> JourneyBugs { get; } = [.. Enum.GetNames<PlantedJourneyBug>().Skip(1)];

    public static TheoryData<string, string> Checks { get; } = Make(
        ("ledger", LedgerChecks.All.Names),
        ("ledger reopened", LedgerChecks.Reopened.Names),
        ("due", DueChecks.All.Names),
        ("due reopened", DueChecks.Reopened.Names),
        ("outbox", OutboxChecks.All.Names),
        ("outbox reopened", OutboxChecks.Reopened.Names),
        ("journeys", JourneyChecks.All.Names),
        ("journeys reopened", JourneyChecks.Reopened.Names));

    [Theory]
    [MemberData(nameof(StoreBugs))]
    public async Task Bug_of_a_store_is_found(string bug)
    {
        (string list, string check) = Plants[Enum.Parse<PlantedBug>(bug)];

        Func<Task> run = () => RunAsync(list, check, Enum.Parse<PlantedBug>(bug), default);

        (await run.Should().ThrowAsync<ScenarioFailedException>()).Which.Expected.Should().NotBeNull();
    }

    [Theory]
    [MemberData(nameof(JourneyBugs))]
    public async Task Bug_of_a_journey_store_is_found(string bug)
    {
        (string list, string check) = JourneyPlants[Enum.Parse<PlantedJourneyBug>(bug)];

        Func<Task> run = () => RunAsync(list, check, default, Enum.Parse<PlantedJourneyBug>(bug));

        await run.Should().ThrowAsync<ScenarioFailedException>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bank_that_compares_only_the_half_is_found(bool comparesAmounts)
    {
        const string Check = "Same id with other content is never carried out";
        Func<Task> run = () => PaymentChecks.All.RunAsync(Check, new CarelessBank(comparesAmounts), default);

        await run.Should().ThrowAsync<ScenarioFailedException>();
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public Task Store_without_a_bug_keeps_its_promises(string list, string check) =>
        RunAsync(list, check, PlantedBug.None, PlantedJourneyBug.None);

    private static TheoryData<string, string> Make(params (string List, ValueList<string> Names)[] lists)
    {
        TheoryData<string, string> data = [];
        foreach ((string list, ValueList<string> names) in lists)
        {
            foreach (string name in names)
            {
                data.Add(list, name);
            }
        }

        return data;
    }

    private static Task RunAsync(string list, string check, PlantedBug bug, PlantedJourneyBug journeyBug)
    {
        CancellationToken token = CancellationToken.None;
        PlantedTables disk = new();
        PlantedJourneys.Disk journeys = new();
        return list switch
        {
            "ledger" => LedgerChecks.All.RunAsync(check, Open(), token),
            "ledger reopened" => LedgerChecks.Reopened.RunAsync(check, new(Open), token),
            "due" => DueChecks.All.RunAsync(check, OpenDue(), token),
            "due reopened" => DueChecks.Reopened.RunAsync(check, new(OpenDue), token),
            "outbox" => OutboxChecks.All.RunAsync(check, OpenOutbox(), token),
            "outbox reopened" => OutboxChecks.Reopened.RunAsync(check, new(OpenOutbox), token),
            "journeys" => JourneyChecks.All.RunAsync(check, OpenJourneys(), token),
            _ => JourneyChecks.Reopened.RunAsync(check, new(OpenJourneys), token),
        };

        PlantedStore Open() => PlantedStore.Open(bug, disk);

        DueStores OpenDue()
        {
            PlantedStore store = Open();
            return new(store, store);
        }

        OutboxStores OpenOutbox()
        {
            PlantedStore store = Open();
            return new(store, store.ReadOutboxAsync);
        }

        PlantedJourneys OpenJourneys()
        {
            journeys.Opened++;
            return new(journeyBug, journeys);
        }
    }

    private sealed class CarelessBank(bool comparesAmounts) : IPayments
    {
        private readonly MemoryPayments inner = new();
        private readonly Dictionary<RemittanceId, PaymentInstruction> first = [];

        public ValueTask<PaymentAnswer> SendAsync(
            PaymentInstruction instruction, CancellationToken cancellationToken)
        {
            lock (first)
            {
                first.TryAdd(instruction.Id, instruction);
                PaymentInstruction known = first[instruction.Id];
                PaymentInstruction seen = comparesAmounts
                    ? instruction with { Payee = known.Payee }
                    : instruction with { Amount = known.Amount };
                return inner.SendAsync(seen, cancellationToken);
            }
        }

        public ValueTask<PaymentAnswer?> FindAsync(RemittanceId id, CancellationToken cancellationToken) =>
            inner.FindAsync(id, cancellationToken);
    }
}
