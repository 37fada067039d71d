using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Testing;

/// <summary>The promises of <see cref="IBudgetLedger"/>, as checks that a host runs against its own.</summary>
/// <remarks>Each check needs a ledger of <see cref="Plan"/> that holds nothing yet.</remarks>
public static partial class BudgetLedgerChecks
{
    private const int RacerCount = 16;

    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly BudgetId Account = new("account");
    private static readonly BudgetId Spring = new("spring");
    private static readonly BudgetId Search = new("search");
    private static readonly BudgetId Social = new("social");
    private static readonly BudgetId Blog = new("blog");
    private static readonly BudgetId Results = new("results");
    private static readonly BudgetId Shared = new("shared");
    private static readonly BudgetId Rolling = new("rolling");
    private static readonly BudgetId ByTouch = new("by-touch");
    private static readonly BudgetId ByApproval = new("by-approval");

    /// <summary>The plan that the checks are about.</summary>
    public static BudgetPlan Plan { get; } = new(Currency.Eur, "Europe/Berlin",
    [
        new(Account, new(BudgetScopeKind.Account, "acme"), PeriodUnit.Month) { Limit = 100.Eur },
        new(Spring, new(BudgetScopeKind.Campaign, "spring"), PeriodUnit.Month)
        {
            Parent = Account,
            Limit = 60.Eur,
            Flex = 5.Percent,
        },
        new(Search, new(BudgetScopeKind.Channel, "search"), PeriodUnit.Day) { Parent = Spring, Limit = 40.Eur },
        new(Social, new(BudgetScopeKind.Channel, "social"), PeriodUnit.Day)
        {
            Parent = Spring,
            Limit = 40.Eur,
            AtCap = CapBehavior.StopAndReject,
        },
        new(Blog, new(BudgetScopeKind.Partner, "p-blog"), PeriodUnit.Day)
        {
            Parent = Search,
            Limit = 30.Eur,
            AtCap = CapBehavior.StopAdmission,
            ReversalsGiveRoom = false,
        },
        new(Results, new(BudgetScopeKind.Partner, "p-mail"), PeriodUnit.Day) { Parent = Account, Count = 3 },
        new(new("paused"), new(BudgetScopeKind.Campaign, "later"), PeriodUnit.Month)
        {
            Parent = Account,
            Limit = 50.Eur,
            IsPaused = true,
        },
        new(new("easter"), new(BudgetScopeKind.Campaign, "easter"), PeriodUnit.Flight)
        {
            Parent = Account,
            Limit = 50.Eur,
            Flight = new(new(2026, 3, 28), new LocalDate(2026, 4, 8)),
        },
        new(new("all"), new(BudgetScopeKind.Segment, "s-all"), PeriodUnit.Lifetime) { IsUnlimited = true },
        new(Shared, new(BudgetScopeKind.Contract, "k-1"), PeriodUnit.Month)
        {
            Limit = 310.Eur,
            Windows = new(PeriodUnit.Month) { Zone = "Europe/Berlin", Days = new() },
        },
        new(Rolling, new(BudgetScopeKind.Customer, "c-1"), PeriodUnit.Rolling)
        {
            Limit = 70.Eur,
            Windows = new(PeriodUnit.Rolling) { Zone = "Europe/Berlin", RollingDays = 7 },
        },
        new(ByTouch, new(BudgetScopeKind.Channel, "touch"), PeriodUnit.Day)
        {
            Limit = 40.Eur,
            Recognition = BudgetRecognition.OnTouch,
        },
        new(ByApproval, new(BudgetScopeKind.Channel, "approval"), PeriodUnit.Day)
        {
            Limit = 40.Eur,
            Recognition = BudgetRecognition.OnApproval,
        },
    ]);

