using System.Globalization;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>
/// That the outbox is filled in the one commit of a ledger store, as checks that a host runs against its own.
/// </summary>
/// <remarks>For hosts that tell others; who drops <see cref="CommitBatch.Outbox"/> has nothing to check here.</remarks>
public static class OutboxChecks
{
    private const int RacerCount = 32;

    private static readonly CampaignId Campaign = new("check");
    private static readonly StreamId One = StreamId.OfOutcome(Campaign, new("one"));

    /// <summary>All checks of a store that stays open.</summary>
    public static PortChecks<OutboxStores> All { get; } = new(
        Nothing_is_told_at_first,
        What_commits_tell_is_there_once_and_in_order,
        Messages_are_read_back_as_they_were,
        Long_list_of_messages_keeps_its_order,
        Commit_without_records_tells_too,
        Commit_that_tells_nothing_adds_nothing,
        Commit_that_conflicts_tells_nothing,
        Key_that_is_reused_tells_nothing,
        Commit_that_is_replayed_tells_nothing_again,
        Units_tell_through_one_outbox,
        Cancelled_commit_tells_once_or_not_at_all,
        Of_many_commits_with_one_key_one_is_told,
        Of_many_commits_on_one_version_one_is_told,
        What_many_writers_tell_is_all_kept,
        Several_commits_tell_in_their_order,
        Several_commits_tell_nothing_from_the_first_conflict_on);

    /// <summary>
    /// What a message must survive: the store is left right after its commit, as in a crash, and opened again over its
    /// data.
    /// </summary>
    public static PortChecks<ReopenedPort<OutboxStores>> Reopened { get; } = new(
        What_was_told_is_there_after_a_restart,
        Commit_that_is_replayed_after_a_restart_tells_nothing_again);

    private static async Task Nothing_is_told_at_first(OutboxStores stores, CancellationToken token) =>
        await TellsAsync(stores, [], "Nothing was committed.", token).ConfigureAwait(false);

    private static async Task What_commits_tell_is_there_once_and_in_order(
        OutboxStores stores, CancellationToken token)
    {
        await CommitAsync(stores, Batch("k1", 0, 9, 3, 5), token).ConfigureAwait(false);
        await TellsAsync(stores, [9, 3, 5], "As soon as it is committed.", token).ConfigureAwait(false);
        await CommitAsync(stores, Batch("k2", 1, 4, 1), token).ConfigureAwait(false);
        await TellsAsync(stores, [9, 3, 5, 4, 1], "Commit after commit, in its order.", token).ConfigureAwait(false);
        await TellsAsync(stores, [9, 3, 5, 4, 1], "Reading takes nothing out.", token).ConfigureAwait(false);
    }

    private static async Task Messages_are_read_back_as_they_were(OutboxStores stores, CancellationToken token)
    {
        string address = "https://partner.example/p?q='%22\\&n=" + new string('x', 1_900);
        string longest = new('~', Identifier.LengthMax);
        ValueList<OutboxMessage> messages =
        [
            Message(1),
            Message(2) with { Outcome = new(longest), Entry = new(longest) },
            Message(3) with { Topic = "remittance", Outcome = default },
            Message(4) with { Topic = OutboxMessage.PostbackTopic, Address = address },
            Message(5) with { Topic = OutboxMessage.PostbackTopic, Entry = default, Address = "https://a.example/é😀" },
        ];
        await CommitAsync(stores, Batch("k", 0) with { Outbox = messages }, token).ConfigureAwait(false);
        ValueList<OutboxMessage> read = await stores.ReadAsync(token).ConfigureAwait(false);
        Expect.Equal(messages.Count, read.Count, "All of them.");
        for (int i = 0; i < messages.Count; i++)
        {
            Expect.Equal(messages[i], read[i], "Id, topic, outcome, entry and address.");
        }
    }

    private static async Task Long_list_of_messages_keeps_its_order(OutboxStores stores, CancellationToken token)
    {
        int[] numbers = [.. Enumerable.Range(0, 1_001).Select(static i => 7_919 * i % 10_007)];
        await CommitAsync(stores, Batch("k", 0, numbers), token).ConfigureAwait(false);
        await TellsAsync(stores, numbers, "More than a thousand, in their order.", token).ConfigureAwait(false);
    }

    private static async Task Commit_without_records_tells_too(OutboxStores stores, CancellationToken token)
    {
        CommitBatch batch = Batch("k", 0, 1, 2) with { Appends = [] };
        await CommitAsync(stores, batch, token).ConfigureAwait(false);
        await TellsAsync(stores, [1, 2], "It is told.", token).ConfigureAwait(false);
    }

    private static async Task Commit_that_tells_nothing_adds_nothing(OutboxStores stores, CancellationToken token)
    {
        await CommitAsync(stores, Batch("k1", 0, 1), token).ConfigureAwait(false);
        await CommitAsync(stores, Batch("k2", 1), token).ConfigureAwait(false);
        await TellsAsync(stores, [1], "Only the first one tells.", token).ConfigureAwait(false);
    }

