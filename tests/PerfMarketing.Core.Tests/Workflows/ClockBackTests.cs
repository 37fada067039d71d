using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>
/// A host's clock runs back by some minutes: an outcome is not decided before what was decided of it already.
/// </summary>
public sealed class ClockBackTests
{
    // April begins at 22:00.
    private const string Before = "2026-03-31T21:58:00Z";
    private const string After = "2026-03-31T22:05:00Z";

    private static CampaignDraft Campaign => Contract(Pay.Fixed(10.Eur)).ToCampaign();

    private static CampaignInput[] Log =>
    [
        Of(Sale("o1", "2026-03-31T21:00:00Z") with { RecordedAt = At(After) }),
        Of(Retracted("r1", "o1", "2026-03-31T21:30:00Z") with { RecordedAt = At(Before) }),
    ];

    [Fact]
    public async Task What_corrects_an_earning_is_in_no_earlier_statement()
    {
        LiveHost host = await TakeAllAsync();

        ValueList<Statement> march = await SettleAsync(host, new(2026, 3));
        ValueList<Statement> april = await SettleAsync(host, new(2026, 4));

        march.Should().BeEmpty();
        april.Single().Lines.Select(static l => $"{l.Tag} {l.Amount} {l.DecidedAt}").Should().Equal(
            "earning 10.00 EUR 2026-03-31T22:05:00Z", "adjustment -10.00 EUR 2026-03-31T22:05:00Z");
        april.Single().Opening.Should().Be(0.Eur);
    }

    [Fact]
    public async Task Calls_batches_and_runs_decide_at_the_same_instant()
    {
        LiveHost one = await TakeAllAsync();
        LiveHost several = await HostAsync();
        await several.TakeAsync(Log[0]);
        await several.Conversions.ProcessBatchAsync(
            several.Campaign.Id, [Of(Sale("o2", Before)), Log[1]], At(Before), CancellationToken.None);
        CampaignRun run = Run(Campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        foreach (CampaignInput input in Log)
        {
            run.Process(input);
        }

        string[] expected = Written(run.Entries);
        (await EntriesAsync(one)).Should().Equal(expected);
        (await EntriesAsync(several)).Should().Equal(expected);
    }

    // Statements are read entry by entry in the order of their instants: what is corrected is there by then.
    [Fact]
    public void A_run_that_goes_on_from_closed_statements_comes_to_the_same()
    {
        CampaignRun first = Run(Campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        CampaignRun second = Run(Campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        Array.ForEach(Log, input => first.Process(input));
        Instant end = At("2026-06-01T00:00:00Z");

        second.Restore(first.Statements(end), end);
        Array.ForEach(Log, input => second.Process(input));

        Written(second.Entries).Should().Equal(Written(first.Entries));
        second.Statements(end).Should().Equal(first.Statements(end));
        second.State.Find(new("o1"))!.Earnings.Single().Net.Should().Be(0.Eur);
    }

    [Fact]
    public async Task What_is_invalid_is_taken_back_after_it_was_earned()
    {
        LiveHost host = await HostAsync();
        await host.TakeAsync(Log[0]);
        Invalidation invalid = new()
        {
            Id = new("i1"),
            Contract = new("acme-2026"),
            Partner = new("p-blog"),
            From = At("2026-03-31T00:00:00Z"),
            To = At(After),
            At = At(Before),
            Part = 100.Percent,
            Author = "anna",
            Note = "bots",
        };

        InvalidationReport report =
            await host.Invalidations.InvalidateAsync(host.Campaign.Id, invalid, At(Before), CancellationToken.None);

        report.Decision.Entries.Single().DecidedAt.Should().Be(At(After));
    }

    private static async Task<LiveHost> HostAsync()
    {
        LiveHost host = new(Campaign);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        return host;
    }

    private static async Task<LiveHost> TakeAllAsync()
    {
        LiveHost host = await HostAsync();
        foreach (CampaignInput input in Log)
        {
            await host.TakeAsync(input);
        }

        return host;
    }

    private static async Task<ValueList<Statement>> SettleAsync(LiveHost host, YearMonth month) =>
        await host.Settlement.SettleAsync(
            host.Campaign.Id, month, At("2026-06-01T00:00:00Z"), CancellationToken.None);

    private static async Task<string[]> EntriesAsync(LiveHost host) => Written(
        (await host.StoredAsync()).Where(static s => s.Stream.Kind == StreamId.LedgerKind)
            .Select(static s => s.Record).OfType<LedgerEntry>().Where(static e => e.OutcomeId.Value == "o1"));

    private static string[] Written(IEnumerable<LedgerEntry> entries) =>
        [.. entries.Select(static e => TermJson.Write(e))];
}
