using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Outcomes that a grade holds, and amounts that were decided by hand beside the price of a period.</summary>
public sealed class HeldGradeTests
{
    [Fact]
    public void What_a_grade_holds_is_rejected_when_its_time_is_over_and_budgets_have_the_room()
    {
        GradeTerms grades = GradeTerms.None.Accept("won").Hold("open").HoldingFor(Duration.FromDays(30));
        CampaignRun run = Run(
            Contract(Pay.Fixed(20.Eur), c => c.GradedBy(grades)).ToCampaign()
                .BudgetedBy(new Budget(new("b"), 100.Eur, PeriodUnit.Month)),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Grade("g1", "open", "2026-03-02T12:00:00Z")));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 10.Eur)));
        BudgetState budget = run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-03-03T12:00:00Z"));
        budget.Reserved.Should().Be(20.Eur);

        run.Expire(At("2026-04-01T11:59:59Z"));
        budget.Reserved.Should().Be(20.Eur);
        run.Expire(At("2026-04-01T12:00:00Z"));
        budget.Reserved.Should().Be(0.Eur);
        run.State.Find(new("o1"))!.Decision!.Qualification.Should().Be(new Qualification.Rejected([
            PerfMarketing.Primitives.Reason.Of(
                RulingReasons.GradeHoldEnded, ("ruling", "g1"), ("until", At("2026-04-01T12:00:00Z")))]));

        run.Process(Of(Grade("g2", "won", "2026-04-05T12:00:00Z")));
        run.Entries.Texts().Should().Equal("p-blog 20.00 EUR");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(36_526, false)]
    [InlineData(30, true)]
    public void A_hold_has_a_length(int days, bool isValid) =>
        Contract(Pay.Fixed(20.Eur), c => c.GradedBy(GradeTerms.None.Hold("open").HoldingFor(Duration.FromDays(days))))
            .Validate().Errors.Select(static e => e.ErrorCode)
            .Should().Equal(isValid ? [] : [GradeCodes.HeldFor]);

    // Two sales at 10.00 each until the third; one is approved at 12.00. What a person decided stands beside the price
    // of the period: it is not taken back as if the period were paid too much, and a retraction leaves nothing.
    [Fact]
    public void What_is_approved_beside_the_price_of_a_period_stands_and_goes_with_the_outcome()
    {
        TallyTerms tally = new() { Corrections = TallyCorrections.Reevaluated };
        CampaignRun run = Run(
            Contract(Pay.Volume(new(10.Eur, 3), new(4.Eur)), c => c.TalliedBy(tally)).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 10.Eur)));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z", 10.Eur)));
        run.Process(Of(new Approval
        {
            Id = new("a1"),
            Outcome = new("o1"),
            At = At("2026-03-04T12:00:00Z"),
            Contract = new("acme-2026"),
            Amount = 12.Eur,
        }));

        Sum(run).Should().Be(22.Eur);
        run.State.Find(new("o1"))!.Earnings.Single().ByHand.Should().Be(2.Eur);
        run.Process(Of(Sale("o3", "2026-03-05T12:00:00Z", 10.Eur)));
        Sum(run).Should().Be(14.Eur, "three at 4.00, and 2.00 by hand");
        run.Process(Of(Retracted("r1", "o1", "2026-03-06T12:00:00Z")));
        Sum(run).Should().Be(20.Eur, "two at 10.00");
        run.Process(Of(Retracted("r2", "o2", "2026-03-06T12:00:00Z")));
        run.Process(Of(Retracted("r3", "o3", "2026-03-06T12:00:00Z")));
        Sum(run).Should().Be(0.Eur);
    }

    private static Money Sum(CampaignRun run) => run.Entries.Aggregate(0.Eur, static (sum, e) => sum + e.Amount);

    private static Graded Grade(string id, string grade, string at) => new()
    {
        Id = new(id),
        Outcome = new("o1"),
        At = At(at),
        Grade = grade,
    };
}
