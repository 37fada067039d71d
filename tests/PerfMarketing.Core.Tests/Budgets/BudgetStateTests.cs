using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets;

public sealed class BudgetStateTests
{
    private static readonly CalendarPeriod March = ContractCalendar.Utc.Month(new YearMonth(2026, 3));
    private static readonly ReservationId A = new("a");
    private static readonly ReservationId B = new("b");
    private static readonly CorrectionId First = new("c1");
    private static readonly CorrectionId Second = new("c2");

    // Source: cases/billing-cases.json, "two-phase-sequence" (ledger-two-phase). A reservation's id is its commit's
    // too, so the steps that confuse two ids have no counterpart; a timeout is a release; a commit above its
    // reservation takes what is available, so that step asks for no more than the reservation.
    [Fact]
    public void Case_two_phase_sequence()
    {
        BudgetState state = State(69);
        Commit(state, "T1", 15).Should().Be("granted 15");
        Reserve(state, "T2", 15).Should().Be("granted 15");
        Reserve(state, "T3", 15).Should().Be("granted 15");
        Reserve(state, "T4", 15).Should().Be("granted 15");
        Reserve(state, "T5", 7).Should().Be("granted 7");
        Reserve(state, "T6", 1).Should().Be("granted 1");
        Reserve(state, "T7", 1).Should().Be("granted 1");
        Held(state).Should().Be((15, 54, 0), "two-phase-sequence");

        Release(state, "T4").Should().Be("granted 15", "its time is over");
        Commit(state, "T2", 13).Should().Be("granted 13");
        Commit(state, "T2", 13).Should().Be("granted 13", "a retry gets the original answer");
        Commit(state, "T2", 14).Should().Be(BudgetReasons.Conflict);
        Release(state, "T103").Should().Be(BudgetReasons.Unknown);
        Release(state, "T1").Should().Be(BudgetReasons.AlreadyCommitted);
        Release(state, "T3").Should().Be("granted 15");
        Release(state, "T3").Should().Be("granted 15", "a retry gets the original answer");
        Commit(state, "T3", 13).Should().Be(BudgetReasons.AlreadyReleased);
        Release(state, "T2").Should().Be(BudgetReasons.AlreadyCommitted);
        Commit(state, "T4", 15).Should().Be(BudgetReasons.AlreadyReleased);
        Commit(state, "T5", 7).Should().Be("granted 7");
        Commit(state, "T6", 1).Should().Be("granted 1");
        Commit(state, "T7", 0).Should().Be("granted 0", "nothing is spent and all of it is free again");
        Held(state).Should().Be((36, 0, 33), "two-phase-sequence");
    }

    // Source: cases/billing-cases.json, "budget-cap-balancing-simple" (ledger-balance-limit).
    [Fact]
    public void Case_budget_cap_balancing_simple() =>
        Reserve(State(4, LimitOverflow.PayRemainder), "r", 10).Should().Be("partial 4", "budget-cap-balancing-simple");

    [Fact]
    public void What_does_not_fit_is_refused_until_the_next_period()
    {
        BudgetState state = State(10);
        Reserve(state, "a", 8).Should().Be("granted 8");

        BudgetDecision.Denied denied = state.Reserve(B, Eur(3)).Decision
            .Should().BeOfType<BudgetDecision.Denied>().Subject;

        denied.Reason.ToString().Should().Be("budget.exhausted (requested: 0.03 EUR, available: 0.02 EUR)");
        denied.ResumesAt.Should().Be(March.End);
        Reserve(state, "c", 2).Should().Be("granted 2", "what fits is granted");
        Reserve(state, "d", 0).Should().Be("granted 0", "nothing always fits");
    }

    [Fact]
    public void A_budget_for_all_time_does_not_resume()
    {
        BudgetState state = new(new(new("b"), Eur(1), PeriodUnit.Lifetime), CalendarPeriod.Lifetime);

        state.Reserve(A, Eur(2)).Decision.Should().BeOfType<BudgetDecision.Denied>().Which.ResumesAt.Should().BeNull();
    }

    [Fact]
    public void A_refusal_stays_a_refusal()
    {
        BudgetState state = State(10);
        Reserve(state, "a", 8);
        BudgetAnswer refused = state.Reserve(B, Eur(3));
        state.Apply(refused.Entry!, March.Start);
        Release(state, "a");

        state.Reserve(B, Eur(3)).Should().Be(new BudgetAnswer(refused.Decision, null), "it was answered");
        Reserve(state, "b", 2).Should().Be(BudgetReasons.Conflict);
        Commit(state, "b", 3).Should().Be(BudgetReasons.AlreadyRefused);
        Release(state, "b").Should().Be(BudgetReasons.AlreadyRefused);
        Reserve(state, "b2", 3).Should().Be("granted 3", "a new attempt has a new id");
    }

