using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Testing;

public sealed class PortChecksTests
{
    public static TheoryData<string> LedgerNames { get; } = [.. LedgerChecks.All.Names];

    public static TheoryData<string> PaymentNames { get; } = [.. PaymentChecks.All.Names];

    public static TheoryData<string> JourneyNames { get; } = [.. JourneyChecks.All.Names];

    public static TheoryData<string> DueNames { get; } = [.. DueChecks.All.Names];

    public static TheoryData<string> LedgerFaults { get; } = [.. Enum.GetNames<LedgerFault>()];

    public static TheoryData<string> JourneyFaults { get; } = [.. Enum.GetNames<JourneyFault>()];

    [Theory]
    [MemberData(nameof(PaymentNames))]
    public Task Memory_bank_keeps_its_promises(string check) =>
        PaymentChecks.All.RunAsync(check, new MemoryPayments(), CancellationToken.None);

    [Fact]
    public Task Bank_that_forgets_what_it_was_sent_breaks_promises() => FluentActions
        .Awaiting(static () => PaymentChecks.All.RunAllAsync(static () => new ForgetfulBank(), CancellationToken.None))
        .Should().ThrowAsync<ScenarioFailedException>();

    [Theory]
    [MemberData(nameof(LedgerNames))]
    public Task Ledger_in_memory_keeps_its_promises(string check) =>
        LedgerChecks.All.RunAsync(check, new MemoryLedger(), CancellationToken.None);

    [Theory]
    [MemberData(nameof(JourneyNames))]
    public Task Journeys_in_memory_keep_their_promises(string check) =>
        JourneyChecks.All.RunAsync(check, new MemoryJourneys(), CancellationToken.None);

    [Theory]
    [MemberData(nameof(DueNames))]
    public Task What_is_due_in_memory_keeps_its_promises(string check)
    {
        MemoryLedger ledger = new();
        return DueChecks.All.RunAsync(check, new(ledger, ledger), CancellationToken.None);
    }

    [Fact]
    public Task What_is_told_in_memory_keeps_its_promises() => OutboxChecks.All.RunAllAsync(
        static () =>
        {
            MemoryLedger ledger = new();
            return new(ledger, _ => new(ledger.Outbox.ToValueList()));
        },
        CancellationToken.None);

    [Fact]
    public async Task What_is_in_memory_is_lost_in_a_crash()
    {
        Func<Task> crash = static () => LedgerChecks.Reopened.RunAllAsync(
            static () => new(static () => new MemoryLedger()), CancellationToken.None);

        await crash.Should().ThrowAsync<ScenarioFailedException>();
    }

    [Fact]
    public async Task Store_is_closed_before_it_is_opened_again()
    {
        MemoryLedger memory = new();
        List<ClosingLedger> opened = [];
        await LedgerChecks.Reopened.RunAsync(
            LedgerChecks.Reopened.Names[0],
            new(() =>
            {
                opened.Exists(static l => !l.IsClosed).Should().BeFalse();
                opened.Add(new(memory));
                return opened[^1];
            }),
            CancellationToken.None);

        opened.Should().HaveCountGreaterThan(2);
    }

    [Fact]
    public async Task Every_kind_of_record_is_checked()
    {
        MemoryLedger ledger = new();
        string check = LedgerChecks.All.Names.Single(static n => n.StartsWith("Every kind", StringComparison.Ordinal));
        await LedgerChecks.All.RunAsync(check, ledger, CancellationToken.None);

        List<CampaignRecord> records = [];
        await foreach (StoredRecord stored in ledger.ReadAsync([ledger.Positions[0] with { Version = 0 }], default))
        {
            records.Add(stored.Record);
        }

        records.Select(static r => r.GetType()).Distinct().Should().BeEquivalentTo(
            typeof(CampaignRecord).Assembly.GetTypes()
                .Where(static t => !t.IsAbstract && t.IsAssignableTo(typeof(CampaignRecord))));
    }

    [Fact]
    public Task Records_kept_as_JSON_are_what_they_were() =>
        LedgerChecks.All.RunAllAsync(static () => new JsonLedger(), CancellationToken.None);

