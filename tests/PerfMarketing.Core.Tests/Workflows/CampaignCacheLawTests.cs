using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Testing;
using PerfMarketing.Time;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>What is kept between calls changes neither what is decided nor what a commit rests on.</summary>
public sealed class CampaignCacheLawTests
{
    private const int SeedCount = 6;

    public static TheoryData<int> Families => [.. Enumerable.Range(0, CacheSample.Families.Length)];

    // Commits name the same streams at the same versions, record for record, with what is due and what is sent.
    [Theory]
    [MemberData(nameof(Families))]
    public async Task The_same_is_committed_whatever_is_kept(int family)
    {
        int commits = 0;
        for (int seed = 0; seed < SeedCount; seed++)
        {
            CampaignDraft terms = CacheSample.Families[family](seed);
            Process none = new(terms, 0);
            Process[] others = [new(terms, 100_000), new(terms, 60), new(terms, 100_000), new(terms, 100_000)];

            // Of the last two, a second and a third process take some of the calls; one of them keeps very little.
            Process[] beside = [others[2].Beside(100_000), others[3].Beside(40), others[3].Beside(100_000)];
            int place = 0;
            foreach ((object input, Instant asOf) in CacheSample.Log(family, seed, 70))
            {
                place++;
                await none.TakeAsync(input, asOf, place);
                await others[0].TakeAsync(input, asOf, place);
                await others[1].TakeAsync(input, asOf, place);
                await (place % 2 == 0 ? others[2] : beside[0]).TakeAsync(input, asOf, place);
                await (place * 7 % 3 is 0 ? others[3] : beside[place * 7 % 3]).TakeAsync(input, asOf, place);
                for (int i = 0; i < others.Length; i++)
                {
                    string where = $"family {family}, seed {seed}, host {i}, {place} {input}";
                    FirstOther(others[i].Written, none.Written).Should().BeNull(where);
                    FirstOther(others[i].Said, none.Said).Should().BeNull(where);
                }
            }

            commits += none.Written.Count;
        }

        commits.Should().BeGreaterThan(SeedCount * 20);
    }

    // The sale that leaves the second clause makes room there: it stands in a stream that no clause of the sale names.
    [Fact]
    public async Task Room_that_another_process_left_is_seen_behind_two_limits()
    {
        CampaignDraft terms = Contract(
                Pay.Fixed(10.Eur), static c => c.LimitedTo(Limit.First(1).DivertingTo(new("sale-2"))))
            .Pays("sale", Pay.Fixed(5.Eur), static c => c.LimitedTo(Limit.First(1).DivertingTo(new("sale-3"))))
            .Pays("sale", Pay.Fixed(1.Eur)).ToCampaign();
        LiveHost first = new(terms);
        LiveHost second = new(terms, ledger: first.Ledger, journeys: first.Journeys);
        await first.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await first.ProcessAsync(Sale("o1", "2026-03-02T10:00:00Z"));
        await first.ProcessAsync(Sale("o2", "2026-03-02T11:00:00Z"));
        await second.ProcessAsync(Sale("o3", "2026-03-02T12:00:00Z"));
        await first.CorrectAsync(Retracted("r1", "o2", "2026-03-02T13:00:00Z"));

        await second.ProcessAsync(Sale("o4", "2026-03-02T14:00:00Z"));

        first.Ledger.Entries.Select(static e => e.Amount).Should().Equal(10.Eur, 5.Eur, 1.Eur, -5.Eur, 5.Eur);
    }

    // Somebody else's clock is behind: the limit of then is not the one that an earlier call looked at.
    [Fact]
    public async Task A_call_as_of_an_earlier_instant_finds_the_budget_of_then()
    {
        CampaignDraft terms = Contract(Pay.Fixed(10.Eur))
            .Pays("lead", Pay.Fixed(1.Eur), static c => c.LimitedTo(Limit.First(1))).ToCampaign()
            .BudgetedBy(new Budget(new("month"), 11.Eur, PeriodUnit.Month)
            {
                AtCap = CapBehavior.StopAndReject,
                Changes = [new(At("2026-03-05T00:00:00Z"), 100.Eur)],
            });
        List<string> amounts = [];
        foreach (int kept in (int[])[0, 1_000])
        {
            LiveHost host = new(terms, cache: new(kept));
            await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
            await host.ProcessAsync(Sale("o1", "2026-03-02T10:00:00Z"));
            await host.ProcessAsync(Sale("o2", "2026-03-02T11:00:00Z") with { Kind = "lead" });
            await host.ProcessAsync(Sale("o3", "2026-03-06T11:00:00Z") with { Kind = "lead" });
            await host.ProcessAsync(Sale("o4", "2026-03-04T10:00:00Z"));
            amounts.Add(string.Join("; ", host.Ledger.Entries.Select(static e => e.Amount)));
        }

        amounts[1].Should().Be(amounts[0]);
    }

    // What a store lost is told again by whoever sent it.
    [Fact]
    public async Task What_a_store_lost_is_taken_again()
    {
        CountingLedger? store = null;
        CampaignDraft terms = Contract(Pay.Fixed(10.Eur)).ToCampaign();
        LiveHost host = new(terms, inner => store = new(inner));
        LiveHost backup = new(terms);
        foreach (LiveHost one in (LiveHost[])[host, backup])
        {
            await one.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
            await one.ProcessAsync(Sale("o1", "2026-03-02T10:00:00Z"));
        }

        await host.ProcessAsync(Sale("o2", "2026-03-02T11:00:00Z"));
        store!.Inner = backup.Ledger;

        await host.ProcessAsync(Sale("o2", "2026-03-02T11:00:00Z"));

        backup.Ledger.Entries.Select(static e => e.OutcomeId.Value).Should().Equal("o1", "o2");
    }

