using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What a party keeps of what contracts pay it.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The outcomes must come out the same each time.")]
public sealed class MarginTests
{
    [Fact]
    public void Margin_is_what_came_in_less_what_went_out()
    {
        CampaignRun run = Run(Chain(), Touch("sub", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        run.Process(Of(Sale("o2", "2026-03-02T13:00:00Z", 100.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-03-03T12:00:00Z", 100.Eur)));

        Margins(run, "net").Should().Equal("net: 20.00 EUR in, 14.00 EUR out, 6.00 EUR");
        Margins(run, "p-blog").Should().Equal("p-blog: 14.00 EUR in, 5.00 EUR out, 9.00 EUR");
        Margins(run, "acme").Should().Equal("acme: 0.00 EUR in, 20.00 EUR out, -20.00 EUR");
        Margins(run, "stranger").Should().BeEmpty();
        Margin.ByOutcome(run.State.Campaign, new("net"), run.Entries)
            .Select(static o => $"{o.Outcome} {o.Margins[0].Net}").Should().Equal("o1 3.00 EUR", "o2 3.00 EUR");
    }

    [Fact]
    public void Network_that_pays_more_than_it_gets_has_a_margin_below_zero()
    {
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme")
                .With(From("top", "acme", "net", Pay.RevenueShare(5.Percent)))
                .With(From("mid", "net", "p-blog", Pay.Fixed(7.Eur))),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100.Eur)));

        Margins(run, "net").Should().Equal("net: 5.00 EUR in, 7.00 EUR out, -2.00 EUR");
    }

    [Fact]
    public void Currencies_never_mix()
    {
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme")
                .With(From("top", "acme", "net", Pay.RevenueShare(5.Percent)))
                .With(ContractDraft.For("mid").PaidBy("net").WithPartner("p-blog").In(Currency.Usd, "Etc/UTC")
                    .Pays("sale", Pay.Fixed(2.Usd))),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100.Eur)));

        Margins(run, "net").Should().Equal(
            "net: 5.00 EUR in, 0.00 EUR out, 5.00 EUR", "net: 0.00 USD in, 2.00 USD out, -2.00 USD");
    }

    // What the advertiser pays is what all others keep, and the order of contracts in the file makes no difference.
    [Fact]
    public void Margins_sum_to_what_the_advertiser_pays_whatever_the_order_of_contracts()
    {
        string[] parties = ["acme", "net", "p-blog", "p-mail", "sub", "referrer"];
        for (int seed = 0; seed < 60; seed++)
        {
            CampaignDraft draft = Chain().AttributedBy(new Linear())
                .With(From("own", "net", "p-mail", Pay.RevenueShare(3.33m.Percent)).BackToBack())
                .With(From("over", "p-blog", "referrer", OfLeg(9, "low")).OnResultsOf("sub"));
            Random random = new(seed);
            CampaignDraft shuffled = draft with { Contracts = [.. draft.Contracts.OrderBy(_ => random.Next())] };
            CampaignRun run = Settled(draft, seed);
            Money kept = parties.SelectMany(p => Margin.Of(run.State.Campaign, new(p), run.Entries))
                .Aggregate(0.Eur, static (sum, m) => sum + m.Net);

            Legs(Settled(shuffled, seed)).Should().Equal(Legs(run), $"seed {seed}");
            run.Entries.Should().Contain(static e => e.Partner.Value == "referrer");
            kept.Should().Be(0.Eur, $"seed {seed}");
        }
    }

    private static CampaignRun Settled(CampaignDraft draft, int seed)
    {
        Random random = new(seed);
        string[] partners = ["sub", "p-blog", "p-mail", "net"];
        CampaignRun run = Run(
            draft,
            [
                Touch("sub", "2026-03-01T00:00:00Z"),
                .. Enumerable.Range(1, 3).Select(i => Touch(partners[random.Next(4)], $"2026-03-01T0{i}:00:00Z")),
            ]);
        for (int i = 0; i < 6; i++)
        {
            Money value = Money.FromMinor(random.Next(1, 20_000), Currency.Eur);
            run.Process(Of(Sale($"o{i}", $"2026-03-02T1{i}:00:00Z", value)));
            Money back = Money.FromMinor(random.Next(1, (int)value.MinorUnits + 1), Currency.Eur);
            run.Process(Of(Returned($"r{i}", $"o{i}", $"2026-03-02T1{i}:30:00Z", back)));
        }

        return run;
    }

    private static IEnumerable<string> Legs(CampaignRun run) => run.Entries
        .Select(static e => $"{e.OutcomeId} {e.Contract} {e.Partner} {e.Amount}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Margins(CampaignRun run, string party) =>
        Margin.Of(run.State.Campaign, new(party), run.Entries).Select(static m => m.ToString());

    private static CampaignDraft Chain() => CampaignDraft.For("x", "acme")
        .With(From("top", "acme", "net", Pay.RevenueShare(10.Percent)))
        .With(From("mid", "net", "p-blog", Pay.RevenueShare(7.Percent)))
        .With(From("low", "p-blog", "sub", Pay.RevenueShare(2.50m.Percent)));

    private static ContractDraft From(
        string id, string payer, string partner, PayoutModel pays, Func<ClauseDraft, ClauseDraft>? terms = null) =>
        ContractDraft.For(id).PaidBy(payer).WithPartner(partner).In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", pays, terms);

    private static PayoutModel OfLeg(decimal rate, string contract) =>
        Pay.RevenueShare(rate.Percent, Measure.OfLeg(new(contract)));
}
