using System.Diagnostics;
using System.Globalization;

namespace PerfMarketing.Benchmarks.Budgets;

/// <summary>
/// What a decision of a pace takes by the clock, the best of many short loops; and with two threads on one budget, of
/// only those loops during which the other thread ran too: for machines that do other things as well.
/// </summary>
internal static class PaceSpeed
{
    private const int Rounds = 20;
    private const int Loops = 400;
    private const int Decisions = 1_000;

    // A loop that takes longer was interrupted.
    private static readonly long LongMax = Stopwatch.Frequency / 5_000;

    /// <summary>Runs it: a part of <c>--ledger</c>.</summary>
    public static void Run()
    {
        PacerBenchmarks all = new();
        all.SetUp();
        (string Name, Func<long> Work)[] works =
        [
            ("compare-exchange", all.Compare_exchange_alone), ("counter", () => all.Reserve_only() ? 1 : 0),
            ("by worth, 31 of 100 admitted", () => all.By_worth_at_a_scarce_budget()),
            ("by worth, all admitted", () => all.By_worth()), ("in turn, all admitted", () => all.In_turn()),
        ];
        foreach ((string name, Func<long> work) in works)
        {
            double one = double.MaxValue;
            double two = double.MaxValue;
            for (int round = 0; round < Rounds; round++)
            {
                long[] marks = Marks(work);
                one = Math.Min(one, marks.Zip(marks.Skip(1)).Min(static m => Time(m.First, m.Second)));
                two = Math.Min(two, Together(work));
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name,-32} {one,8:0.0} ns  two threads at once {two,8:0.0} ns each"));
        }
    }

    // When each loop ended.
    private static long[] Marks(Func<long> work)
    {
        var marks = new long[Loops + 1];
        marks[0] = Stopwatch.GetTimestamp();
        for (int i = 1; i <= Loops; i++)
        {
            work();
            marks[i] = Stopwatch.GetTimestamp();
        }

        return marks;
    }

    // The median of the loops of one thread that the other one ran beside without an interruption.
    private static double Together(Func<long> work)
    {
        long[][] both = [[], []];
        using Barrier start = new(2);
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            both[i] = Marks(work);
        }))];
        Array.ForEach(threads, static t => t.Start());
        Array.ForEach(threads, static t => t.Join());
        (long From, long Until)[] other = [.. both[1].Zip(both[1].Skip(1))];
        double[] found = [.. both[0].Zip(both[0].Skip(1))
            .Where(m => m.Second - m.First < LongMax && both[1][0] <= m.First && m.Second <= both[1][^1]
                && other.All(o => o.Until <= m.First || m.Second <= o.From || o.Until - o.From < LongMax))
            .Select(static m => Time(m.First, m.Second)).Order()];
        return found.Length < 20 ? double.MaxValue : found[found.Length / 2];
    }

    private static double Time(long from, long until) =>
        Stopwatch.GetElapsedTime(from, until).TotalNanoseconds / Decisions;
}