    private static async Task Commit_that_conflicts_tells_nothing(OutboxStores stores, CancellationToken token)
    {
        await CommitAsync(stores, Batch("k1", 0, 1), token).ConfigureAwait(false);
        CommitResult stale = await stores.Ledger.CommitAsync(Batch("k2", 0, 2), token).ConfigureAwait(false);
        Expect.Is<CommitResult.VersionConflict>(stale, "The version has moved on.");
        await TellsAsync(stores, [1], "All or nothing.", token).ConfigureAwait(false);
        await CommitAsync(stores, Batch("k2", 1, 3), token).ConfigureAwait(false);
        await TellsAsync(stores, [1, 3], "Decided anew, it tells what it tells now.", token).ConfigureAwait(false);
    }

    private static async Task Key_that_is_reused_tells_nothing(OutboxStores stores, CancellationToken token)
    {
        await CommitAsync(stores, Batch("k", 0, 1), token).ConfigureAwait(false);
        CommitBatch other = Batch("k", 1, 2) with { Content = Digest.Of([2]) };
        CommitResult reused = await stores.Ledger.CommitAsync(other, token).ConfigureAwait(false);
        Expect.Is<CommitResult.KeyReused>(reused, "The key stands for something else.");
        await TellsAsync(stores, [1], "What it says is not told.", token).ConfigureAwait(false);
    }

    private static async Task Commit_that_is_replayed_tells_nothing_again(OutboxStores stores, CancellationToken token)
    {
        CommitBatch batch = Batch("k", 0, 1, 2);
        await CommitAsync(stores, batch, token).ConfigureAwait(false);
        CommitResult again = await stores.Ledger.CommitAsync(batch, token).ConfigureAwait(false);
        Expect.Is<CommitResult.Replayed>(again, "It was committed before.");
        again = await stores.Ledger.CommitAsync(Batch("k", 1, 3), token).ConfigureAwait(false);
        Expect.Is<CommitResult.Replayed>(again, "Also when it would tell something else now.");
        await TellsAsync(stores, [1, 2], "It is told once.", token).ConfigureAwait(false);
    }

    private static async Task Units_tell_through_one_outbox(OutboxStores stores, CancellationToken token)
    {
        await CommitAsync(stores, Batch("k", 0, 1), token).ConfigureAwait(false);
        UnitId payee = UnitId.OfPayee(new("check"));
        CommitBatch paid = Batch("k", 0, 2) with { Unit = payee, Appends = [] };
        await CommitAsync(stores, paid, token).ConfigureAwait(false);
        await TellsAsync(stores, [1, 2], "Of a campaign, and of a payee.", token).ConfigureAwait(false);
    }