    // Commits that fail, answers that are lost and reads that lag behind, of hosts that keep much, little and nothing.
    [Theory]
    [MemberData(nameof(Families))]
    public async Task The_same_is_stored_whatever_goes_wrong(int family)
    {
        for (int seed = 0; seed < SeedCount; seed++)
        {
            CampaignDraft terms = CacheSample.Families[family](seed);
            Process none = new(terms, 0);
            Process[] others =
            [
                new(terms, 100_000, FaultsOf(seed, 0)), new(terms, 60, FaultsOf(seed, 0)),
                new(terms, 100_000, FaultsOf(seed, 0)), new(terms, 100_000, FaultsOf(seed, 60)),
            ];
            Process[] beside =
            [
                others[2].Beside(60, FaultsOf(seed + 1_000, 0)), others[3].Beside(60, FaultsOf(seed + 1_000, 60)),
            ];
            int place = 0;
            foreach ((object input, Instant asOf) in CacheSample.Log(family, seed, 70))
            {
                place++;
                await none.TakeAsync(input, asOf, place);
                await others[0].TakeAsync(input, asOf, place);
                await others[1].TakeAsync(input, asOf, place);
                await (place % 2 == 0 ? others[2] : beside[0]).TakeAsync(input, asOf, place);
                await (place % 2 == 0 ? others[3] : beside[1]).TakeAsync(input, asOf, place);
                string[] stored = await none.StoredAsync();
                for (int i = 0; i < others.Length; i++)
                {
                    FirstOther(await others[i].StoredAsync(), stored).Should()
                        .BeNull($"family {family}, seed {seed}, host {i}, {place} {input}");
                }
            }
        }
    }

    // The first that differs, beside what it should be; null when none does.
    private static string? FirstOther(IReadOnlyList<string> made, IReadOnlyList<string> expected)
    {
        int same = made.Zip(expected).TakeWhile(static p => p.First == p.Second).Count();
        return same == made.Count && same == expected.Count ? null
            : $"{made.ElementAtOrDefault(same)}\ninstead of\n{expected.ElementAtOrDefault(same)}";
    }

    private static SeededFaults FaultsOf(int seed, int stale) => new(
        new SeededRandom((ulong)seed + 1),
        new(PortFaultKind.LostAcknowledgement, 60),
        new(PortFaultKind.Unavailable, 60),
        new(PortFaultKind.VersionConflict, 60),
        new(PortFaultKind.FailBefore, 20),
        new(PortFaultKind.StaleRead, stale));

    /// <summary>One process over a store.</summary>
    private sealed class Process
    {
        private readonly CampaignDraft terms;
        private readonly LiveHost host;

        public Process(CampaignDraft terms, int kept, IPortFaults? faults = null)
            : this(terms, kept, faults, null, [], [])
        {
        }

        private Process(
            CampaignDraft terms, int kept, IPortFaults? faults, LiveHost? over, List<string> written, List<string> said)
        {
            this.terms = terms;
            (Written, Said) = (written, said);
            host = new(
                terms,
                inner =>
                {
                    RecordingLedger store = new(inner, written);
                    return faults is null ? store : new PerfMarketing.Testing.FaultyLedger(store, faults);
                },
                ledger: over?.Ledger,
                cache: new(kept),
                journeys: over?.Journeys);
        }

        public List<string> Written { get; }

        public List<string> Said { get; }

        public Process Beside(int kept, IPortFaults? faults = null) => new(terms, kept, faults, host, Written, Said);

        public async Task TakeAsync(object input, Instant asOf, int place)
        {
            if (input is Touchpoint touchpoint)
            {
                await host.RecordAsync(touchpoint);
                return;
            }

            // Some outcomes are overdue when something comes in for them.
            var known = (CampaignInput)input;
            if (place % 3 == 0)
            {
                await AgainAsync(() => host.TickAsync(asOf));
            }

            await AgainAsync(async () =>
            {
                ConversionReport report = await host.TakeAsync(known, asOf);
                Said.Add($"{report.Answer} {report.IsRepetition} {report.Qualification} {report.Promoted.Count} "
                    + string.Join(';', report.Reasons));
            });
            if (place % 4 == 0)
            {
                await AgainAsync(() => host.TickAsync(asOf));
            }
        }

        public async Task<string[]> StoredAsync() =>
        [
            // A call that read too little may have taken an order for an outcome that is refused in the end.
            .. (await host.StoredAsync()).Where(static s => s.Record is not OrderClaimed)
                .Select(static s => $"{s.Stream} {s.Version} {TermJson.Write(s.Record)}"),
        ];

        // A host repeats a call that failed.
        private static async Task AgainAsync(Func<Task> call)
        {
            for (int i = 0; ; i++)
            {
                try
                {
                    await call();
                    return;
                }
                catch (Exception failed) when (i < 20 && failed is CommitFailedException or PortFailedException)
                {
                }
            }
        }
    }
}
