using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What is set aside for results that are not proven in time.</summary>
public sealed class BudgetExpiryTests
{
    private static readonly JourneyTouch[] Touched = [Touch("p-blog", "2026-03-01T09:00:00Z")];

    // 10.00 a month, set aside for one day; what was touched before the second result used the budget up is in flight.
    [Theory]
    [InlineData(CapBehavior.StopAndHonorInFlight, "10.00 EUR", "10.00 EUR")]
    [InlineData(CapBehavior.StopAndReject, null, null)]
    public void What_expired_is_answered_as_if_nothing_had_been_set_aside(CapBehavior atCap, string? paid, string? over)
    {
        CampaignRun run = RunOf(new(new("b"), 10.Eur, PeriodUnit.Month) { AtCap = atCap });
        Decision first = run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        ((Qualification.Pending)first.Outcome.Decision!.Legs[0].Qualification).Until
            .Should().Be(At("2026-03-03T12:00:00Z"));
        Held(run).Should().Be((0.Eur, 10.Eur));

        run.Expire(At("2026-03-03T12:00:00Z"));
        Held(run).Should().Be((0.Eur, 0.Eur));
        run.State.Find(new("o1"))!.Decision!.Qualification.Should().BeOfType<Qualification.Pending>();
        run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z")));
        run.Process(Proof("o2", "2026-03-04T13:00:00Z")).Posted.Should().HaveCount(1);

        LedgerEntry? late = run.Process(Proof("o1", "2026-03-05T12:00:00Z")).Posted.SingleOrDefault();

        (late?.Amount.ToString(), late?.OverBudget?.ToString()).Should().Be((paid, over));
        BudgetBook.MustAgree(run, run.Entries);
    }

    [Fact]
    public void Expiry_is_an_entry_and_lets_those_go_who_wait()
    {
        List<string> said = [];
        Budget budget = new(new("b"), 10.Eur, PeriodUnit.Month)
        {
            AtCap = CapBehavior.StopAndReject, OnExceeded = LimitOverflow.Hold,
        };
        CampaignRun run = RunOf(budget, record =>
        {
            if (record is BudgetMoved { Entry: var entry })
            {
                said.Add($"{record.OutcomeId} {entry.Kind} {entry.Amount} {record.DecidedAt}");
            }
        });
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-02T13:00:00Z")));

        run.Expire(At("2026-03-05T00:00:00Z"));

        said.Should().Equal(
            "o1 Reserved 10.00 EUR 2026-03-02T12:00:00Z",
            "o2 Waiting 0.00 EUR 2026-03-02T13:00:00Z",
            "o1 Expired 10.00 EUR 2026-03-03T12:00:00Z",
            "o2 Reserved 10.00 EUR 2026-03-03T12:00:00Z",
            "o2 Expired 10.00 EUR 2026-03-04T12:00:00Z");
    }

    // What is returned is free at once; the rest has been set aside all along, so its time does not begin again.
    [Fact]
    public void Part_that_is_returned_while_it_waits_does_not_make_the_rest_live_longer()
    {
        List<string> said = [];
        CampaignRun run = new(
            Contract(Pay.RevenueShare(10.Percent), c => c.TrustingHost("order-paid")).ToCampaign()
                .BudgetedBy(new(new("b"), 10.Eur, PeriodUnit.Month) { ReserveFor = Duration.FromDays(1) }).Build(),
            new OneJourney())
        {
            Recorded = record => said.AddRange(record is BudgetMoved { Entry: var entry }
                ? [$"{entry.Kind} {entry.Amount} {record.DecidedAt}"]
                : []),
        };
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 80.Eur)));
        for (int i = 1; i <= 3; i++)
        {
            Decision lowered = run.Process(Of(Returned($"r{i}", "o1", $"2026-03-02T2{i - 1}:00:00Z", 20.Eur)));
            ((Qualification.Pending)lowered.Outcome.Decision!.Legs[0].Qualification).Until
                .Should().Be(At("2026-03-03T12:00:00Z"));
            Held(run).Should().Be((0.Eur, (8 - (2 * i)).Eur));
        }

        run.Expire(At("2026-03-20T00:00:00Z"));

        Held(run).Should().Be((0.Eur, 0.Eur));
        said[^1].Should().Be("Expired 2.00 EUR 2026-03-03T12:00:00Z");
    }

    [Fact]
    public void Expired_reservation_may_be_committed_and_not_reserved_again()
    {
        BudgetState state = new(
            new(new("b"), 10.Eur, PeriodUnit.Month)
            {
                ReserveFor = Duration.FromDays(1), AtCap = CapBehavior.StopAndReject,
            },
            ContractCalendar.In("Etc/UTC").Containing(PeriodUnit.Month, At("2026-03-02T12:00:00Z")));
        Instant at = At("2026-03-02T12:00:00Z");
        state.Apply(state.Reserve(new("a"), 8.Eur).Entry!, at);
        state.ExpiresAt(new("a")).Should().Be(at + Duration.FromDays(1));
        state.Expire(new("a"), at + Duration.FromHours(23)).Entry.Should().BeNull("its time is not over");
        state.Expire(new("unknown"), at + Duration.FromDays(9)).Entry.Should().BeNull();

        state.Apply(state.Expire(new("a"), at + Duration.FromDays(1)).Entry!, at + Duration.FromDays(1));

        state.Available.Should().Be(10.Eur);
        state.ExpiresAt(new("a")).Should().BeNull();
        BudgetAnswer[] answers =
        [
            state.Reserve(new("a"), 8.Eur), state.Release(new("a")), state.Expire(new("a"), at + Duration.FromDays(2)),
        ];
        foreach (BudgetAnswer answer in answers)
        {
            answer.Entry.Should().BeNull();
            answer.Decision.Should().BeOfType<BudgetDecision.Denied>();
        }

        state.Apply(state.Commit(new("a"), 9.Eur).Entry!, at + Duration.FromDays(3));
        (state.Committed - state.Reserved).Should().Be(9.Eur);
        state.Reserved.Should().Be(0.Eur);
    }

    private static CampaignRun RunOf(Budget budget, Action<CampaignRecord>? recorded = null) => new(
        Contract(Pay.Fixed(10.Eur), c => c.TrustingHost("order-paid")).ToCampaign()
            .BudgetedBy(budget with { ReserveFor = Duration.FromDays(1) }).Build(),
        new OneJourney(),
        ExplainLevel.Standard,
        null)
    {
        Recorded = recorded,
    };

    private static (Money Committed, Money Reserved) Held(CampaignRun run)
    {
        BudgetState state = run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-03-02T12:00:00Z"));
        return (state.Committed.Amount!.Value, state.Reserved.Amount!.Value);
    }

    private sealed class OneJourney : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(Touched);
    }
}
