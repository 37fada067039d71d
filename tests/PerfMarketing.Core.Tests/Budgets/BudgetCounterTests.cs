using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Budgets;

namespace PerfMarketing.Tests.Budgets;

public sealed class BudgetCounterTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20_260_307, 1);

    // Source: cases/budget-and-experiment-cases.json, areas gbrain-race and eliza-race, in millionths.
    [Theory]
    [InlineData("gbrain-race-1", 5_000_000, 4_752_720, 88_400, 4, 2)]
    [InlineData("eliza-race-1", 100_000_000, 0, 60_000_000, 2, 1)]
    public void As_many_are_admitted_as_fit_whoever_comes_first(
        string id, long limit, long used, long amount, int parallel, int admitted)
    {
        BudgetCounter counter = new(limit, used);
        int granted = 0;
        InParallel(parallel, _ => Interlocked.Add(ref granted, counter.TryReserve(amount) ? 1 : 0));

        granted.Should().Be(admitted, id);
        counter.Used.Should().Be(used + (admitted * amount));
    }

    [Fact]
    public void Nothing_is_reserved_above_the_limit_by_two_threads_at_once() => Prop.ForAll(
        ArbMap.Default.ArbFor<(PositiveInt Limit, byte[] One, byte[] Other)>(),
        run =>
        {
            BudgetCounter counter = new(run.Limit.Get);
            byte[][] amounts = [run.One ?? [], run.Other ?? []];
            var granted = new long[2];
            bool isOver = false;
            InParallel(2, thread =>
            {
                foreach (byte amount in amounts[thread])
                {
                    granted[thread] += counter.TryReserve(amount) ? amount : 0;
                    isOver |= counter.Used > counter.Limit;
                }
            });
            return !isOver && counter.Used == granted.Sum() && counter.Available == counter.Limit - counter.Used;
        }).Check(Seeded);

    [Fact]
    public void Two_threads_that_reserve_and_give_back_end_at_nothing()
    {
        BudgetCounter counter = new(100);
        InParallel(2, _ =>
        {
            for (int i = 0; i < 100_000; i++)
            {
                if (counter.TryReserve(60))
                {
                    counter.Release(60);
                }
            }
        });

        counter.Used.Should().Be(0);
    }

    [Fact]
    public void A_result_that_costs_more_than_was_set_aside_is_counted_and_said()
    {
        BudgetCounter counter = new(100);
        counter.TryReserve(90).Should().BeTrue();

        counter.Settle(90, 110).Should().BeFalse("it is 10 above the limit");

        (counter.Used, counter.Available).Should().Be((110, 0));
        counter.TryReserve(1).Should().BeFalse();
        counter.Settle(0, 0).Should().BeFalse("it is still above");
    }

    [Fact]
    public void A_lower_limit_stops_and_takes_nothing_back()
    {
        BudgetCounter counter = new(100, 80);
        counter.ChangeLimit(50);

        (counter.Used, counter.Available, counter.TryReserve(1)).Should().Be((80, 0, false));
        counter.ChangeLimit(81);
        counter.TryReserve(1).Should().BeTrue();
    }

    [Fact]
    public void A_ceiling_below_the_limit_holds_for_the_call()
    {
        BudgetCounter counter = new(100);
        counter.TryReserve(10, 9).Should().BeFalse();
        counter.TryReserve(9, 9).Should().BeTrue();
        counter.TryReserve(1, 9).Should().BeFalse();
        counter.TryReserve(91).Should().BeTrue();
    }

    [Fact]
    public void Negative_amounts_are_refused()
    {
        BudgetCounter counter = new(100);
        Action[] wrong =
        [
            () => counter.TryReserve(-1), () => counter.Release(-1), () => counter.Settle(-1, 0),
            () => counter.Settle(0, -1), () => counter.ChangeLimit(-1), () => _ = new BudgetCounter(-1),
        ];
        wrong.Should().AllSatisfy(static act => act.Should().Throw<ArgumentOutOfRangeException>());
        counter.TryReserve(BudgetCounter.AmountMax).Should().BeFalse("it does not fit");
        counter.TryReserve(10).Should().BeTrue();
        counter.TryReserve(1, long.MinValue).Should().BeFalse();
        Action[] huge =
        [
            () => counter.TryReserve(long.MaxValue), () => _ = new BudgetCounter(long.MaxValue),
            () => counter.ChangeLimit(BudgetCounter.AmountMax + 1), () => counter.Settle(0, long.MaxValue),
        ];
        huge.Should().AllSatisfy(static act => act.Should().Throw<ArgumentOutOfRangeException>());
    }

    [Fact]
    public void What_is_owed_never_wraps_around()
    {
        BudgetCounter counter = new(BudgetCounter.AmountMax);
        Action settle = () => counter.Settle(0, BudgetCounter.AmountMax);
        for (int i = 0; i < 9; i++)
        {
            counter.Settle(0, BudgetCounter.AmountMax).Should().Be(i == 0);
        }

        settle.Should().Throw<OverflowException>();
        counter.Used.Should().Be(9 * BudgetCounter.AmountMax);

        BudgetCounter back = new(BudgetCounter.AmountMax);
        Enumerable.Range(0, 9).ToList().ForEach(_ => back.Release(BudgetCounter.AmountMax));
        back.Available.Should().Be(long.MaxValue, "more than can be said");
    }

    private static void InParallel(int count, Action<int> work)
    {
        using Barrier barrier = new(count);
        Thread[] threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            barrier.SignalAndWait();
            work(i);
        }))];
        Array.ForEach(threads, static t => t.Start());
        Array.ForEach(threads, static t => t.Join());
    }
}