    /// <summary>All checks.</summary>
    public static PortChecks<IBudgetLedger> All { get; } = new(
        A_repeated_reservation_counts_once,
        Same_id_with_other_content_is_a_conflict,
        A_refusal_names_the_limit_that_binds_and_leaves_nothing_behind,
        A_parent_refuses_what_its_children_would_take,
        Flex_is_part_of_the_limit,
        A_commit_puts_the_cost_in_the_place_of_the_reservation,
        A_commit_counts_once,
        A_commit_above_its_reservation_counts_and_is_marked,
        A_commit_without_a_reservation_counts_and_is_marked,
        A_line_that_rejects_pays_what_is_left,
        What_expires_is_free_and_may_be_committed_later,
        What_is_released_is_free_once,
        Each_correction_takes_back_once,
        Reversals_that_give_no_room_give_none,
        Lines_of_pieces_count_pieces,
        A_reservation_counts_in_the_period_of_its_instant,
        Nothing_is_bought_outside_of_a_flight_while_paused_or_without_a_line,
        What_is_taken_out_of_a_lease_takes_no_room,
        The_rest_of_a_lease_goes_back,
        A_lease_that_expired_holds_nothing,
        A_lease_of_other_lines_is_not_used,
        A_promise_that_is_told_after_its_lease_is_kept,
        What_is_expected_in_flight_leaves_less_room,
        A_changed_limit_holds_at_once_and_each_change_counts_once,
        Days_share_a_month,
        Rolling_days_share_a_limit,
        A_result_counts_when_it_occurred_was_touched_or_was_approved,
        Nothing_counts_far_from_the_present,
        Any_requests_are_answered_as_one_would_count_by_hand,
        As_many_callers_are_admitted_as_fit,
        Of_many_callers_with_one_id_one_reservation_counts,
        Callers_below_one_parent_never_exceed_it,
        Of_a_commit_and_a_release_at_once_one_wins,
        What_many_callers_commit_is_all_counted,
        Answers_at_once_are_answers_one_after_the_other);

    private static async Task A_repeated_reservation_counts_once(IBudgetLedger ledger, CancellationToken token)
    {
        LedgerDecision first = await AskAsync(ledger, Reserve("r", 10, Search), token).ConfigureAwait(false);
        LedgerDecision again = await AskAsync(ledger, Reserve("r", 10, Search), token).ConfigureAwait(false);
        Expect.Equal(true, first.IsDone && again.IsDone, "Both are told that it is set aside.");
        Expect.Equal(true, again.IsRepeat, "The second is told that it was before.");
        await HoldsAsync(ledger, (Account, 0, 1_000), (Spring, 0, 1_000), (Search, 0, 1_000)).ConfigureAwait(false);
    }

    private static async Task Same_id_with_other_content_is_a_conflict(IBudgetLedger ledger, CancellationToken token)
    {
        await AskAsync(ledger, Reserve("r", 10, Search), token).ConfigureAwait(false);
        foreach (LedgerRequest.Reserve other in (LedgerRequest.Reserve[])
            [
                Reserve("r", 11, Search), Reserve("r", 10, Social), Reserve("r", 10, Search) with { Count = 2 },
                Reserve("r", 10, Search) with { At = Noon + Duration.FromDays(1) },
            ])
        {
            await RefusedAsync(ledger, other, BudgetReasons.Conflict, token).ConfigureAwait(false);
        }

        await AskAsync(ledger, new LedgerRequest.Commit(new("r"), 9.Eur), token).ConfigureAwait(false);
        await RefusedAsync(ledger, new LedgerRequest.Commit(new("r"), 8.Eur), BudgetReasons.Conflict, token)
            .ConfigureAwait(false);
        await HoldsAsync(ledger, (Search, 900, 0), (Social, 0, 0)).ConfigureAwait(false);
    }

    private static async Task A_refusal_names_the_limit_that_binds_and_leaves_nothing_behind(
        IBudgetLedger ledger, CancellationToken token)
    {
        await AskAsync(ledger, Reserve("r1", 25, Blog), token).ConfigureAwait(false);
        LedgerDecision refused = await RefusedAsync(ledger, Reserve("r2", 6, Blog), BudgetReasons.Exhausted, token)
            .ConfigureAwait(false);
        Expect.Equal((Blog, 500), (refused.Binding, refused.Headroom), "The line and what it has left are told.");
        Expect.Equal(Instant.FromUtc(2026, 3, 10, 23, 0), refused.ResetsAt, "The day of Berlin ends at 23:00 UTC.");
        await HoldsAsync(ledger, (Account, 0, 2_500), (Search, 0, 2_500), (Blog, 0, 2_500)).ConfigureAwait(false);
        LedgerDecision anew = await AskAsync(ledger, Reserve("r2", 5, Blog), token).ConfigureAwait(false);
        Expect.Equal((true, false), (anew.IsDone, anew.IsRepeat), "Asking again is asking anew.");
    }

    private static async Task A_parent_refuses_what_its_children_would_take(
        IBudgetLedger ledger, CancellationToken token)
    {
        await AskAsync(ledger, Reserve("r1", 40, Search), token).ConfigureAwait(false);
        LedgerDecision refused = await RefusedAsync(ledger, Reserve("r2", 25, Social), LedgerReasons.ParentCap, token)
            .ConfigureAwait(false);
        Expect.Equal((Spring, 2_300), (refused.Binding, refused.Headroom), "The campaign has 63.00 with its flex.");
        await HoldsAsync(ledger, (Account, 0, 4_000), (Social, 0, 0)).ConfigureAwait(false);
    }

