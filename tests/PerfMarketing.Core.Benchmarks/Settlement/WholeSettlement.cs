using System.Diagnostics;
using System.Globalization;
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

    /// <summary>Runs it: <c>--settle [orders [seed [threads]]]</c>.</summary>
    public static void Run(ReadOnlySpan<string> args)
    {
        int orders = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : OrdersByDefault;
        ulong seed = args.Length > 1 ? ulong.Parse(args[1], CultureInfo.InvariantCulture) : 1;
        int degree = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
        SettlementWorld world = new(seed, orders);
        Campaign campaign = SettlementWorld.Terms();
        _ = Settle(new(seed, 20_000), campaign, _ => { }, degree);
        GC.Collect();
        CampaignRun run = Settle(world, campaign, Print, degree);
        List<CampaignRecord> records = RecordsOf(run);
        CampaignState state = new(campaign);
        Timed("replay", records.Count, Print, () => records.ForEach(state.Apply));
    }

    private static CampaignRun Settle(
        SettlementWorld world, Campaign campaign, Action<string> print, int degree)
    {
        JourneyIndex journeys = null!;
        CampaignRun run = null!;
        ValueList<Statement> statements = [];
        TimeSpan begin = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        Timed("group touches", world.Touches.Length, print, () => journeys = world.Group());
        run = new(campaign, journeys);
        run.Expect(world.Orders.Length);
        Timed("decide", world.Orders.Length, print, () =>
        {
            if (degree > 1)
            {
                DecideAhead(run, world.Orders, degree - 1);
                return;
            }

            foreach (CampaignInput order in world.Orders)
            {
                run.Process(order);
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

    // Other threads find who brought the next chunks of orders, and this one decides them in order.
    private static void DecideAhead(CampaignRun run, CampaignInput[] orders, int finders)
    {
        const int Chunk = 4_096;
        int chunks = (orders.Length + Chunk - 1) / Chunk;
        var found = new FoundCredit[chunks][];
        using SemaphoreSlim room = new(4 * finders);
        ManualResetEventSlim[] ready = [.. Enumerable.Range(0, chunks).Select(static _ => new ManualResetEventSlim())];
        int next = -1;
        Task[] workers = [.. Enumerable.Range(0, finders).Select(_ => Task.Run(() =>
        {
            while (true)
            {
                room.Wait();
                int chunk = Interlocked.Increment(ref next);
                if (chunk >= chunks)
                {
                    room.Release();
                    return;
                }

                ReadOnlySpan<CampaignInput> own =
                    orders.AsSpan(chunk * Chunk, Math.Min(Chunk, orders.Length - (chunk * Chunk)));
                var credits = new FoundCredit[own.Length];
                for (int i = 0; i < credits.Length; i++)
                {
                    credits[i] = run.Credits.Find(own[i]);
                }

                found[chunk] = credits;
                ready[chunk].Set();
            }
        }))];
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            ready[chunk].Wait();
            for (int i = 0; i < found[chunk].Length; i++)
            {
                run.Process(orders[(chunk * Chunk) + i], found[chunk][i]);
            }

            found[chunk] = [];
            room.Release();
        }

        Task.WaitAll(workers);
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
