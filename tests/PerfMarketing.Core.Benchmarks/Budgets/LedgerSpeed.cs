using System.Diagnostics;
using System.Globalization;

namespace PerfMarketing.Benchmarks.Budgets;

/// <summary>
/// What a ledger of reservations costs in processor time, beside the naive one in turns and in one process: for
/// machines that do other things too.
/// </summary>
internal static class LedgerSpeed
{
    private const int Rounds = 40;
    private const int Loops = 20;

    /// <summary>Runs it: <c>--ledger</c>.</summary>
    public static void Run()
    {
        BudgetLedgerBenchmarks all = new();
        all.SetUp();
        (string Name, Func<int> Work, int Times)[] works =
        [
            ("leased chunk", all.Lease, 200), ("counter, one thread", all.Counter, 50),
            ("reserve and commit, one line", all.One_line, 1), ("reserve and commit, three lines", all.Three_lines, 1),
            ("refused", all.Refused, 1), ("naive, three lines", all.Naive, 1),
        ];
        var best = new double[works.Length];
        Array.Fill(best, double.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < works.Length; i++)
            {
                best[i] = Math.Min(best[i], Time(works[i].Work, works[i].Times * Loops));
                Thread.Sleep(5);
            }
        }

        for (int i = 0; i < works.Length; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            int done = works[i].Work();
            double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)BudgetLedgerBenchmarks.Count;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{works[i].Name,-32} {best[i],8:0.0} ns  {bytes,6:0} B  ×{best[i] / best[^1]:0.000}  ({done})"));
        }

        PaceSpeed.Run();
    }

    // Processor time of the whole process, by request.
    private static double Time(Func<int> work, int times)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        for (int i = 0; i < times; i++)
        {
            work();
        }

        process.Refresh();
        return (process.TotalProcessorTime - before).TotalNanoseconds / ((double)times * BudgetLedgerBenchmarks.Count);
    }
}
