using System.Diagnostics;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>
/// A lead that a vendor brings and a broker sells: each sale is a child of the lead, paid by the buyer's contract.
/// </summary>
public sealed class LeadSaleTests
{
    // cases/platform-cases.json: getcake.freshdesk.com, host and post parameters. A pixel is evidence of the sale.
    [Theory]
    [InlineData("cake-host-post-TT", "", null)]
    [InlineData("cake-host-post-TT", "sold", "vendor 12.00 EUR")]
    [InlineData("cake-host-post-FT", "pixel", null)]
    [InlineData("cake-host-post-FT", "sold", null)]
    [InlineData("cake-host-post-FT", "sold pixel", "vendor 12.00 EUR")]
    [InlineData("cake-host-post-TF", "", "vendor 12.00 EUR")]
    [InlineData("cake-host-post-TF", "sold", "vendor 12.00 EUR")]
    public void Vendor_is_paid_by_what_the_contract_waits_for(string id, string signals, string? paid)
    {
        CampaignRun run = Run(Broker(id), Touch("vendor", "2026-03-01T09:00:00Z"));

        run.Process(Of(Lead()));
        foreach (string signal in signals.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            run.Process(signal == "sold"
                ? Of(SoldTo("buyer-a", "17.50 EUR"))
                : Proof("sale-buyer-a", "2026-03-02T13:00:00Z", signal));
        }

        run.Entries.Where(static e => e.Partner.Value == "vendor").Texts()
            .Should().Equal(paid is null ? [] : [paid], id);
    }

    [Fact]
    public void Every_buyer_pays_the_price_that_was_accepted()
    {
        CampaignRun run = Run(Broker("cake-host-post-TF"), Touch("vendor", "2026-03-01T09:00:00Z"));

        run.Process(Of(Lead()));
        run.Process(Of(SoldTo("buyer-a", "17.50 EUR")));
        run.Process(Of(SoldTo("buyer-b", "16.25 EUR")));

        run.Entries.Select(static e => $"{e.Contract} {e.Partner} {e.Amount}").Should().Equal(
            "vendors vendor 12.00 EUR", "buyer-a broker 17.50 EUR", "buyer-b broker 16.25 EUR");
        Margin.Of(run.State.Campaign, new("broker"), run.Entries).Single().Net.Should().Be(21.75m.Eur);
    }

    [Fact]
    public void Return_of_a_buyer_and_clawback_from_the_vendor_are_two_things()
    {
        CampaignRun run = Run(Broker("cake-host-post-TF"), Touch("vendor", "2026-03-01T09:00:00Z"));

        run.Process(Of(Lead()));
        run.Process(Of(SoldTo("buyer-a", "17.50 EUR")));
        run.Process(Of(SoldTo("buyer-b", "16.25 EUR")));
        run.Process(Of(Retracted("return", "sale-buyer-b", "2026-03-03T12:00:00Z")));
        run.Entries.OfType<Adjustment>().Texts().Should().Equal("broker -16.25 EUR");
        run.Process(Of(Retracted("clawback", "lead", "2026-03-04T12:00:00Z")));

        run.Entries.OfType<Adjustment>().Texts().Should().Equal("broker -16.25 EUR", "vendor -12.00 EUR");
        Margin.Of(run.State.Campaign, new("broker"), run.Entries).Single().Net.Should().Be(17.50m.Eur);
    }

    private static CampaignDraft Broker(string trigger) => CampaignDraft.For("leads", "broker")
        .With(Vendors(trigger)).With(Buyer("buyer-a")).With(Buyer("buyer-b"));

    private static ContractDraft Vendors(string trigger)
    {
        ContractDraft draft =
            ContractDraft.For("vendors").PaidBy("broker").WithPartner("vendor").In(Currency.Eur, "Etc/UTC");
        return trigger switch
        {
            "cake-host-post-TT" => draft.Pays("lead-sold", Pay.Fixed(12.Eur)),
            "cake-host-post-FT" => draft.Pays("lead-sold", Pay.Fixed(12.Eur), static c => c.TrustingHost("pixel")),
            "cake-host-post-TF" => draft.Pays("lead", Pay.Fixed(12.Eur)),
            _ => throw new UnreachableException(),
        };
    }

    private static ContractDraft Buyer(string buyer) => ContractDraft.For(buyer).PaidBy(buyer).WithPartner("broker")
        .In(Currency.Eur, "Etc/UTC")
        .Pays("lead-sold", Pay.RevenueShare(100.Percent, Measure.OfFact(Facts.BidPrice)),
            c => c.If(When.Fact(Facts.ConsentBuyer).Is(buyer)));

    private static Outcome Lead() => Sale("lead", "2026-03-02T12:00:00Z") with { Kind = "lead" };

    private static Outcome SoldTo(string buyer, string price) => Sale($"sale-{buyer}", "2026-03-02T12:05:00Z") with
    {
        Kind = "lead-sold",
        Parent = new("lead"),
        Facts = [Facts.ConsentBuyer.Of(buyer), Facts.BidPrice.Of(Accrual.Parse(price))],
    };
}
