using System.Diagnostics.CodeAnalysis;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>
/// Who waits for room is decided in one order, however calls break off, and however many outcomes a call looks at.
/// </summary>
[SuppressMessage("Security", "CA5394", Justification = "The log must come out the same each time.")]
public sealed class DueOrderTests
{
    private const int SeedCount = 12;
    private const int OutcomeCount = 40;

    private static readonly string[] Partners = ["p-blog", "p-mail", "p-shop"];
    private static readonly Instant Start = At("2026-03-01T12:00:00Z");
    private static readonly Instant End = Start + Duration.FromDays(40);

    // What o1 set aside expires after nine hours, so that o2 has room until the eighteenth, and then o3; the lead waits
    // for its proof until the twentieth.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public async Task What_becomes_due_by_a_decision_comes_before_what_is_due_later(int count)
    {
        Budget budget = new(new("month"), 15.Eur, PeriodUnit.Month)
        {
            AtCap = CapBehavior.StopAndReject,
            OnExceeded = LimitOverflow.Hold,
            ReserveFor = Duration.FromHours(9),
        };
        LiveHost host = new(Contract(
                Pay.Fixed(10.Eur), static c => c.TrustingHost("order-paid", within: Duration.FromDays(9)))
            .Pays("lead", Pay.Fixed(0.Eur), static c => c.TrustingHost("order-paid", within: Duration.FromHours(20)))
            .ToCampaign().BudgetedBy(budget));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-01T12:00:00Z"));
        await host.ProcessAsync(Sale("a-lead", "2026-03-01T12:00:00Z") with { Kind = "lead" });
        await host.ProcessAsync(Sale("o2", "2026-03-01T12:10:00Z"));
        await host.ProcessAsync(Sale("o3", "2026-03-01T12:20:00Z"));

        List<ConversionReport> found = await host.TickAsync(Start + Duration.FromHours(25), count);

        found.Select(static r => $"{r.State.Id} {(r.State.Decision!.DecidedAt - Start).TotalHours}").Should().Equal(
            "o1 9", "o2 9", "o2 18", "o3 18", "a-lead 20");
    }

    // The sale waits since the second for a rate that comes on the tenth; the lead gives its room back on the fourth.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public async Task What_waits_for_a_rate_comes_after_whatever_was_due_before_the_rate_came(int count)
    {
        Budget budget = new(new("month"), 15.Eur, PeriodUnit.Month) { AtCap = CapBehavior.StopAndReject };
        LiveHost host = new((Contract(Pay.RevenueShare(10.Percent)) with { Conversion = new("ecb") })
            .Pays("lead", Pay.Fixed(10.Eur), static c => c.TrustingHost("order-paid", within: Duration.FromDays(2)))
            .ToCampaign().BudgetedBy(budget));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-02T12:00:00Z", 100.Usd));
        await host.ProcessAsync(Sale("o2", "2026-03-02T13:00:00Z") with { Kind = "lead" });
        host.Rates.Put(new(
            new("r1", Currency.Usd, Currency.Eur, 1m, "ecb", At("2026-03-02T15:00:00Z")), At("2026-03-10T15:00:00Z")));

        List<ConversionReport> found = await host.TickAsync(At("2026-03-11T00:00:00Z"), count);

        found.Select(static r => $"{r.State.Id} {r.State.Decision!.DecidedAt}").Should().Equal(
            "o2 2026-03-04T13:00:00Z", "o1 2026-03-10T15:00:00Z");
        host.Ledger.Entries.Should().ContainSingle().Which.Amount.Should().Be(10.Eur);
    }

