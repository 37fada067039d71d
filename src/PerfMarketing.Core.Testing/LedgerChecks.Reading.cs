using System.Globalization;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <content>What is read, however much it is and whatever is in it.</content>
public static partial class LedgerChecks
{
    private static async Task Same_record_may_stand_in_two_streams(ILedgerStore store, CancellationToken token)
    {
        CampaignRecord record = SampleRecords.Numbered(0);
        StreamAppend[] both = [new(new(One, 0), [record]), new(new(Two, 0), [record])];
        CommitBatch batch = Batch("k", both);
        await CommitAsync(store, batch, token).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0), (Two, 0)).ConfigureAwait(false);
        Expect.Equal(2, read.Count(r => r.Record == record), "It is read from both.");
    }

    private static async Task Same_outcome_of_two_campaigns_has_two_streams(
        ILedgerStore store, CancellationToken token)
    {
        CampaignId other = new("check2");
        StreamId elsewhere = StreamId.OfOutcome(other, new("one"));
        await CommitAsync(store, Batch("k", At(One, 0, 2)), token).ConfigureAwait(false);
        await CommitAsync(store, Batch("k", At(elsewhere, 0, 1)) with { Unit = other }, token)
            .ConfigureAwait(false);
        ValueList<StoredRecord> here = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        ValueList<StoredRecord> there = await ReadAsync(store, token, (elsewhere, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, 2)], here, "One campaign.");
        Expect.Equal([.. Stored(elsewhere, 1)], there, "The other campaign.");
    }

    private static async Task Record_that_stands_twice_is_read_twice(ILedgerStore store, CancellationToken token)
    {
        CampaignRecord record = SampleRecords.Numbered(0);
        await CommitAsync(store, Batch("k", new StreamAppend(new(One, 0), [record, record])), token)
            .ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal([new(One, 1, record), new(One, 2, record)], read, "Records are not compared.");
    }

    private static async Task Long_batch_keeps_its_order(ILedgerStore store, CancellationToken token)
    {
        await CommitAsync(store, Batch("k", At(One, 0, 1_000)), token).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, 1_000)], read, "A thousand records in their order.");
    }

    private static async Task Many_streams_are_committed_together_or_not_at_all(
        ILedgerStore store, CancellationToken token)
    {
        StreamId[] streams =
            [.. Enumerable.Range(0, 100).Select(static i => StreamId.OfOutcome(Campaign, new($"o{i}")))];
        await CommitAsync(store, Batch("last", At(streams[^1], 0, 1)), token).ConfigureAwait(false);
        StreamAppend[] all = [.. streams.Select(static s => At(s, 0, 1))];
        CommitResult stale = await store.CommitAsync(Batch("k1", all), token).ConfigureAwait(false);
        var conflict = Expect.Is<CommitResult.VersionConflict>(stale, "The last of them has moved on.");
        Expect.Equal(Positions((streams[^1], 1)), conflict.Current, "Only that one is told.");
        await CommitAsync(store, Batch("k2", all.AsSpan(..^1)), token).ConfigureAwait(false);
        (StreamId, long)[] from = [.. streams.Select(static s => (s, 0L))];
        ValueList<StoredRecord> read = await ReadAsync(store, token, from).ConfigureAwait(false);
        Expect.Equal(streams.Length, read.Count, "One record each.");
    }

    private static async Task Many_commits_make_one_long_stream(ILedgerStore store, CancellationToken token)
    {
        const int Commits = 200;
        for (int version = 0; version < Commits; version++)
        {
            CommitReceipt receipt = await CommitAsync(store, Batch($"k{version}", At(One, version, 1)), token)
                .ConfigureAwait(false);
            Expect.Equal(Positions((One, version + 1)), After(receipt), "The version after the commit.");
        }

        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, Commits)], read, "All of them in their order.");
        read = await ReadAsync(store, token, (One, Commits - 1)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, Commits).Skip(Commits - 1)], read, "Only the last.");
    }

    private static async Task Versions_count_by_stream(ILedgerStore store, CancellationToken token)
    {
        await CommitAsync(store, Batch("k1", At(One, 0, 3)), token).ConfigureAwait(false);
        CommitReceipt receipt = await CommitAsync(store, Batch("k2", At(One, 3, 1), At(Two, 0, 2)), token)
            .ConfigureAwait(false);
        Expect.Equal(Positions((One, 4), (Two, 2)), After(receipt), "Each stream has versions of its own.");
    }

    private static async Task Reading_nothing_gives_nothing(ILedgerStore store, CancellationToken token)
    {
        await CommitAsync(store, Batch("k", At(One, 0, 1)), token).ConfigureAwait(false);
        Expect.Equal(0, (await ReadAsync(store, token).ConfigureAwait(false)).Count, "No stream, no record.");
        Expect.Equal(0, (await ReadAsync(store, token, (Two, 0)).ConfigureAwait(false)).Count, "A stream without any.");
    }

    private static async Task Reading_changes_nothing(ILedgerStore store, CancellationToken token)
    {
        await CommitAsync(store, Batch("k", At(One, 0, 3)), token).ConfigureAwait(false);
        ValueList<StoredRecord> first = await ReadAsync(store, token, (One, 1), (Two, 0)).ConfigureAwait(false);
        ValueList<StoredRecord> again = await ReadAsync(store, token, (One, 1), (Two, 0)).ConfigureAwait(false);
        Expect.Equal(first, again, "The same question, the same answer.");
        await CommitAsync(store, Batch("k2", At(One, 3, 1), At(Two, 0, 1)), token).ConfigureAwait(false);
    }

    private static async Task Reading_past_the_end_gives_nothing(ILedgerStore store, CancellationToken token)
    {
        await CommitAsync(store, Batch("k", At(One, 0, 2)), token).ConfigureAwait(false);
        Expect.Equal(0, (await ReadAsync(store, token, (One, 2)).ConfigureAwait(false)).Count, "There is no third.");
        Expect.Equal(0, (await ReadAsync(store, token, (One, 99)).ConfigureAwait(false)).Count, "Nor a hundredth.");
    }

    private static async Task Extreme_values_are_read_back_as_they_were(ILedgerStore store, CancellationToken token)
    {
        Money greatest = Money.FromMinor(Money.MinorUnitsMax, Currency.Eur);
        ValueList<CampaignRecord> records =
        [
            Extreme(new string('~', Identifier.LengthMax), Instant.FromUtc(1, 1, 1, 0, 0), greatest),
            Extreme("b", Instant.FromUtc(9000, 1, 1, 0, 0) + Duration.Epsilon, -greatest),
            Extreme("c", Instant.FromUnixTimeTicks(0), Money.Zero(Currency.Parse("KWD", CultureInfo.InvariantCulture))),
        ];
        await CommitAsync(store, Batch("k", new StreamAppend(new(One, 0), records)), token).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal(records, [.. read.Select(static r => r.Record)], "Great amounts, early and late instants.");
    }

    private static async Task Instants_keep_their_nanoseconds(ILedgerStore store, CancellationToken token)
    {
        ValueList<CampaignRecord> records =
        [
            .. Enumerable.Range(0, 10).Select(static i => Extreme(
                $"o{i}", Instant.FromUtc(2026, 3, 3, 12, 0) + Duration.FromNanoseconds(i), 1.Eur)),
        ];
        await CommitAsync(store, Batch("k", new StreamAppend(new(One, 0), records)), token).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal(records, [.. read.Select(static r => r.Record)], "Ten instants within ten nanoseconds.");
    }

    private static async Task Longest_record_is_read_back_as_it_was(ILedgerStore store, CancellationToken token)
    {
        OutcomeReceived record = Extreme("o", Instant.FromUtc(2026, 3, 3, 12, 0), 1.Eur);
        ValueList<OrderLine> lines =
        [
            .. Enumerable.Range(0, Outcome.LineCountMax).Select(static i => new OrderLine
            {
                Sku = new string((char)('a' + (i % 26)), OrderLine.TextLengthMax),
                Brand = new string('ß', OrderLine.TextLengthMax),
                Net = 1.Eur,
            }),
        ];
        CampaignRecord longest = record with { Outcome = record.Outcome with { Lines = lines } };
        await CommitAsync(store, Batch("k", new StreamAppend(new(One, 0), [longest])), token).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal(longest, read[0].Record, "An order with as many lines as it may have.");
    }

    private static OutcomeReceived Extreme(string id, Instant at, Money value) => new OutcomeReceived
    {
        OutcomeId = new(id),
        DecidedAt = at,
        Outcome = new()
        {
            Id = new(id),
            At = at,
            RecordedAt = at,
            Kind = "sale",
            Value = value,
            Facts = FactSet.Empty.With(Facts.Keyword, "schöne Schuhe ✓ 😀 \" \\ ' \t"),
        },
    };
}
