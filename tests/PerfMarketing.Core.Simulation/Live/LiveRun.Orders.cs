using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;
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
        List<Task> beside = AmendRival(asOf);
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
            CampaignRecord about = batch.Appends.SelectMany(static a => a.Records).First();
            if (rival.Watch.Log[^1].IsAmendment && rival.Watch.ContentOf(about.OutcomeId)?.OrderId is not null)
            {
                counts.Hit(FaultKind.AcceptedLate);
            }
        }
        else
        {
            TakePayments(batch);
        }
    }

    // What was accepted late is amended, before what is handed in then or beside it; what fails is tried again with the
    // next call.
    private List<Task> AmendRival(Instant asOf)
    {
        List<Task> beside = [];
        if (rival is null)
        {
            return beside;
        }

        rival.Advance(asOf);
        int count = rival.Amending.Count;
        for (int i = 0; i < count; i++)
        {
            ContractId contract = rival.Amending.Dequeue();
            Task call = AmendRivalAsync(contract, asOf);
            if (!world.IsWide && rival.Random.Happens(400))
            {
                beside.Add(call);
            }
            else
            {
                Finish([call]);
            }
        }

        return beside;
    }

    private async Task AmendRivalAsync(ContractId contract, Instant asOf)
    {
        if (!await TryAsync(() => rival!.AmendAsync(contract, asOf)).ConfigureAwait(false))
        {
            rival!.Amending.Enqueue(contract);
        }
    }

    // Asked again it does what a retraction that was taken back left; asked once more it changes nothing.
    private void AmendRivalRest()
    {
        if (rival is null)
        {
            return;
        }

        int commits = 0;
        for (int i = 0; i < 3; i++)
        {
            commits = rival.Watch.Log.Count;
            Finish(AmendRival(now));
            violations.Require(
                rival.Amending.Count == 0, $"liveness: {rival.Amending.Count} amendments of a rival are never done");
            rival.AmendAll();
        }

        violations.Require(
            rival.Watch.Log.Count == commits, $"I4: {rival.Watch.Log.Count - commits} amendments are done again");
        string? left = rival.FindRefused();
        violations.Require(left is null, $"liveness: nobody asks again for {left}");
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
        AmendRivalRest();
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
