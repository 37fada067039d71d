using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>
/// A version that leaves customers to the version before knows them live too: by all that they brought the partner in
/// the campaign, whatever streams the outcome itself needs.
/// </summary>
public sealed class CustomerVersionsTests
{
    private const int SeedCount = 24;

    private static readonly FamilyLog Log = new(60, Outcomes: 7, Sales: 2, Customers: 5, ChildOf: 6);

    [Fact]
    public async Task Customer_of_another_contract_of_the_partner_stays_with_the_version_before()
    {
        LiveHost host = new(CampaignOf(0));
        await host.RecordAsync(
            Click("p-blog", "2026-03-01T09:00:00Z"), Click("p-blog", "2026-03-10T09:00:00Z"),
            Click("p-blog", "2026-03-10T09:00:00Z", "c2"));

        await host.ProcessAsync(Sale("o1", "2026-03-02T09:00:00Z", 10.Eur) with { Kind = "deposit" });

        (await host.ProcessAsync(Sale("o2", "2026-03-11T09:00:00Z", 10.Eur))).Posted.Texts()
            .Should().Equal("p-blog 1.00 EUR");
        (await host.ProcessAsync(Sale("o3", "2026-03-11T09:00:00Z", 10.Eur, "c2"))).Posted.Texts()
            .Should().Equal("p-blog 2.00 EUR");
    }

    // The last-touch window leaves only the touch of the 10th for the second sale: that the customer is older stands in
    // the ledger of who has no credit itself, here and in the batch.
    [Theory]
    [InlineData("override")]
    [InlineData("payer")]
    public async Task Customer_of_who_is_paid_beside_or_above_stays_with_the_version_before(string kind)
    {
        bool isOverride = kind == "override";
        ContractDraft own = ContractDraft.For("own").PaidBy(isOverride ? "acme" : "net").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(10.Percent));
        ContractDraft first = ContractDraft.For("net").PaidBy("acme").WithPartner("net")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(5.Eur)).Pays("deposit", Pay.Fixed(1.Eur));
        first = isOverride ? first.OnResultsOf("p-blog") : first;
        ContractDraft second = (first with { Version = 2 })
            .EffectiveFrom(new(2026, 3, 4)).Grandfathered(Grandfathering.Customer)
            with
        {
            Clauses = [first.Clauses[1]],
        };
        LiveHost host = new(CampaignDraft.For("acme-2026", "acme").With(own).With(first).With(second)
            .AttributedBy(new LastTouch { Lookback = LookbackWindow.Days(5) }));
        CampaignRun batch = Run(
            host.Campaign, Touch("p-blog", "2026-03-01T09:00:00Z"), Touch("p-blog", "2026-03-10T09:00:00Z"));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"), Click("p-blog", "2026-03-10T09:00:00Z"));

        List<LedgerEntry> live = [];
        foreach (string day in new[] { "02", "11" })
        {
            Outcome sale = Sale($"o{day}", $"2026-03-{day}T09:00:00Z", 10.Eur);
            batch.Process(Of(sale));
            live.AddRange((await host.ProcessAsync(sale)).Posted);
        }

        batch.Entries.Where(static e => e.Partner.Value == "net").Texts()
            .Should().Equal("net 5.00 EUR", "net 5.00 EUR");
        live.Select(static e => TermJson.Write(e)).Should().Equal(batch.Entries.Select(static e => TermJson.Write(e)));
    }

    [Fact]
    public async Task Same_inputs_give_the_same_entries()
    {
        int grandfathered = 0;
        int fresh = 0;
        for (int seed = 0; seed < SeedCount; seed++)
        {
            CampaignInput[] log = [.. Log.Inputs(seed)];
            AmendedHost host = new(
                CampaignOf(seed),
                [.. FamilyLog.Touches(seed, 20, (FamilyLog.Start, 120), FamilyLog.Start)]);
            Instant until = FamilyLog.Start + Duration.FromDays(20);
            CampaignRun batch = host.Batch(log, until);

            await host.RunAsync(log, until);

            host.Entries.Select(static e => TermJson.Write(e)).Should()
                .Equal(batch.Entries.Select(static e => TermJson.Write(e)), $"seed {seed}");
            Earning[] late = [.. batch.Entries.OfType<Earning>().Where(static e => e.OccurredAt >= Second)];
            grandfathered += late.Count(static e => e.Contract.Value == "main" && e.Version == 1);
            fresh += late.Count(static e => e.Contract.Value == "main" && e.Version == 2);
        }

        grandfathered.Should().BePositive();
        fresh.Should().BePositive();
    }

    private static Instant Second { get; } = Instant.FromUtc(2026, 3, 3, 23, 0);

    // Sales and deposits are paid by two contracts; a network above takes part in both.
    internal static CampaignDraft CampaignOf(int seed)
    {
        ContractDraft main = ContractDraft.For("main").PaidBy(seed % 3 == 2 ? "net" : "acme").WithPartner("p-blog")
            .WithPartner("p-mail").In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(10.Percent));
        ContractDraft second = (main with { Version = 2 })
            .EffectiveFrom(new(2026, 3, 4)).Grandfathered(Grandfathering.Customer)
            with
        {
            Clauses = [main.Clauses[0] with { Pays = Pay.RevenueShare(20.Percent) }],
        };
        CampaignDraft draft = CampaignDraft.For("acme-2026", "acme").With(main).With(second)
            .With(ContractDraft.For("other").PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
                .In(Currency.Eur, "Europe/Berlin")
                .Pays("deposit", Pay.Fixed(3.Eur), c => Proven(c, seed)))
            .AttributedBy(seed % 2 == 0 ? new LastTouch() : new Linear());
        return seed % 3 == 2
            ? draft.With(ContractDraft.For("top").PaidBy("acme").WithPartner("net").In(Currency.Eur, "Europe/Berlin")
                .Pays("sale", Pay.RevenueShare(30.Percent)))
            : draft;
    }

    private static ClauseDraft Proven(ClauseDraft clause, int seed) =>
        seed % 4 == 1 ? clause.TrustingHost("order-paid", within: Duration.FromDays(2)) : clause;
}
