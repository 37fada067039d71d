using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Legs that are priced by what another leg pays.</summary>
public sealed class LegMeasureTests
{
    // cases/platform-cases.json: dubinc/docs help/article/partner-referrals.mdx.
    [Fact]
    public void Referrer_is_paid_on_the_commission_of_the_partner_it_brought()
    {
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme")
                .With(From("referral", "acme", "referrer", OfLeg(10, "partners")).OnResultsOf("p-blog"))
                .With(From("partners", "acme", "p-blog", Pay.RevenueShare(20.Percent))),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100.Eur)));

        run.Entries.Texts().Should().Equal(["p-blog 20.00 EUR", "referrer 2.00 EUR"], "dub-referral-on-commission");
    }

    [Fact]
    public void Measured_leg_counts_as_far_as_the_credits_are_the_same()
    {
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme").AttributedBy(new Linear())
                .With(From("referral", "acme", "referrer", OfLeg(10, "partners")).OnResultsOf("p-blog"))
                .With(From("partners", "acme", "p-blog", Pay.RevenueShare(20.Percent)).WithPartner("p-mail")
                    .Pays("sale", Pay.RevenueShare(50.Percent), static c => c.For("p-mail"))
                    .Choosing(Precedence.MostSpecific)),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-01T10:00:00Z"),
            Touch("p-mail", "2026-03-01T11:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100.Eur)));

        run.Entries.Texts().Should().Equal("p-blog 6.67 EUR", "p-mail 33.33 EUR", "referrer 0.67 EUR");
    }

    [Fact]
    public void Leg_waits_for_the_leg_that_it_measures_and_follows_its_correction()
    {
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme")
                .With(From("partners", "acme", "p-blog", Pay.RevenueShare(20.Percent), static c =>
                    c.TrustingHost("order-paid").Correcting(CorrectionPolicy.Reprice)))
                .With(From("fee", "acme", "net", OfLeg(25, "partners"), static c =>
                    c.Correcting(CorrectionPolicy.Reprice)).OnResultsOf("p-blog")),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100.Eur)));
        LegDecision fee = run.State.Find(new("o1"))!.Decision!.Legs.Single(static l => l.Contract.Value == "fee");
        fee.Amount.Should().Be(5.Eur);
        fee.Qualification.Should().BeOfType<Qualification.Pending>();
        run.Process(Proof("o1", "2026-03-03T12:00:00Z"));
        run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 40.Eur)));

        run.Entries.Texts().Should()
            .Equal("p-blog 20.00 EUR", "net 5.00 EUR", "p-blog -8.00 EUR", "net -2.00 EUR");
    }

    [Fact]
    public void Rejected_leg_measures_nothing()
    {
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme")
                .With(From("partners", "acme", "p-blog", Pay.RevenueShare(20.Percent), static c =>
                    c.TrustingHost("order-paid", within: NodaTime.Duration.FromDays(5))))
                .With(From("fee", "acme", "net", OfLeg(25, "partners")).OnResultsOf("p-blog")),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100.Eur)));
        run.Expire(At("2026-03-12T12:00:00Z"));

        run.Entries.Texts().Should().Equal("net 0.00 EUR");
    }

    [Theory]
    [InlineData("nobody", "campaign.leg-unknown Contracts[1].Clauses[0].Pays")]
    [InlineData("fee", "campaign.leg-circle Contracts[1].Clauses[0].Pays")]
    [InlineData("dollars", "campaign.leg-currency Contracts[1].Clauses[0].Pays")]
    public void Measured_legs_are_there_in_one_currency_and_in_no_circle(string leg, string failure)
    {
        CampaignDraft draft = CampaignDraft.For("x", "acme")
            .With(ContractDraft.For("dollars").PaidBy("acme").WithPartner("p-mail").In(Currency.Usd, "Etc/UTC")
                .Pays("sale", Pay.Fixed(1.Usd)))
            .With(From("fee", "acme", "net", OfLeg(25, leg)).OnResultsOf("p-blog"));

        draft.Validate().Errors.Select(static f => $"{f.ErrorCode} {f.PropertyName}").Should().Equal(failure);
    }

    private static ContractDraft From(
        string id, string payer, string partner, PayoutModel pays, Func<ClauseDraft, ClauseDraft>? terms = null) =>
        ContractDraft.For(id).PaidBy(payer).WithPartner(partner).In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", pays, terms);

    internal static PayoutModel OfLeg(decimal rate, string contract) =>
        Pay.RevenueShare(rate.Percent, Measure.OfLeg(new(contract)));
}
