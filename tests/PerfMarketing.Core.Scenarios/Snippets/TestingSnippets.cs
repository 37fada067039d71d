using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.DependencyInjection;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Scenarios.Stories;
using PerfMarketing.Testing;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/testing.md.</summary>
public sealed class TestingSnippets
{
    private static CampaignDraft Draft => ContractDraft.For("acme-2026").PaidBy("acme")
        .WithPartner("p-blog").WithPartner("p-mail").In(Currency.Eur, "Europe/Berlin")
        .Pays("sale", Pay.RevenueShare(12.Percent), sale => sale.TrustingHost("order-paid"))
        .AttributedBy(new Linear());

    [Fact]
    public void Tell_a_scenario()
    {
        CampaignDraft draft = Draft;

        #region scenario
        new ContractScenario(draft)
            .At("2026-03-01 09:00").Click("p-blog", "cust-1")
            .At("2026-03-02 09:00").View("p-mail", "cust-1")
            .At("2026-03-03 12:00").Outcome("sale", "cust-1", 200.Eur).ExpectPending("order-paid")
            .At("2026-03-17 12:00").Proven("order-paid", "psp-991")
            .ExpectEarned("p-blog", "12.00 EUR").ExpectEarned("p-mail", "12.00 EUR")
            .ExpectStatement("2026-03", "24.00 EUR")
            .At("2026-04-02 12:00").Returned(50.Eur)
            .ExpectEarned("p-blog", "9.00 EUR").ExpectStatement("2026-04", "-6.00 EUR");
        #endregion
    }

    [Fact]
    public void Tell_of_persons_months_and_payments()
    {
        CampaignDraft draft = Draft;

        #region scenario-months
        new ContractScenario(draft.BudgetedAt(monthly: 100.Eur))
            .At("2026-03-01 09:00").Click("p-blog", "cust-1").Click("p-mail", "cust-1")
            .At("2026-03-02 09:00").Outcome("sale", "cust-1", 200.Eur)
            .ExpectCredit("p-blog", "1/2").ExpectBudget("monthly", "76.00 EUR")
            .Approved().ExpectQualified()
            .At("2026-04-05 09:00").ExpectPayable("2026-03", "p-blog", "12.00 EUR")
            .Closed("2026-03").Remitted("p-blog", isRefused: true).ExpectRemitted("p-blog", "nothing")
            .Remitted("p-blog").ExpectRemitted("p-blog", "12.00 EUR");
        #endregion
    }

    [Fact]
    public void Tell_of_bookings_rates_and_acceptances()
    {
        ContractDraft first = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Converting(new("ecb")).Pays("sale", Pay.RevenueShare(10.Percent));
        ContractDraft second = first.Amend(
            from: new LocalDate(2026, 3, 1),
            terms => terms with { Clauses = [terms.Clauses[0] with { Pays = Pay.RevenueShare(12.Percent) }] });
        Instant january = Instant.FromUtc(2026, 1, 10, 12, 0);
        CampaignDraft amended = first.ToCampaign().With(second).With(ContractHistory.Of("acme-2026")
            .Then(new ContractEvent.Proposed(1) { At = january, By = new("acme") })
            .Then(new ContractEvent.Accepted(1) { At = january, By = new("p-blog") })
            .Then(new ContractEvent.Proposed(2) { At = Instant.FromUtc(2026, 3, 18, 12, 0), By = new("acme") }));

        #region scenario-later
        new ContractScenario(amended)
            .At("2026-03-03 09:00").Click("p-blog", "cust-1").Outcome("sale", "cust-1", 100m.Usd)
            .At("2026-03-03 16:00").Rated("ecb", Currency.Usd, Currency.Eur, 0.90m).ExpectEarned("p-blog", "9.00 EUR")
            .Booked("p-blog", 25.Eur)
            .At("2026-04-02 09:00").ExpectPayable("2026-03", "p-blog", "34.00 EUR").Closed("2026-03")
            .Accepted("p-blog", version: 2, since: "2026-03-20 09:00").ExpectPayable("2026-03", "p-blog", "34.00 EUR")
            .At("2026-05-02 09:00").ExpectStatement("2026-04", "p-blog", "1.80 EUR");
        #endregion
    }

