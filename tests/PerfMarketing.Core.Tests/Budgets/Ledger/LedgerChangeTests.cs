using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Ledger;

/// <summary>What a change of a line says and keeps to, also when the ledger is made again of its entries.</summary>
public sealed class LedgerChangeTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly Instant Tomorrow = Noon + Duration.FromDays(1);
    private static readonly BudgetLine Day =
        new(new("day"), new(BudgetScopeKind.Account, "acme"), PeriodUnit.Day) { Limit = 100.Eur };

    private static readonly BudgetLine Alerting = Day with { Alerts = [50.Percent, 80.Percent, 100.Percent] };
    private static readonly BudgetLine Whole = Day with { Children = ChildBudgets.Partitioned };
    private static readonly BudgetLine A = Day with { Id = new("a"), Parent = Day.Id, Limit = 50.Eur };
    private static readonly BudgetLine B = A with { Id = new("b") };

    private readonly List<LedgerEntry> entries = [];

    [Fact]
    public void A_limit_that_is_lowered_past_a_share_tells_it_once()
    {
        BudgetLedger ledger = Of(Alerting);
        Commit(ledger, "c", 45);
        Shares(Change(ledger, Alerting with { Limit = 60.Eur })).Should().Equal("50%");
        Shares(Change(ledger, Alerting with { Limit = 60.Eur })).Should().Equal(["50%"], "a repetition says it again");
        Shares(Change(ledger, Alerting with { Limit = 80.Eur })).Should().BeEmpty();
        Shares(Commit(ledger, "d", 1)).Should().BeEmpty("it was told");
        Shares(ChangeDay(ledger, "today", Noon, 46_00)).Should().Equal("80%", "100%");

        entries.Where(static e => e.Kind == LedgerEntryKind.Alerted).Select(static e => $"{e.Window} {e.Share}")
            .Should().Equal("2026-03-10 50%", "2026-03-10 80%", "2026-03-10 100%");
        BudgetLedger again = new(PlanOf(Alerting), entries);
        Shares(Change(again, Alerting with { Limit = 60.Eur })).Should().Equal("50%");
        Shares(Commit(again, "e", 1)).Should().BeEmpty();
    }

    [Fact]
    public void A_limit_that_is_raised_tells_no_share_twice()
    {
        BudgetLedger ledger = Of(Alerting);
        Shares(Commit(ledger, "c", 85)).Should().Equal("50%", "80%");
        Shares(Change(ledger, Alerting with { Limit = 200.Eur })).Should().BeEmpty();
        Shares(Commit(ledger, "d", 80)).Should().BeEmpty("50 and 80 of 100 were told");
        Shares(Commit(ledger, "e", 35)).Should().Equal("100%");
    }

    [Fact]
    public void Nothing_is_told_of_days_that_are_over_or_have_no_results()
    {
        BudgetLedger ledger = Of(Alerting);
        Commit(ledger, "c", 45);
        ledger.Decide(new LedgerRequest.Reserve(new("r"), [Day.Id], 90.Eur, Tomorrow), Noon);
        Shares(ledger.Decide(new LedgerRequest.Change(new("x"), Alerting with { Limit = 50.Eur }), Tomorrow))
            .Should().BeEmpty("yesterday is over, and nothing is committed today");
        Shares(ChangeDay(ledger, "none", Tomorrow, 0)).Should().BeEmpty();
    }

    [Fact]
    public void Parts_of_one_day_are_within_the_whole()
    {
        BudgetLedger ledger = Of(Whole, A, B);
        ChangeDay(ledger, "1", Noon, 51_00, A.Id).Code.Should().Be(LedgerReasons.ChangeInvalid);
        ChangeDay(ledger, "2", Noon, 99_00, Day.Id).Code.Should().Be(LedgerReasons.ChangeInvalid);
        ChangeDay(ledger, "3", Noon, 20_00, A.Id).IsDone.Should().BeTrue();
        ChangeDay(ledger, "4", Noon, 80_00, B.Id).IsDone.Should().BeTrue("a has 20.00 on this day");
        ChangeDay(ledger, "5", Tomorrow, 80_00, B.Id).Code.Should().Be(LedgerReasons.ChangeInvalid);
        ChangeDay(ledger, "6", Tomorrow, 130_00, Day.Id).IsDone.Should().BeTrue();
        ChangeDay(ledger, "7", Tomorrow, 80_00, B.Id).IsDone.Should().BeTrue("the whole has 130.00 then");

        BudgetLedger again = new(PlanOf(Whole, A, B), entries);
        again.Read(B.Id, Noon)!.Limit.Should().Be(80_00);
        ChangeDay(again, "8", Noon, 21_00, A.Id).Code.Should().Be(LedgerReasons.ChangeInvalid);
    }

    [Fact]
    public void New_terms_leave_the_parts_of_each_day_within_the_whole()
    {
        BudgetLedger ledger = Of(Whole, A, B);
        ChangeDay(ledger, "1", Tomorrow, 20_00, A.Id);
        ChangeDay(ledger, "2", Tomorrow, 80_00, B.Id);
        Change(ledger, A with { Limit = 45.Eur }).Code
            .Should().Be(LedgerReasons.ChangeInvalid, "tomorrow b has 80.00, and a would have 45.00");
        Change(ledger, A with { IsPaused = true }).IsDone.Should().BeTrue("it changes no limit");
        ledger.Read(A.Id, Tomorrow)!.Limit.Should().Be(20_00);
        Change(ledger, B with { Limit = 49.Eur }).IsDone.Should().BeTrue("then every day of b has 49.00");
        Change(ledger, A with { Limit = 45.Eur }).IsDone.Should().BeTrue();
    }

    [Fact]
    public void A_ledger_that_is_made_again_gives_the_answers_of_before()
    {
        BudgetLedger ledger = Of(Alerting);
        LedgerRequest[] requests =
        [
            new LedgerRequest.Reserve(new("r"), [Day.Id], 60.Eur, Noon),
            new LedgerRequest.Reserve(new("s"), [Day.Id], 5.Eur, Noon) { From = new("r") },
            new LedgerRequest.Commit(new("r"), 57.Eur), new LedgerRequest.Release(new("s")),
            new LedgerRequest.Commit(new("t"), 90.Eur) { Budgets = [Day.Id], At = Noon },
            new LedgerRequest.Reverse(new("t"), new("back"), 9.Eur),
            new LedgerRequest.Change(new("x"), Alerting with { Limit = 90.Eur }),
        ];
        LedgerDecision[] first = [.. requests.Select(r => ledger.Decide(r, Noon))];
        first.Should().AllSatisfy(static d => d.IsDone.Should().BeTrue());
        first[0].Headroom.Should().Be(100_00);

        BudgetLedger again = new(PlanOf(Alerting), entries);
        requests.Select(r => again.Decide(r, Tomorrow)).Should().Equal(
            first.Select(static d => d with { IsRepeat = true }));
    }

    // Ten of a lease are told late: there is room for them. As much again was never promised.
    [Fact]
    public void What_is_told_late_and_set_aside_anew_is_a_part_of_the_lease()
    {
        BudgetLedger ledger = Of(Day);
        Instant end = Noon + Duration.FromMinutes(1);
        ledger.Decide(new LedgerRequest.Reserve(new("lease"), [Day.Id], 10.Eur, Noon) { Expires = end }, Noon);
        Late(ledger, "r").IsDone.Should().BeTrue("there is room");
        ledger.Decide(new LedgerRequest.Reserve(new("all"), [Day.Id], 90.Eur, Noon), end);

        Late(ledger, "r").IsRepeat.Should().BeTrue();
        Late(ledger, "s").Code.Should().Be(BudgetReasons.Exhausted, "the lease had no more");
        BudgetLedger again = new(PlanOf(Day), entries);
        Late(again, "s").Code.Should().Be(BudgetReasons.Exhausted);
        again.Read(Day.Id, Noon).Should().Be(ledger.Read(Day.Id, Noon));

        LedgerDecision Late(BudgetLedger of, string id) => of.Decide(
            new LedgerRequest.Reserve(new(id), [Day.Id], 10.Eur, Noon) { From = new("lease"), PromisedAt = Noon }, end);
    }

    [Fact]
    public void What_was_told_late_in_vain_is_still_to_be_told()
    {
        BudgetLedger ledger = Of(Day);
        Instant end = Noon + Duration.FromMinutes(1);
        LedgerRequest.Reserve late = new(new("r"), [Day.Id], 10.Eur, Noon) { From = new("lease"), PromisedAt = Noon };
        ledger.Decide(
            new LedgerRequest.Reserve(new("lease"), [Day.Id], 10.Eur, Noon) { Expires = end }, Noon);
        ledger.Decide(new LedgerRequest.Reserve(new("other"), [Day.Id], 20.Eur, Noon), end);
        ledger.Decide(late with { Id = new("other") }, end).Code.Should().Be(BudgetReasons.Conflict);
        ledger.Decide(new LedgerRequest.Reserve(new("all"), [Day.Id], 80.Eur, Noon), end);

        LedgerDecision kept = ledger.Decide(late, end);
        (kept.IsDone, entries[^1].Kind).Should().Be((true, LedgerEntryKind.Promised));
        ledger.Decide(late with { Id = new("s") }, end).Code.Should().Be(BudgetReasons.Exhausted);
    }

    private static BudgetPlan PlanOf(params BudgetLine[] lines) => new(Currency.Eur, "Etc/UTC", [.. lines]);

    private BudgetLedger Of(params BudgetLine[] lines) => new(PlanOf(lines)) { Journal = entries.Add };

    private static LedgerDecision Commit(BudgetLedger ledger, string id, decimal amount) =>
        ledger.Decide(new LedgerRequest.Commit(new(id), amount.Eur) { Budgets = [Day.Id], At = Noon }, Noon);

    private static LedgerDecision Change(BudgetLedger ledger, BudgetLine line) =>
        ledger.Decide(new LedgerRequest.Change(new($"{line.Id}-{line.Limit}-{line.IsPaused}"), line), Noon);

    private static LedgerDecision ChangeDay(
        BudgetLedger ledger, string id, Instant at, long units, BudgetId? budget = null) =>
        ledger.Decide(new LedgerRequest.ChangeLimit(new(id), budget ?? Day.Id, at, units), Noon);

    private static IEnumerable<string> Shares(LedgerDecision decision) =>
        decision.Alerts.AsEnumerable().Select(static a => $"{a.Share}");
}
