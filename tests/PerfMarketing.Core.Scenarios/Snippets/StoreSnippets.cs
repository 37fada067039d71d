using System.Data.Common;
using System.Runtime.CompilerServices;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;
using static PerfMarketing.Scenarios.Snippets.TableDatabase;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/write-a-store.md.</summary>
public sealed class StoreSnippets
{
    private static readonly CampaignId Acme = new("acme-2026");

    #region checks
    public static TheoryData<string> Promises => [.. LedgerChecks.All.Names];

    [Theory]
    [MemberData(nameof(Promises))]
    public Task Ledger_keeps_its_promises(string promise) =>
        LedgerChecks.All.RunAsync(promise, new TableLedger(new TableDatabase()), CancellationToken.None);
    #endregion

    #region outbox-checks
    public static TheoryData<string> OutboxPromises => [.. OutboxChecks.All.Names];

    [Theory]
    [MemberData(nameof(OutboxPromises))]
    public Task Outbox_is_filled_in_the_same_transaction(string promise)
    {
        TableDatabase database = new();
        return OutboxChecks.All.RunAsync(
            promise,
            new(new TableLedger(database), async ct => [.. await database.ReadOutboxAsync(ct)]),
            CancellationToken.None);
    }
    #endregion

    #region restart-checks
    public static TheoryData<string> RestartPromises => [.. LedgerChecks.Reopened.Names];

    [Theory]
    [MemberData(nameof(RestartPromises))]
    public Task Ledger_survives_a_crash(string promise)
    {
        TableDatabase database = new();
        return LedgerChecks.Reopened.RunAsync(
            promise, new(() => new TableLedger(database)), CancellationToken.None);
    }
    #endregion

    public static TheoryData<string> DueRestartPromises => [.. DueChecks.Reopened.Names];

    [Theory]
    [MemberData(nameof(DueRestartPromises))]
    public Task What_is_due_survives_a_crash(string promise)
    {
        TableDatabase database = new();
        return DueChecks.Reopened.RunAsync(
            promise,
            new(() =>
            {
                TableLedger ledger = new(database);
                return new(ledger, ledger);
            }),
            CancellationToken.None);
    }

    [Fact]
    public Task Outbox_survives_a_crash() => OutboxChecks.Reopened.RunAllAsync(
        static () =>
        {
            TableDatabase database = new();
            return new(() => new(new TableLedger(database), async ct => [.. await database.ReadOutboxAsync(ct)]));
        },
        CancellationToken.None);

    public static TheoryData<string> DuePromises => [.. DueChecks.All.Names];

    [Theory]
    [MemberData(nameof(DuePromises))]
    public Task What_is_due_keeps_its_promises(string promise)
    {
        TableLedger ledger = new(new TableDatabase());
        return DueChecks.All.RunAsync(promise, new(ledger, ledger), CancellationToken.None);
    }

    [Fact]
    public async Task Answer_that_was_lost_is_found_by_its_key()
    {
        TableDatabase database = new() { Breaks = static () => (false, true) };
        TableLedger ledger = new(database);

        CommitResult lost = await ledger.CommitAsync(Batch(), CancellationToken.None);
        database.Breaks = static () => (false, false);
        CommitResult again = await ledger.CommitAsync(Batch(), CancellationToken.None);

        lost.Should().Be(new CommitResult.Unavailable(MaybeApplied: true));
        again.Should().Be(new CommitResult.Replayed(CommitReceipt.Of(Batch())));
        database.OutboxCount.Should().Be(1, "what is told to others stands in the same transaction");
    }

    [Fact]
    public async Task Commit_that_broke_off_leaves_nothing()
    {
        TableDatabase database = new() { Breaks = static () => (true, false) };
        TableLedger ledger = new(database);

        CommitResult lost = await ledger.CommitAsync(Batch(), CancellationToken.None);
        int outboxCount = database.OutboxCount;
        database.Breaks = static () => (false, false);
        CommitResult again = await ledger.CommitAsync(Batch(), CancellationToken.None);

        lost.Should().BeOfType<CommitResult.Unavailable>();
        outboxCount.Should().Be(0);
        again.Should().Be(new CommitResult.Committed(CommitReceipt.Of(Batch())));
        database.OutboxCount.Should().Be(1);
    }

    private static CommitBatch Batch() => new()
    {
        Unit = Acme,
        Key = "o1",
        Content = Integrity.Digest.Of("o1"u8),
        Appends = [],
        Outbox = [new("0123456789abcdef0123456789abcdef", "earning", new("o1"), new("e1"))],
    };

