using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Testing;

/// <content>What lines say of their periods, and how they change.</content>
public static partial class BudgetLedgerChecks
{
    private static readonly Duration OneDay = Duration.FromDays(1);

    private static async Task A_promise_that_is_told_after_its_lease_is_kept(
        IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Lease(40) with { Expires = Later }, token).ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("other", 35, Search), token, Later).ConfigureAwait(false);
        LedgerRequest.Reserve told = Reserve("r", 10, Search) with { From = new("lease"), PromisedAt = Noon };
        await DoneAsync(ledger, told, token, Later).ConfigureAwait(false);
        LedgerDecision again = await DoneAsync(ledger, told, token, Later).ConfigureAwait(false);
        Expect.Equal(true, again.IsRepeat, "It is kept once.");
        await HoldsAsync(ledger, (Search, 0, 3_500)).ConfigureAwait(false);
        LedgerDecision paid = await DoneAsync(ledger, Commit("r", 10), token, Later).ConfigureAwait(false);
        Expect.Equal(
            (10.Eur, CommitMarks.Late | CommitMarks.OverLimit),
            (paid.Amount, paid.Marks),
            "It is paid as one whose reservation expired.");
        foreach (LedgerRequest.Reserve other in (LedgerRequest.Reserve[])
            [
                told with { Id = new("s"), PromisedAt = Later }, told with { Id = new("t"), Amount = 31.Eur },
                told with { Id = new("u"), PromisedAt = null }, told with { Id = new("v"), From = new("none") },
            ])
        {
            LedgerDecision none = await AskAsync(ledger, other, token, Later).ConfigureAwait(false);
            Expect.Equal(false, none.IsDone, "Only what was promised in time, out of what the lease had, is kept.");
        }
    }

    private static async Task What_is_expected_in_flight_leaves_less_room(
        IBudgetLedger ledger, CancellationToken token)
    {
        LedgerRequest.Expect expect = new(new("e1"), Search, Noon, 3_000);
        await DoneAsync(ledger, expect, token).ConfigureAwait(false);
        LedgerDecision refused = await RefusedAsync(ledger, Reserve("r", 11, Search), BudgetReasons.Exhausted, token)
            .ConfigureAwait(false);
        Expect.Equal((Search, 1_000), (refused.Binding, refused.Headroom), "Of 40.00 are 30.00 expected.");
        await DoneAsync(ledger, expect with { Id = new("e2"), Units = 2_000 }, token).ConfigureAwait(false);
        LedgerDecision again = await DoneAsync(ledger, expect, token).ConfigureAwait(false);
        Expect.Equal(true, again.IsRepeat, "What was said before is not said anew.");
        await RefusedAsync(ledger, expect with { Units = 1 }, BudgetReasons.Conflict, token).ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("r", 11, Search), token).ConfigureAwait(false);
        await RefusedAsync(ledger, expect with { Id = new("e3"), Budget = new("none") }, LedgerReasons.NotLive, token)
            .ConfigureAwait(false);
        await HoldsAsync(ledger, (Search, 0, 1_100)).ConfigureAwait(false);
    }

    private static async Task A_changed_limit_holds_at_once_and_each_change_counts_once(
        IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Reserve("r", 40, Search), token).ConfigureAwait(false);
        await RefusedAsync(ledger, Reserve("s", 5, Search), BudgetReasons.Exhausted, token).ConfigureAwait(false);
        LedgerRequest.ChangeLimit day = new(new("c1"), Search, Noon, 4_500);
        await DoneAsync(ledger, day, token).ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("s", 5, Search), token).ConfigureAwait(false);
        BudgetLine line = Plan.Lines.AsEnumerable().Single(static l => l.Id == Search);
        LedgerRequest.Change change = new(new("c2"), line with { Limit = 46.Eur });
        await DoneAsync(ledger, change, token).ConfigureAwait(false);
        LedgerDecision again = await DoneAsync(ledger, day, token).ConfigureAwait(false);
        Expect.Equal(true, again.IsRepeat, "It is not done anew.");
        await DoneAsync(ledger, Reserve("t", 1, Search), token).ConfigureAwait(false);
        await RefusedAsync(ledger, Reserve("u", 1, Search), BudgetReasons.Exhausted, token).ConfigureAwait(false);
        foreach (LedgerRequest.Change wrong in (LedgerRequest.Change[])
            [
                new(new("c3"), line with { Parent = null }), new(new("c4"), line with { Limit = 0.Eur }),
                new(new("c5"), line with { Per = Time.PeriodUnit.Week }),
            ])
        {
            await RefusedAsync(ledger, wrong, LedgerReasons.ChangeInvalid, token).ConfigureAwait(false);
        }

        await RefusedAsync(
            ledger, new LedgerRequest.ChangeLimit(new("c6"), new("all"), Noon, 1), LedgerReasons.ChangeInvalid, token)
            .ConfigureAwait(false);
        await HoldsAsync(ledger, (Search, 0, 4_600)).ConfigureAwait(false);
    }

    // 310.00 for 31 days: 10.00 each, what is left over is carried, and no day has more than 20.00.
    private static async Task Days_share_a_month(IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Reserve("r1", 20, Shared), token).ConfigureAwait(false);
        LedgerDecision refused = await RefusedAsync(ledger, Reserve("r2", 1, Shared), BudgetReasons.Exhausted, token)
            .ConfigureAwait(false);
        Expect.Equal(
            (Shared, 0, Instant.FromUtc(2026, 3, 10, 23, 0)),
            (refused.Binding, refused.Headroom, refused.ResetsAt),
            "The day is used up, and the next begins at 23:00 UTC.");
        Instant second = Noon - (8 * OneDay);
        await DoneAsync(ledger, Reserve("r3", 20, Shared) with { At = second }, token).ConfigureAwait(false);
        await RefusedAsync(
            ledger, Reserve("r4", 1, Shared) with { At = second }, BudgetReasons.Exhausted, token)
            .ConfigureAwait(false);
        LedgerDecision third = await RefusedAsync(
            ledger, Reserve("r5", 11, Shared) with { At = second + OneDay }, BudgetReasons.Exhausted, token)
            .ConfigureAwait(false);
        Expect.Equal(1_000, third.Headroom, "The first two days had 20.00, and used it.");
        await HoldsAsync(ledger, (Shared, 0, 2_000)).ConfigureAwait(false);
    }

    private static async Task Rolling_days_share_a_limit(IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Reserve("r1", 50, Rolling), token).ConfigureAwait(false);
        LedgerRequest.Reserve later = Reserve("r2", 30, Rolling) with { At = Noon + (2 * OneDay) };
        LedgerDecision refused = await RefusedAsync(ledger, later, BudgetReasons.Exhausted, token)
            .ConfigureAwait(false);
        Expect.Equal(2_000, refused.Headroom, "Of 70.00 in seven days 50.00 are in use.");
        LedgerRequest.Reserve earlier = Reserve("r3", 30, Rolling) with { At = Noon - (2 * OneDay) };
        await RefusedAsync(ledger, earlier, BudgetReasons.Exhausted, token).ConfigureAwait(false);
        await DoneAsync(ledger, later with { At = Noon + (7 * OneDay) }, token).ConfigureAwait(false);
        LedgerDecision full = await RefusedAsync(
            ledger, Reserve("r4", 41, Rolling) with { At = Noon + (8 * OneDay) }, BudgetReasons.Exhausted, token)
            .ConfigureAwait(false);
        Expect.Equal(4_000, full.Headroom, "What was used seven days ago counts no more.");
    }

    private static async Task A_result_counts_when_it_occurred_was_touched_or_was_approved(
        IBudgetLedger ledger, CancellationToken token)
    {
        Instant next = Noon + OneDay;
        Instant third = Noon + (2 * OneDay);
        foreach (BudgetId line in (BudgetId[])[Search, ByTouch, ByApproval])
        {
            await DoneAsync(ledger, Reserve($"{line}", 10, line), token).ConfigureAwait(false);
            await DoneAsync(ledger, Commit($"{line}", 9) with { At = next, ApprovedAt = third }, token, third)
                .ConfigureAwait(false);
            LedgerRequest.Commit free = Commit($"{line}-2", 5) with
            {
                Budgets = [line],
                At = next,
                BoughtAt = Noon,
                ApprovedAt = third,
            };
            await DoneAsync(ledger, free, token, third).ConfigureAwait(false);
        }

        foreach ((BudgetId line, Instant at) in ((BudgetId, Instant)[])
            [(Search, next), (ByTouch, Noon), (ByApproval, third)])
        {
            foreach (Instant day in (Instant[])[Noon, next, third])
            {
                BudgetSnapshot read = (await ledger.ReadAsync([line], day, token).ConfigureAwait(false))[0];
                Expect.Equal(
                    (day == at ? 1_400 : 0, 0),
                    (read.Committed, read.Reserved),
                    $"What '{line}' has in use on {read.Window}.");
            }
        }
    }

    private static async Task Nothing_counts_far_from_the_present(IBudgetLedger ledger, CancellationToken token)
    {
        int id = 0;
        foreach (Instant far in (Instant[])
            [
                Noon + ((BudgetPlan.DaysAheadMax + 1) * OneDay), Noon - ((BudgetPlan.DaysBehindMax + 1) * OneDay),
                Instant.MinValue, Instant.MaxValue,
            ])
        {
            LedgerRequest[] requests =
            [
                Reserve($"r{++id}", 1, Search) with { At = far },
                Commit($"r{++id}", 1) with { Budgets = [Search], At = far },
                new LedgerRequest.Expect(new($"r{++id}"), Search, far, 1),
                new LedgerRequest.ChangeLimit(new($"r{++id}"), Search, far, 1),
            ];
            foreach (LedgerRequest request in requests)
            {
                await RefusedAsync(ledger, request, LedgerReasons.TooFar, token).ConfigureAwait(false);
            }
        }

        LedgerRequest.Reserve near = Reserve("near", 1, Search) with
        {
            At = Noon + (BudgetPlan.DaysAheadMax * OneDay),
        };
        await DoneAsync(ledger, near, token).ConfigureAwait(false);
    }
}
