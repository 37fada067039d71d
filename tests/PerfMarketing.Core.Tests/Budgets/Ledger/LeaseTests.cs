using NodaTime;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Ledger;

public sealed class LeaseTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly Duration Ttl = Duration.FromMinutes(1);
    private static readonly BudgetPlan Plan = new(Currency.Eur, "Etc/UTC",
    [
        new(new("day"), new(BudgetScopeKind.Account, "acme"), PeriodUnit.Day) { Limit = 80.Eur },
    ]);

    [Theory]
    [InlineData("the need when little is left", 10, 60, 2, 10)]
    [InlineData("a quarter of one's part of much", 10, 800, 2, 100)]
    [InlineData("alone a quarter", 0, 100, 1, 25)]
    [InlineData("also when nothing is left", 10, 0, 8, 10)]
    public void A_lease_is_the_need_or_a_part_of_the_pool(
        string because, long need, long pool, int nodes, long grant) =>
        new LeaseTerms("n", nodes, Ttl).Grant(need, pool).Should().Be(grant, because);

    [Fact]
    public void Taking_from_a_lease_is_plain()
    {
        LeasedBudget lease = new(new("lease"), 100, Noon + Ttl);
        lease.TryReserve(60).Should().BeTrue();
        lease.TryReserve(41).Should().BeFalse();
        lease.TryReserve(-1).Should().BeFalse();
        lease.TryReserve(long.MinValue).Should().BeFalse();
        lease.TryReserve(40).Should().BeTrue();
        lease.TryReserve(0).Should().BeTrue();
        lease.Release(30);

        (lease.Left, lease.Used).Should().Be((30, 70));
        lease.Invoking(static l => l.Release(71)).Should().Throw<ArgumentOutOfRangeException>();
        lease.Invoking(static l => l.Release(-1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(static () => new LeasedBudget(new("l"), -1, Noon))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void What_a_thread_used_of_its_lease_is_committed_under_it()
    {
        BudgetLedger ledger = new(Plan);
        ledger.Decide(Reserve("lease", 20), Noon).IsDone.Should().BeTrue();
        LeasedBudget lease = new(new("lease"), 2_000, Noon + Ttl);
        lease.TryReserve(1_250);

        ledger.Decide(new LedgerRequest.Commit(lease.Lease, Money.FromMinor(lease.Used, Currency.Eur)), Noon);
        Standing(ledger).Should().Be((1_250, 0));
    }

    [Fact]
    public async Task A_node_asks_the_pool_once_for_many_reservations()
    {
        CountingLedger pool = new(new(Plan));
        using LeasedLedger node = Node(pool, "n1");
        for (int i = 0; i < 10; i++)
        {
            (await AskAsync(node, Reserve($"r{i}", 1), Noon)).IsDone.Should().BeTrue();
        }

        pool.Calls.Should().Be(1, "one lease: max(1.00, 80.00 ÷ 8) = 10.00");
        Standing(pool.Inner).Should().Be((0, 1_000));
        await AskAsync(node, new LedgerRequest.Commit(new("r0"), 0.90m.Eur), Noon);
        pool.Calls.Should().Be(2, "what was given out is told in the same call");
        Standing(pool.Inner).Should().Be((90, 900));
    }

    [Fact]
    public async Task A_crash_loses_at_most_one_lease_until_it_expires()
    {
        BudgetLedger pool = new(Plan);
        using LeasedLedger lost = Node(pool, "n1");
        using LeasedLedger other = Node(pool, "n2");
        (await AskAsync(lost, Reserve("r", 1), Noon)).IsDone.Should().BeTrue();

        LedgerDecision all = await AskAsync(other, Reserve("s", 80), Noon);
        all.Headroom.Should().Be(7_000, "all but the lease of the node that is lost");
        (await AskAsync(other, Reserve("s", 70), Noon)).IsDone.Should().BeTrue();
        (await AskAsync(other, Reserve("t", 10), Noon + Ttl - Duration.Epsilon)).IsDone.Should().BeFalse();
        (await AskAsync(other, Reserve("t", 10), Noon + Ttl)).IsDone.Should().BeTrue("its time is over");

        LedgerRequest.Commit late = new(new("r"), 1.Eur) { Budgets = [new("day")], At = Noon, BoughtAt = Noon };
        LedgerDecision kept = await AskAsync(other, late, Noon + Ttl);
        (kept.Amount, kept.Marks).Should().Be(
            (1.Eur, CommitMarks.Unreserved | CommitMarks.OverLimit), "the promise is kept, and its excess is said");
    }

    [Fact]
    public async Task What_lies_idle_goes_back_when_half_of_the_time_is_over()
    {
        BudgetLedger pool = new(Plan);
        using LeasedLedger node = Node(pool, "n1");
        await AskAsync(node, Reserve("r", 1), Noon);
        await node.ExpireAsync(Noon + (Ttl / 2) - Duration.Epsilon, CancellationToken.None);
        Standing(pool).Should().Be((0, 1_000));
        await node.ExpireAsync(Noon + (Ttl / 2), CancellationToken.None);
        Standing(pool).Should().Be((0, 100), "what was given out stays");
    }

    [Fact]
    public async Task A_node_gives_back_what_lies_idle_before_it_refuses()
    {
        BudgetLine a = new(new("a"), new(BudgetScopeKind.Partner, "a"), PeriodUnit.Day)
        {
            Parent = new("day"),
            Limit = 80.Eur,
        };
        BudgetPlan plan = Plan with { Lines = [.. Plan.Lines.AsEnumerable(), a, a with { Id = new("b") }] };
        BudgetLedger pool = new(plan);
        using LeasedLedger node = new(pool, plan, new("n1", 1, Ttl));
        await AskAsync(node, Reserve("r", 1) with { Budgets = [new("a")] }, Noon);
        Standing(pool).Should().Be((0, 2_000));

        (await AskAsync(node, Reserve("s", 79) with { Budgets = [new("b")] }, Noon)).IsDone.Should().BeTrue();
        Standing(pool).Should().Be((0, 8_000));
    }

    [Fact]
    public async Task One_id_asked_of_two_nodes_counts_once()
    {
        BudgetLedger pool = new(Plan);
        using LeasedLedger one = Node(pool, "n1");
        using LeasedLedger two = Node(pool, "n2");
        foreach (LeasedLedger node in (LeasedLedger[])[one, two])
        {
            await AskAsync(node, Reserve($"{node.GetHashCode()}", 1), Noon);
            (await AskAsync(node, Reserve("same", 2), Noon)).IsDone.Should().BeTrue();
        }

        await one.ReturnAsync(Noon, CancellationToken.None);
        await two.ReturnAsync(Noon, CancellationToken.None);
        Standing(pool).Should().Be((0, 400), "1.00, 1.00 and once 2.00");
    }

    [Fact]
    public async Task A_pool_out_of_reach_loses_nothing()
    {
        CountingLedger pool = new(new(Plan));
        using LeasedLedger node = Node(pool, "n1");
        await AskAsync(node, Reserve("r0", 1), Noon);
        pool.IsOut = true;
        (await AskAsync(node, Reserve("r1", 1), Noon)).IsDone.Should().BeTrue("the lease has it");
        await node.Awaiting(n => n.ReturnAsync(Noon, CancellationToken.None).AsTask())
            .Should().ThrowAsync<IOException>();
        await node.Awaiting(n => AskAsync(n, Reserve("r2", 50), Noon)).Should().ThrowAsync<IOException>();

        pool.IsOut = false;
        await node.ReturnAsync(Noon, CancellationToken.None);
        Standing(pool.Inner).Should().Be((0, 200));
    }

    // The node gave out 3.00 in time, and its telling came when the lease was over.
    [Theory]
    [InlineData(50, 5_300, CommitMarks.None)]
    [InlineData(80, 8_000, CommitMarks.Late | CommitMarks.OverLimit)]
    public async Task What_is_told_after_the_lease_expired_is_kept(decimal others, long reserved, CommitMarks marks)
    {
        List<LedgerEntry> entries = [];
        CountingLedger pool = new(new(Plan) { Journal = entries.Add });
        using LeasedLedger node = Node(pool, "n1");
        await AskAsync(node, Reserve("r0", 1), Noon);
        await AskAsync(node, Reserve("r1", 2), Noon + (Ttl / 4));
        pool.IsOut = true;
        await node.Awaiting(static n => n.ExpireAsync(Noon + (Ttl / 2), CancellationToken.None).AsTask())
            .Should().ThrowAsync<IOException>();
        pool.IsOut = false;
        pool.Inner.Decide(Reserve("others", others), Noon + Ttl).IsDone.Should().BeTrue("the lease is over");

        await node.ExpireAsync(Noon + Ttl, CancellationToken.None);

        Standing(pool.Inner).Should().Be((0, reserved), "no limit is exceeded by a reservation");
        LedgerDecision paid = await AskAsync(node, new LedgerRequest.Commit(new("r1"), 2.Eur), Noon + Ttl);
        (paid.Code, paid.Amount, paid.Marks).Should().Be((null, 2.Eur, marks));
        BudgetLedger again = new(Plan, entries);
        Standing(again).Should().Be(Standing(pool.Inner));
        again.Decide(new LedgerRequest.Commit(new("r0"), 1.Eur), Noon + Ttl).Marks.Should().Be(marks);
    }

    [Fact]
    public void Terms_are_checked()
    {
        Action[] wrong =
        [
            static () => _ = new LeaseTerms(string.Empty, 1, Ttl), static () => _ = new LeaseTerms("n", 0, Ttl),
            static () => _ = new LeaseTerms("n", 1, Duration.Zero),
            static () => _ = new LeaseTerms(new string('n', LeaseTerms.NodeLengthMax + 1), 1, Ttl),
        ];
        wrong.Should().AllSatisfy(static act => act.Should().Throw<ArgumentException>());
    }

    private static LeasedLedger Node(IBudgetLedger pool, string name) => new(pool, Plan, new(name, 2, Ttl));

    private static LedgerRequest.Reserve Reserve(string id, decimal amount) =>
        new(new(id), [new BudgetId("day")], amount.Eur, Noon);

    private static async Task<LedgerDecision> AskAsync(LeasedLedger ledger, LedgerRequest request, Instant asOf) =>
        (await ledger.ApplyAsync([request], asOf, CancellationToken.None))[0];

    private static (long Committed, long Reserved) Standing(BudgetLedger ledger)
    {
        BudgetSnapshot read = ledger.Read(new("day"), Noon)!;
        return (read.Committed, read.Reserved);
    }

    private sealed class CountingLedger(BudgetLedger inner) : IBudgetLedger
    {
        public BudgetLedger Inner => inner;

        public bool IsOut { get; set; }

        public int Calls { get; private set; }

        public ValueTask<ValueList<LedgerDecision>> ApplyAsync(
            ValueList<LedgerRequest> requests, Instant asOf, CancellationToken cancellationToken)
        {
            Calls++;
            return IsOut ? throw new IOException("out of reach") : inner.ApplyAsync(requests, asOf, cancellationToken);
        }

        public ValueTask<int> ExpireAsync(Instant asOf, CancellationToken cancellationToken) =>
            inner.ExpireAsync(asOf, cancellationToken);

        public ValueTask<ValueList<BudgetSnapshot>> ReadAsync(
            ValueList<BudgetId> budgets, Instant at, CancellationToken cancellationToken) =>
            IsOut ? throw new IOException("out of reach") : inner.ReadAsync(budgets, at, cancellationToken);
    }
}
