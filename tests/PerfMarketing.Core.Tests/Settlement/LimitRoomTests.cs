using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.LimitSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Room under a limit over time: set aside, waited for, given back and taken again.</summary>
public sealed class LimitRoomTests
{
    [Theory]
    [InlineData("refused", LimitOverflow.Reject, "rejected", "")]
    [InlineData("waits for room and for its proof", LimitOverflow.Hold, "pending", "")]
    [InlineData("the rest is set aside", LimitOverflow.PayRemainder, "pending", "p-blog 2.00 EUR")]
    [InlineData("kept", LimitOverflow.PayZero, "pending", "p-blog 0.00 EUR")]
    [InlineData("other clause", LimitOverflow.Divert, "pending", "p-blog 0.10 EUR")]
    [InlineData("a remark", LimitOverflow.Notify, "pending", "p-blog 3.00 EUR")]
    public void Outcome_without_its_proof_has_room_set_aside(
        string because, LimitOverflow overflow, string qualification, string posted)
    {
        CampaignRun run = RunOf(
            Limit.Spend(5.Eur, PeriodUnit.Month), overflow, c => c.TrustingHost("order-paid"));
        run.Process(Of(Sale("o1", Full, 30.Eur)));
        Named(run.Process(Of(Sale("o2", Full, 30.Eur)))).Should().Be(qualification, because);

        run.Process(Proof("o2", "2026-03-12T12:00:00Z")).Posted.Texts()
            .Should().Equal(posted.Length == 0 ? [] : [posted], because);
        run.Process(Proof("o1", "2026-03-13T12:00:00Z")).Posted.Texts().Should().Equal(["p-blog 3.00 EUR"], because);
        StateOf(run, Room("spend-contract-month", "2026-03")).Reserved.Should().Be(0, because);
    }

    [Fact]
    public void Rejected_proof_gives_the_room_back()
    {
        CampaignRun run = RunOf(
            Limit.Outcomes(1, PeriodUnit.Month),
            LimitOverflow.Hold,
            c => c.TrustingHost("order-paid", within: Duration.FromDays(2)));
        run.Process(Of(Sale("o1", "2026-03-10T12:00:00Z", 30.Eur)));
        run.Process(Of(Sale("o2", "2026-03-11T12:00:00Z", 30.Eur)));
        run.Process(Proof("o2", "2026-03-11T13:00:00Z")).Posted.Should().BeEmpty();

        run.Expire(At("2026-03-12T12:00:00Z"));

        run.Entries.Should().ContainSingle().Which.OutcomeId.Value.Should().Be("o2");
        run.Entries[0].DecidedAt.Should().Be(At("2026-03-12T12:00:00Z"));
    }

    [Fact]
    public void Held_outcomes_come_in_the_order_in_which_they_occurred_and_nobody_passes_them()
    {
        CampaignRun run = RunOf(Limit.Spend(10.Eur, PeriodUnit.Month), LimitOverflow.Hold);
        run.Process(Of(Sale("o1", "2026-03-01T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o3", "2026-03-03T12:00:00Z", 50.Eur)));
        run.Process(Of(Sale("o2", "2026-03-02T12:00:00Z", 60.Eur) with { RecordedAt = At("2026-03-03T13:00:00Z") }));
        run.Process(Of(Sale("o4", "2026-03-04T12:00:00Z", 10.Eur)));

        // 4 EUR came back: enough for o4 and not for o2, which is first.
        run.Process(Of(Returned("r1", "o1", "2026-03-05T12:00:00Z", 40.Eur)));
        run.Process(Of(Sale("o5", "2026-03-05T12:00:00Z", 10.Eur))).Posted.Should().BeEmpty("others wait");
        run.Process(Of(Retracted("r2", "o1", "2026-03-06T12:00:00Z")));

        run.Entries.OfType<Earning>().Select(static e => $"{e.OutcomeId} {e.Amount} {e.DecidedAt}").Should().Equal(
            "o1 10.00 EUR 2026-03-01T12:00:00Z", "o2 6.00 EUR 2026-03-06T12:00:00Z");
        run.Process(Of(Returned("r3", "o2", "2026-03-07T12:00:00Z", 30.Eur)));
        run.Entries.OfType<Earning>().Select(static e => e.OutcomeId.Value)
            .Should().Equal("o1", "o2", "o3", "o4", "o5");
    }

