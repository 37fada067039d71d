using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
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

/// <summary>What calls keep in memory: it saves reading and folding, and changes nothing.</summary>
public sealed class CampaignCacheTests
{
    private static readonly Budget Month = new(new("month"), 100_000.Eur, PeriodUnit.Month);

    [Fact]
    public async Task A_call_reads_what_came_in_since_however_long_the_ledgers_are()
    {
        CountingLedger? store = null;
        LiveHost host = new(Terms(), inner => store = new(inner));
        await StartAsync(host);
        await SellAsync(host, 1, 200);
        store!.RecordsRead = 0;

        await SellAsync(host, 201, 100);

        store.RecordsRead.Should().Be(0, "all that was read or committed is kept");
        host.Ledger.Entries.Select(static e => e.Amount).Should().Equal(Enumerable.Repeat(10.Eur, 300));
    }

    [Fact]
    public async Task Without_a_cache_every_call_reads_all_of_its_streams()
    {
        CountingLedger? store = null;
        LiveHost host = new(Terms(), inner => store = new(inner), cache: new(recordsMax: 0));
        await StartAsync(host);
        await SellAsync(host, 1, 100);
        store!.RecordsRead = 0;

        await SellAsync(host, 101, 1);

        // An earning and what the budget gave, for each.
        store.RecordsRead.Should().BeGreaterThanOrEqualTo(200);
        host.Ports.Cache.Count.Should().Be(0);
    }

    [Fact]
    public async Task A_batch_reads_what_came_in_since()
    {
        CountingLedger? store = null;
        LiveHost host = new(Terms(), inner => store = new(inner));
        await StartAsync(host);
        await SellAsync(host, 1, 100);
        store!.RecordsRead = 0;

        await host.Conversions.ProcessBatchAsync(
            host.Campaign.Id,
            [.. Enumerable.Range(101, 50).Select(static i => Of(SaleOf(i)))],
            SaleOf(150).RecordedAt,
            CancellationToken.None);

        await SellAsync(host, 151, 10);

        store.RecordsRead.Should().Be(0);
        host.Ledger.Entries.Select(static e => e.Amount).Should().Equal(Enumerable.Repeat(10.Eur, 160));
    }

    // Another process decides in between: what it committed is read, and nothing is decided without it.
    [Fact]
    public async Task Two_processes_over_one_store_read_what_the_other_one_committed()
    {
        CountingLedger? store = null;
        Budget small = Small(35.Eur);
        LiveHost first = new(Terms(small), inner => store = new(inner));
        LiveHost second = new(Terms(small), ledger: first.Ledger);
        await StartAsync(first);
        await StartAsync(second);
        await SellAsync(first, 1, 1);
        await SellAsync(second, 2, 1);
        store!.Commits = 0;

        await SellAsync(first, 3, 1);
        await SellAsync(second, 4, 1);

        store.Commits.Should().Be(1, "the call read on before it decided");
        first.Ledger.Entries.Select(static e => e.Amount).Should().Equal(10.Eur, 10.Eur, 10.Eur, 5.Eur);
    }

    // A store that was set back to a backup knows less than the process remembers.
    [Fact]
    public async Task What_a_store_does_not_hold_any_more_is_forgotten()
    {
        CountingLedger? store = null;
        LiveHost host = new(Terms(), inner => store = new(inner));
        LiveHost backup = new(Terms());
        await StartAsync(host);
        await StartAsync(backup);
        await SellAsync(host, 1, 5);
        await SellAsync(backup, 1, 2);
        store!.Inner = backup.Ledger;

        await SellAsync(host, 6, 1);
        store.Commits = 0;
        await SellAsync(host, 7, 1);

        backup.Ledger.Entries.Select(static e => e.OutcomeId.Value).Should().Equal("o1", "o2", "o6", "o7");
        store.Commits.Should().Be(1);
    }

    [Fact]
    public async Task Terms_that_changed_fold_the_records_anew()
    {
        LiveHost host = new(Terms(Small(25.Eur)));
        await StartAsync(host);
        await SellAsync(host, 1, 3);

        host.Campaigns.Put(Terms(Small(45.Eur)).Build());
        await SellAsync(host, 4, 2);

        host.Ledger.Entries.Select(static e => e.Amount).Should().Equal(10.Eur, 10.Eur, 5.Eur, 10.Eur, 10.Eur);
    }

    [Fact]
    public async Task What_is_kept_has_a_bound_and_goes_when_it_is_to_be_forgotten()
    {
        CampaignCache cache = new(recordsMax: 60);
        LiveHost host = new(Terms(), cache: cache);
        await StartAsync(host);
        long most = 0;
        for (int i = 1; i <= 40; i++)
        {
            await SellAsync(host, i, 1);
            most = Math.Max(most, cache.Count);
        }

        most.Should().BeInRange(40, 60);
        cache.Forget(host.Campaign.Id);
        cache.Count.Should().Be(0);
        await SellAsync(host, 41, 1);
        host.Ledger.Entries.Select(static e => e.Amount).Should().Equal(Enumerable.Repeat(10.Eur, 41));
    }

