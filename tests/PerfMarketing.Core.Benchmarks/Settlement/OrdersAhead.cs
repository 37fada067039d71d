using PerfMarketing.Settlement;

namespace PerfMarketing.Benchmarks.Settlement;

/// <summary>
/// Decides orders in order on one thread, while others find who brought the next ones. Whoever has nothing to decide
/// finds too.
/// </summary>
internal sealed class OrdersAhead
{
    private const int ChunkSize = 4_096;

    private readonly CampaignRun run;
    private readonly JourneyIndex journeys;
    private readonly CampaignInput[] orders;
    private readonly FoundCredit[][] found;
    private readonly ManualResetEventSlim[] ready;
    private int next = -1;

    /// <summary>Makes it.</summary>
    public OrdersAhead(CampaignRun run, JourneyIndex journeys, CampaignInput[] orders)
    {
        (this.run, this.journeys, this.orders) = (run, journeys, orders);
        found = new FoundCredit[(orders.Length + ChunkSize - 1) / ChunkSize][];
        ready = [.. found.Select(static _ => new ManualResetEventSlim())];
    }

    /// <summary>Decides all orders.</summary>
    /// <param name="finders">How many threads do nothing but find.</param>
    public void Decide(int finders)
    {
        using SemaphoreSlim room = new(4 * finders);
        Task[] workers = [.. Enumerable.Range(0, finders).Select(_ => Task.Run(() =>
        {
            do
            {
                room.Wait();
            }
            while (TryFind());

            room.Release();
        }))];
        for (int chunk = 0; chunk < found.Length; chunk++)
        {
            while (!ready[chunk].IsSet && room.Wait(0) && TryFind())
            {
            }

            ready[chunk].Wait();
            ReadOnlySpan<CampaignInput> own = Chunk(chunk);
            for (int i = 0; i < own.Length; i++)
            {
                run.Process(own[i], found[chunk][i]);
            }

            found[chunk] = [];
            room.Release();
        }

        Task.WaitAll(workers);
    }

    // Finds who brought the next chunk, if one is left.
    private bool TryFind()
    {
        int chunk = Interlocked.Increment(ref next);
        if (chunk >= found.Length)
        {
            return false;
        }

        ReadOnlySpan<CampaignInput> own = Chunk(chunk);
        var credits = new FoundCredit[own.Length];
        for (int i = 0; i < credits.Length; i++)
        {
            if (i % JourneyIndex.Few == 0)
            {
                journeys.Expect(own.Slice(i, Math.Min(JourneyIndex.Few, own.Length - i)));
            }

            credits[i] = run.Credits.Find(own[i]);
        }

        found[chunk] = credits;
        ready[chunk].Set();
        return true;
    }

    private ReadOnlySpan<CampaignInput> Chunk(int chunk) =>
        orders.AsSpan(chunk * ChunkSize, Math.Min(ChunkSize, orders.Length - (chunk * ChunkSize)));
}
