using NodaTime;
using PerfMarketing.Simulation.Streams;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Live;

/// <content>A second campaign of the advertiser is handed the same orders: before, beside or after the first.</content>
internal sealed partial class LiveRun
{
    // The shop does not know whose an order is: it hands it to both, in either order or at the same time.
    private void HandIn(List<Delivery[]> calls, Instant asOf)
    {
        SimEvent[] shared = rival is null ? [] : [.. calls.SelectMany(static c => c)
            .Select(static d => d.Event).Where(rival.Wants)];
        List<Task> beside = [];
        List<SimEvent> after = [];
        foreach (SimEvent one in shared)
        {
            switch (rival!.Random.Below(4))
            {
                case 0:
                    Finish([HandRivalAsync(one, asOf)]);
                    break;
                case 1 when !world.IsWide:
                    beside.Add(HandRivalAsync(one, asOf));
                    break;
                case 2:
                    after.Add(one);
                    break;
                default:
                    rival.Backlog.Enqueue(one);
                    break;
            }
        }

        faults.HasStruck = false;
        Finish([.. calls.Select(c => HandInAsync(c, asOf)), .. beside]);
        SweepAfterCall(asOf);
        foreach (SimEvent one in after)
        {
            Finish([HandRivalAsync(one, asOf)]);
        }

        if (rival is { Backlog.Count: > 0 } && rival.Random.Happens(50))
        {
            Finish([HandRivalAsync(rival.Backlog.Dequeue(), asOf)]);
        }
    }

    private void Observe(CommitBatch batch)
    {
        if (batch.Unit == Id)
        {
            watch.Take(batch);
        }
        else if (batch.Unit == UnitId.OfAdvertiser(Campaign.Advertiser))
        {
            Orders.Take(batch);
        }
        else if (rival is not null && batch.Unit == rival.Campaign.Id)
        {
            rival.Watch.Take(batch);
        }
        else
        {
            TakePayments(batch);
        }
    }

    // In the end it has got all of it.
    private void HandRivalRest()
    {
        for (int i = rival?.Backlog.Count ?? 0; i > 0; i--)
        {
            Finish([HandRivalAsync(rival!.Backlog.Dequeue(), now)]);
        }

        violations.Require(
            rival is null or { Backlog.Count: 0 }, $"liveness: {rival?.Backlog.Count} orders are left in a rival");
        Orders.CheckEnd();
    }

    private async Task HandRivalAsync(SimEvent what, Instant asOf)
    {
        for (int i = 0; i < TryCount; i++)
        {
            ConversionReport? report = null;
            if (await TryAsync(async () => report = await rival!.CallAsync(what, asOf).ConfigureAwait(false))
                .ConfigureAwait(false))
            {
                Answers(rival!.Watch, report!, what);
                return;
            }
        }

        rival!.Backlog.Enqueue(what);
    }
}
