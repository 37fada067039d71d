using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>How much corrections take back: clawback schedules and limits on reversals.</summary>
public sealed class ReversalTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_260_519, 5);

    private static readonly ClawbackSchedule Half = ClawbackSchedule.UpTo(30).Then(60, 50.Percent);

    // cases/platform-cases.json: Heritage Web, negative balances and clawbacks. Its days count from 1, the day of the
    // purchase: days 1 to 30 are pending, 31 to 60 are taken back, from 61 on the commission is final. What is taken
    // back pro rata is what the customer did not keep: ten months of twelve.
    [Theory]
    [InlineData("heritage-full-refund-day45", 1000, 1000, 45, -300)]
    [InlineData("heritage-partial", 240, 200, 60, -60)]
    [InlineData("heritage-day61", 1000, 1000, 61, 0)]
    [InlineData("the last day of the clawback", 1000, 1000, 60, -300)]
    public void Schedule_says_until_when_a_refund_takes_back(string id, int value, int returned, int day, int change)
    {
        CampaignRun run = Blog(Contract(
            Pay.RevenueShare(30.Percent),
            static c => c.HeldFor(Duration.FromDays(30)).TakenBackBy(ClawbackSchedule.UpTo(60))));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", ((decimal)value).Eur)));
        Instant refund = At("2026-03-03T12:00:00Z") + Duration.FromDays(day - 1);
        run.Process(Of(Returned("r1", "o1", refund.ToString(), ((decimal)returned).Eur)));

        run.Entries.OfType<Adjustment>().Should().ContainSingle(id).Which.Amount.Should().Be(((decimal)change).Eur, id);
    }

    [Fact]
    public void What_is_not_taken_back_stays_and_the_reason_says_so()
    {
        CampaignRun run = Blog(Contract(Pay.RevenueShare(10.Percent), static c => c.TakenBackBy(Half)));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-03-10T12:00:00Z", 20.Eur)));
        run.Process(Of(Returned("r2", "o1", "2026-04-12T12:00:00Z", 50.Eur)));
        run.Process(Of(Retracted("r3", "o1", "2026-05-12T12:00:00Z")));

        run.Entries.OfType<Adjustment>().Select(static a => $"{a.Amount} kept {a.Kept} {a.Reason}").Should().Equal(
            "-2.00 EUR kept  adjustment.proportional (returned: 1/5)",
            "-2.50 EUR kept 2.50 EUR adjustment.clawback-part (days: 40, part: 50%, of: 5.00 EUR)",
            "0.00 EUR kept 5.50 EUR adjustment.clawback-part (days: 70, part: 0%, of: 3.00 EUR)");
        run.State.Find(new("o1"))!.Earnings[0].Net.Should().Be(5.50m.Eur);
    }

    [Fact]
    public void What_is_given_back_covers_first_what_had_stayed()
    {
        CampaignRun run = Blog(Contract(Pay.RevenueShare(10.Percent), static c => c.TakenBackBy(Half)));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-04-12T12:00:00Z", 60.Eur)));
        run.Process(Of(new ReturnWithdrawn
        {
            Id = new("r2"),
            Outcome = new("o1"),
            At = At("2026-04-20T12:00:00Z"),
            Replaces = new CorrectionId("r1"),
        }));

        run.Entries.OfType<Adjustment>().Select(static a => $"{a.Amount} kept {a.Kept}").Should().Equal(
            "-3.00 EUR kept 3.00 EUR", "3.00 EUR kept ");
    }

    [Fact]
    public void Limit_of_a_count_refuses_whole_outcomes_and_lists_why()
    {
        // A tenth of 20 leads of March are 2; one of them twice counts once; fraud uses up nothing.
        CampaignRun run = Blog(Leads(new(10.Percent, ReversalBase.Count) { Exempt = [CorrectionReason.Fraud] }));
        for (int i = 1; i <= 20; i++)
        {
            run.Process(Of(Sale($"o{i}", "2026-03-03T12:00:00Z", 10.Eur)));
        }

        run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 5.Eur)));
        run.Process(Of(Retracted("r2", "o1", "2026-03-05T12:00:00Z")));
        run.Process(Of(Retracted("r3", "o2", "2026-03-06T12:00:00Z") with { Reason = CorrectionReason.Fraud }));
        run.Process(Of(Retracted("r4", "o3", "2026-04-06T12:00:00Z")));
        run.Process(Of(Retracted("r5", "o4", "2026-04-07T12:00:00Z")));

        Adjustment[] adjustments = [.. run.Entries.OfType<Adjustment>()];
        adjustments.Select(static a => $"{a.Cause} {a.Amount} {a.IsExempt}").Should().Equal(
            "r1 -0.50 EUR False", "r2 -0.50 EUR False", "r3 -1.00 EUR True", "r4 -1.00 EUR False", "r5 0.00 EUR False");
        adjustments[^1].Reason.ToString().Should().Be(
            "reversal.over-limit (max: 10%, delivered: 20, limit: 2, reversed: 2, requested: 1)");
        adjustments[^1].Kept.Should().Be(1.Eur);
    }

    [Fact]
    public void Limit_of_an_amount_takes_what_room_is_left_in_the_cohort_of_the_partner()
    {
        CampaignRun run = Blog(Leads(new(10.Percent, ReversalBase.Amount)));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 800.Eur)));
        run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z", 200.Eur)));
        run.Process(Of(Sale("o3", "2026-04-04T12:00:00Z", 900.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-05-04T12:00:00Z", 60.Eur)));
        run.Process(Of(Retracted("r2", "o2", "2026-05-05T12:00:00Z")));
        run.Process(Of(Retracted("r3", "o3", "2026-05-06T12:00:00Z")));

        // March earned 100, of which 10 may go; April 90, of which 9 may.
        run.Entries.OfType<Adjustment>().Select(static a => $"{a.Amount} kept {a.Kept}").Should().Equal(
            "-6.00 EUR kept ", "-4.00 EUR kept 16.00 EUR", "-9.00 EUR kept 81.00 EUR");
    }

    [Fact]
    public void Undoing_an_exempt_reversal_makes_no_room()
    {
        // Half of 200 may go. Of o1, 60 go as fraud and 40 count; when the fraud is withdrawn, the 40 still count.
        ContractDraft draft = Contract(Pay.RevenueShare(100.Percent)) with
        {
            ReversalLimit = new(50.Percent, ReversalBase.Amount) { Exempt = [CorrectionReason.Fraud] },
        };
        CampaignRun run = Blog(draft);
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 60.Eur) with { Reason = CorrectionReason.Fraud }));
        run.Process(Of(Returned("r2", "o1", "2026-03-05T12:00:00Z", 40.Eur)));
        run.Process(Of(Withdrawn("w1", "o1", "2026-03-06T12:00:00Z", "r1")));
        run.Process(Of(Retracted("r3", "o2", "2026-03-07T12:00:00Z")));
        run.Process(Of(Withdrawn("w2", "o1", "2026-03-08T12:00:00Z", "r2")));
        run.Process(Of(Retracted("r4", "o1", "2026-03-09T12:00:00Z")));

        run.Entries.OfType<Adjustment>().Select(static a => $"{a.Cause} {a.Amount} {a.IsExempt}").Should().Equal(
            "r1 -60.00 EUR True", "r2 -40.00 EUR False", "w1 60.00 EUR True", "r3 -60.00 EUR False",
            "w2 40.00 EUR False", "r4 -40.00 EUR False");
    }

    [Fact]
    public void What_an_undone_exempt_reversal_leaves_taken_uses_up_room()
    {
        // Half of 200 may go. All of o1 went as fraud, so that a return of 40 took nothing; when the fraud is
        // withdrawn, the return stands alone and counts: 60 are left for o2.
        ContractDraft draft = Contract(Pay.RevenueShare(100.Percent)) with
        {
            ReversalLimit = new(50.Percent, ReversalBase.Amount) { Exempt = [CorrectionReason.Fraud] },
        };
        CampaignRun run = Blog(draft);
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(new Chargeback
        {
            Id = new("c1"),
            Outcome = new("o1"),
            At = At("2026-03-04T12:00:00Z"),
            Reason = CorrectionReason.Fraud,
        }));
        run.Process(Of(Returned("r1", "o1", "2026-03-05T12:00:00Z", 40.Eur)));
        run.Process(Of(new ChargebackWon
        {
            Id = new("w1"),
            Outcome = new("o1"),
            At = At("2026-03-06T12:00:00Z"),
            Replaces = new("c1"),
        }));
        run.Process(Of(Retracted("r2", "o2", "2026-03-07T12:00:00Z")));

        run.Entries.OfType<Adjustment>().Select(static a => $"{a.Cause} {a.Amount} {a.IsExempt}").Should().Equal(
            "c1 -100.00 EUR True", "r1 0.00 EUR False", "w1 60.00 EUR True", "r2 -60.00 EUR False");
    }

    [Fact]
    public void What_is_approved_at_less_was_never_delivered_for_more()
    {
        // Approved at 10 of 100 when it was earned: half of 110 may go, not of 200.
        ContractDraft draft = Contract(Pay.RevenueShare(100.Percent)) with
        {
            ReversalLimit = new(50.Percent, ReversalBase.Amount),
        };
        CampaignRun run = Blog(draft);
        run.Process(Of(new Approval
        {
            Id = new("a1"),
            Outcome = new("o1"),
            At = At("2026-03-02T12:00:00Z"),
            Contract = new("acme-2026"),
            Amount = 10.Eur,
        }));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Retracted("r1", "o2", "2026-03-07T12:00:00Z")));

        run.Entries.Select(static a => $"{a.OutcomeId} {a.Amount}").Should().Equal(
            "o1 100.00 EUR", "o1 -90.00 EUR", "o2 100.00 EUR", "o2 -55.00 EUR");
    }

    [Fact]
    public void Outcome_that_several_clauses_pay_is_one_outcome_of_the_cohort()
    {
        // Half of two outcomes is one, although each earns twice; both earnings of it are taken back.
        ContractDraft draft = Contract(Pay.Fixed(1.Eur)).Pays("sale", Pay.Fixed(2.Eur))
            with
        {
            Precedence = Precedence.Sum,
            ReversalLimit = new(50.Percent, ReversalBase.Count),
        };
        CampaignRun run = Blog(draft);
        for (int i = 1; i <= 2; i++)
        {
            run.Process(Of(Sale($"o{i}", "2026-03-03T12:00:00Z", 10.Eur)));
        }

        run.Process(Of(Retracted("r1", "o1", "2026-03-04T12:00:00Z")));
        run.Process(Of(Retracted("r2", "o2", "2026-03-05T12:00:00Z")));

        Adjustment[] adjustments = [.. run.Entries.OfType<Adjustment>()];
        adjustments.Select(static a => $"{a.Cause} {a.Amount}").Should().BeEquivalentTo(
            "r1 -1.00 EUR", "r1 -2.00 EUR", "r2 0.00 EUR", "r2 0.00 EUR");
        adjustments[^1].Reason.ToString().Should().Be(
            "reversal.over-limit (max: 50%, delivered: 2, limit: 1, reversed: 1, requested: 1)");
    }

    // Half may go of what four sales earned: 1.00 each at first, 10.00 each since an amendment that reaches back.
    [Theory]
    [InlineData(ReversalBase.Amount)]
    [InlineData(ReversalBase.Count)]
    public void What_an_amendment_adds_is_earned_in_the_cohort_of_what_it_amends(ReversalBase counted)
    {
        CampaignDraft campaign = AmendmentSample.Amended(Pay.RevenueShare(1.Percent), Pay.RevenueShare(10.Percent));
        campaign = campaign with
        {
            Contracts = [.. campaign.Contracts.Select(c => c with { ReversalLimit = new(50.Percent, counted) })],
        };
        CampaignRun run = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        foreach (int i in new[] { 1, 2, 3, 4 })
        {
            run.Process(Of(Sale($"o{i}", $"2026-03-0{i + 1}T12:00:00Z", 100.Eur)));
        }

        run.Expire(At("2026-03-21T00:00:00Z"));
        foreach (int i in new[] { 1, 2, 3 })
        {
            run.Process(Of(Retracted($"r{i}", $"o{i}", $"2026-03-2{i + 1}T12:00:00Z")));
        }

        run.Entries.OfType<Adjustment>().Select(static a => $"{a.Cause} {a.Amount}")
            .Should().Equal("r1 -10.00 EUR", "r2 -10.00 EUR", "r3 0.00 EUR");
    }

    [Fact]
    public void Adjustments_with_what_stays_read_back()
    {
        Adjustment adjustment = Accounts.SampleEntries.Adjustment(
            Accounts.SampleEntries.Earning("e1", 10.Eur, At("2026-03-03T12:00:00Z")),
            "r1",
            -2.Eur,
            At("2026-04-03T12:00:00Z")) with
        { Kept = 3.Eur, IsExempt = true };
        PerfMarketing.Primitives.TermFailures failures = [];

        PerfMarketing.Primitives.TermReader.Read(
            PerfMarketing.Primitives.TermNode.Of(adjustment), failures, CampaignRecord.Read).Should().Be(adjustment);
        failures.Should().BeEmpty();
    }

    [Fact]
    public void What_stands_is_what_is_right_and_what_stays() => Prop.ForAll(
        (from policy in Gen.Elements(Enum.GetValues<CorrectionPolicy>())
         from steps in RandomLog.Steps
         select (policy, steps)).ToArbitrary(),
        static c =>
        {
            ContractDraft plain = Contract(Pay.RevenueShare(33.33m.Percent), d => d.Correcting(c.policy));
            ContractDraft eased = Contract(
                Pay.RevenueShare(33.33m.Percent),
                d => d.Correcting(c.policy).TakenBackBy(ClawbackSchedule.UpTo(5).Then(20, 30.Percent)));
            CampaignRun right = Processed(plain, c.steps);
            CampaignRun run = Processed(
                eased with { ReversalLimit = new(40.Percent, ReversalBase.Amount) }, c.steps);
            foreach (EarningState known in run.State.Outcomes.SelectMany(static o => o.Earnings))
            {
                EarningState other = right.State.Find(known.Earning.OutcomeId)!.Earnings
                    .First(e => e.Earning.Id == known.Earning.Id);
                known.Kept.Should().BeGreaterThanOrEqualTo(0.Eur);
                (known.Net - known.Kept).Should().Be(other.Net);
            }

            foreach (var cohort in run.Entries.GroupBy(static e => (e.Partner, e.OccurredAt.InUtc().Month)))
            {
                Sum(cohort.OfType<Adjustment>().Where(static a => !a.IsExempt)).Should().BeGreaterThanOrEqualTo(
                    -Sum(cohort.OfType<Earning>()).Prorate(new(2, 5)) - 0.01m.Eur);
            }
        }).Check(Seeded);

    [Fact]
    public void Period_that_is_priced_again_leaves_alone_what_stays() => Prop.ForAll(
        RandomLog.Steps.ToArbitrary(),
        static steps =>
        {
            static ClauseDraft Terms(ClauseDraft clause) =>
                clause.TalliedBy(clause.Tally with { Corrections = TallyCorrections.Reevaluated });
            PayoutModel tiers = Pay.Tiered(new(3.Eur, UpTo: 2), new(1.Eur, UpTo: 5), new(0.5m.Eur));
            CampaignRun right = Processed(Contract(tiers, Terms), steps);
            CampaignRun run = Processed(
                Contract(tiers, static c => Terms(c).TakenBackBy(ClawbackSchedule.UpTo(5).Then(20, 30.Percent))),
                steps);
            Money kept = run.State.Outcomes.SelectMany(static o => o.Earnings)
                .Aggregate(0.Eur, static (sum, e) => sum + e.Kept);

            (Sum(run.Entries) - kept).Should().Be(Sum(right.Entries));
        }).Check(Seeded);

    private static Money Sum(IEnumerable<LedgerEntry> entries) =>
        entries.Aggregate(0.Eur, static (sum, e) => sum + e.Amount);

    private static ContractDraft Leads(ReversalLimit limit) =>
        Contract(Pay.RevenueShare(10.Percent)) with { ReversalLimit = limit };

    private static CampaignRun Processed(ContractDraft contract, RandomLog.Step[] steps)
    {
        CampaignRun run = RandomLog.RunOf((contract with { Zone = "Etc/UTC" }).ToCampaign().Build());
        foreach (CampaignInput input in RandomLog.InputsOf(steps))
        {
            run.Process(input);
        }

        return run;
    }

    private static ReturnWithdrawn Withdrawn(string id, string outcome, string at, string of) => new()
    {
        Id = new(id),
        Outcome = new(outcome),
        At = At(at),
        Replaces = new CorrectionId(of),
    };

    private static CampaignRun Blog(ContractDraft contract) =>
        Run(contract.ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
}