    [Fact]
    public void An_answer_that_was_not_applied_is_not_remembered()
    {
        BudgetState state = State(10);
        state.Reserve(A, Eur(8)).Entry.Should().NotBeNull();

        state.Reserve(A, Eur(9)).Decision.Should().Be(new BudgetDecision.Granted(Eur(9)));
        Held(state).Should().Be((0, 0, 10));
    }

    [Theory]
    [InlineData("less than reserved", 3, "granted 3", 3)]
    [InlineData("as reserved", 5, "granted 5", 5)]
    [InlineData("more, and there is room", 7, "granted 7", 7)]
    [InlineData("more than there is", 9, "partial 7", 7)]
    public void A_commit_takes_its_reservation_and_then_what_is_available(
        string because, long actual, string expected, long committed)
    {
        foreach (LimitOverflow overflow in Enum.GetValues<LimitOverflow>())
        {
            BudgetState state = State(10, overflow);
            Reserve(state, "other", 3);
            Reserve(state, "a", 5);

            Commit(state, "a", actual).Should().Be(expected, because);
            Commit(state, "a", actual).Should().Be(expected, because);
            Reserve(state, "a", 5).Should().Be("granted 5", "the reservation had its answer");
            Held(state).Should().Be((committed, 3, 7 - committed), because);
        }
    }

    [Fact]
    public void A_commit_without_reservation_passes_the_same_check()
    {
        BudgetState reject = State(10);
        Commit(reject, "a", 8).Should().Be("granted 8");
        Commit(reject, "b", 3).Should().Be(BudgetReasons.Exhausted);
        Commit(reject, "b", 3).Should().Be(BudgetReasons.Exhausted);
        Commit(reject, "b", 1).Should().Be(BudgetReasons.Conflict);
        Reserve(reject, "a", 8).Should().Be(BudgetReasons.AlreadyCommitted);
        Reserve(reject, "b", 3).Should().Be(BudgetReasons.AlreadyRefused);
        Release(reject, "b").Should().Be(BudgetReasons.AlreadyRefused);

        BudgetState pay = State(10, LimitOverflow.PayRemainder);
        Commit(pay, "a", 8).Should().Be("granted 8");
        Commit(pay, "b", 3).Should().Be("partial 2");
        Commit(pay, "c", 1).Should().Be(BudgetReasons.Exhausted);
    }

    [Fact]
    public void A_commit_of_an_empty_reservation_without_room_is_refused()
    {
        BudgetState state = State(5);
        Reserve(state, "a", 0);
        Reserve(state, "full", 5);

        Commit(state, "a", 1).Should().Be(BudgetReasons.Exhausted);
        Commit(state, "a", 1).Should().Be(BudgetReasons.Exhausted);
        Reserve(state, "a", 0).Should().Be("granted 0");
        Release(state, "a").Should().Be(BudgetReasons.AlreadyRefused);
        Held(state).Should().Be((0, 5, 0));
    }

    [Fact]
    public void Reversals_make_room_again_once_each()
    {
        BudgetState state = State(10);
        Commit(state, "a", 10);

        Reverse(state, A, First, 4).Should().Be("granted 4");
        Reverse(state, A, First, 4).Should().Be("granted 4", "a retry gets the original answer");
        Reverse(state, A, First, 5).Should().Be(BudgetReasons.Conflict);
        Held(state).Should().Be((6, 0, 4));
        Reverse(state, A, Second, 7).Should().Be(BudgetReasons.ReversesTooMuch);
        Reverse(state, A, Second, 6).Should().Be("granted 6");
        Held(state).Should().Be((0, 0, 10));
        Reverse(state, B, First, 1).Should().Be(BudgetReasons.NotCommitted);
        Commit(state, "a", 10).Should().Be("granted 10", "the commit had its answer, and its reversal stands");
        Held(state).Should().Be((0, 0, 10));
    }

    [Fact]
    public void A_lowered_limit_keeps_what_is_used_and_stops()
    {
        BudgetState before = State(10);
        BudgetAnswer[] answers = [before.Commit(A, Eur(6)), before.Reserve(B, Eur(3))];
        BudgetState state = State(4);
        foreach (BudgetAnswer answer in answers)
        {
            state.Apply(answer.Entry!, March.Start);
        }

        Held(state).Should().Be((6, 3, 0));
        Reserve(state, "c", 1).Should().Be(BudgetReasons.Exhausted);
        Commit(state, "b", 4).Should().Be("partial 3", "what was reserved is promised");
    }

