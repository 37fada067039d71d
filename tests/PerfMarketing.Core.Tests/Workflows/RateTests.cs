using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.ConversionSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Workflows;

public sealed class RateTests
{
    [Fact]
    public async Task Outcome_that_waits_for_a_rate_is_paid_when_it_is_reviewed()
    {
        LiveHost host = new(Draft(RateDay.Event));
        await host.RecordAsync(LiveHost.Click("p-blog", "2026-03-01T09:00:00Z"));

        ConversionReport waits = await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z", 100m.Usd));
        host.Rates.Put(Dollar(3, 0.9m));
        ConversionReport early = await host.ReviewAsync("o1", "2026-03-03T14:00:00Z");
        ConversionReport paid = await host.ReviewAsync("o1", "2026-03-03T15:00:00Z");

        waits.Posted.Should().BeEmpty();
        early.Posted.Should().BeEmpty("the rate is not known yet");
        paid.Posted.Texts().Should().Equal("p-blog 9.00 EUR");
        (await host.ReviewAsync("o1", "2026-03-04T15:00:00Z")).Posted.Should().BeEmpty();
    }

    [Theory]
    [InlineData(RateDay.Event)]
    [InlineData(RateDay.Decision)]
    [InlineData(RateDay.Statement)]
    public async Task Live_and_batch_convert_alike(RateDay day)
    {
        LiveHost host = new(Draft(day));
        await host.RecordAsync(LiveHost.Click("p-blog", "2026-03-01T09:00:00Z"));
        RecordedRate[] rates = Rates();
        CampaignRun batch = new(host.Campaign, new Journeys(), rates: new(rates));
        List<(NodaTime.Instant At, object Input)> log =
        [
            .. rates.Select(static r => (r.KnownFrom, (object)r)),
            .. Enumerable.Range(0, 40).Select(static i => (At("2026-03-03T12:00:00Z")
                + NodaTime.Duration.FromHours(17 * i), i)).Select(static o => (o.Item1, (object)o.i)),
        ];
        List<EntryId> live = [];
        HashSet<OutcomeId> waiting = [];
        foreach ((NodaTime.Instant at, object input) in log.OrderBy(static e => e.At))
        {
            if (input is RecordedRate rate)
            {
                host.Rates.Put(rate);
                foreach (ConversionReport again in await host.TickAsync(at, count: 7))
                {
                    Note(again, live, waiting);
                }

                continue;
            }

            foreach (object made in Inputs((int)input, at))
            {
                ConversionReport report = made is Outcome sale
                    ? await host.ProcessAsync(sale)
                    : await host.CorrectAsync((Correction)made);
                batch.Process(made is Outcome same
                    ? new CampaignInput.OfOutcome(same)
                    : new CampaignInput.OfCorrection((Correction)made));
                Note(report, live, waiting);
            }
        }

        batch.Expire(At("2026-04-10T00:00:00Z"));
        batch.Entries.Should().HaveCountGreaterThan(40);
        batch.Entries.Select(static e => e.Id).Order().Should().Equal(live.Order());
        foreach (IGrouping<OutcomeId, LedgerEntry> entries in batch.Entries.GroupBy(static e => e.OutcomeId))
        {
            ConversionReport stored = await host.Conversions.ReviewAsync(
                host.Campaign.Id, entries.Key, At("2026-04-10T00:00:00Z"), CancellationToken.None);
            stored.State.Earnings.Single().Earning.Should().Be(entries.OfType<Earning>().Single());
            stored.State.Earnings.Single().Net.MinorUnits.Should().Be(entries.Sum(static e => e.Amount.MinorUnits));
        }
    }