    [Fact]
    public void Filter_traffic_in_a_scenario()
    {
        ContractDraft draft = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(12.Percent));
        TrafficTerms rules = new()
        {
            Rules = [new(TrafficRuleKind.Classified) { Values = ["known-bot"], Score = 60 }],
            RejectAt = 50,
        };

        #region traffic
        new ContractScenario(draft with { Traffic = rules })
            .At("2026-03-02 09:00").Click("p-blog", "cust-1").Classified("known-bot").Outcome("sale", "cust-1", 100.Eur)
            .ExpectRejected("traffic.classified").ExpectTraffic("p-blog", "1 gross, 0 held, 1 rejected, 0 net")
            .At("2026-03-03 09:00").Click("p-blog", "cust-2").Outcome("sale", "cust-2", 100.Eur)
            .Flagged("acme.panel", score: 60).ExpectQualified()
            .At("2026-04-02 09:00").About("outcome-1").Cleared().ExpectEarned("p-blog", "12.00 EUR")
            .ExpectTraffic("2026-03", "p-blog", "2 gross, 0 held, 1 rejected, 1 net")
            .ExpectTraffic("2026-04", "p-blog", "0 gross, 0 held, -1 rejected, 1 net");
        #endregion
    }

    [Fact]
    public void Fail_readably()
    {
        ContractScenario scenario = new ContractScenario(Draft)
            .At("2026-03-03 12:00").Click("p-blog", "cust-1").Outcome("sale", "cust-1", 200.Eur)
            .Proven("order-paid", "psp-991");

        scenario.Invoking(s => s.ExpectEarned("p-blog", "20.00 EUR")).Should().Throw<ScenarioFailedException>()
            .Which.Message.Should().Be(ContractPages.Text("docs/testing.md", 0));
    }

    [Fact]
    public void Run_workflows_in_memory()
    {
        #region memory
        ServiceCollection services = new();
        services.AddPerfMarketing(b => b.UseMemory());
        using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        provider.GetRequiredService<MemoryCampaigns>().Put(Draft.Build());

        FakeClock clock = FakeClock.FromUtc(2026, 3, 3, hour: 12);
        Instant later = clock.Advance(Duration.FromDays(14));
        #endregion

        provider.VerifyPerfMarketing();
        later.Should().Be(clock.GetCurrentInstant());
    }

    [Fact]
    public void Make_drafts_and_logs_by_chance()
    {
        #region random
        SeededRandom random = new(seed: 42);
        CampaignDraft campaign = new RandomDrafts(random).CampaignOf(contracts: 3);
        RandomLog log = RandomLog.Make(random, campaign.Build(), outcomeCount: 100);
        InvalidDraft wrong = new RandomDrafts(random).InvalidContract();
        InvalidCampaign around = new RandomDrafts(random).InvalidCampaign();
        ValueList<InvalidEvent> refused = RandomLog.MakeInvalid(random, campaign.Build(), count: 100);
        #endregion

        log.Inputs.Should().HaveCountGreaterThan(100);
        wrong.Draft.Validate().Errors.Should().Contain(e => e.ErrorCode == wrong.Code);
        around.Draft.Validate().Errors.Should().Contain(e => e.ErrorCode == around.Code);
        refused.Should().HaveCount(100);
    }

    private static TermCatalog Catalog { get; } = TermCatalog.Default with
    {
        Models = PayoutModelCatalog.Default.With("acme.weekend-bonus", WeekendBonus.Read, new WeekendBonusValidator()),
    };

    #region rule
    public static TheoryData<string> Checks => [.. PayoutModelChecks.Names];

    [Theory]
    [MemberData(nameof(Checks))]
    public void Bonus_can_be_relied_on(string check)
    {
        PayoutModel bonus = new WeekendBonus(Pay.RevenueShare(10.Percent), Bonus: 50.Percent);
        FactSet saturday = FactSet.Empty.With(WeekendBonus.LocalDay, IsoDayOfWeek.Saturday);

        new PayoutModelChecks(bonus, Catalog.Models) { Facts = [FactSet.Empty, saturday] }.Run(check);
    }
    #endregion

    #region checks
    public static TheoryData<string> Promises => [.. LedgerChecks.All.Names];

    [Theory]
    [MemberData(nameof(Promises))]
    public Task Store_keeps_its_promises(string promise) =>
        LedgerChecks.All.RunAsync(promise, new MemoryLedger(), CancellationToken.None);
    #endregion
}