    [Fact]
    public void Bugs_throw()
    {
        BudgetState state = State(10);

        FluentActions.Invoking(() => state.Reserve(default, Eur(1))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => state.Reserve(A, Eur(-1))).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => state.Commit(A, 1.Usd)).Should().Throw<CurrencyMismatchException>();
        FluentActions.Invoking(() => state.Release(default)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => state.Reverse(A, default, Eur(1))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new BudgetState(state.Budget, CalendarPeriod.Lifetime)).Should()
            .Throw<ArgumentException>();
    }

    [Fact]
    public void Entries_of_another_stream_or_out_of_order_are_refused()
    {
        BudgetState state = State(10);
        BudgetEntry reserved = state.Reserve(A, Eur(5)).Entry!;
        BudgetEntry committed = reserved with { Kind = BudgetEntryKind.Committed };
        BudgetEntry[] foreign =
        [
            reserved with { Budget = new("other") }, reserved with { Period = "2026-04" },
            reserved with { Amount = 1.Usd }, reserved with { Requested = 1.Usd },
        ];
        foreach (BudgetEntry entry in foreign)
        {
            FluentActions.Invoking(() => state.Apply(entry, March.Start)).Should().Throw<ArgumentException>();
        }

        state.Apply(reserved, March.Start);
        BudgetEntry[] impossible =
        [
            reserved, committed with { Amount = Eur(6) }, reserved with { Reservation = B, Amount = Eur(-1) },
            reserved with { Kind = BudgetEntryKind.Released, Reservation = B },
            reserved with { Kind = BudgetEntryKind.Released, Amount = Eur(4) },
            reserved with { Kind = BudgetEntryKind.Reversed, Correction = First },
            committed with { Correction = First }, reserved with { Kind = (BudgetEntryKind)99, Reservation = B },
        ];
        foreach (BudgetEntry entry in impossible)
        {
            FluentActions.Invoking(() => state.Apply(entry, March.Start)).Should().Throw<InvalidOperationException>();
        }

        Held(state).Should().Be((0, 5, 5), "a refused entry changes nothing");
    }

    [Fact]
    public void Entries_read_back_from_their_terms()
    {
        BudgetState state = State(10, LimitOverflow.PayRemainder);
        BudgetEntry partial = state.Reserve(A, Eur(12)).Entry!;
        BudgetEntry reversed = partial with
        {
            Kind = BudgetEntryKind.Reversed,
            Correction = First,
            Requested = Eur(10),
        };
        foreach (BudgetEntry entry in new[] { partial, reversed })
        {
            TermFailures failures = [];
            TermReader.Read(TermNode.Of(entry), failures, BudgetEntry.Read).Should().Be(entry);
            failures.Should().BeEmpty();
        }

        TermNode.Of(reversed).Names.Should()
            .Equal("entry", "budget", "period", "reservation", "correction", "amount");
    }

    private static string Reserve(BudgetState state, string id, long amount) =>
        Say(state, state.Reserve(new(id), Eur(amount)));

    private static string Commit(BudgetState state, string id, long amount) =>
        Say(state, state.Commit(new(id), Eur(amount)));

    private static string Release(BudgetState state, string id) => Say(state, state.Release(new(id)));

    private static string Reverse(BudgetState state, ReservationId id, CorrectionId correction, long part) =>
        Say(state, state.Reverse(id, correction, Eur(part)));

    private static string Say(BudgetState state, BudgetAnswer answer)
    {
        if (answer.Entry is { } entry)
        {
            state.Apply(entry, March.Start);
        }

        return answer.Decision.Match(
            granted: static g => $"granted {g.Amount.Units}",
            partial: static p => $"partial {p.Available.Units}",
            denied: static d => d.Reason.Code);
    }

    private static (long Committed, long Reserved, long Available) Held(BudgetState state) =>
        (state.Committed.Units, state.Reserved.Units, state.Available.Units);

    private static BudgetState State(long limit, LimitOverflow overflow = LimitOverflow.Reject) =>
        new(
            new(new("b"), Eur(limit), PeriodUnit.Month) { OnExceeded = overflow, AtCap = CapBehavior.StopAndReject },
            March);

    private static Money Eur(long minorUnits) => Money.FromMinor(minorUnits, Currency.Eur);
}