    // No timer runs: what a rate decided comes before what comes in for the outcome later.
    [Theory]
    [InlineData(RateDay.Event)]
    [InlineData(RateDay.Decision)]
    [InlineData(RateDay.Statement)]
    public async Task Live_calls_catch_up_with_rates_that_came_meanwhile(RateDay day)
    {
        LiveHost host = new(Draft(day));
        await host.RecordAsync(LiveHost.Click("p-blog", "2026-03-01T09:00:00Z"));
        RecordedRate[] rates = Rates();
        CampaignInput[] log = [.. Enumerable.Range(0, 40).SelectMany(LateInputs).OrderBy(static i => i.RecordedAt)];
        CampaignRun batch = new(host.Campaign, new Journeys(), rates: new(rates));
        foreach (CampaignInput input in log)
        {
            batch.Process(input);
            foreach (RecordedRate rate in rates.Where(r => r.KnownFrom <= input.RecordedAt))
            {
                host.Rates.Put(rate);
            }

            await host.TakeAsync(input);
        }

        Array.ForEach(rates, host.Rates.Put);
        batch.Expire(At("2026-04-10T00:00:00Z"));
        await host.TickAsync(At("2026-04-10T00:00:00Z"));

        host.Ledger.Entries.Select(Text).Order().Should().Equal(batch.Entries.Select(Text).Order());
        batch.Entries.Should().HaveCountGreaterThan(40);

        static string Text(LedgerEntry e) => $"{e.OutcomeId} {e.Tag} {e.DecidedAt} {e.Amount}";
    }

    [Fact]
    public async Task Batch_of_calls_catches_up_with_rates_too()
    {
        LiveHost host = new(Draft(RateDay.Decision));
        await host.RecordAsync(LiveHost.Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z", 100m.Usd));
        host.Rates.Put(Dollar(3, 0.9m));
        host.Rates.Put(Dollar(5, 0.5m));

        ValueList<ConversionReport> late = await host.Conversions.ProcessBatchAsync(
            host.Campaign.Id,
            [Of(Returned("r1", "o1", "2026-03-05T16:00:00Z", 50m.Usd))],
            At("2026-03-05T16:00:00Z"),
            default);

        late[0].Promoted.Single().Posted.Texts().Should().Equal("p-blog 9.00 EUR");
        late[0].Promoted[0].Posted[0].DecidedAt.Should().Be(At("2026-03-03T15:00:00Z"));
        late[0].Posted.Texts().Should().Equal("p-blog -4.50 EUR");
    }

    // None at weekends, and one late.
    private static RecordedRate[] Rates() =>
    [
        .. Enumerable.Range(2, 30).Where(static d => d % 7 > 1).Select(static d =>
            Dollar(d, 0.9m + (d / 1_000m), d == 17 ? "2026-03-19T08:00:00Z" : null)),
    ];

    // The outcome, and days later what concerns it.
    private static IEnumerable<CampaignInput> LateInputs(int number)
    {
        NodaTime.Instant at = At("2026-03-03T12:00:00Z") + NodaTime.Duration.FromHours(17 * number);
        foreach (object made in Inputs(number, at))
        {
            yield return made is Outcome outcome
                ? Of(outcome)
                : Of((Correction)made with { RecordedAt = at + NodaTime.Duration.FromDays(2 + (number % 5)) });
        }
    }

    private static IEnumerable<object> Inputs(int number, NodaTime.Instant at)
    {
        string id = FormattableString.Invariant($"o{number:00}");
        yield return new Outcome
        {
            Id = new(id),
            At = at,
            Kind = "sale",
            Customer = new("c1"),
            Value = number % 3 == 0 ? Money.FromMinor(7_001 + number, Currency.Eur)
                : Money.FromMinor(9_999 + number, Currency.Usd),
        };
        if (number % 4 == 3)
        {
            yield return new AmountReturn
            {
                Id = new($"r-{id}"),
                Outcome = new(id),
                At = at,
                Amount = Money.FromMinor(333, number % 3 == 0 ? Currency.Eur : Currency.Usd),
            };
        }
    }

    private static void Note(ConversionReport report, List<EntryId> live, HashSet<OutcomeId> waiting)
    {
        live.AddRange(report.Posted.Select(static e => e.Id));
        if (report.State.Earnings.Count == 0)
        {
            waiting.Add(report.State.Id);
        }
        else
        {
            waiting.Remove(report.State.Id);
        }
    }

    private static CampaignDraft Draft(RateDay day) => Contract(Pay.RevenueShare(10.Percent))
        .Converting(ByEvent with { Day = day, DaysBack = day == RateDay.Event ? 3 : 0 }).ToCampaign();

    private sealed class Journeys : IJourneySource
    {
        public Journey Find(Outcome outcome) =>
            new(new[] { Touch("p-blog", "2026-03-01T09:00:00Z") with { Id = new("p-blog-c1-2026-03-01T09:00:00Z") } });
    }
}
