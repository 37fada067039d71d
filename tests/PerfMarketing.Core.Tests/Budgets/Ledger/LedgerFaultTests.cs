using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Ledger;

// What happens when answers get lost, nodes start again, journals fail, amounts are absurd and terms change.
public sealed class LedgerFaultTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly Duration Ttl = Duration.FromMinutes(1);
    private static readonly BudgetLine Day =
        new(new("day"), new(BudgetScopeKind.Account, "acme"), PeriodUnit.Day) { Limit = 80.Eur };

    private static readonly BudgetPlan Plan = new(Currency.Eur, "Etc/UTC", [Day]);

    [Fact]
    public async Task A_node_whose_pool_answered_in_vain_gives_nothing_out_twice()
    {
        ForgetfulPool pool = new(new(Plan));
        using LeasedLedger node = Node(pool);
        await AskAsync(node, Reserve("r", 5), Noon);
        pool.IsLosing = true;
        await node.Awaiting(static n => n.ExpireAsync(Noon, CancellationToken.None).AsTask())
            .Should().ThrowAsync<IOException>();
        pool.IsLosing = false;
        await node.ExpireAsync(Noon, CancellationToken.None);
        pool.Inner.Decide(Reserve("rest", 70), Noon).IsDone.Should().BeTrue("the lease is 10.00");

        int admitted = 0;
        for (int i = 0; i < 10; i++)
        {
            admitted += (await AskAsync(node, Reserve($"s{i}", 1), Noon)).IsDone ? 1 : 0;
        }

        admitted.Should().Be(5, "what is left of the lease");
    }

    [Fact]
    public async Task A_node_that_starts_again_under_its_name_does_not_use_a_lease_of_before()
    {
        BudgetLedger pool = new(Plan);
        using LeasedLedger before = Node(pool);
        await AskAsync(before, Reserve("lost", 1), Noon);
        pool.Expire(Noon + Ttl).Should().Be(1);

        using LeasedLedger again = Node(pool);
        (await AskAsync(again, Reserve("r", 1), Noon + Ttl)).IsDone.Should().BeTrue();
        pool.Decide(Reserve("rest", 79), Noon + Ttl).IsDone.Should().BeTrue();
        (await AskAsync(again, Reserve("s", 1), Noon + Ttl)).Code.Should().Be(BudgetReasons.Exhausted);
    }

    [Fact]
    public async Task A_node_forgets_ids_and_periods_that_are_over()
    {
        BudgetLedger pool = new(Plan);
        using LeasedLedger node = Node(pool);
        for (int i = 0; i < 5; i++)
        {
            Instant at = Noon + Duration.FromDays(i);
            await AskAsync(node, Reserve($"r{i}", 1) with { At = at, Expires = at + Ttl }, at);
            await AskAsync(node, new LedgerRequest.Commit(new($"r{i}"), 1.Eur), at);
            await AskAsync(
                node, new LedgerRequest.Commit(new($"c{i}"), 1.Eur) { Budgets = [Day.Id], At = at }, at);
        }

        node.RememberedCount.Should().BeGreaterThan(10);
        await node.ExpireAsync(Noon + Duration.FromDays(9), CancellationToken.None);
        node.RememberedCount.Should().Be(0);
    }

    [Fact]
    public void Reversing_other_pieces_for_one_correction_is_a_conflict()
    {
        BudgetLedger ledger = new(Plan with { Lines = [Day with { Limit = null, Count = 3 }] });
        ledger.Decide(Commit("r", 5) with { Count = 2 }, Noon);
        LedgerRequest.Reverse one = new(new("r"), new("c"), 1.Eur) { Count = 1 };
        ledger.Decide(one, Noon).IsDone.Should().BeTrue();
        ledger.Decide(one, Noon).IsRepeat.Should().BeTrue();

        ledger.Decide(one with { Count = 2 }, Noon).Code.Should().Be(BudgetReasons.Conflict);
        ledger.Read(Day.Id, Noon)!.Committed.Should().Be(1);
    }

    [Fact]
    public void Committing_one_id_on_other_lines_or_days_is_a_conflict()
    {
        BudgetLedger ledger = new(Plan with { Lines = [Day, Day with { Id = new("other") }] });
        LedgerRequest.Commit first = Commit("r", 5);
        ledger.Decide(first, Noon).IsDone.Should().BeTrue();

        ledger.Decide(first with { Budgets = [new("other")] }, Noon).Code.Should().Be(BudgetReasons.Conflict);
        ledger.Decide(first with { At = Noon + Duration.FromDays(1) }, Noon).Code.Should().Be(BudgetReasons.Conflict);
        ledger.Decide(first with { Budgets = [], At = null }, Noon).IsRepeat.Should().BeTrue("it says nothing else");
    }

    [Fact]
    public void A_release_is_answered_as_before_also_after_a_late_commit()
    {
        BudgetLedger ledger = new(Plan);
        ledger.Decide(Reserve("r", 5), Noon);
        LedgerDecision first = ledger.Decide(new LedgerRequest.Release(new("r")), Noon);
        ledger.Decide(Commit("r", 5), Noon).Marks.Should().Be(CommitMarks.Late);

        ledger.Decide(new LedgerRequest.Release(new("r")), Noon).Should().Be(first with { IsRepeat = true });
        ledger.Read(Day.Id, Noon)!.Committed.Should().Be(500);
    }

    [Fact]
    public void Alerts_follow_the_shares_when_these_change()
    {
        BudgetLine line = Day with { Alerts = [50.Percent, 80.Percent] };
        BudgetLedger ledger = new(Plan with { Lines = [line] });
        Shares(ledger.Decide(Commit("a", 70), Noon)).Should().Equal(50.Percent, 80.Percent);
        Change(ledger, line with { Alerts = [30.Percent, 50.Percent, 80.Percent, 95.Percent] });
        Shares(ledger.Decide(Commit("b", 1), Noon)).Should().BeEmpty("each is said once");
        Change(ledger, line with { Alerts = [90.Percent] });
        Shares(ledger.Decide(Commit("c", 3), Noon)).Should().Equal(90.Percent);
    }

    [Fact]
    public async Task What_expired_holds_no_room_while_another_caller_frees_it()
    {
        using ManualResetEventSlim isFreeing = new();
        using ManualResetEventSlim goOn = new();
        BudgetLedger ledger = new(Plan)
        {
            Journal = entry =>
            {
                if (entry.Kind == LedgerEntryKind.Expired && !isFreeing.IsSet)
                {
                    isFreeing.Set();
                    goOn.Wait();
                }
            },
        };
        ledger.Decide(Reserve("a", 40) with { Expires = Noon + Ttl }, Noon);
        ledger.Decide(Reserve("b", 40) with { Expires = Noon + Ttl }, Noon);
        var freeing = Task.Run(() => ledger.Expire(Noon + Ttl));
        isFreeing.Wait();
        var asking = Task.Run(() => ledger.Decide(Reserve("c", 80), Noon + Ttl));
        await Task.WhenAny(asking, Task.Delay(100));
        goOn.Set();

        (await asking).IsDone.Should().BeTrue("both are over as of the request");
        (await freeing).Should().Be(2);
    }

    [Fact]
    public async Task More_than_can_be_counted_is_an_error_that_changes_nothing()
    {
        // The lower line has one more than the upper one, and so fails after it.
        BudgetLine all = Day with { Id = new("all"), Limit = null, IsUnlimited = true };
        BudgetLedger ledger = new(Plan with { Lines = [all, Day] });
        LedgerRequest.Commit most = Commit("r", 0) with { Actual = Money.FromMinor(Money.MinorUnitsMax, Currency.Eur) };
        ledger.Decide(most, Noon);
        int count = 0;
        Action fill = () =>
        {
            for (; count < 10_000; count++)
            {
                ledger.Decide(most with { Id = new($"r{count}"), Budgets = [all.Id, Day.Id] }, Noon);
            }
        };
        fill.Should().Throw<OverflowException>();

        count.Should().Be(9_222, "with the first one 64 bits are full");
        BudgetSnapshot read = await Task.Run(() => ledger.Read(all.Id, Noon)!).WaitAsync(TimeSpan.FromMinutes(1));
        (read.Committed, read.Reserved).Should().Be((count * Money.MinorUnitsMax, 0));
        read = ledger.Read(Day.Id, Noon)!;
        (read.Committed, read.Reserved).Should().Be(((count + 1) * Money.MinorUnitsMax, 0));
    }

    [Fact]
    public void A_journal_that_fails_doubles_nothing()
    {
        BudgetLedger ledger = new(Plan)
        {
            Journal = static entry => _ = entry.Reservation == new ReservationId("r") ? throw new IOException() : 0,
        };
        ledger.Decide(Reserve("lease", 40) with { Count = 9 }, Noon);
        LedgerRequest.Reserve drawn = Reserve("r", 10) with { From = new("lease") };
        ledger.Invoking(l => l.Decide(drawn, Noon)).Should().Throw<IOException>();
        ledger.Decide(drawn, Noon).IsRepeat.Should().BeTrue();

        ledger.Decide(new LedgerRequest.Release(new("lease")), Noon).Amount.Should().Be(30.Eur);
        ledger.Read(Day.Id, Noon)!.Reserved.Should().Be(1_000);
    }

    [Fact]
    public void A_changed_line_stays_within_its_part()
    {
        BudgetLine part = Day with { Id = new("part"), Parent = Day.Id, Limit = 40.Eur };
        BudgetLine whole = Day with { Children = ChildBudgets.Partitioned };
        BudgetLedger ledger = new(Plan with { Lines = [whole, part, part with { Id = new("rest") }] });

        Change(ledger, part with { Limit = 41.Eur }).Should().Be(LedgerReasons.ChangeInvalid);
        Change(ledger, whole with { Limit = 79.Eur }).Should().Be(LedgerReasons.ChangeInvalid);
        Change(ledger, whole with { Limit = 81.Eur }).Should().BeNull();
        Change(ledger, part with { Limit = 41.Eur }).Should().BeNull();
        ledger.Read(part.Id, Noon)!.Limit.Should().Be(4_100);
    }

    [Fact]
    public void Nothing_counts_before_a_line_holds_whatever_was_asked_before()
    {
        BudgetLine since = Day with { Windows = new(PeriodUnit.Day), Since = Noon };
        BudgetLedger ledger = new(Plan with { Lines = [since] });
        ledger.Decide(Reserve("later", 1), Noon).IsDone.Should().BeTrue();

        Instant before = Noon - Duration.FromHours(1);
        ledger.Decide(Reserve("r", 1) with { At = before }, Noon).Code.Should().Be(LedgerReasons.OutsideWindow);
        ledger.Decide(Commit("c", 1) with { At = before }, Noon).Code.Should().Be(LedgerReasons.OutsideWindow);
    }

    [Fact]
    public void What_was_approved_in_a_flight_and_reversed_is_made_again()
    {
        BudgetLine flight = new(Day.Id, Day.Scope, PeriodUnit.Flight)
        {
            Limit = 80.Eur,
            Flight = DateRange.Parse("2026-03-10/2026-03-20"),
            Recognition = BudgetRecognition.OnApproval,
        };
        BudgetPlan plan = Plan with { Lines = [flight] };
        List<LedgerEntry> entries = [];
        BudgetLedger ledger = new(plan) { Journal = entries.Add };
        LedgerRequest.Commit early = Commit("c", 9) with { At = Noon - Duration.FromDays(5) };
        ledger.Decide(early, Noon).IsDone.Should().BeTrue("it is approved in the flight");
        ledger.Decide(new LedgerRequest.Reverse(new("c"), new("back"), 2.Eur), Noon).IsDone.Should().BeTrue();

        new BudgetLedger(plan, entries).Read(Day.Id, Noon).Should().Be(ledger.Read(Day.Id, Noon));
    }

    [Fact]
    public void Alerts_of_rolling_days_are_given_whatever_amounts_come()
    {
        BudgetLine week = new(Day.Id, Day.Scope, PeriodUnit.Rolling)
        {
            Count = 100,
            Windows = new(PeriodUnit.Rolling) { RollingDays = 7 },
            AtCap = CapBehavior.StopAdmission,
            Alerts = [100.Percent],
        };
        BudgetLedger ledger = new(Plan with { Lines = [week] });
        for (int i = 0; i < 9_500; i++)
        {
            Instant at = Noon + Duration.FromDays(i / 4_750);
            ledger.Decide(Commit($"c{i}", 0) with { Count = Money.MinorUnitsMax, At = at }, at).IsDone
                .Should().BeTrue();
        }

        ledger.Read(Day.Id, Noon)!.Committed.Should().Be(4_750 * Money.MinorUnitsMax);
    }

    [Fact]
    public void What_is_reversed_in_all_is_never_less_than_zero()
    {
        BudgetLedger ledger = new(Plan with { Lines = [Day with { AtCap = CapBehavior.StopAdmission }] });
        for (int i = 0; i < 9_300; i++)
        {
            Money most = Money.FromMinor(Money.MinorUnitsMax, Currency.Eur);
            ledger.Decide(Commit($"c{i}", 0) with { Actual = most }, Noon);
            ledger.Decide(new LedgerRequest.Reverse(new($"c{i}"), new("back"), most), Noon).IsDone.Should().BeTrue();
        }

        BudgetSnapshot read = ledger.Read(Day.Id, Noon)!;
        (read.Committed, read.Reversed).Should().Be((0, long.MaxValue));
    }

    [Fact]
    public void Entries_of_years_that_nothing_reaches_are_refused_as_such()
    {
        foreach (LedgerEntryKind kind in (LedgerEntryKind[])[LedgerEntryKind.Reserved, LedgerEntryKind.Stopped])
        {
            LedgerEntry entry = new()
            {
                Kind = kind,
                Reservation = new("r"),
                Budgets = [Day.Id],
                At = Instant.MaxValue,
                AsOf = Noon,
                Amount = 1.Eur,
            };
            FluentActions.Invoking(() => new BudgetLedger(Plan, [entry])).Should().Throw<ArgumentException>();
        }
    }

    private static string? Change(BudgetLedger ledger, BudgetLine line) =>
        ledger.Decide(new LedgerRequest.Change(new($"change-{line.GetHashCode()}"), line), Noon).Code;

    private static LeasedLedger Node(IBudgetLedger pool) => new(pool, Plan, new("n1", 2, Ttl));

    private static IEnumerable<Percentage> Shares(LedgerDecision decision) =>
        decision.Alerts.AsEnumerable().Select(static a => a.Share);

    private static LedgerRequest.Reserve Reserve(string id, decimal amount) =>
        new(new(id), [Day.Id], amount.Eur, Noon);

    private static LedgerRequest.Commit Commit(string id, decimal amount) =>
        new(new(id), amount.Eur) { Budgets = [Day.Id], At = Noon };

    private static async Task<LedgerDecision> AskAsync(LeasedLedger ledger, LedgerRequest request, Instant asOf) =>
        (await ledger.ApplyAsync([request], asOf, CancellationToken.None))[0];

    // Does what it is asked, and the answer does not arrive.
    private sealed class ForgetfulPool(BudgetLedger inner) : IBudgetLedger
    {
        public BudgetLedger Inner => inner;

        public bool IsLosing { get; set; }

        public async ValueTask<ValueList<LedgerDecision>> ApplyAsync(
            ValueList<LedgerRequest> requests, Instant asOf, CancellationToken cancellationToken)
        {
            ValueList<LedgerDecision> answers = await inner.ApplyAsync(requests, asOf, cancellationToken);
            return IsLosing ? throw new IOException("The answer is lost.") : answers;
        }

        public ValueTask<int> ExpireAsync(Instant asOf, CancellationToken cancellationToken) =>
            inner.ExpireAsync(asOf, cancellationToken);

        public ValueTask<ValueList<BudgetSnapshot>> ReadAsync(
            ValueList<BudgetId> budgets, Instant at, CancellationToken cancellationToken) =>
            inner.ReadAsync(budgets, at, cancellationToken);
    }
}