    [Fact]
    public async Task Calls_that_break_off_anywhere_come_to_what_the_batch_comes_to()
    {
        int broken = 0;
        int moved = 0;
        for (int seed = 0; seed < SeedCount; seed++)
        {
            CampaignDraft draft = CampaignOf(seed);
            Touchpoint[] touches = [.. Touches(seed)];
            CampaignInput[] log = [.. Inputs(seed).OrderBy(static i => i.RecordedAt)];
            List<CampaignRecord> made = [];
            CampaignRun batch = new(draft.Build(), new TouchJourneys([.. touches])) { Recorded = made.Add };
            Array.ForEach(log, i => batch.Process(i));
            batch.Expire(End);

            Random faults = new(seed);
            LiveHost host = new(draft, inner => new FaultyLedger(inner, _ => faults.Next(10) switch
            {
                < 2 => Fault.Crash,
                2 => Fault.LostAnswer,
                _ => Fault.None,
            }));
            await host.RecordAsync(touches);
            foreach (CampaignInput input in log)
            {
                broken += await UntilDoneAsync(() => host.TickAsync(input.RecordedAt, 1 + (seed % 7)));
                broken += await UntilDoneAsync(
                    () => host.TakeAsync(input),
                    between: () => seed % 2 == 0 ? Task.FromResult(0)
                        : UntilDoneAsync(() => host.TickAsync(input.RecordedAt, 1 + (seed % 7))));
            }

            broken += await UntilDoneAsync(() => host.TickAsync(End, 1 + (seed % 7)));

            string[] rooms = [.. Moves((await host.StoredAsync()).Select(static s => s.Record))];
            rooms.Should().Equal(Moves(made), $"seed {seed}");
            host.Ledger.Entries.Select(static e => TermJson.Write(e)).Order().Should()
                .Equal(batch.Entries.Select(static e => TermJson.Write(e)).Order(), $"seed {seed}");
            moved += rooms.Length;
        }

        broken.Should().BeGreaterThan(20 * SeedCount);
        moved.Should().BeGreaterThan(50 * SeedCount);
    }

    private static IEnumerable<string> Moves(IEnumerable<CampaignRecord> records) => records.OfType<LimitMoved>()
        .Select(static m => TermJson.Write(m)).Order(StringComparer.Ordinal);

    // A call that broke off is repeated at once, or after a timer has found whom it left waiting.
    private static async Task<int> UntilDoneAsync<T>(Func<Task<T>> call, Func<Task<int>>? between = null)
    {
        for (int count = 0; ; count++)
        {
            try
            {
                _ = await call();
                return count;
            }
            catch (IOException)
            {
                count.Should().BeLessThan(1_000);
                _ = between is null ? 0 : await between();
            }
        }
    }

    // What is shared waits for the rooms of several partners, one after the other.
    private static CampaignDraft CampaignOf(int seed) => Contract(
            Pay.RevenueShare(10.Percent),
            c => c.TrustingHost("order-paid", within: Duration.FromHours(20 + (7 * seed)))
                .LimitedTo(Limit.Spend(22.Eur, PeriodUnit.Lifetime, LimitScope.Partner).Or(LimitOverflow.Hold)))
        .WithPartner("p-shop").ToCampaign().AttributedBy(new Linear());

    private static IEnumerable<Touchpoint> Touches(int seed)
    {
        Random random = new(seed);
        return
        [
            .. from i in Enumerable.Range(0, OutcomeCount)
               from partner in Partners
               where random.Next(3) > 0
               select Click(partner, "2026-03-01T09:00:00Z", $"c{i}"),
        ];
    }

    // The ids tell nothing of the order in which they come.
    private static IEnumerable<CampaignInput> Inputs(int seed)
    {
        Random random = new(~seed);
        int[] ids = [.. Enumerable.Range(0, OutcomeCount)];
        random.Shuffle(ids);
        Instant at = Start;
        foreach (int id in ids)
        {
            at += Duration.FromMinutes(random.Next(1, 90));
            yield return Of(new Outcome
            {
                Id = new($"o{id}"),
                At = at,
                Kind = "sale",
                Customer = new($"c{id}"),
                Value = (random.Next(500, 9_000) / 100m).Eur,
            });
            string later = InstantPattern.ExtendedIso.Format(at + Duration.FromMinutes(random.Next(1, 3_000)));
            if (random.Next(3) == 0)
            {
                yield return Proof($"o{id}", later);
            }
            else if (random.Next(3) == 0)
            {
                yield return Of(Retracted($"r{id}", $"o{id}", later));
            }
        }
    }
}