    // What is erased while a call is under way is not kept by that call.
    [Fact]
    public async Task What_a_call_uses_while_it_is_forgotten_is_dropped_with_the_call()
    {
        CampaignCache cache = new();
        LiveHost host = new(Terms(), inner => new BusyStore(inner, () => cache.Forget(new("acme-2026"))), cache: cache);
        await StartAsync(host);

        await SellAsync(host, 1, 1);
        long after = cache.Count;
        await SellAsync(host, 2, 1);

        after.Should().Be(0);
        cache.Count.Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task Of_two_campaigns_the_one_goes_that_was_not_used_for_longest()
    {
        CampaignCache cache = new(recordsMax: 60);
        CountingLedger? store = null;
        LiveHost old = new(Terms(), inner => store = new(inner), cache: cache);
        LiveHost busy = new(Terms(id: "busy"), cache: cache);
        await StartAsync(old);
        await StartAsync(busy);
        await SellAsync(old, 1, 10);
        await SellAsync(busy, 1, 12);
        cache.Count.Should().BeInRange(40, 60);
        store!.RecordsRead = 0;

        await SellAsync(old, 11, 1);

        store.RecordsRead.Should().BeGreaterThan(10);
    }

    [Fact]
    public void A_number_of_records_is_not_negative()
    {
        Func<CampaignCache> make = static () => new(recordsMax: -1);

        make.Should().Throw<ArgumentOutOfRangeException>();
        new CampaignCache().RecordsMax.Should().Be(CampaignCache.RecordsDefault);
    }

    // o2 came second with the order of o1, and is read as the parent of a lead before anything else is.
    [Fact]
    public async Task Who_claimed_an_order_is_what_its_stream_says()
    {
        CampaignDraft terms = Contract(Pay.Fixed(10.Eur)).Pays("lead", Pay.Fixed(1.Eur)).ToCampaign();
        LiveHost before = new(terms);
        await StartAsync(before);
        await before.ProcessAsync(SaleOf(1) with { OrderId = new("A-1") });
        await before.ProcessAsync(SaleOf(2) with { OrderId = new("A-1") });
        LiveHost host = new(terms, ledger: before.Ledger);
        await StartAsync(host);
        await host.ProcessAsync(SaleOf(3) with { Kind = "lead", Parent = new OutcomeId("o2") });

        ConversionReport third = await host.ProcessAsync(SaleOf(4) with { OrderId = new("A-1") });

        third.Reasons.Single().ToString().Should().Contain(SettlementReasons.DuplicateOrder).And.Contain("o1");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_same_is_decided_whatever_is_kept(int family)
    {
        Func<int, Campaign>[] families =
            [LiveTerms.AnyOf, LiveTerms.SharedOf, LiveTerms.AmendedOf, LiveTerms.FollowedOf];
        int entries = 0;
        for (int seed = 0; seed < 24; seed++)
        {
            CampaignDraft terms = families[family](seed).ToDraft();
            LiveHost[] hosts = [new(terms), new(terms, cache: new(0)), new(terms, cache: new(60)), new(terms)];

            // Of the last, a second process takes half of the calls.
            LiveHost other = new(terms, ledger: hosts[3].Ledger, journeys: hosts[3].Journeys);
            int place = 0;
            foreach (object input in new RandomEvents(seed).Take(60))
            {
                foreach (LiveHost host in (LiveHost[])[.. hosts[..3], place++ % 2 == 0 ? hosts[3] : other])
                {
                    await TakeAsync(host, input);
                }
            }

            string[] stored = await WrittenAsync(hosts[1]);
            foreach (LiveHost host in hosts)
            {
                (await WrittenAsync(host)).Should().Equal(stored, $"seed {seed}");
            }

            entries += hosts[0].Ledger.Entries.Count;
        }

        entries.Should().BeGreaterThan(50);
    }

    private static CampaignDraft Terms(Budget? budget = null, string id = "acme-2026") =>
        (ContractDraft.For(id).PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(10.Eur)).ToCampaign())
        .BudgetedBy(budget ?? Month);

    private static Budget Small(Money amount) => new(new("month"), amount, PeriodUnit.Month)
    {
        OnExceeded = LimitOverflow.PayRemainder, AtCap = CapBehavior.StopAndReject,
    };

    private static async Task StartAsync(LiveHost host) =>
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));

    private static async Task SellAsync(LiveHost host, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            (await host.ProcessAsync(SaleOf(i))).Posted.Should().ContainSingle();
        }
    }

    private static Outcome SaleOf(int number) =>
        Sale($"o{number}", $"2026-03-0{2 + (number / 1_000)}T{number / 60 % 24:00}:{number % 60:00}:00Z");

    private static async Task TakeAsync(LiveHost host, object input)
    {
        if (input is Touchpoint touchpoint)
        {
            await host.RecordAsync(touchpoint);
            return;
        }

        var known = (CampaignInput)input;
        await host.TickAsync(known.RecordedAt);
        await host.TakeAsync(known);
    }

    private static async Task<string[]> WrittenAsync(LiveHost host) =>
    [
        .. (await host.StoredAsync())
            .Select(static s => $"{s.Stream} {s.Version} {TermJson.Write(s.Record)}"),
    ];
}