    private static async Task Cancelled_commit_tells_once_or_not_at_all(OutboxStores stores, CancellationToken token)
    {
        using CancellationTokenSource stopped = CancellationTokenSource.CreateLinkedTokenSource(token);
        await stopped.CancelAsync().ConfigureAwait(false);
        CommitBatch batch = Batch("k", 0, 1, 2);
        try
        {
            await stores.Ledger.CommitAsync(batch, stopped.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller does not know now whether it was done: it asks again.
        }

        await stores.Ledger.CommitAsync(batch, token).ConfigureAwait(false);
        await TellsAsync(stores, [1, 2], "Asked again, it is told once.", token).ConfigureAwait(false);
    }

    private static async Task Of_many_commits_with_one_key_one_is_told(OutboxStores stores, CancellationToken token)
    {
        await RaceAsync(stores, static _ => Batch("k", 0, 1, 2), token).ConfigureAwait(false);
        await TellsAsync(stores, [1, 2], "It is told once.", token).ConfigureAwait(false);
    }

    private static async Task Of_many_commits_on_one_version_one_is_told(OutboxStores stores, CancellationToken token)
    {
        CommitResult[] results =
            await RaceAsync(stores, static i => Batch($"k{i}", 0, i, 100 + i), token).ConfigureAwait(false);
        int first = Array.FindIndex(results, static r => r is CommitResult.Committed);
        await TellsAsync(stores, [first, 100 + first], "What is committed is told.", token).ConfigureAwait(false);
    }

    private static async Task What_many_writers_tell_is_all_kept(OutboxStores stores, CancellationToken token)
    {
        await RaceAsync(stores, static i => Batch($"k{i}", 0, i, 100 + i) with { Appends = [] }, token)
            .ConfigureAwait(false);
        ValueList<OutboxMessage> read = await stores.ReadAsync(token).ConfigureAwait(false);
        Expect.Equal<ValueList<OutboxMessage>>(
            [.. Enumerable.Range(0, RacerCount).Concat(Enumerable.Range(100, RacerCount)).Select(Message)],
            [.. read.OrderBy(static m => m.Id, StringComparer.Ordinal)],
            "Nothing is lost, and nothing is there twice.");
        List<string> ids = [.. read.Select(static m => m.Id)];
        for (int i = 0; i < RacerCount; i++)
        {
            bool isInOrder = ids.IndexOf(Message(i).Id) < ids.IndexOf(Message(100 + i).Id);
            Expect.Equal(true, isInOrder, "Of one commit in its order.");
        }
    }

    private static async Task Several_commits_tell_in_their_order(OutboxStores stores, CancellationToken token)
    {
        ValueList<CommitResult> results = await stores.Ledger
            .CommitAllAsync([Batch("k1", 0, 9, 3), Batch("k2", 1), Batch("k3", 2, 5, 1)], token).ConfigureAwait(false);
        Expect.Equal(3, results.Count(static r => r is CommitResult.Committed), "Each is committed.");
        await TellsAsync(stores, [9, 3, 5, 1], "Commit after commit, in its order.", token).ConfigureAwait(false);
    }

    private static async Task Several_commits_tell_nothing_from_the_first_conflict_on(
        OutboxStores stores, CancellationToken token)
    {
        ValueList<CommitResult> results = await stores.Ledger
            .CommitAllAsync([Batch("k1", 0, 1), Batch("k2", 0, 2), Batch("k3", 1, 3)], token).ConfigureAwait(false);
        int[] told = results is [CommitResult.Committed, ..] ? [1] : [];
        await TellsAsync(stores, told, "What is not committed is not told.", token).ConfigureAwait(false);
    }

    private static async Task What_was_told_is_there_after_a_restart(
        ReopenedPort<OutboxStores> port, CancellationToken token)
    {
        OutboxStores stores = port.Open();
        await CommitAsync(stores, Batch("k1", 0, 2, 1), token).ConfigureAwait(false);
        stores = await port.ReopenAsync(stores, stores.Ledger).ConfigureAwait(false);
        await TellsAsync(stores, [2, 1], "Nobody may have sent it yet.", token).ConfigureAwait(false);
        await CommitAsync(stores, Batch("k2", 1, 0), token).ConfigureAwait(false);
        stores = await port.ReopenAsync(stores, stores.Ledger).ConfigureAwait(false);
        await TellsAsync(stores, [2, 1, 0], "What came later comes after it.", token).ConfigureAwait(false);
    }

    private static async Task Commit_that_is_replayed_after_a_restart_tells_nothing_again(
        ReopenedPort<OutboxStores> port, CancellationToken token)
    {
        OutboxStores stores = port.Open();
        CommitBatch batch = Batch("k", 0, 2, 1);
        await CommitAsync(stores, batch, token).ConfigureAwait(false);
        stores = await port.ReopenAsync(stores, stores.Ledger).ConfigureAwait(false);
        CommitResult again = await stores.Ledger.CommitAsync(batch, token).ConfigureAwait(false);
        Expect.Is<CommitResult.Replayed>(again, "The answer was lost, the commit was done.");
        await TellsAsync(stores, [2, 1], "It is told once.", token).ConfigureAwait(false);
    }

    private static OutboxMessage Message(int number) => new(
        number.ToString("x32", CultureInfo.InvariantCulture),
        "earning",
        new(string.Create(CultureInfo.InvariantCulture, $"o{number}")),
        new(number.ToString("x32", CultureInfo.InvariantCulture)));

    // Appends one record at a version, and tells messages by their numbers.
    private static CommitBatch Batch(string key, int version, params ReadOnlySpan<int> told)
    {
        List<OutboxMessage> messages = [];
        foreach (int number in told)
        {
            messages.Add(Message(number));
        }

        return new()
        {
            Unit = Campaign,
            Key = key,
            Content = Digest.Of([1]),
            Appends = [new(new(One, version), [SampleRecords.Numbered(version)])],
            Outbox = messages.ToValueList(),
        };
    }

    private static async Task CommitAsync(OutboxStores stores, CommitBatch batch, CancellationToken token)
    {
        CommitResult result = await stores.Ledger.CommitAsync(batch, token).ConfigureAwait(false);
        Expect.Is<CommitResult.Committed>(result, $"'{batch.Key}' is committed.");
    }

    private static async Task TellsAsync(OutboxStores stores, int[] numbers, string step, CancellationToken token)
    {
        ValueList<OutboxMessage> read = await stores.ReadAsync(token).ConfigureAwait(false);
        Expect.Equal([.. numbers.Select(Message)], read, step);
    }

    private static Task<CommitResult[]> RaceAsync(
        OutboxStores stores, Func<int, CommitBatch> batch, CancellationToken token) =>
        Task.WhenAll(Enumerable.Range(0, RacerCount).Select(i =>
            Task.Run(async () => await stores.Ledger.CommitAsync(batch(i), token).ConfigureAwait(false), token)));
}
