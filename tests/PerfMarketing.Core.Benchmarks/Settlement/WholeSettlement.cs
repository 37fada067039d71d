using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using PerfMarketing.Campaigns;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Benchmarks.Settlement;

/// <summary>
/// One whole settlement, timed phase by phase: touches grouped by customer, orders decided, statements closed, and the
/// records folded again.
/// </summary>
internal static class WholeSettlement
{
    private const int OrdersByDefault = 1_000_000;
    private const int WarmUpRoundsMax = 40;
    private const int WarmUpRoundsQuiet = 3;

    /// <summary>
    /// Runs it: <c>--settle [orders [seed [threads [cold]]]]</c>; cold is the first settlement of a process, with all
    /// that is compiled in it.
    /// </summary>
    public static void Run(ReadOnlySpan<string> args)
    {
        int orders = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : OrdersByDefault;
        ulong seed = args.Length > 1 ? ulong.Parse(args[1], CultureInfo.InvariantCulture) : 1;
        int degree = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
        SettlementWorld world = new(seed, orders);
        Campaign campaign = SettlementWorld.Terms();
        if (args is not [.., "cold"])
        {
            WarmUp(new(seed, 20_000), campaign, degree);
        }

        CampaignRun run = Settle(world, campaign, Print, degree);
        List<CampaignRecord> records = RecordsOf(run);
        CampaignState state = new(campaign);
        Timed("replay", records.Count, Print, () => records.ForEach(state.Apply));
    }

    // Until nothing is left to compile: the runtime compiles what is called often again, after a pause and beside it.
    private static void WarmUp(SettlementWorld world, Campaign campaign, int degree)
    {
        long compiled = -1;
        int quiet = 0;
        for (int round = 0; round < WarmUpRoundsMax && quiet < WarmUpRoundsQuiet; round++)
        {
            long until = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 4);
            while (Stopwatch.GetTimestamp() < until)
            {
                _ = Settle(world, campaign, _ => { }, degree);
            }

            quiet = JitInfo.GetCompiledMethodCount() == compiled ? quiet + 1 : 0;
            compiled = JitInfo.GetCompiledMethodCount();
        }

        GC.Collect();
    }

    private static CampaignRun Settle(
        SettlementWorld world, Campaign campaign, Action<string> print, int degree)
    {
        JourneyIndex journeys = null!;
        CampaignRun run = null!;
        ValueList<Statement> statements = [];
        TimeSpan begin = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        Timed("group touches", world.Touches.Length, print, () => journeys = world.Group(degree));
        run = new(campaign, journeys);
        run.Expect(world.Orders.Length);
        Timed("decide", world.Orders.Length, print, () =>
        {
            if (degree > 1)
            {
                new OrdersAhead(run, journeys, world.Orders).Decide(degree - 1);
            }
            else
            {
                Decide(run, journeys, world.Orders);
            }
        });
        Timed("close", run.Entries.Count, print, () =>
        {
            run.Expire(SettlementWorld.End);
            statements = run.Statements(SettlementWorld.End);
        });
        print($"whole: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s, CPU "
            + $"{(Process.GetCurrentProcess().TotalProcessorTime - begin).TotalSeconds:0.00} s, "
            + $"{run.Entries.Count} earnings, {statements.Count} statements, {GC.GetTotalMemory(false) >> 20} MiB");
        TermNode all = TermNode.OfList([.. statements.Select(static s => TermNode.OfText(
            $"{s.Id} {s.Gross} {s.Adjustments} {s.Payable} {s.Closing} {s.Lines[^1].Id}"))]);
        print($"result: {TermDigest.Of(all)}");
        return run;
    }

    // A few at a time, so that what is looked up of them is in the caches when they are decided.
    private static void Decide(CampaignRun run, JourneyIndex journeys, ReadOnlySpan<CampaignInput> orders)
    {
        for (int start = 0; start < orders.Length; start += JourneyIndex.Few)
        {
            ReadOnlySpan<CampaignInput> own = orders.Slice(start, Math.Min(JourneyIndex.Few, orders.Length - start));
            journeys.Expect(own);
            foreach (CampaignInput order in own)
            {
                run.Process(order);
            }
        }
    }

    private static List<CampaignRecord> RecordsOf(CampaignRun run)
    {
        List<CampaignRecord> records = [];
        foreach (OutcomeState known in run.State.Outcomes)
        {
            records.Add(new OutcomeReceived
            {
                OutcomeId = known.Id, DecidedAt = known.Outcome!.RecordedAt, Outcome = known.Outcome,
            });
            records.AddRange(known.Earnings.Select(static e => e.Earning));
            records.Add(known.Decision!);
        }

        return records;
    }

    private static void Timed(string what, int count, Action<string> print, Action act)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        int[] collections = [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];
        TimeSpan paused = GC.GetTotalPauseDuration();
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        act();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        string collected = string.Join('/', collections.Select(static (n, i) => GC.CollectionCount(i) - n));
        print($"{what}: {count} in {seconds:0.00} s ({count / seconds:N0}/s), CPU {cpu.TotalSeconds:0.00} s, "
            + $"{collected} collections of {(GC.GetTotalPauseDuration() - paused).TotalSeconds:0.00} s, "
            + $"{allocated / count} B each");
    }

    private static void Print(string line) => Console.WriteLine(line);
}
