using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Testing;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Contracts;

/// <summary>Worked cases of the areas contract and leads: cases/platform-cases.json.</summary>
public sealed class TermCaseTests
{
    // https://www.formuladesk.com/campaign-promo-signup/ (an insertion order at impact), restated: every field is on
    // one page. The day of payment after the lock is a matter of statements, not of the contract.
    [Theory]
    [InlineData("formuladesk-impact-io", 30, 30, 1, 3, 100)]
    public void Whole_insertion_order_is_a_contract(
        string id, int payoutPercent, int referralDays, int lockingMonths, int noticeDays, int maxReversal)
    {
        CampaignDraft campaign = (ContractDraft.For(id).PaidBy("formula-desk").WithPartner("p-blog")
            .In(Currency.Usd, "America/New_York")
            .WithNotice(noticeDays)
            .Pays("sale", Pay.RevenueShare(payoutPercent.Percent).Recurring(first: 1), sale => sale
                .PaidOn(new())
                .LockedAfter(lockingMonths)) with
        {
            ReversalLimit = new(maxReversal.Percent, ReversalBase.Amount),
        }).AttributedBy(new LastTouch { Lookback = Duration.FromDays(referralDays) });

        CampaignJson.ParseCampaign(TermJson.Write(campaign)).Should().Be(campaign);
        Contract contract = campaign.Build().Contracts[0];
        contract.NoticeDays.Should().Be(3);
        contract.ReversalLimit!.Judge(60m.Usd, 0m.Usd, 60m.Usd).Refused.Should().Be(0m.Usd, "100 % may be reversed");
        contract.Clauses[0].PayableAt(Sample.At("2026-01-15T14:00:00Z"))
            .Should().Be(Sample.At("2026-03-01T05:00:00Z"), "one month and no days after the end of January");
        new ContractScenario(campaign)
            .At("2026-01-02 09:00").Click("p-blog", "c1").Click("p-blog", "c2")
            .At("2026-01-15 09:00").Outcome("sale", "c1", with: Order).ExpectEarned("p-blog", "60.00 USD")
            .At("2026-01-16 09:00").Outcome("sale", "c1", with: Order).ExpectEarned("p-blog", "0.00 USD")
            .At("2026-02-01 09:00").Outcome("sale", "c2", with: Order).ExpectEarned("p-blog", "nothing");
    }

    // https://helpdesk.everflow.io/customer/tiered-partner-commissions: the end day counts whole. Ours is half-open, so
    // an inclusive end is brought in by adding a day.
    [Theory]
    [InlineData("everflow-date-bounds", "2024-01-01T00:00:00Z", true)]
    [InlineData("everflow-date-bounds", "2024-01-01T23:59:59Z", true)]
    [InlineData("everflow-date-bounds", "2024-01-02T00:00:00Z", false)]
    [InlineData("everflow-date-bounds", "2023-12-31T23:59:59Z", false)]
    public void Inclusive_end_is_the_day_after(string id, string at, bool isInForce)
    {
        ContractDraft contract = Sample.Contract(Pay.Fixed(1.Eur)).In(Currency.Eur, "Etc/UTC") with
        {
            Id = new(id),
            Effective = DateRange.Inclusive(new(2024, 1, 1), new(2024, 1, 1)),
        };

        contract.Build().IsInForce(Sample.At(at)).Should().Be(isInForce);
    }

    // https://getcake.freshdesk.com/support/solutions/articles/13000017870: what pays is the outcome of the clause, and
    // what has to be known besides is its proof. Where a pixel pays, the pixel is the outcome; ours does not mind
    // whether the news of the sale comes before it or after.
    [Theory]
    [InlineData("cake-host-post-TT", "lead", true, false, false)]
    [InlineData("cake-host-post-TT", "lead", true, true, true)]
    [InlineData("cake-host-post-FT", "pixel", true, false, false)]
    [InlineData("cake-host-post-FT", "pixel", true, true, true)]
    [InlineData("cake-host-post-TF", "lead", false, false, true)]
    [InlineData("cake-host-post-TF", "lead", false, true, true)]
    public void Lead_is_paid_by_what_triggers_it(string id, string outcome, bool onlyWhenSold, bool isSold, bool paid)
    {
        ContractDraft contract = Sample.Contract(Pay.Fixed(1.Eur)) with { Id = new(id), Clauses = [] };
        ContractScenario scenario = new ContractScenario(contract.Pays(
                new OutcomeKind(outcome),
                Pay.Fixed(5.Eur),
                c => onlyWhenSold ? c.TrustingHost("lead-sold") : c))
            .At("2026-03-01 09:00").Click("p-blog", "c1")
            .Outcome("lead", "c1");
        if (outcome != "lead")
        {
            scenario.ExpectEarned("p-blog", "nothing").Outcome(new OutcomeKind(outcome), "c1");
        }

        if (isSold)
        {
            scenario.Proven("lead-sold", "buyer-7");
        }

        scenario.ExpectEarned("p-blog", paid ? "5.00 EUR" : "nothing");
    }

    // 200.00 net of 19.00 tax and 5.00 delivery.
    private static Outcome Order(Outcome outcome) => outcome with
    {
        Lines = [new() { Sku = "s1", Net = 200m.Usd, Tax = 19m.Usd }],
        Totals = new() { Shipping = 5m.Usd },
    };
}