    [Theory]
    [MemberData(nameof(LedgerFaults))]
    public async Task Broken_ledger_is_found(string fault)
    {
        Func<Task> checks = () => LedgerChecks.All.RunAllAsync(
            () => new BrokenLedger(Enum.Parse<LedgerFault>(fault)), CancellationToken.None);

        (await checks.Should().ThrowAsync<ScenarioFailedException>()).Which.Expected.Should().NotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(JourneyFaults))]
    public async Task Broken_journeys_are_found(string fault)
    {
        Func<Task> checks = () => JourneyChecks.All.RunAllAsync(
            () => new BrokenJourneys(Enum.Parse<JourneyFault>(fault)), CancellationToken.None);

        await checks.Should().ThrowAsync<ScenarioFailedException>();
    }

    [Fact]
    public async Task Check_that_does_not_exist_is_an_error()
    {
        Func<Task> check = static () => LedgerChecks.All.RunAsync("?", new MemoryLedger(), CancellationToken.None);

        await check.Should().ThrowAsync<ArgumentException>();
    }

    private enum LedgerFault
    {
        ForgetsKeys,
        IgnoresContent,
        MixesUpKeys,
        KeepsKeysOfConflicts,
        IgnoresVersions,
        ChecksOnlyWhatGrows,
        CommitsStreamByStream,
        TellsAllStreams,
        ReadsBackwards,
        ReadsFromTheBeginning,
        MixesUpStreams,
        LosesInstants,
        FindsNothing,
        FindsKeysOfOthers,
    }

    private enum JourneyFault
    {
        OverwritesTouches,
        ComparesRecordedAt,
        LosesTheLastTouch,
        LosesTheFirstTouch,
        ReadsOneCustomer,
        IgnoresReferences,
        IgnoresKnownAt,
        OverwritesMarks,
    }

    private sealed class ClosingLedger(MemoryLedger inner) : ILedgerStore, IDisposable
    {
        public bool IsClosed { get; private set; }

        public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken) =>
            inner.CommitAsync(batch, cancellationToken);

        public IAsyncEnumerable<StoredRecord> ReadAsync(
            ValueList<StreamPosition> after, CancellationToken cancellationToken) =>
            inner.ReadAsync(after, cancellationToken);

        public ValueTask<ValueList<CommitReceipt>> FindAsync(
            UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
            inner.FindAsync(unit, keys, cancellationToken);

        public void Dispose() => IsClosed = true;
    }

    private sealed class JsonLedger : ILedgerStore
    {
        private readonly MemoryLedger inner = new();

        public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken) =>
            inner.CommitAsync(batch, cancellationToken);

        public IAsyncEnumerable<StoredRecord> ReadAsync(
            ValueList<StreamPosition> after, CancellationToken cancellationToken) =>
            inner.ReadAsync(after, cancellationToken).Select(static stored => stored with
            {
                Record = TermJson.Parse(TermJson.Write(stored.Record), CampaignRecord.Read)!,
            });

        public async ValueTask<ValueList<CommitReceipt>> FindAsync(
            UnitId unit, ValueList<string> keys, CancellationToken cancellationToken)
        {
            ValueList<CommitReceipt> found = await inner.FindAsync(unit, keys, cancellationToken);
            return [.. found.Select(static r => TermJson.Parse(TermJson.Write(r), CommitReceipt.Read)!)];
        }
    }

    private sealed class BrokenLedger(LedgerFault fault) : ILedgerStore
    {
        private readonly MemoryLedger inner = new();
        private readonly HashSet<string> burnt = [];
        private int count;

        public async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
        {
            if (fault == LedgerFault.CommitsStreamByStream)
            {
                CommitResult last = new CommitResult.Unavailable(false);
                foreach (StreamAppend append in batch.Appends.ToArray())
                {
                    CommitBatch part = batch with { Key = $"{batch.Key}{append.Expected.Stream}", Appends = [append] };
                    last = await inner.CommitAsync(part, cancellationToken);
                }

                return last;
            }

            CommitResult result = await inner.CommitAsync(Spoil(batch), cancellationToken);
            return (fault, result) switch
            {
                (LedgerFault.KeepsKeysOfConflicts, CommitResult.VersionConflict) when !burnt.Add(batch.Key) =>
                    new CommitResult.KeyReused(batch.Content),
                (LedgerFault.TellsAllStreams, CommitResult.VersionConflict) =>
                    new CommitResult.VersionConflict([.. batch.Appends.Select(static a => a.Expected)]),
                _ => result,
            };
        }

        public IAsyncEnumerable<StoredRecord> ReadAsync(
            ValueList<StreamPosition> after, CancellationToken cancellationToken)
        {
            ValueList<StreamPosition> from = fault switch
            {
                LedgerFault.ReadsFromTheBeginning => [.. after.Select(static p => p with { Version = 0 })],
                LedgerFault.MixesUpStreams => [.. after.Select(static p => p with { Stream = Lower(p.Stream) })],
                _ => after,
            };
            IAsyncEnumerable<StoredRecord> read = inner.ReadAsync(from, cancellationToken);
            return fault switch
            {
                LedgerFault.ReadsBackwards => read.Reverse(),
                LedgerFault.LosesInstants => read.Select(static r => r with { Record = Truncated(r.Record) }),
                _ => read,
            };
        }

        public ValueTask<ValueList<CommitReceipt>> FindAsync(
            UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) => fault switch
            {
                LedgerFault.FindsNothing => new(ValueList<CommitReceipt>.Empty),
                LedgerFault.FindsKeysOfOthers => inner.FindAsync(new CampaignId("check"), keys, cancellationToken),
                _ => inner.FindAsync(unit, keys, cancellationToken),
            };

        private CommitBatch Spoil(CommitBatch batch) => fault switch
        {
            LedgerFault.ForgetsKeys => batch with { Key = $"{batch.Key}-{Interlocked.Increment(ref count)}" },
            LedgerFault.IgnoresContent => batch with { Content = default },
            LedgerFault.MixesUpKeys => batch with { Key = batch.Key.ToUpperInvariant() },
            LedgerFault.IgnoresVersions => batch with { Appends = [.. batch.Appends.Select(Current)] },
            LedgerFault.ChecksOnlyWhatGrows =>
                batch with { Appends = [.. batch.Appends.Where(static a => a.Records.Count > 0)] },
            LedgerFault.MixesUpStreams => batch with
            {
                Appends =
                [
                    .. batch.Appends.Select(static a =>
                        a with { Expected = a.Expected with { Stream = Lower(a.Expected.Stream) } }),
                ],
            },
            _ => batch,
        };

        private StreamAppend Current(StreamAppend append) => append with
        {
            Expected = new(
                append.Expected.Stream,
                inner.Positions.FirstOrDefault(p => p.Stream == append.Expected.Stream).Version),
        };

        private static StreamId Lower(StreamId stream)
        {
            string[] parts = stream.ToString().Split('/');
            return StreamId.OfOutcome(new(parts[0]), new OutcomeId(parts[2].ToUpperInvariant()));
        }

        // As a column of whole seconds would.
        private static CampaignRecord Truncated(CampaignRecord record) => record is OutcomeReceived received
            ? received with
            {
                Outcome = received.Outcome with
                {
                    RecordedAt = NodaTime.Instant.FromUnixTimeSeconds(received.Outcome.RecordedAt.ToUnixTimeSeconds()),
                },
            }
            : record;
    }

    private sealed class BrokenJourneys(JourneyFault fault) : IJourneyStore
    {
        private readonly MemoryJourneys inner = new();
        private readonly Dictionary<TouchpointId, Touchpoint> newest = [];
        private int count;

        public ValueTask<ValueList<TouchAnswer>> RecordAsync(
            ValueList<Touchpoint> batch, CancellationToken cancellationToken)
        {
            foreach (Touchpoint touchpoint in batch)
            {
                newest[touchpoint.Id] = touchpoint;
            }

            return inner.RecordAsync(
                fault == JourneyFault.ComparesRecordedAt ? [.. batch.Select(Stamped)] : batch, cancellationToken);
        }

        public ValueTask MarkAsync(OutcomeMark mark, CancellationToken cancellationToken) => inner.MarkAsync(
            fault == JourneyFault.OverwritesMarks ? mark with { Outcome = new($"{mark.Outcome}-{count++}") } : mark,
            cancellationToken);

        public async ValueTask<StoredJourney> ReadAsync(JourneyQuery query, CancellationToken cancellationToken)
        {
            StoredJourney journey = await inner.ReadAsync(
                fault switch
                {
                    JourneyFault.ReadsOneCustomer => query with { Customers = [.. query.Customers.Take(1)] },
                    JourneyFault.IgnoresReferences => query with { Reference = null },
                    JourneyFault.IgnoresKnownAt => query with { KnownAt = NodaTime.Instant.MaxValue },
                    _ => query,
                },
                cancellationToken);
            return fault switch
            {
                JourneyFault.OverwritesTouches =>
                    journey with { Touches = [.. journey.Touches.Select(t => newest[t.Id])] },
                JourneyFault.LosesTheLastTouch =>
                    journey with { Touches = [.. journey.Touches.Where(t => t.At < query.At)] },
                JourneyFault.LosesTheFirstTouch =>
                    journey with { Touches = [.. journey.Touches.Where(t => t.At > query.From)] },
                _ => journey,
            };
        }

        private static Touchpoint Stamped(Touchpoint touchpoint) => touchpoint with
        {
            Facts = touchpoint.Facts.With(Facts.Keyword, Digest.Of(BitConverter.GetBytes(
                touchpoint.RecordedAt.ToUnixTimeTicks())).ToString()),
        };
    }

    private sealed class ForgetfulBank : IPayments
    {
        public ValueTask<PaymentAnswer> SendAsync(
            PaymentInstruction instruction, CancellationToken cancellationToken) =>
            new(new PaymentAnswer(PaymentStatus.Paid));

        public ValueTask<PaymentAnswer?> FindAsync(RemittanceId id, CancellationToken cancellationToken) =>
            new((PaymentAnswer?)null);
    }
}
