using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Testing;

/// <content>What becomes of a reservation.</content>
public static partial class BudgetLedgerChecks
{
    private static readonly Instant Later = Noon + Duration.FromHours(1);

    private static async Task A_commit_puts_the_cost_in_the_place_of_the_reservation(
        IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Reserve("r", 10, Search), token).ConfigureAwait(false);
        LedgerDecision done = await DoneAsync(ledger, Commit("r", 7), token).ConfigureAwait(false);
        Expect.Equal((7.Eur, CommitMarks.None), (done.Amount, done.Marks), "Nothing is unusual.");
        await HoldsAsync(ledger, (Account, 700, 0), (Spring, 700, 0), (Search, 700, 0)).ConfigureAwait(false);
    }

    private static async Task A_commit_counts_once(IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Reserve("r", 10, Search), token).ConfigureAwait(false);
        LedgerDecision first = await DoneAsync(ledger, Commit("r", 7), token).ConfigureAwait(false);
        LedgerDecision again = await DoneAsync(ledger, Commit("r", 7), token).ConfigureAwait(false);
        Expect.Equal(first with { IsRepeat = true }, again, "The first answer is given again.");
        await RefusedAsync(ledger, new LedgerRequest.Release(new("r")), BudgetReasons.AlreadyCommitted, token)
            .ConfigureAwait(false);
        LedgerDecision reserved = await DoneAsync(ledger, Reserve("r", 10, Search), token).ConfigureAwait(false);
        Expect.Equal(true, reserved.IsRepeat, "The reservation is answered as it was.");
        await HoldsAsync(ledger, (Search, 700, 0)).ConfigureAwait(false);
    }

    private static async Task A_commit_above_its_reservation_counts_and_is_marked(
        IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Reserve("r", 40, Search), token).ConfigureAwait(false);
        LedgerDecision done = await DoneAsync(ledger, Commit("r", 45), token).ConfigureAwait(false);
        Expect.Equal(
            (45.Eur, CommitMarks.OverReserve | CommitMarks.OverLimit, Search),
            (done.Amount, done.Marks, done.Binding),
            "It is paid, and the limit that it exceeds is named.");
        LedgerDecision full = await RefusedAsync(ledger, Reserve("s", 1, Search), BudgetReasons.Exhausted, token)
            .ConfigureAwait(false);
        Expect.Equal(0, full.Headroom, "What is left is never below zero.");
        await HoldsAsync(ledger, (Search, 4_500, 0)).ConfigureAwait(false);
    }

    private static async Task A_commit_without_a_reservation_counts_and_is_marked(
        IBudgetLedger ledger, CancellationToken token)
    {
        await RefusedAsync(ledger, Commit("r", 7), BudgetReasons.Unknown, token).ConfigureAwait(false);
        LedgerRequest.Commit commit = Commit("r", 7) with { Budgets = [Search], At = Noon };
        LedgerDecision done = await DoneAsync(ledger, commit, token).ConfigureAwait(false);
        Expect.Equal((7.Eur, CommitMarks.Unreserved), (done.Amount, done.Marks), "It counts.");
        await RefusedAsync(ledger, Reserve("r", 7, Search), BudgetReasons.AlreadyCommitted, token)
            .ConfigureAwait(false);
        LedgerRequest.Commit free = Commit("s", 99) with { Budgets = [Blog], At = Noon };
        done = await DoneAsync(ledger, free, token).ConfigureAwait(false);
        Expect.Equal((99.Eur, Account), (done.Amount, done.Binding), "All of them are exceeded; the highest is named.");
        await HoldsAsync(ledger, (Account, 10_600, 0), (Blog, 9_900, 0)).ConfigureAwait(false);
    }

    private static async Task A_line_that_rejects_pays_what_is_left(IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Reserve("r1", 10, Social), token).ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("r2", 25, Social), token).ConfigureAwait(false);
        LedgerDecision cut = await DoneAsync(ledger, Commit("r1", 20), token).ConfigureAwait(false);
        Expect.Equal(
            (15.Eur, CommitMarks.OverReserve | CommitMarks.Cut, Social),
            (cut.Amount, cut.Marks, cut.Binding),
            "What was set aside for it and what was left.");
        LedgerRequest.Commit none = Commit("r3", 1) with { Budgets = [Social], At = Noon };
        LedgerDecision nothing = await DoneAsync(ledger, none, token).ConfigureAwait(false);
        Expect.Equal(
            (0.Eur, CommitMarks.Unreserved | CommitMarks.Cut), (nothing.Amount, nothing.Marks), "Nothing is left.");
        await HoldsAsync(ledger, (Account, 1_500, 2_500), (Social, 1_500, 2_500)).ConfigureAwait(false);
    }

    private static async Task What_expires_is_free_and_may_be_committed_later(
        IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Reserve("r", 40, Search) with { Expires = Later }, token).ConfigureAwait(false);
        LedgerRequest.Reserve other = Reserve("s", 20, Search);
        await RefusedAsync(ledger, other, BudgetReasons.Exhausted, token, Later - Duration.Epsilon)
            .ConfigureAwait(false);
        await DoneAsync(ledger, other, token, Later).ConfigureAwait(false);
        await RefusedAsync(ledger, new LedgerRequest.Release(new("r")), LedgerReasons.Expired, token, Later)
            .ConfigureAwait(false);
        LedgerDecision late = await DoneAsync(ledger, Commit("r", 38), token, Later).ConfigureAwait(false);
        Expect.Equal(
            (38.Eur, CommitMarks.Late | CommitMarks.OverLimit), (late.Amount, late.Marks), "The promise is kept.");
        await RefusedAsync(
            ledger, Reserve("t", 1, Social) with { Expires = Later }, LedgerReasons.Expired, token, Later)
            .ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("u", 1, Results) with { Expires = Later }, token).ConfigureAwait(false);
        await ledger.ExpireAsync(Later, token).ConfigureAwait(false);
        await HoldsAsync(ledger, (Search, 3_800, 2_000), (Results, 0, 0)).ConfigureAwait(false);
    }

    private static async Task What_is_released_is_free_once(IBudgetLedger ledger, CancellationToken token)
    {
        await RefusedAsync(ledger, new LedgerRequest.Release(new("r")), BudgetReasons.Unknown, token)
            .ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("r", 10, Search), token).ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("s", 10, Search), token).ConfigureAwait(false);
        LedgerDecision first = await DoneAsync(ledger, new LedgerRequest.Release(new("r")), token)
            .ConfigureAwait(false);
        Expect.Equal(10.Eur, first.Amount, "What is free is told.");
        LedgerDecision again = await DoneAsync(ledger, new LedgerRequest.Release(new("r")), token)
            .ConfigureAwait(false);
        Expect.Equal(first with { IsRepeat = true }, again, "The first answer is given again.");
        await HoldsAsync(ledger, (Account, 0, 1_000), (Search, 0, 1_000)).ConfigureAwait(false);
        LedgerDecision late = await DoneAsync(ledger, Commit("r", 10), token).ConfigureAwait(false);
        Expect.Equal(CommitMarks.Late, late.Marks, "A result that comes all the same is not lost.");
        again = await DoneAsync(ledger, new LedgerRequest.Release(new("r")), token).ConfigureAwait(false);
        Expect.Equal(first with { IsRepeat = true }, again, "It was free before.");
    }

    private static async Task Each_correction_takes_back_once(IBudgetLedger ledger, CancellationToken token)
    {
        await RefusedAsync(ledger, Reverse("r", "c1", 1), BudgetReasons.NotCommitted, token).ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("r", 40, Search), token).ConfigureAwait(false);
        await RefusedAsync(ledger, Reverse("r", "c1", 1), BudgetReasons.NotCommitted, token).ConfigureAwait(false);
        await DoneAsync(ledger, Commit("r", 40), token).ConfigureAwait(false);
        await DoneAsync(ledger, Reverse("r", "c1", 15), token).ConfigureAwait(false);
        LedgerDecision again = await DoneAsync(ledger, Reverse("r", "c1", 15), token).ConfigureAwait(false);
        Expect.Equal(true, again.IsRepeat, "It counts once.");
        await RefusedAsync(ledger, Reverse("r", "c1", 14), BudgetReasons.Conflict, token).ConfigureAwait(false);
        await RefusedAsync(ledger, Reverse("r", "c1", 15) with { Count = 1 }, BudgetReasons.Conflict, token)
            .ConfigureAwait(false);
        await RefusedAsync(ledger, Reverse("r", "c2", 26), BudgetReasons.ReversesTooMuch, token).ConfigureAwait(false);
        await HoldsAsync(ledger, (Search, 2_500, 0)).ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("s", 15, Search), token).ConfigureAwait(false);
    }

    private static async Task Reversals_that_give_no_room_give_none(IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Commit("r", 30) with { Budgets = [Blog], At = Noon }, token).ConfigureAwait(false);
        await DoneAsync(ledger, Reverse("r", "c", 30), token).ConfigureAwait(false);
        await RefusedAsync(ledger, Reserve("s", 1, Blog), BudgetReasons.Exhausted, token).ConfigureAwait(false);
        await HoldsAsync(ledger, (Search, 0, 0), (Blog, 0, 0)).ConfigureAwait(false);
    }

    private static async Task A_reservation_counts_in_the_period_of_its_instant(
        IBudgetLedger ledger, CancellationToken token)
    {
        Instant tomorrow = Noon + Duration.FromDays(1);
        await DoneAsync(ledger, Reserve("r", 40, Search), token).ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("s", 20, Search) with { At = tomorrow }, token, tomorrow)
            .ConfigureAwait(false);
        await DoneAsync(ledger, Commit("r", 39), token, tomorrow).ConfigureAwait(false);
        await HoldsAsync(ledger, (Spring, 3_900, 2_000), (Search, 3_900, 0)).ConfigureAwait(false);
        LedgerRequest.Reserve april = Reserve("t", 40, Search) with { At = Noon + Duration.FromDays(30) };
        await DoneAsync(ledger, april, token, tomorrow).ConfigureAwait(false);
    }

    private static async Task What_is_taken_out_of_a_lease_takes_no_room(IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Lease(40), token).ConfigureAwait(false);
        LedgerRequest.Reserve taken = Reserve("r", 10, Search) with { From = new("lease") };
        await DoneAsync(ledger, taken, token).ConfigureAwait(false);
        await RefusedAsync(ledger, Reserve("s", 1, Search), BudgetReasons.Exhausted, token).ConfigureAwait(false);
        LedgerDecision again = await DoneAsync(ledger, taken, token).ConfigureAwait(false);
        Expect.Equal(true, again.IsRepeat, "It is taken once.");
        await HoldsAsync(ledger, (Account, 0, 4_000), (Search, 0, 4_000)).ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("t", 30, Search) with { From = new("lease") }, token).ConfigureAwait(false);
        await RefusedAsync(
            ledger, Reserve("u", 1, Search) with { From = new("lease") }, BudgetReasons.Exhausted, token)
            .ConfigureAwait(false);
    }

    private static async Task The_rest_of_a_lease_goes_back(IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Lease(40), token).ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("r", 10, Search) with { From = new("lease") }, token).ConfigureAwait(false);
        LedgerDecision back = await DoneAsync(ledger, new LedgerRequest.Release(new("lease")), token)
            .ConfigureAwait(false);
        Expect.Equal(30.Eur, back.Amount, "What nobody took.");
        await HoldsAsync(ledger, (Search, 0, 1_000)).ConfigureAwait(false);
        await DoneAsync(ledger, Commit("r", 10), token).ConfigureAwait(false);
        await HoldsAsync(ledger, (Search, 1_000, 0)).ConfigureAwait(false);
    }

    private static async Task A_lease_that_expired_holds_nothing(IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Lease(40) with { Expires = Later }, token).ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("r", 10, Search) with { From = new("lease") }, token).ConfigureAwait(false);
        await RefusedAsync(ledger, Reserve("s", 31, Search), BudgetReasons.Exhausted, token, Later)
            .ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("t", 30, Search) with { From = new("lease") }, token, Later)
            .ConfigureAwait(false);
        await HoldsAsync(ledger, (Search, 0, 4_000)).ConfigureAwait(false);
    }

    private static async Task A_lease_of_other_lines_is_not_used(IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Lease(40), token).ConfigureAwait(false);
        LedgerRequest.Reserve[] others =
        [
            Reserve("r", 10, Social) with { From = new("lease") },
            Reserve("s", 10, Search) with { From = new("lease"), At = Noon + Duration.FromDays(1) },
            Reserve("t", 1, Social) with { From = new("none") },
        ];
        foreach (LedgerRequest.Reserve other in others)
        {
            await DoneAsync(ledger, other, token).ConfigureAwait(false);
        }

        await HoldsAsync(ledger, (Spring, 0, 6_100), (Search, 0, 4_000), (Social, 0, 1_100)).ConfigureAwait(false);
    }

    private static LedgerRequest.Reserve Lease(decimal amount) => Reserve("lease", amount, Search) with { Count = 100 };

    private static LedgerRequest.Commit Commit(string id, decimal amount) => new(new(id), amount.Eur);

    private static LedgerRequest.Reverse Reverse(string id, string correction, decimal part) =>
        new(new(id), new CorrectionId(correction), part.Eur);
}
