using PerfMarketing.Campaigns;
using PerfMarketing.Simulation.Checks;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Simulation.Replays;
using PerfMarketing.Simulation.Streams;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation;

/// <summary>Everything that one seed does.</summary>
internal sealed class SeedRun(ulong seed, int events, bool isWide)
{
    public Violations Violations { get; } = new();

    public FaultCounts Faults { get; } = new();

    public long Events { get; private set; }

    /// <summary>What was played; null before, and when it is no longer asked for.</summary>
    public LiveRun? Live { get; private set; }

    public void Run()
    {
        try
        {
            Play();
        }
        catch (Exception broken)
        {
            Violations.Add($"threw {broken}");
        }
    }

    /// <summary>Lets go of all but what was found and counted.</summary>
    public void Forget() => Live = null;

    private void Play()
    {
        WorldPlan world = WorldMaker.Make(seed, events, isWide);
        SeededRandom random = new(~seed);
        Campaign campaign = CampaignBuilder.Build(world);
        List<Delivery> deliveries = new StreamMaker(world, random.Fork(), Faults).Make(events);
        Events = deliveries.Count;
        Live = new(world, campaign, random.Fork(), Faults, Violations);
        Live.Play(deliveries);
        Live.Settle();
        if (Violations.Count == 0)
        {
            new BatchCheck(world, Live, Violations).Run();
        }

        if (Violations.Count == 0)
        {
            new ReplayChecks(world, Live, Violations).Run();
        }
    }
}
