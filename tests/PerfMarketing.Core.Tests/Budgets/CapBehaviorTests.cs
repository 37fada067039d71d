using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets;

/// <summary>What is promised to results that come when a budget is used up.</summary>
public sealed class CapBehaviorTests
{
    private static readonly CalendarPeriod March = ContractCalendar.Utc.Month(new YearMonth(2026, 3));
    private static readonly Instant Before = Day(2);
    private static readonly Instant Full = Day(10);
    private static readonly Instant After = Day(12);

    // A limit of 100, 95 of it used on the second and the last 5 on the tenth; then 10 come.
    [Theory]
    [InlineData(CapBehavior.StopAndHonorInFlight, "before", "granted 10, 10 over")]
    [InlineData(CapBehavior.StopAndHonorInFlight, "at", "budget.exhausted")]
    [InlineData(CapBehavior.StopAndHonorInFlight, "after", "budget.exhausted")]
    [InlineData(CapBehavior.StopAndHonorInFlight, "never", "budget.exhausted")]
    [InlineData(CapBehavior.StopAdmission, "before", "granted 10, 10 over")]
    [InlineData(CapBehavior.StopAdmission, "after", "granted 10, 10 over")]
    [InlineData(CapBehavior.StopAdmission, "never", "granted 10, 10 over")]
    [InlineData(CapBehavior.StopAndReject, "before", "budget.exhausted")]
    [InlineData(CapBehavior.StopAndReject, "after", "budget.exhausted")]
    public void What_comes_when_nothing_is_left(CapBehavior atCap, string admitted, string expected)
    {
        BudgetState state = State(atCap);
        Commit(state, "a", 95, Before, Before);
        Commit(state, "b", 5, Before, Full);
        state.UsedUpAt.Should().Be(Full);
        Instant? at = admitted switch { "before" => Before, "at" => Full, "after" => After, _ => null };

        Commit(state, "c", 10, at, Day(20)).Should().Be(expected);
        Commit(state, "c", 10, at, Day(21)).Should().Be(expected, "a retry gets the original answer");
    }

    [Fact]
    public void The_result_that_reaches_the_limit_is_paid_in_full_and_says_what_lies_above()
    {
        BudgetState state = State(CapBehavior.StopAndHonorInFlight);
        Commit(state, "a", 95, Before, Before);
        state.UsedUpAt.Should().BeNull();

        Commit(state, "b", 12, Before, Full).Should().Be("granted 12, 7 over");
        (state.Committed.Units, state.Available.Units).Should().Be((107, 0));
    }

    // Source: reference/budgets-and-pacing.md, section 6: "commit may exceed the reservation: flag, never lose".
    [Fact]
    public void More_than_was_set_aside_is_flagged_also_where_it_fits()
    {
        BudgetState state = State(CapBehavior.StopAndHonorInFlight);
        Reserve(state, "a", 10, Before).Should().Be("granted 10");

        BudgetDecision said = state.Commit(new("a"), Eur(12), Before).Decision;

        said.Should().BeOfType<BudgetDecision.Granted>().Which.Flag!.ToString().Should().Be(
            "budget.over-reserve (reservation: a, reserved: 0.10 EUR, amount: 0.12 EUR, over: 0.00 EUR)");
        Commit(state, "a", 12, null, Before).Should().Be("granted 12, 0 over");
        Commit(state, "b", 12, Before, Before).Should().Be("granted 12", "nothing was set aside for it, and it fits");
    }

    [Fact]
    public void What_is_set_aside_never_lies_above_the_limit()
    {
        foreach (CapBehavior atCap in Enum.GetValues<CapBehavior>())
        {
            BudgetState state = State(atCap);
            Commit(state, "a", 95, Before, Before);

            bool promises = atCap != CapBehavior.StopAndReject;
            Reserve(state, "b", 10, Before).Should().Be(promises ? "partial 5" : "budget.exhausted");
            (state.Committed + state.Reserved).Should().BeLessThanOrEqualTo(Eur(100));
            Commit(state, "b", 10, null, Full).Should().Be(promises ? "granted 10, 5 over" : "budget.already-refused");
        }
    }

