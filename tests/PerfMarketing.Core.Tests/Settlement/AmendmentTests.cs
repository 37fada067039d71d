using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.AmendmentSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Terms that were accepted later and reach back.</summary>
public sealed class AmendmentTests
{
    // 100 and 200 at 8 % are 8 and 16; at 10 % they are 10 and 20, at 5 % 5 and 10.
    [Theory]
    [InlineData(10, "2.00 EUR", "4.00 EUR")]
    [InlineData(5, "-3.00 EUR", "-6.00 EUR")]
    public void Differences_are_posted_when_terms_reach_back(int rate, string first, string second)
    {
        CampaignRun run = Settle(Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(rate.Percent)), TwoSales);

        run.Entries.Texts().Should().Equal(
            "p-blog 8.00 EUR", "p-blog 16.00 EUR", $"p-blog {first}", $"p-blog {second}");
        Amendment entry = run.Entries.OfType<Amendment>().First();
        entry.DecidedAt.Should().Be(At(Accepted), "decided when it was accepted");
        (entry.FromVersion, entry.Version).Should().Be((1, 2), "it cites both");
        entry.Corrects.Should().Be(run.Entries[0].Id);
        entry.Reason.Should().Be(Reason.Of(
            SettlementReasons.Amended, ("from", 1), ("to", 2), ("accepted", At(Accepted))));
        run.Entries[0].Version.Should().Be(1, "the earning stays as it was");
        run.Statements(At("2026-05-01T00:00:00Z"))[0].Total.Should().Be(
            Money.Of(3 * rate, Currency.Eur), "the new terms' total");
    }

    [Fact]
    public void What_occurred_before_the_first_day_stays()
    {
        CampaignRun run = Settle(
            Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(10.Percent), from: new(2026, 3, 5)),
            [.. TwoSales, Of(Sale("o3", "2026-03-21T12:00:00Z", 100.Eur))]);

        run.Entries.Select(static e => $"{e.OutcomeId} v{e.Version} {e.Amount}").Should().Equal(
            "o1 v1 8.00 EUR", "o2 v1 16.00 EUR", "o2 v2 4.00 EUR", "o3 v2 10.00 EUR");
    }

    [Fact]
    public void What_grandfathering_leaves_to_the_old_version_stays()
    {
        CampaignRun run = Settle(
            Amended(
                Pay.RevenueShare(8.Percent),
                Pay.RevenueShare(10.Percent),
                change: static d => d.Grandfathered(Grandfathering.Touch)),
            TwoSales);

        run.Entries.Texts().Should().Equal("p-blog 8.00 EUR", "p-blog 16.00 EUR");
    }

    [Fact]
    public void Same_terms_again_post_nothing()
    {
        CampaignRun run = Settle(Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(8.Percent)), TwoSales);

        run.Entries.Should().HaveCount(2).And.AllBeOfType<Earning>();
    }

    [Fact]
    public void Amending_and_amending_back_nets_to_nothing()
    {
        CampaignDraft there = Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(10.Percent));
        ContractDraft back = there.Contracts[1].Amend(
            new(2026, 3, 1), d => d with { Clauses = there.Contracts[0].Clauses });
        CampaignDraft campaign = there.With(back).With(there.Lifecycles[0]
            .Then(new ContractEvent.Proposed(3) { At = At("2026-03-21T12:00:00Z"), By = new("acme") })
            .Then(new ContractEvent.Accepted(3) { At = At("2026-03-22T12:00:00Z"), By = new("p-blog") }));

        CampaignRun run = Settle(
            campaign, [.. TwoSales, Of(Returned("r1", "o2", "2026-03-24T12:00:00Z", 100.Eur))]);

        run.Entries.Texts().Should().Equal(
            "p-blog 8.00 EUR", "p-blog 16.00 EUR",
            "p-blog 2.00 EUR", "p-blog 4.00 EUR",
            "p-blog -2.00 EUR", "p-blog -4.00 EUR",
            "p-blog -8.00 EUR");
    }

    [Fact]
    public void Decided_again_nothing_is_posted()
    {
        CampaignDraft campaign = Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(10.Percent));
        CampaignRun run = Settle(campaign, TwoSales);
        CampaignDecider decider = new(run.State.Campaign);

        decider.Amend(run.State, new("acme-2026"), new NoTouches(), At("2026-03-25T12:00:00Z")).Should().BeEmpty();
    }

    // Half of 100 was returned: 8 − 4. Under 10 % that is 10 − 5, and what comes back later is at 10 %.
    [Fact]
    public void Corrected_earnings_are_amended_net_and_corrected_by_the_new_terms()
    {
        CampaignRun run = Settle(
            Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(10.Percent)),
            Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
            Of(Returned("r1", "o1", "2026-03-12T12:00:00Z", 50.Eur)),
            Of(Returned("r2", "o1", "2026-03-22T12:00:00Z", 20.Eur)),
            Of(Retracted("r3", "o1", "2026-03-23T12:00:00Z")));

        run.Entries.Select(static e => $"{e.Tag} v{e.Version} {e.Amount}").Should().Equal(
            "earning v1 8.00 EUR",
            "adjustment v1 -4.00 EUR",
            "amendment v2 1.00 EUR",
            "adjustment v2 -2.00 EUR",
            "adjustment v2 -3.00 EUR");
    }

    // 1,000 at 12 % capped at 80; 300 returned leaves 84, capped 80. Capped at 100: 120 capped 100, kept 84.
    [Fact]
    public void Policy_of_the_new_terms_prices_what_was_kept()
    {
        CampaignRun run = Settle(
            Amended(
                Pay.RevenueShare(12.Percent).CappedAt(80.Eur),
                Pay.RevenueShare(12.Percent).CappedAt(100.Eur),
                static c => c.Correcting(CorrectionPolicy.Reprice)),
            Of(Sale("o1", "2026-03-03T12:00:00Z", 1_000.Eur)),
            Of(Returned("r1", "o1", "2026-03-12T12:00:00Z", 300.Eur)));

        run.Entries.Texts().Should().Equal("p-blog 80.00 EUR", "p-blog 0.00 EUR", "p-blog 4.00 EUR");
    }

    // 0.333 a result rounds to 33, 34, 33 cents; 0.125 to 13, 12, 13: round(0.375) is 0.38.
    [Fact]
    public void Cumulative_earnings_telescope_under_the_new_terms()
    {
        CampaignRun run = Settle(
            Amended(
                Pay.Fixed(Accrual.Parse("0.333 EUR")),
                Pay.Fixed(Accrual.Parse("0.125 EUR")),
                static c => c.Rounded(RoundingMode.HalfAwayFromZero, RoundAt.Period)),
            [.. Enumerable.Range(1, 3).Select(static i => Of(Sale($"o{i}", $"2026-03-0{i}T12:00:00Z"))),
                Of(Sale("o4", "2026-03-22T12:00:00Z"))]);

        run.Entries.Select(static e => e.Amount.MinorUnits).Should().Equal(33, 34, 33, -20, -22, -20, 12);
        Total(run).Should().Be(0.50m.Eur, "4 at 0.125");
    }

    // Four sales of 100 at 5 %, 8 % on all from the 4th: 5, 5, 5, 8 and an uplift of 9. At 6 % they are worth 24.
    [Theory]
    [InlineData(true, "24.00 EUR")]
    [InlineData(false, "32.00 EUR")]
    public void Repriced_results_are_amended_too(bool fromVolume, string total)
    {
        PayoutModel volume = Pay.Volume(new(5.Percent, UpTo: 4), new(8.Percent));
        PayoutModel flat = Pay.RevenueShare(6.Percent);
        CampaignRun run = Settle(
            fromVolume ? Amended(volume, flat) : Amended(flat, volume),
            [.. Enumerable.Range(1, 4).Select(static i => Of(Sale($"o{i}", $"2026-03-0{i}T12:00:00Z", 100.Eur)))]);

        Total(run).ToString().Should().Be(total);
        run.Entries.OfType<Amendment>().Should().HaveCount(4);
    }

    [Fact]
    public void Tallies_go_on_as_if_the_new_terms_had_always_been()
    {
        CampaignRun run = Settle(
            Amended(
                Pay.Fixed(2m.Eur),
                Pay.Tiered(new(2m.Eur, UpTo: 2), new(1m.Eur)),
                change: static d => d with { Clauses = [d.Clauses[0] with { Id = new("sale-tiered") }] }),
            [.. Enumerable.Range(1, 3).Select(static i => Of(Sale($"o{i}", $"2026-03-0{i}T12:00:00Z"))),
                Of(Sale("o4", "2026-03-22T12:00:00Z"))]);

        run.Entries.Select(static e => $"{e.OutcomeId} {e.Clause} {e.Amount}").Should().Equal(
            "o1 sale 2.00 EUR", "o2 sale 2.00 EUR", "o3 sale 2.00 EUR",
            "o1 sale-tiered 0.00 EUR", "o2 sale-tiered 0.00 EUR", "o3 sale-tiered -1.00 EUR",
            "o4 sale-tiered 1.00 EUR");
        run.Entries[^1].Should().BeOfType<Earning>().Which.Before.Count.Should().Be(3);
    }

    [Fact]
    public void What_the_new_terms_do_not_pay_for_is_taken_back()
    {
        CampaignRun run = Settle(
            Amended(
                Pay.Fixed(2m.Eur),
                Pay.Fixed(2m.Eur),
                change: static d => d with { Clauses = [d.Clauses[0] with { Id = new("lead"), Outcome = "lead" }] }),
            [.. TwoSales, Of(Retracted("r1", "o1", "2026-03-22T12:00:00Z"))]);

        run.Entries.Texts().Should().Equal(
            "p-blog 2.00 EUR", "p-blog 2.00 EUR", "p-blog -2.00 EUR", "p-blog -2.00 EUR", "p-blog 0.00 EUR");
    }

    [Fact]
    public void A_hard_budget_limits_what_an_amendment_adds()
    {
        Budget limit = new(new("spend"), 27.Eur, PeriodUnit.Month)
        {
            OnExceeded = LimitOverflow.PayRemainder,
            AtCap = CapBehavior.StopAndReject,
        };
        CampaignRun run = Settle(
            Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(10.Percent)).BudgetedBy(limit), TwoSales);

        run.Entries.Texts().Should().Equal("p-blog 8.00 EUR", "p-blog 16.00 EUR", "p-blog 2.00 EUR", "p-blog 1.00 EUR");
        run.Entries.OfType<Amendment>().Last().Reason.Code.Should().Be(SettlementReasons.OverBudget);
    }

    [Fact]
    public void What_an_amendment_takes_back_may_be_spent_again()
    {
        Budget limit = new(new("spend"), 24.Eur, PeriodUnit.Month) { AtCap = CapBehavior.StopAndReject };
        CampaignRun run = Settle(
            Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(5.Percent)).BudgetedBy(limit),
            [.. TwoSales, Of(Sale("o3", "2026-03-22T12:00:00Z", 180.Eur))]);

        run.Entries[^1].Amount.Should().Be(9.Eur, "24 − 3 − 6 leave room for 9");
    }

    [Fact]
    public void Split_credit_is_allocated_under_the_new_terms()
    {
        CampaignDraft campaign = Amended(Pay.Fixed(0.05m.Eur), Pay.Fixed(0.03m.Eur)).AttributedBy(new Linear());
        CampaignDraft both = campaign.With(campaign.Lifecycles[0]
            .Then(new ContractEvent.Accepted(1) { At = At(Accepted), By = new("p-mail") })
            .Then(new ContractEvent.Proposed(2)
            {
                At = At(Accepted), By = new("acme"), Partner = new PartnerId("p-mail"),
            })
            .Then(new ContractEvent.Accepted(2) { At = At(Accepted), By = new("p-mail") }));
        both.Validate().Errors.Should().NotBeEmpty("version 1 was overtaken by the offer of version 2");

        CampaignRun run = Run(
            Both(Pay.Fixed(0.05m.Eur), Pay.Fixed(0.03m.Eur)).AttributedBy(new Linear()),
            Blog,
            Touch("p-mail", "2026-02-21T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));
        run.Expire(At("2026-04-02T00:00:00Z"));

        run.Entries.Texts().Should().Equal(
            "p-blog 0.03 EUR", "p-mail 0.02 EUR", "p-blog -0.01 EUR", "p-mail -0.01 EUR");
    }

    [Fact]
    public void What_was_refused_for_want_of_acceptance_is_paid_when_it_comes()
    {
        ContractDraft dated = Contract(Pay.RevenueShare(8.Percent)).EffectiveFrom(new(2026, 2, 1));
        CampaignDraft campaign = dated.ToCampaign().With(ContractHistory.Of("acme-2026")
            .Then(new ContractEvent.Proposed(1) { At = At("2026-02-01T12:00:00Z"), By = new("acme") })
            .Then(new ContractEvent.Accepted(1) { At = At(Accepted), By = new("p-blog") }));
        CampaignRun run = Run(campaign, Blog);

        Decision refused = run.Process(TwoSales[0]);
        refused.Outcome.Decision!.Qualification.Should().BeOfType<Qualification.Rejected>()
            .Which.Reasons[0].Code.Should().Be(VersionReasons.NoneAccepted);
        run.Expire(At(Accepted));

        run.Entries.Texts().Should().Equal("p-blog 8.00 EUR");
        run.Entries[0].DecidedAt.Should().Be(At(Accepted));
    }

    [Fact]
    public void Suspended_and_ended_contracts_pay_nothing_and_say_so()
    {
        CampaignDraft campaign = Contract(Pay.RevenueShare(8.Percent)).ToCampaign()
            .With(ContractHistory.Of("acme-2026")
                .Then(new ContractEvent.Proposed(1) { At = At("2026-02-01T12:00:00Z"), By = new("acme") })
                .Then(new ContractEvent.Accepted(1) { At = At("2026-02-02T12:00:00Z"), By = new("p-blog") })
                .Then(new ContractEvent.Suspended { At = At("2026-03-01T12:00:00Z"), By = new("acme") })
                .Then(new ContractEvent.Resumed { At = At("2026-03-05T12:00:00Z"), By = new("acme") })
                .Then(new ContractEvent.Ended { At = At("2026-03-15T12:00:00Z"), By = new("acme") }));
        CampaignRun run = Run(campaign, Blog);

        Code(run.Process(TwoSales[0])).Should().Be(VersionReasons.Suspended);
        run.Process(TwoSales[1]).Posted.Should().ContainSingle();
        Code(run.Process(Of(Sale("o3", "2026-03-16T12:00:00Z", 100.Eur)))).Should().Be(VersionReasons.Ended);
    }

    private static string Code(Decision decision) =>
        ((Qualification.Rejected)decision.Outcome.Decision!.Qualification).Reasons[0].Code;
}
