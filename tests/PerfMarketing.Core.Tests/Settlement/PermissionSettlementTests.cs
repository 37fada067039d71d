using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;

namespace PerfMarketing.Tests.Settlement;

public sealed class PermissionSettlementTests
{
    [Fact]
    public void Touch_through_a_denied_channel_leaves_the_credit_to_the_one_before() =>
        new ContractScenario(Sample.Contract(Pay.Fixed(10.Eur)).Permitting(new() { DeniedChannels = [new("toolbar")] }))
            .At("2026-03-01 09:00").Click("p-blog", "c1", t => t with { Channel = new("content") })
            .At("2026-03-02 09:00").Click("p-mail", "c1", t => t with { Channel = new("toolbar") })
            .At("2026-03-03 09:00").Outcome("sale", "c1", 100.Eur)
            .ExpectEarned("p-blog", "10.00 EUR").ExpectEarned("p-mail", "nothing");

    [Fact]
    public void Each_contract_pays_for_the_touches_it_permits()
    {
        // One partner, two touches of one half each: one contract permits content, another deals at half the price.
        ContractDraft content = Terms("content", 10).Permitting(new() { Channels = [new("content")] });
        ContractDraft deals = Terms("deals", 5).Permitting(new() { Channels = [new("deals")] });
        ContractDraft neither = Terms("neither", 7).Permitting(new() { Channels = [new("podcast")] });
        CampaignRun run = Sample.Run(
            CampaignDraft.For("c", "acme").With(content).With(deals).With(neither).AttributedBy(new Linear()),
            Touch("content", "2026-03-01T09:00:00Z"),
            Touch("deals", "2026-03-02T09:00:00Z"));

        run.Process(Sample.Of(Sample.Sale("o1", "2026-03-03T09:00:00Z", 100.Eur)));

        run.Entries.Cast<Earning>().Select(e => $"{e.Contract} {e.Credit.Share} {e.Amount}")
            .Should().Equal("content 1/2 5.00 EUR", "deals 1/2 2.50 EUR");
        run.State.Find(new("o1"))!.Decision!.Notes.Select(n => n.ToString()).Should().Equal(
            "permission.credit-not-permitted (partner: p1, contract: content, credit: 1/1, permitted: 1/2)",
            "permission.credit-not-permitted (partner: p1, contract: deals, credit: 1/1, permitted: 1/2)",
            "permission.credit-not-permitted (partner: p1, contract: neither, credit: 1/1, permitted: 0/1)");
    }

    [Fact]
    public void Coupon_of_another_partner_makes_the_conversion_invalid() =>
        new ContractScenario(Sample.Contract(Pay.Fixed(10.Eur)).WithCoupon("MAIL10", "p-mail"))
            .At("2026-03-01 09:00").Click("p-blog", "c1").Click("p-mail", "c2").Click("p-blog", "c3")
            .At("2026-03-02 09:00").Outcome("sale", "c1", 100.Eur, With("mail10"))
            .ExpectRejected(ExclusivityCodes.CouponOfOther).ExpectEarned("p-blog", "nothing")
            .Outcome("sale", "c2", 100.Eur, With("mail10")).ExpectEarned("p-mail", "10.00 EUR")
            .Outcome("sale", "c3", 100.Eur, With("SUMMER")).ExpectEarned("p-blog", "10.00 EUR");

    [Fact]
    public void Own_coupon_stands_beside_a_foreign_one()
    {
        ContractDraft contract = Sample.Contract(Pay.Fixed(10.Eur))
            .WithCoupon("MAIL10", "p-mail").WithCoupon("BLOG5", "p-blog");

        new ContractScenario(contract.AttributedBy(new Linear()))
            .At("2026-03-01 09:00").Click("p-blog", "c1").Click("p-mail", "c1")
            .At("2026-03-02 09:00").Outcome("sale", "c1", 100.Eur, With("MAIL10", "BLOG5"))
            .ExpectEarned("p-blog", "5.00 EUR").ExpectEarned("p-mail", "5.00 EUR")
            .Outcome("sale", "c1", 100.Eur, With("MAIL10"))
            .ExpectEarned("p-blog", "nothing").ExpectEarned("p-mail", "5.00 EUR");
    }

    private static Func<Outcome, Outcome> With(params string[] coupons) =>
        outcome => outcome with { Facts = [Facts.Coupons.Of(ValueList.Create<string>(coupons))] };

    private static ContractDraft Terms(string id, int euros) => ContractDraft.For(id).PaidBy("acme").WithPartner("p1")
        .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(euros.Eur));

    private static JourneyTouch Touch(string channel, string at) =>
        Sample.Touch("p1", at) with { Channel = new(channel) };
}