    [Fact]
    public void A_reservation_is_a_promise_of_the_actual_amount()
    {
        BudgetState state = State(CapBehavior.StopAndHonorInFlight);
        Reserve(state, "a", 10, null);
        Commit(state, "b", 90, Before, Full);
        state.UsedUpAt.Should().Be(Full);

        Commit(state, "a", 15, null, After).Should().Be("granted 15, 5 over", "whenever it was admitted");
    }

    [Fact]
    public void Room_that_comes_back_admits_again_and_the_next_end_counts_anew()
    {
        BudgetState state = State(CapBehavior.StopAndHonorInFlight);
        Commit(state, "a", 100, Before, Full);
        Apply(state, state.Reverse(new("a"), new("r1"), Eur(30)), Day(15));
        state.UsedUpAt.Should().BeNull();
        Commit(state, "b", 30, Day(16), Day(17)).Should().Be("granted 30");

        state.UsedUpAt.Should().Be(Day(17));
        Commit(state, "c", 5, After, Day(18)).Should().Be("granted 5, 5 over");
        Commit(state, "d", 5, Day(18), Day(19)).Should().Be("budget.exhausted");
    }

    // What is freed and taken again in one instant is one change: the end of the budget stays where it was.
    [Fact]
    public void What_happens_within_one_instant_is_one_change()
    {
        BudgetState state = State(CapBehavior.StopAndHonorInFlight);
        Reserve(state, "a", 100, null, Full);
        Apply(state, state.Release(new("a")), After);
        Reserve(state, "b", 100, null, After).Should().Be("granted 100");

        state.UsedUpAt.Should().Be(Full);
    }

    [Fact]
    public void A_correction_up_of_what_was_accepted_is_paid_as_it_was_promised()
    {
        foreach (CapBehavior atCap in Enum.GetValues<CapBehavior>())
        {
            BudgetState state = State(atCap);
            Commit(state, "a", 95, Before, Before);
            BudgetAnswer answer = state.Increase(new("a"), new("c1"), Eur(10));

            bool promises = atCap != CapBehavior.StopAndReject;
            Apply(state, answer, Full).Should().Be(promises ? "granted 10, 5 over" : "partial 5");
            answer.Entry!.Excess.Should().Be(promises ? (BudgetAmount)Eur(5) : null);
            Apply(state, state.Increase(new("a"), new("c1"), Eur(10)), Full)
                .Should().Be(promises ? "granted 10, 5 over" : "partial 5");
        }
    }

    // Source: reference/budgets-and-pacing.md, section 6: available = limit x (1 + tolerance) - committed - reserved.
    [Fact]
    public void A_tolerance_widens_the_limit_by_whole_cents()
    {
        Budget budget = new(new("b"), Eur(1_003), PeriodUnit.Month)
        {
            AtCap = CapBehavior.StopAndReject,
            Tolerance = 5.Percent,
        };
        BudgetState state = new(budget, March);

        budget.Ceiling.Should().Be(Eur(1_053), "5 % of 10.03 are 0.5015");
        Commit(state, "a", 1_000, Before, Before).Should().Be("granted 1000");
        Commit(state, "b", 54, Before, Full).Should().Be("budget.exhausted");
        Commit(state, "c", 53, Before, Full).Should().Be("granted 53");
    }

    [Fact]
    public void A_share_of_the_limit_is_reached_once_in_a_period()
    {
        Budget budget = new(new("b"), Eur(100), PeriodUnit.Month)
        {
            AlertAt = [50.Percent, 80.Percent, 100.Percent, 120.Percent],
        };
        BudgetState state = new(budget, March);

        Alerts(state, state.Reserve(new("a"), Eur(49))).Should().BeEmpty();
        Alerts(state, state.Commit(new("a"), Eur(50), Before)).Should().Equal("50%");
        Alerts(state, state.Release(new("a"))).Should().BeEmpty();
        Alerts(state, state.Reverse(new("a"), new("r1"), Eur(30))).Should().BeEmpty();
        Alerts(state, state.Commit(new("b"), Eur(30), Before)).Should().BeEmpty("half was reached before");
        Alerts(state, state.Commit(new("c"), Eur(75), Before)).Should().Equal("80%", "100%", "120%");
        Alerts(state, state.Increase(new("c"), new("c1"), Eur(75))).Should().BeEmpty();
    }

