using PerfMarketing.Attribution;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Which place an outcome has under a count when it is worth nothing, or comes to be.</summary>
public sealed class WorthlessPlaceTests
{
    // Two a month at 10 %. The first sale of the table is worth what it says; then it is corrected.
    [Theory]
    [InlineData("nothing is corrected", 0, "", 1)]
    [InlineData("how many it is, and it is one", 0, "quantity", 1)]
    [InlineData("it is gone", 0, "retracted", 0)]
    [InlineData("it is gone, and is back: others may have its place", 0, "charged won", 0)]
    [InlineData("it is back and worth something", 0, "charged won up", 1)]
    [InlineData("worth something, and nothing again", 0, "up zero", 1)]
    [InlineData("rejected by hand", 0, "rejected", 0)]
    [InlineData("a part of what was paid is still bought", 100, "part", 1)]
    [InlineData("nothing is left of what was paid", 100, "zero", 0)]
    [InlineData("nothing is left, and then all is", 100, "zero up", 1)]
    [InlineData("all is left", 100, "quantity", 1)]
    [InlineData("it is gone", 100, "retracted", 0)]
    public void Corrections_leave_its_place_or_give_it_back(string because, int worth, string corrections, int places)
    {
        CampaignRun limited = Run(Draft(c => c.LimitedTo(Limit.Outcomes(2, PeriodUnit.Month))), Blog);
        CampaignRun budgeted = Run(
            Draft().BudgetedBy(new Budget(new("n"), BudgetAmount.Outcomes(2), PeriodUnit.Month)
            {
                AtCap = CapBehavior.StopAndReject,
            }),
            Blog);
        foreach (CampaignRun run in new[] { limited, budgeted })
        {
            run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", ((decimal)worth).Eur)));
            int at = 4;
            foreach (string name in corrections.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                run.Process(Of(Named(name, $"2026-03-{at++:00}T12:00:00Z")));
            }
        }

        limited.State.LimitOf(LimitSample.Room("count-contract-month", "2026-03"))!.Used.Should().Be(places, because);
        budgeted.State.BudgetOf(budgeted.State.Campaign.Budgets[0], At("2026-03-04T12:00:00Z"))
            .Committed.Count.Should().Be(places, because);
        foreach (CampaignRun run in new[] { limited, budgeted })
        {
            for (int i = 2; i <= 4; i++)
            {
                run.Process(Of(Sale($"o{i}", $"2026-03-2{i}T12:00:00Z", 10.Eur)));
            }

            run.Entries.OfType<Earning>().Count(static e => e.OutcomeId.Value != "o1")
                .Should().Be(2 - places, because);
        }
    }

    // The place of what is worth nothing was taken by another one since: it does not come back above the cap.
    [Fact]
    public void What_comes_back_is_never_above_the_cap()
    {
        CampaignRun run = Run(Draft(c => c.LimitedTo(Limit.Outcomes(1, PeriodUnit.Month))), Blog);
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 0.Eur)));
        run.Process(Of(Named("charged", "2026-03-04T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-05T12:00:00Z", 10.Eur)));
        run.Process(Of(Named("won", "2026-03-06T12:00:00Z")));
        run.Process(Of(Named("up", "2026-03-07T12:00:00Z")));

        run.Entries.Select(static e => $"{e.OutcomeId} {e.Amount}")
            .Should().Equal("o1 0.00 EUR", "o1 0.00 EUR", "o2 1.00 EUR", "o1 0.00 EUR", "o1 0.00 EUR");
        run.State.LimitOf(LimitSample.Room("count-contract-month", "2026-03"))!.Used.Should().Be(1);
    }

    private static JourneyTouch Blog => Touch("p-blog", "2026-03-01T09:00:00Z");

    private static CampaignDraft Draft(Func<ClauseDraft, ClauseDraft>? terms = null) => Contract(
        Pay.RevenueShare(10.Percent),
        c => (terms?.Invoke(c) ?? c).Correcting(CorrectionPolicy.Reprice)).ToCampaign();

    private static Correction Named(string name, string at) => name switch
    {
        "retracted" => Retracted("x0", "o1", at),
        "charged" => new Chargeback { Id = new("x1"), Outcome = new("o1"), At = At(at) },
        "won" => new ChargebackWon
        {
            Id = new("x2"),
            Outcome = new("o1"),
            At = At(at),
            Replaces = new CorrectionId("x1"),
        },
        "rejected" => new Rejection
        {
            Id = new("x3"),
            Outcome = new("o1"),
            At = At(at),
            Contract = new("acme-2026"),
        },
        "part" => Returned("x4", "o1", at, 40.Eur),
        _ => new Restatement
        {
            Id = new($"x-{name}"),
            Outcome = new("o1"),
            At = At(at),
            Value = name switch { "up" => 50.Eur, "zero" => 0.Eur, _ => null },
            Quantity = name == "quantity" ? 1 : null,
        },
    };
}