    private sealed class TableLedger(TableDatabase database) : ILedgerStore, IDueOutcomes
    {
        #region commit
        public async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
        {
            string unit = batch.Unit.ToString();
            bool maybeApplied = false;
            try
            {
                // Begins the transaction and takes the unit's lock: one commit of a unit at a time.
                await using TableTransaction transaction = await database.BeginAsync(unit, cancellationToken);

                // 1. The key: a repetition is answered before any version is looked at.
                if (transaction.FindKey(unit, batch.Key) is { } known)
                {
                    return known.Content == batch.Content.ToString()
                        ? new CommitResult.Replayed(TermJson.Parse(known.Receipt, CommitReceipt.Read))
                        : new CommitResult.KeyReused(Integrity.Digest.Parse(known.Content));
                }

                // 2. The versions, also of streams that nothing is appended to.
                ValueList<StreamPosition> moved = batch.Appends
                    .Select(a => a.Expected with { Version = transaction.VersionOf(a.Expected.Stream.ToString()) })
                    .Except(batch.Appends.Select(a => a.Expected)).ToValueList();
                if (moved.Count > 0)
                {
                    return new CommitResult.VersionConflict(moved);
                }

                // 3. Records, key, what is due, and outbox, together.
                CommitReceipt receipt = Insert(transaction, batch);
                maybeApplied = true;
                await transaction.CommitAsync(cancellationToken);
                return new CommitResult.Committed(receipt);
            }
            catch (DbException)
            {
                return new CommitResult.Unavailable(maybeApplied);
            }
        }
        #endregion

        #region insert
        private static CommitReceipt Insert(TableTransaction transaction, CommitBatch batch)
        {
            foreach (StreamAppend append in batch.Appends)
            {
                long version = append.Expected.Version;
                foreach (CampaignRecord record in append.Records)
                {
                    transaction.InsertRecord(append.Expected.Stream.ToString(), ++version, TermJson.Write(record));
                }
            }

            var receipt = CommitReceipt.Of(batch);
            transaction.InsertKey(
                batch.Unit.ToString(), batch.Key, new(batch.Content.ToString(), TermJson.Write(receipt)));
            foreach (DueChange change in batch.Due)
            {
                if (change.At is { } at)
                {
                    transaction.UpsertDue(batch.Unit.ToString(), change.Outcome.Value, Sortable.Format(at));
                }
                else
                {
                    transaction.DeleteDue(batch.Unit.ToString(), change.Outcome.Value);
                }
            }

            foreach (OutboxMessage message in batch.Outbox)
            {
                transaction.InsertMessage(message);
            }

            return receipt;
        }
        #endregion

        #region read
        public async IAsyncEnumerable<StoredRecord> ReadAsync(
            ValueList<StreamPosition> after, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (StreamPosition position in after.AsEnumerable())
            {
                string stream = position.Stream.ToString();
                foreach (RecordRow row in await database.ReadAsync(stream, position.Version, cancellationToken))
                {
                    yield return new(position.Stream, row.Version, TermJson.Parse(row.Json, CampaignRecord.Read)!);
                }
            }
        }

        public async ValueTask<ValueList<CommitReceipt>> FindAsync(
            UnitId unit, ValueList<string> keys, CancellationToken cancellationToken)
        {
            KeyRow[] rows = await database.FindKeysAsync(unit.ToString(), keys, cancellationToken);
            return rows.Select(row => TermJson.Parse(row.Receipt, CommitReceipt.Read)).ToValueList();
        }
        #endregion

        #region due
        public async ValueTask<ValueList<DueOutcome>> FindAsync(
            CampaignId campaign, Instant asOf, DueOutcome? after, int count, CancellationToken cancellationToken)
        {
            DueRow? last = after is { } known ? new(Sortable.Format(known.At), known.Outcome.Value) : null;
            DueRow[] rows = await database.FindDueAsync(
                UnitId.OfCampaign(campaign).ToString(), Sortable.Format(asOf), last, count, cancellationToken);
            return rows.Select(r => new DueOutcome(new(r.Outcome), Sortable.Parse(r.At).Value)).ToValueList();
        }
        #endregion

        // Texts of one length sort as the instants do.
        private static readonly InstantPattern Sortable =
            InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fffffffff'Z'");
    }
}