    [Fact]
    public void What_waited_in_vain_is_refused_when_the_period_ends()
    {
        CampaignRun run = RunOf(Limit.Outcomes(1, PeriodUnit.Month), LimitOverflow.Hold);
        run.Process(Of(Sale("o1", "2026-03-01T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-02T12:00:00Z", 100.Eur)));

        run.Expire(At("2026-03-31T22:00:00Z"));
        run.Process(Of(Retracted("r1", "o1", "2026-04-01T12:00:00Z")));

        run.State.Find(new("o2"))!.Decision!.Qualification.Should().BeOfType<Qualification.Rejected>()
            .Which.Reasons[0].Code.Should().Be(LimitReasons.HoldEnded);
        run.Process(Of(Sale("o3", "2026-03-03T12:00:00Z", 100.Eur) with { RecordedAt = At("2026-04-02T12:00:00Z") }))
            .Posted.Should().HaveCount(1, "it occurred in March, where there is room");
    }

    // Half of o2 is p-blog's, whose room o1 has taken; the other half has room and waits for its proof.
    [Theory]
    [InlineData("proven at once", false)]
    [InlineData("retracted, and that withdrawn, before it is proven", true)]
    public void Share_that_waited_in_vain_stays_refused_while_others_wait_for_proof(string because, bool isRetracted)
    {
        Limit limit = Limit.Spend(5.Eur, PeriodUnit.Month, LimitScope.Partner).Or(LimitOverflow.Hold);
        CampaignRun run = new(
            Contract(Pay.RevenueShare(10.Percent), c => c.TrustingHost("order-paid").LimitedTo(limit))
                .AttributedBy(new Linear()).Build(),
            new SecondIsShared());
        run.Process(Of(Sale("o1", "2026-03-10T12:00:00Z", 50.Eur)));
        run.Process(Proof("o1", "2026-03-10T13:00:00Z")).Posted.Texts().Should().Equal("p-blog 5.00 EUR");
        Named(run.Process(Of(Sale("o2", "2026-03-11T12:00:00Z", 60.Eur)))).Should().Be("pending");

        run.Expire(At("2026-04-02T00:00:00Z"));
        LegDecision ended = run.State.Find(new("o2"))!.Decision!.Legs[0];
        ended.Notes.Select(static n => n.Code).Should().Equal(LimitReasons.HoldEnded);
        ended.Qualification.Should().BeOfType<Qualification.Pending>("p-mail has room");
        run.Process(Of(Retracted("r1", "o1", "2026-04-03T12:00:00Z")));
        if (isRetracted)
        {
            run.Process(Of(new Chargeback { Id = new("b1"), Outcome = new("o2"), At = At("2026-04-03T13:00:00Z") }));
            run.Process(Of(new ChargebackWon
            {
                Id = new("w1"), Outcome = new("o2"), At = At("2026-04-03T14:00:00Z"), Replaces = new("b1"),
            }));
        }

        run.Process(Proof("o2", "2026-04-04T12:00:00Z")).Posted.Texts().Should().Equal(["p-mail 3.00 EUR"], because);
    }

    [Fact]
    public void What_is_worth_nothing_takes_no_place_when_there_is_none()
    {
        CampaignRun run = RunOf(Limit.Outcomes(1, PeriodUnit.Month), LimitOverflow.PayZero);
        LimitKey room = Room("count-contract-month", "2026-03");
        run.Process(Of(Sale("o1", "2026-03-01T12:00:00Z", 100.Eur)));

        Decision kept = run.Process(Of(Sale("o2", "2026-03-02T12:00:00Z", 0.Eur)));

        kept.Posted.Texts().Should().Equal("p-blog 0.00 EUR");
        kept.Posted.OfType<Earning>().Single().Lines.Select(static l => l.Code)
            .Should().Contain(PayoutLineNames.OverLimit);
        ReasonOf(kept).Should().StartWith(LimitReasons.Unpaid);
        StateOf(run, room).Used.Should().Be(1);
        run.Process(Of(Retracted("r1", "o1", "2026-03-03T12:00:00Z")));
        StateOf(run, room).Used.Should().Be(0);
        run.Process(Of(Sale("o3", "2026-03-04T12:00:00Z", 100.Eur))).Posted.Texts().Should().Equal("p-blog 10.00 EUR");
    }

