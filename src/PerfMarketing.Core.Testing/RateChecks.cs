using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>The promises of <see cref="IRates"/>, as checks that a host runs against its own store.</summary>
public static class RateChecks
{
    private static readonly Instant Day = Instant.FromUtc(2026, 3, 3, 0, 0);

    private static readonly RateNeed Need =
        new(Currency.Usd, Currency.Eur, "ecb", Day, Day + Duration.FromDays(1), Day + Duration.FromDays(90));

    /// <summary>All checks.</summary>
    public static PortChecks<FilledPort<IRates, RecordedRate>> All { get; } = new(
        Rate_that_is_unknown_is_not_found,
        Rate_is_found_as_it_was_recorded,
        First_instant_counts_and_the_last_does_not,
        Rate_that_became_known_later_keeps_its_time,
        Several_rates_of_one_day_are_all_found,
        Rate_stays_when_others_are_added,
        Many_readers_find_the_same_rates,
        Cancelled_search_of_rates_throws_or_answers);

    private static async Task Rate_that_is_unknown_is_not_found(
        FilledPort<IRates, RecordedRate> store, CancellationToken token)
    {
        await store.AddAsync(Rate("a", Day, from: Currency.Gbp)).ConfigureAwait(false);
        await store.AddAsync(Rate("b", Day, source: "desk")).ConfigureAwait(false);
        await ExpectAsync(store, [], "The pair and the source are others.", token).ConfigureAwait(false);
    }

    private static async Task Rate_is_found_as_it_was_recorded(
        FilledPort<IRates, RecordedRate> store, CancellationToken token)
    {
        RecordedRate exact = new(
            new("a-1", Currency.Usd, Currency.Eur, 0.123456789m, "ecb", Day + Duration.FromNanoseconds(1)),
            Day + Duration.FromNanoseconds(2));
        await store.AddAsync(exact).ConfigureAwait(false);
        await ExpectAsync(store, [exact], "To the ninth decimal and the nanosecond.", token).ConfigureAwait(false);
    }

    private static async Task First_instant_counts_and_the_last_does_not(
        FilledPort<IRates, RecordedRate> store, CancellationToken token)
    {
        RecordedRate first = Rate("a", Day);
        RecordedRate last = Rate("b", Day + Duration.FromDays(1) - Duration.FromNanoseconds(1));
        await store.AddAsync(first).ConfigureAwait(false);
        await store.AddAsync(last).ConfigureAwait(false);
        await ExpectAsync(store, [first, last], "Both are of the time.", token).ConfigureAwait(false);
    }

    private static async Task Rate_that_became_known_later_keeps_its_time(
        FilledPort<IRates, RecordedRate> store, CancellationToken token)
    {
        RecordedRate late = Rate("a", Day) with { RecordedAt = Day + Duration.FromDays(40) };
        await store.AddAsync(late).ConfigureAwait(false);
        await ExpectAsync(store, [late], "Nothing is decided by it before.", token).ConfigureAwait(false);
    }

    private static async Task Several_rates_of_one_day_are_all_found(
        FilledPort<IRates, RecordedRate> store, CancellationToken token)
    {
        RecordedRate[] all =
            [.. Enumerable.Range(0, 20).Select(static i => Rate($"r{i:00}", Day + Duration.FromHours(i)))];
        foreach (RecordedRate rate in all)
        {
            await store.AddAsync(rate).ConfigureAwait(false);
        }

        await ExpectAsync(store, [.. all], "The newest is not enough.", token).ConfigureAwait(false);
    }

    private static async Task Rate_stays_when_others_are_added(
        FilledPort<IRates, RecordedRate> store, CancellationToken token)
    {
        RecordedRate first = Rate("a", Day);
        RecordedRate other = Rate("b", Day) with { RecordedAt = Day + Duration.FromHours(1) };
        await store.AddAsync(first).ConfigureAwait(false);
        await ExpectAsync(store, [first], "It is known.", token).ConfigureAwait(false);
        await store.AddAsync(other).ConfigureAwait(false);
        await ExpectAsync(store, [first, other], "A rate is never replaced.", token).ConfigureAwait(false);
    }

    private static async Task Many_readers_find_the_same_rates(
        FilledPort<IRates, RecordedRate> store, CancellationToken token)
    {
        await store.AddAsync(Rate("a", Day)).ConfigureAwait(false);
        await ReadChecks.RaceAsync(() => FindAsync(store, token), token).ConfigureAwait(false);
    }

    private static async Task Cancelled_search_of_rates_throws_or_answers(
        FilledPort<IRates, RecordedRate> store, CancellationToken token)
    {
        await store.AddAsync(Rate("a", Day)).ConfigureAwait(false);
        await ReadChecks.CancelAsync(t => FindAsync(store, t), token).ConfigureAwait(false);
    }

    private static RecordedRate Rate(string id, Instant at, Currency? from = null, string source = "ecb") =>
        RecordedRate.Of(new(id, from ?? Currency.Usd, Currency.Eur, 0.9m, source, at));

    // Others may be given too: what was asked for counts.
    private static async Task<ValueList<RecordedRate>> FindAsync(
        FilledPort<IRates, RecordedRate> store, CancellationToken token) =>
    [
        .. (await store.Port.FindAsync(Need, token).ConfigureAwait(false)).AsEnumerable()
            .Where(static r => r.Rate.From == Need.From && r.Rate.To == Need.To && r.Rate.Source == Need.Source
                && r.Rate.At >= Need.Begin && r.Rate.At < Need.End)
            .OrderBy(static r => r.Rate.Id, StringComparer.Ordinal),
    ];

    private static async Task ExpectAsync(
        FilledPort<IRates, RecordedRate> store,
        ValueList<RecordedRate> expected,
        string because,
        CancellationToken token) =>
        Expect.Equal(expected, await FindAsync(store, token).ConfigureAwait(false), because);
}