    private static async Task Flex_is_part_of_the_limit(IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Reserve("r1", 63, Spring), token).ConfigureAwait(false);
        await RefusedAsync(ledger, Reserve("r2", 0.01m, Spring), BudgetReasons.Exhausted, token).ConfigureAwait(false);
    }

    private static async Task Lines_of_pieces_count_pieces(IBudgetLedger ledger, CancellationToken token)
    {
        await DoneAsync(ledger, Reserve("r1", 10, Results) with { Count = 2 }, token).ConfigureAwait(false);
        LedgerDecision refused = await RefusedAsync(
            ledger, Reserve("r2", 1, Results) with { Count = 2 }, BudgetReasons.Exhausted, token).ConfigureAwait(false);
        Expect.Equal(1, refused.Headroom, "One of three is left.");
        await HoldsAsync(ledger, (Account, 0, 1_000), (Results, 0, 2)).ConfigureAwait(false);
    }

    private static async Task Nothing_is_bought_outside_of_a_flight_while_paused_or_without_a_line(
        IBudgetLedger ledger, CancellationToken token)
    {
        LedgerDecision early = await RefusedAsync(
            ledger, Reserve("r1", 1, new("easter")), LedgerReasons.OutsideWindow, token).ConfigureAwait(false);
        Expect.Equal(Instant.FromUtc(2026, 3, 27, 23, 0), early.ResetsAt, "The flight begins.");
        LedgerRequest.Reserve late = Reserve("r2", 1, new("easter")) with { At = Noon + Duration.FromDays(60) };
        LedgerDecision over = await RefusedAsync(ledger, late, LedgerReasons.OutsideWindow, token)
            .ConfigureAwait(false);
        Expect.Equal(null, over.ResetsAt, "It is over.");
        await RefusedAsync(ledger, Reserve("r3", 1, new("paused")), LedgerReasons.Paused, token).ConfigureAwait(false);
        await RefusedAsync(ledger, Reserve("r4", 1, new("none")), LedgerReasons.NotLive, token).ConfigureAwait(false);
        await DoneAsync(ledger, Reserve("r5", 9_999_999, new("all")), token).ConfigureAwait(false);
        await HoldsAsync(ledger, (Account, 0, 0)).ConfigureAwait(false);
    }

    private static LedgerRequest.Reserve Reserve(string id, decimal amount, BudgetId budget) =>
        new(new(id), [budget], amount.Eur, Noon);

    private static async Task<LedgerDecision> AskAsync(
        IBudgetLedger ledger, LedgerRequest request, CancellationToken token, Instant? asOf = null)
    {
        ValueList<LedgerDecision> answers =
            await ledger.ApplyAsync([request], asOf ?? Noon, token).ConfigureAwait(false);
        Expect.Equal((1, request.Id), (answers.Count, answers[0].Id), "One answer to one request.");
        return answers[0];
    }

    private static async Task<LedgerDecision> DoneAsync(
        IBudgetLedger ledger, LedgerRequest request, CancellationToken token, Instant? asOf = null)
    {
        LedgerDecision answer = await AskAsync(ledger, request, token, asOf).ConfigureAwait(false);
        Expect.Equal(null, answer.Code, $"'{request.Id}' is done.");
        return answer;
    }

    private static async Task<LedgerDecision> RefusedAsync(
        IBudgetLedger ledger, LedgerRequest request, string code, CancellationToken token, Instant? asOf = null)
    {
        LedgerDecision answer = await AskAsync(ledger, request, token, asOf).ConfigureAwait(false);
        Expect.Equal(code, answer.Code, $"'{request.Id}' is refused.");
        return answer;
    }

    // What lines have committed and reserved on the tenth of March.
    private static async Task HoldsAsync(
        IBudgetLedger ledger, params (BudgetId Line, long Committed, long Reserved)[] expected)
    {
        ValueList<BudgetSnapshot> read = await ledger.ReadAsync(
            expected.Select(static e => e.Line).ToValueList(), Noon, CancellationToken.None).ConfigureAwait(false);
        foreach ((BudgetId line, long committed, long reserved) in expected)
        {
            BudgetSnapshot found = read.Single(s => s.Budget == line);
            Expect.Equal((committed, reserved), (found.Committed, found.Reserved), $"What '{line}' has in use.");
        }
    }
}