    [Fact]
    public void What_is_due_at_one_instant_is_decided_in_the_order_of_the_ids_however_often_it_was_decided_before()
    {
        // As pages of an index of what is due come, so that calls and batch agree; b came in first.
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur), static c => c with
            {
                Proof = ProofPolicy.TrustHost("order-paid", Duration.FromDays(2)) with { PastDue = PastDue.Approve },
            }).ToCampaign(),
            Blog);
        run.Process(Of(Sale("b", Full, 100.Eur)));
        run.Process(Of(Sale("a", Full, 100.Eur)));

        run.Expire(At("2026-03-20T12:00:00Z"));

        run.Entries.Select(static e => $"{e.OutcomeId} {e.DecidedAt}").Should()
            .Equal("a 2026-03-12T12:00:00Z", "b 2026-03-12T12:00:00Z");
    }

    [Fact]
    public void What_is_greater_than_the_whole_limit_does_not_wait_in_vain()
    {
        CampaignRun run = RunOf(Limit.Spend(10.Eur, PeriodUnit.Month), LimitOverflow.Hold);

        Decision decision = run.Process(Of(Sale("o1", Full, 101.Eur)));

        Named(decision).Should().Be("rejected");
        run.Process(Of(Sale("o2", Full, 100.Eur))).Posted.Should().HaveCount(1);
    }

    [Fact]
    public void Full_retraction_gives_the_count_back_and_its_correction_takes_it_again()
    {
        CampaignRun run = RunOf(Limit.OncePerCustomer());
        LimitKey room = Room("once-customer-lifetime", "lifetime") with { Customer = new("c1") };
        run.Process(Of(Sale("o1", "2026-03-01T12:00:00Z", 100.Eur))).Posted.Should().HaveCount(1);
        run.Process(Of(Sale("o2", "2026-03-02T12:00:00Z", 100.Eur))).Posted.Should().BeEmpty();
        run.Process(Of(Sale("o3", "2026-03-02T12:00:00Z", 100.Eur, customer: "c2"))).Posted.Should().HaveCount(1);

        run.Process(Of(new Chargeback { Id = new("b1"), Outcome = new("o1"), At = At("2026-03-03T12:00:00Z") }));
        StateOf(run, room).Used.Should().Be(0);
        run.Process(Of(Sale("o4", "2026-03-04T12:00:00Z", 100.Eur))).Posted.Should().HaveCount(1);

        Decision won = run.Process(Of(new ChargebackWon
        {
            Id = new("w1"), Outcome = new("o1"), At = At("2026-03-05T12:00:00Z"), Replaces = new("b1"),
        }));
        won.Posted.Texts().Should().Equal("p-blog 0.00 EUR");
        won.Posted.OfType<Adjustment>().Single().Reason.Code.Should().Be(LimitReasons.Reached);
        StateOf(run, room).Used.Should().Be(1, "a payable cap is never exceeded, also not by corrections");
    }

    [Fact]
    public void Correction_up_is_paid_as_far_as_there_is_room()
    {
        CampaignRun run = RunOf(Limit.Spend(10.Eur, PeriodUnit.Month));
        run.Process(Of(Sale("o1", "2026-03-01T12:00:00Z", 60.Eur)));

        run.Process(Of(new Restatement
        {
            Id = new("s1"), Outcome = new("o1"), At = At("2026-03-02T12:00:00Z"), Value = 150.Eur,
        })).Posted.Texts().Should().Equal("p-blog 4.00 EUR");
        run.Process(Of(Returned("r1", "o1", "2026-03-03T12:00:00Z", 120.Eur))).Posted.Texts()
            .Should().Equal("p-blog -7.00 EUR");
        StateOf(run, Room("spend-contract-month", "2026-03")).Used.Should().Be(3);
    }

    [Fact]
    public void Without_a_customer_a_limit_by_customer_pays_nothing()
    {
        Decision decision = Run(
                Contract(Pay.Fixed(1.Eur), c => c.LimitedTo(Limit.OncePerCustomer())).AttributedBy(new LastTouch()),
                Blog)
            .Process(Of(Sale("o1", Full, 100.Eur) with { Customer = null }));

        ReasonOf(decision).Should().Be("limit.customer-unknown (limit: once-customer-lifetime)");
    }

    [Fact]
    public void Uplift_of_earlier_results_is_under_the_limit_too()
    {
        // 5, 5, 5, 8 and an uplift of 9 would be 32.
        Limit limit = Limit.Spend(27.Eur, PeriodUnit.Month).Or(LimitOverflow.PayRemainder);
        CampaignRun run = Run(
            Contract(Pay.Volume(new(5.Percent, 4), new(8.Percent)), c => c.LimitedTo(limit)).ToCampaign(), Blog);

        for (int i = 0; i < 4; i++)
        {
            run.Process(Of(Sale($"o{i}", Full, 100.Eur)));
        }

        run.Entries.Texts().Should().Equal(
            "p-blog 5.00 EUR", "p-blog 5.00 EUR", "p-blog 5.00 EUR", "p-blog 8.00 EUR", "p-blog 4.00 EUR");
        run.Entries.OfType<Repricing>().Single().Lines[^1].ToString().Should().Be("over-limit -5.00 EUR");
        StateOf(run, Room("spend-contract-month", "2026-03")).Used.Should().Be(27);
    }

    [Fact]
    public void New_version_that_keeps_the_limits_name_goes_on_counting()
    {
        ContractDraft first = Contract(Pay.Fixed(1.Eur), c => c.LimitedTo(Limit.Outcomes(2, PeriodUnit.Year)))
            .EffectiveFrom(new(2026, 1, 1), new(2026, 4, 1));
        ContractDraft second = Contract(Pay.Fixed(1.Eur), c => c.LimitedTo(Limit.Outcomes(3, PeriodUnit.Year)))
            .EffectiveFrom(new(2026, 4, 1)) with
        { Version = 2 };
        CampaignRun run = Run(first.ToCampaign().With(second), Blog);

        Take(run, 3, "p-blog", "2026-03-10T12:00:00Z");
        Take(run, 3, "p-blog", "2026-04-10T12:00:00Z");

        run.Entries.Should().HaveCount(3);
    }

    [Fact]
    public void Restored_statements_take_their_room()
    {
        ContractDraft contract = Contract(
            Pay.RevenueShare(10.Percent),
            c => c.LimitedTo(Limit.OncePerCustomer()).LimitedTo(Limit.Spend(15.Eur, PeriodUnit.Year).Or(
                LimitOverflow.PayRemainder)));
        CampaignRun first = Run(contract.ToCampaign(), Blog);
        first.Process(Of(Sale("o1", "2026-03-01T12:00:00Z", 100.Eur)));
        first.Process(Of(Returned("r1", "o1", "2026-03-02T12:00:00Z", 20.Eur)));
        CampaignRun again = Run(contract.ToCampaign(), Blog);
        again.Restore(first.Statements(At("2026-04-02T00:00:00Z")), At("2026-04-02T00:00:00Z"));

        // The log of March is gone; what was closed still counts.
        again.Process(Of(Sale("o2", "2026-04-03T12:00:00Z", 100.Eur))).Posted.Should().BeEmpty();
        again.Process(Of(Sale("o3", "2026-04-03T12:00:00Z", 100.Eur, customer: "c2"))).Posted.Texts()
            .Should().Equal("p-blog 7.00 EUR");
    }

    [Fact]
    public void What_the_other_clause_refused_stays_refused()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(5.Eur), c => c.LimitedTo(Limit.Outcomes(1, PeriodUnit.Month).DivertingTo(new("sale-2"))))
                .Pays("sale", Pay.Fixed(1.Eur), c => c.TrustingHost("order-paid", within: Duration.FromDays(1)))
                .AttributedBy(new LastTouch())
                .With(ContractDraft.For("net").PaidBy("acme").WithPartner("p-blog").In(Currency.Eur, "Etc/UTC")
                    .Pays("sale", Pay.Fixed(2.Eur), c => c.TrustingHost("order-paid"))),
            Blog);
        run.Process(Of(Sale("o1", "2026-03-01T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-01T12:00:00Z", 100.Eur)));
        run.Process(Of(Retracted("r1", "o1", "2026-03-04T12:00:00Z")));

        run.Process(Proof("o2", "2026-03-05T12:00:00Z")).Posted.Texts().Should().Equal("p-blog 2.00 EUR");
    }

    private sealed class SecondIsShared : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(outcome.Id.Value == "o2"
            ? (JourneyTouch[])[Blog, Touch("p-mail", "2026-01-02T09:00:00Z")]
            : [Blog]);
    }
}