    [Fact]
    public void A_limit_that_is_raised_tells_no_share_twice_and_one_that_is_lowered_tells_what_it_passes()
    {
        Budget raised = new(new("b"), Eur(100), PeriodUnit.Month)
        {
            AlertAt = [50.Percent, 80.Percent],
            Changes = [new(Full, Eur(200))],
        };
        BudgetState state = new(raised, March);
        state.Apply(state.Commit(new("a"), Eur(60), Before).Entry!, Before);
        Alerts(state, state.Commit(new("b"), Eur(10), Before)).Should().BeEmpty();
        state.AdvanceTo(Full);
        Alerts(state, state.Commit(new("c"), Eur(50), Before)).Should().BeEmpty("half of 100 was told");
        Alerts(state, state.Commit(new("d"), Eur(45), Before)).Should().Equal("80%");

        BudgetState lowered = new(raised with { Changes = [new(Full, Eur(30))] }, March);
        lowered.Apply(lowered.Commit(new("a"), Eur(40), Before).Entry!, Before);
        lowered.AdvanceTo(Full);
        Alerts(lowered, lowered.Reserve(new("b"), Eur(1))).Should().Equal(["50%", "80%"], "it is refused, and says so");
        Alerts(lowered, lowered.Reserve(new("c"), Eur(1))).Should().BeEmpty();
    }

    private static string[] Alerts(BudgetState state, BudgetAnswer answer)
    {
        if (answer.Entry is { } entry)
        {
            TermFailures failures = [];
            TermReader.Read(TermNode.Of(entry), failures, BudgetEntry.Read).Should().Be(entry);
            state.Apply(entry, Full);
        }

        return [.. answer.Entry?.Alerts.Select(static share => share.ToString()) ?? []];
    }

    [Fact]
    public void An_entry_cannot_lie_above_the_limit_by_more_than_itself()
    {
        BudgetState state = State(CapBehavior.StopAdmission);
        BudgetEntry entry = state.Commit(new("a"), Eur(10)).Entry!;
        foreach (long over in new[] { 11, 0, -1 })
        {
            FluentActions.Invoking(() => state.Apply(entry with { Excess = Eur(over) }, Full))
                .Should().Throw<InvalidOperationException>();
        }
    }

    private static Instant Day(int day) => Instant.FromUtc(2026, 3, day, 12, 0);

    private static string Reserve(BudgetState state, string id, long amount, Instant? admittedAt, Instant? at = null) =>
        Apply(state, state.Reserve(new(id), Eur(amount), admittedAt), at ?? Before);

    private static string Commit(BudgetState state, string id, long amount, Instant? admittedAt, Instant at) =>
        Apply(state, state.Commit(new(id), Eur(amount), admittedAt), at);

    private static string Apply(BudgetState state, BudgetAnswer answer, Instant at)
    {
        if (answer.Entry is { } entry)
        {
            state.Apply(entry, at);
        }

        return answer.Decision.Match(
            granted: static g => $"granted {g.Amount.Units}"
                + (g.Flag?.Args.First(static a => a.Name == "over") is { } over
                    ? $", {Money.Parse(over.Value, null).MinorUnits} over"
                    : string.Empty),
            partial: static p => $"partial {p.Available.Units}",
            denied: static d => d.Reason.Code);
    }

    private static BudgetState State(CapBehavior atCap) =>
        new(new(new("b"), Eur(100), PeriodUnit.Month) { AtCap = atCap }, March);

    private static Money Eur(long cents) => Money.FromMinor(cents, Currency.Eur);
}
