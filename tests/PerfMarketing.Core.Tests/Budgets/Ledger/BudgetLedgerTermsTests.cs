using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Ledger;

/// <summary>What the terms of a line do: caps, alerts, what is expected in flight, and changes.</summary>
public sealed class BudgetLedgerTermsTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly BudgetLine Day = new(new("day"), new(BudgetScopeKind.Partner, "p-1"), PeriodUnit.Day)
    {
        Limit = 100.Eur,
    };

    // In flight: reserved, or bought before the first refusal. Of 100.00, 90.00 are used at the stop.
    [Theory]
    [InlineData(CapBehavior.StopAdmission, true, 50, 50)]
    [InlineData(CapBehavior.StopAdmission, false, 50, 50)]
    [InlineData(CapBehavior.StopAndHonorInFlight, true, 50, 50)]
    [InlineData(CapBehavior.StopAndHonorInFlight, false, 50, 10)]
    [InlineData(CapBehavior.StopAndReject, true, 50, 10)]
    [InlineData(CapBehavior.StopAndReject, false, 50, 10)]
    public void Who_bears_what_arrives_after_the_stop_is_a_term(
        CapBehavior behavior, bool isBoughtBefore, decimal cost, decimal paid)
    {
        BudgetLedger ledger = Of(Day with { AtCap = behavior });
        ledger.Decide(Reserve("r", 90), Noon);
        ledger.Decide(Reserve("s", 20), Noon).Code.Should().Be(BudgetReasons.Exhausted);

        Instant bought = Noon + Duration.FromMinutes(isBoughtBefore ? -1 : 1);
        Instant later = Noon + Duration.FromHours(1);
        LedgerRequest.Commit commit = Commit("late", cost) with { Budgets = [Day.Id], At = later, BoughtAt = bought };
        LedgerDecision done = ledger.Decide(commit, later);

        done.Amount.Should().Be(paid.Eur);
        done.Marks.HasFlag(CommitMarks.Cut).Should().Be(paid < cost);
        done.Marks.HasFlag(CommitMarks.OverLimit).Should().Be(paid == cost);
        done.Binding.Should().Be(Day.Id);
    }

    // Source: cases/platform-cases.json: max(0, min(earnings, limit − earned in the window)).
    [Theory]
    [InlineData("dub-spend-limit", 80, 30, 20)]
    [InlineData("dub-spend-limit", 80, 20, 20)]
    [InlineData("dub-spend-limit", 100, 30, 0)]
    public void A_rejecting_line_cuts_to_what_remains(string id, decimal used, decimal cost, decimal paid)
    {
        BudgetLedger ledger = Of(Day with { AtCap = CapBehavior.StopAndReject });
        ledger.Decide(Commit("before", used) with { Budgets = [Day.Id], At = Noon }, Noon);

        ledger.Decide(Commit("r", cost) with { Budgets = [Day.Id], At = Noon }, Noon).Amount
            .Should().Be(paid.Eur, id);
    }

    // Source: cases/platform-cases.json.
    [Theory]
    [InlineData("everflow-network-vs-affiliate-cap", 0, 600)]
    [InlineData("everflow-network-vs-affiliate-cap", 700, 300)]
    public void A_partner_stops_at_its_own_cap_or_with_the_network(string id, int others, int admitted)
    {
        BudgetLine network = Day with
        {
            Id = new("network"),
            Scope = new(BudgetScopeKind.Account, "n"),
            Limit = null,
            Count = 1_000,
        };
        BudgetLine partner = Day with { Limit = null, Count = 600, Parent = network.Id };
        BudgetLedger ledger = Of(network, partner);
        ledger.Decide(Commit("others", 0) with { Count = others, Budgets = [network.Id], At = Noon }, Noon);
        LedgerDecision? refused = null;
        int count = 0;
        for (; refused is null; count++)
        {
            LedgerDecision decision = ledger.Decide(Reserve($"r{count}", 0), Noon);
            refused = decision.IsDone ? null : decision;
        }

        (count - 1).Should().Be(admitted, id);
        refused.Binding.Should().Be(others == 0 ? partner.Id : network.Id);
    }

    [Fact]
    public void A_promise_of_nothing_is_given_as_long_as_something_is_left()
    {
        BudgetLedger ledger = Of(Day);
        ledger.Decide(Reserve("click", 0), Noon).IsDone.Should().BeTrue();
        ledger.Decide(Reserve("all", 100), Noon).IsDone.Should().BeTrue();
        ledger.Decide(Reserve("next", 0), Noon).Code.Should().Be(BudgetReasons.Exhausted);

        LedgerDecision paid = ledger.Decide(Commit("click", 30), Noon);
        (paid.Amount, paid.Marks).Should().Be((30.Eur, CommitMarks.OverReserve | CommitMarks.OverLimit));
    }

    // Source: cases/budget-and-experiment-cases.json, in-flight-1: of 2,000.00 with 1,000.00 committed and 14 results
    // of 50.00 expected, 300.00 are left; 95 of 100 times more than nothing is needed, so that none is.
    [Theory]
    [InlineData("in-flight-1", 70_000, 30_000)]
    [InlineData("in-flight-1", 100_773, 0)]
    public void What_is_expected_in_flight_leaves_less_room(string id, long expected, long available)
    {
        BudgetLedger ledger = Of(Day with { Limit = 2_000.Eur });
        ledger.Decide(Commit("before", 1_000) with { Budgets = [Day.Id], At = Noon }, Noon);
        ledger.Decide(new LedgerRequest.Expect(new("e"), Day.Id, Noon, expected), Noon);

        ledger.Read(Day.Id, Noon)!.Available.Should().Be(available, id);
        ledger.Decide(Reserve("more", (available + 1) / 100m), Noon).Headroom.Should().Be(available);
        ledger.Decide(Reserve("r", available / 100m), Noon).IsDone.Should().Be(available > 0);
        ledger.Decide(Commit("result", 900) with { Budgets = [Day.Id], At = Noon, BoughtAt = Noon }, Noon).Amount
            .Should().Be(900.Eur, "it is what was expected");
    }

    [Fact]
    public void Alerts_are_given_once_for_each_share_and_period()
    {
        List<LedgerEntry> entries = [];
        BudgetLine line = Day with { Alerts = [50.Percent, 80.Percent, 100.Percent] };
        BudgetLedger ledger = new(PlanOf(line)) { Journal = entries.Add };
        Instant tomorrow = Noon + Duration.FromDays(1);
        ledger.Decide(Reserve("r", 60), Noon).Alerts.Should().BeEmpty("only what is committed counts");
        SharesOf(Commit("a", 49.99m)).Should().BeEmpty();
        SharesOf(Commit("b", 0.01m)).Should().Equal("50%");
        SharesOf(Commit("b", 0.01m)).Should().Equal(["50%"], "a repetition is answered as before");
        ledger.Decide(new LedgerRequest.Reverse(new("a"), new("c"), 20.Eur), Noon);
        SharesOf(Commit("c", 20)).Should().BeEmpty("it was given");
        SharesOf(Commit("d", 50)).Should().Equal("80%", "100%");
        SharesOf(Commit("e", 50) with { At = tomorrow }).Should().Equal(["50%"], "the next day has its own");

        entries.Where(static e => e.Kind == LedgerEntryKind.Alerted).Select(static e => $"{e.Share}")
            .Should().Equal("50%", "80%", "100%", "50%");
        BudgetLedger again = new(PlanOf(line), entries);
        again.Decide(Commit("f", 9) with { Budgets = [line.Id], At = Noon }, Noon).Alerts.Should().BeEmpty();

        IEnumerable<string> SharesOf(LedgerRequest.Commit commit) =>
            ledger.Decide(commit with { Budgets = [line.Id], At = commit.At ?? Noon }, Noon).Alerts
                .Select(static a => $"{a.Share}");
    }

    [Fact]
    public void A_limit_changes_at_once_and_takes_nothing_back()
    {
        BudgetLedger ledger = Of(Day);
        ledger.Decide(Reserve("r", 80), Noon);
        Change(ledger, Day with { Limit = 50.Eur }).Should().BeNull();
        (ledger.Read(Day.Id, Noon)!.Available, ledger.Read(Day.Id, Noon)!.Reserved).Should().Be((0, 8_000));
        ledger.Decide(Reserve("s", 1), Noon).Code.Should().Be(BudgetReasons.Exhausted);

        ledger.Decide(new LedgerRequest.ChangeLimit(new("c"), Day.Id, Noon, 90_00), Noon);
        ledger.Decide(Reserve("s", 10), Noon).IsDone.Should().BeTrue("this day has 90.00");
        Instant tomorrow = Noon + Duration.FromDays(1);
        ledger.Read(Day.Id, tomorrow)!.Most.Should().Be(50_00, "the next has what the line says");

        Change(ledger, Day with { IsPaused = true }).Should().BeNull();
        LedgerDecision paused = ledger.Decide(Reserve("t", 1), Noon);
        (paused.Code, paused.Binding).Should().Be((LedgerReasons.Paused, Day.Id));
        ledger.Decide(Commit("r", 80), Noon).IsDone.Should().BeTrue("what was promised is paid");
    }

    [Fact]
    public void A_line_keeps_its_place_its_periods_and_what_it_counts()
    {
        BudgetLedger ledger = Of(Day, Day with { Id = new("free"), Limit = null, IsUnlimited = true });
        BudgetLine[] others =
        [
            Day with { Id = new("other") }, Day with { Per = PeriodUnit.Month }, Day with { Parent = new("free") },
            Day with { Limit = null, Count = 5 }, Day with { Limit = 5.Usd }, Day with { Limit = 0.Eur },
            Day with { Limit = null, IsUnlimited = true },
        ];
        foreach (BudgetLine other in others)
        {
            Change(ledger, other).Should().Be(
                other.Id == new BudgetId("other") ? LedgerReasons.NotLive : LedgerReasons.ChangeInvalid);
        }

        ledger.Decide(new LedgerRequest.ChangeLimit(new("c"), new("free"), Noon, 5), Noon).Code
            .Should().Be(LedgerReasons.ChangeInvalid);
        ledger.Decide(new LedgerRequest.Expect(new("e"), new("none"), Noon, 5), Noon).Code
            .Should().Be(LedgerReasons.NotLive);
        ledger.Read(new("none"), Noon).Should().BeNull();
    }

    [Fact]
    public void What_is_over_is_forgotten_and_what_is_set_aside_is_not()
    {
        BudgetLedger ledger = Of(Day);
        Instant tomorrow = Noon + Duration.FromDays(1);
        ledger.Decide(Commit("a", 10) with { Budgets = [Day.Id], At = Noon }, Noon);
        ledger.Decide(Reserve("b", 10), Noon);
        ledger.Decide(Reserve("c", 10) with { At = tomorrow }, tomorrow);
        ledger.Decide(new LedgerRequest.Release(new("c")), tomorrow);

        ledger.Forget(tomorrow).Should().Be(1, "nothing happened to the commit since; the third was released since");
        ledger.Decide(Commit("a", 10), tomorrow).Code.Should().Be(BudgetReasons.Unknown);
        ledger.Read(Day.Id, Noon)!.Reserved.Should().Be(10_00, "what is set aside keeps its period");
        ledger.Decide(Commit("b", 10), tomorrow).IsDone.Should().BeTrue();
        ledger.Forget(tomorrow).Should().Be(0);
        ledger.Forget(tomorrow + Duration.FromTicks(1)).Should().Be(2);
        ledger.Read(Day.Id, Noon)!.Committed.Should().Be(0);
    }

    [Fact]
    public void Of_all_of_time_the_ids_are_forgotten_and_not_what_is_used()
    {
        BudgetLine all = Day with { Id = new("all"), Per = PeriodUnit.Lifetime };
        BudgetLedger ledger = Of(all);
        for (int i = 0; i < 50; i++)
        {
            Instant at = Noon + Duration.FromDays(i);
            LedgerRequest.Commit commit = Commit($"r{i}", 1) with { Budgets = [all.Id], At = at };
            ledger.Decide(commit, at).IsDone.Should().BeTrue();
        }

        ledger.Forget(Noon + Duration.FromDays(40)).Should().Be(40);
        ledger.Read(all.Id, Noon)!.Committed.Should().Be(50_00);
        ledger.Decide(Commit("r45", 1), Noon + Duration.FromDays(60)).IsRepeat.Should().BeTrue();
        ledger.Decide(Commit("r1", 1), Noon + Duration.FromDays(60)).Code.Should().Be(BudgetReasons.Unknown);
    }

    [Fact]
    public void A_stop_is_over_when_the_limit_is_raised_and_not_when_something_is_freed()
    {
        Instant later = Noon + Duration.FromHours(2);
        BudgetLedger ledger = Of(Day);
        ledger.Decide(Reserve("r", 100), Noon);
        ledger.Decide(Reserve("s", 1), Noon).IsDone.Should().BeFalse();
        ledger.Decide(new LedgerRequest.Release(new("r")), Noon);
        ledger.Read(Day.Id, Noon)!.StoppedAt.Should().Be(Noon);
        Change(ledger, Day with { Limit = 99.Eur }).Should().BeNull();
        ledger.Read(Day.Id, Noon)!.StoppedAt.Should().Be(Noon);
        Change(ledger, Day with { Limit = 120.Eur }).Should().BeNull();
        ledger.Read(Day.Id, Noon)!.StoppedAt.Should().BeNull();

        // Bought between the two stops, and so in flight at the second.
        ledger.Decide(Reserve("t", 120), later);
        ledger.Decide(Reserve("u", 1), later).IsDone.Should().BeFalse();
        LedgerRequest.Commit commit = Commit("late", 5) with
        {
            Budgets = [Day.Id],
            At = later,
            BoughtAt = Noon + Duration.FromHours(1),
        };
        ledger.Decide(commit, later).Amount.Should().Be(5.Eur);
        ledger.Read(Day.Id, Noon + Duration.FromDays(1))!.StoppedAt.Should().BeNull("the next day has its own");
    }

    [Fact]
    public void Refusals_say_why_in_words()
    {
        BudgetLedger ledger = Of(Day);
        ledger.Decide(Reserve("r", 95.50m), Noon);
        LedgerDecision refused = ledger.Decide(Reserve("s", 10), Noon);

        $"{refused.Reason}".Should().Be(
            "budget.exhausted (budget: day, scope: partner p-1, requested: 10.00 EUR, headroom: 450)");
        ledger.Decide(Reserve("t", 1), Noon).Reason.Should().BeNull();
        foreach (LedgerRequest request in new LedgerRequest[]
            {
                Reserve("r", 1), Commit("none", 1), new LedgerRequest.Reverse(new("r"), new("c"), 1.Eur),
                Reserve("u", 1) with { Budgets = [new("none")] }, Reserve("u", 1) with { Expires = Noon },
                Reserve("u", 1) with { Budgets = [] },
            })
        {
            LedgerDecision decision = ledger.Decide(request, Noon);
            decision.Reason!.Code.Should().Be(decision.Code);
            decision.Reason.Args.Should().NotBeEmpty();
        }
    }

    [Fact]
    public void Wrong_arguments_are_errors()
    {
        BudgetLedger ledger = Of(Day);
        LedgerRequest[] wrong =
        [
            Reserve("r", -1), Reserve("r", 1) with { Amount = 1.Usd }, Reserve("r", 1) with { Count = -1 },
            Reserve("r", 1) with { Id = default }, new LedgerRequest.Release(default), Commit("r", -1),
            new LedgerRequest.Reverse(new("r"), default, 1.Eur), Commit("r", 1) with { Count = long.MaxValue },
        ];
        foreach (LedgerRequest request in wrong)
        {
            ledger.Invoking(l => l.Decide(request, Noon)).Should().Throw<Exception>()
                .Which.Should().Match(static e => e is ArgumentException || e is CurrencyMismatchException);
        }

        ledger.Read(Day.Id, Noon)!.Reserved.Should().Be(0);
    }

    private static string? Change(BudgetLedger ledger, BudgetLine line) =>
        ledger.Decide(new LedgerRequest.Change(new($"change-{line.GetHashCode()}"), line), Noon).Code;

    private static BudgetPlan PlanOf(params BudgetLine[] lines) => new(Currency.Eur, "Etc/UTC", lines.ToValueList());

    private static BudgetLedger Of(params BudgetLine[] lines) => new(PlanOf(lines));

    private static LedgerRequest.Reserve Reserve(string id, decimal amount) =>
        new(new(id), [Day.Id], amount.Eur, Noon);

    private static LedgerRequest.Commit Commit(string id, decimal amount) => new(new(id), amount.Eur);
}
