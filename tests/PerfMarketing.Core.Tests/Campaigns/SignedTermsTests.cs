using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Campaigns;

/// <summary>Terms that were really signed, as data.</summary>
public sealed class SignedTermsTests
{
    // cases/platform-cases.json: the insertion order page of formuladesk.com on impact. Its day of payment, the 15th
    // after the lock, is a term of the remittance and not of the contract.
    [Theory]
    [InlineData("formuladesk-impact-io")]
    public void A_page_of_signed_terms_is_a_complete_contract(string id)
    {
        ContractDraft contract = ContractDraft.For("formuladesk").PaidBy("formuladesk").WithPartner("p-blog")
            .In(Currency.Usd, "America/Los_Angeles").WithNotice(3)
            .Pays("sale", Pay.RevenueShare(30.Percent).Recurring(first: 1), static c => c with
            {
                Locking = new(PeriodUnit.Month, Months: 1, Days: 0),
            }) with
        {
            ReversalLimit = new(100.Percent, ReversalBase.Amount),
        };
        CampaignDraft campaign = contract.AttributedBy(new LastTouch { Lookback = LookbackWindow.Days(30) })
            .With(ContractHistory.Of("formuladesk")
                .Then(new ContractEvent.Proposed(1) { At = Instant.FromUtc(2026, 1, 5, 9, 0), By = new("formuladesk") })
                .Then(new ContractEvent.Accepted(1) { At = Instant.FromUtc(2026, 1, 6, 9, 0), By = new("p-blog") }));

        campaign.Validate().Errors.Should().BeEmpty(id);
        CampaignJson.ParseCampaign(TermJson.Write(campaign)).Should().Be(campaign, "every term is data");
        campaign.Build().LifecycleOf(new("formuladesk"), new("p-blog"))!.InForceFrom(1)
            .Should().Be(Instant.FromUtc(2026, 1, 6, 9, 0));
    }

    // cases/platform-cases.json: Everflow's dates include the last day; brought in, the range ends before the next.
    [Theory]
    [InlineData("everflow-date-bounds", "2024-01-01T00:00:00Z", true)]
    [InlineData("everflow-date-bounds", "2024-01-01T23:59:59Z", true)]
    [InlineData("everflow-date-bounds", "2023-12-31T23:59:59Z", false)]
    [InlineData("everflow-date-bounds", "2024-01-02T00:00:00Z", false)]
    public void An_inclusive_end_is_brought_in_by_adding_a_day(string id, string at, bool isInForce)
    {
        LocalDate day = new(2024, 1, 1);
        Contract contract = (ContractDraft.For("ef").PaidBy("acme").WithPartner("p1").In(Currency.Usd, "Etc/UTC")
            .Pays("sale", Pay.Fixed(1.Usd)) with
        { Effective = DateRange.Inclusive(day, day) }).Build();

        contract.IsInForce(NodaTime.Text.InstantPattern.ExtendedIso.Parse(at).Value).Should().Be(isInForce, id);
    }

    [Fact]
    public void A_history_that_the_lifecycle_refuses_is_named_event_by_event()
    {
        ContractDraft contract = ContractDraft.For("acme").PaidBy("acme").WithPartner("p1").In(Currency.Eur, "Etc/UTC")
            .Pays("sale", Pay.Fixed(1.Eur));
        Instant at = Instant.FromUtc(2026, 1, 5, 9, 0);
        CampaignDraft campaign = contract.ToCampaign()
            .With((contract with { Payer = new("other") }).Amend(new(2026, 3, 1), static d => d))
            .With(ContractHistory.Of("acme")
                .Then(new ContractEvent.Proposed(1) { At = at, By = new("acme") })
                .Then(new ContractEvent.Accepted(1) { At = at, By = new("acme") })
                .Then(new ContractEvent.Accepted(1) { At = at - Duration.Epsilon, By = new("p1") }))
            .With(ContractHistory.Of("stranger"));

        campaign.Validate().Errors.Select(static e => $"{e.PropertyName} {e.ErrorCode}").Should().BeEquivalentTo(
            $"Contracts[1] {CampaignCodes.VersionsDiffer}",
            $"Lifecycles[1] {CampaignCodes.LifecycleContract}",
            $"Lifecycles[0].Events[1] {LifecycleCodes.PartyRefused}",
            $"Lifecycles[0].Events[2] {LifecycleCodes.EventTime}");
    }

    [Fact]
    public void Notice_and_tail_are_within_bounds()
    {
        ContractDraft contract = ContractDraft.For("acme").PaidBy("acme").WithPartner("p1").In(Currency.Eur, "Etc/UTC")
            .Pays("sale", Pay.Fixed(1.Eur));

        contract.WithNotice(-1).Validate().Errors.Select(static e => e.ErrorCode)
            .Should().Equal(ContractCodes.NoticeOutOfRange);
        contract.WithTail(new() { ChildMonths = 0 }).Validate().Errors.Select(static e => e.ErrorCode)
            .Should().Equal(ContractCodes.TailOutOfRange);
        contract.WithTail(new() { TouchedFor = Duration.Zero }).Validate().Errors.Select(static e => e.ErrorCode)
            .Should().Equal(ContractCodes.TailOutOfRange);
        TermNode node = TermNode.Of(contract);
        new[] { "noticeDays", "tail", "grandfathering" }.Where(n => node.Names.Contains(n))
            .Should().BeEmpty("what is absent is not written");
    }
}
