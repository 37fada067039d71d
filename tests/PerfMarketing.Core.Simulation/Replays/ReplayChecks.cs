using PerfMarketing.Simulation.Checks;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Replays;

/// <summary>
/// Plays the log of a live run again, with something done to it that must make no difference, or a known one. Each seed
/// draws at most one such thing: each costs as much as several batches.
/// </summary>
internal sealed class ReplayChecks(WorldPlan world, LiveRun live, Violations violations)
{
    private const ulong Salt = 0x5245_504C_4159;

    /// <summary>Plays what the seed draws.</summary>
    public void Run()
    {
        SeededRandom random = new(world.Seed ^ Salt);
        int draw = random.Below(1_000);
        LogReplay replay = new(world, live.Campaign, live.Journeys) { Taken = live.Orders.OfOthers(live.Campaign.Id) };
        Handed[] log = Handed.LogOf(live.Watch.Log);
        if (log.Length == 0)
        {
            return;
        }

        Play(draw, random, replay, log);
    }

    private void Play(int draw, SeededRandom random, LogReplay replay, Handed[] log)
    {
        switch (draw)
        {
            case < 170:
                new EvidenceOrderCheck(world, live, random, violations).Run(log);
                break;
            case < 250:
                new BatchCutCheck(world, live, random, violations).Run(log);
                break;
            case < 430:
                new PartitionCheck(world, live, random, violations).Run(replay, log);
                break;
            case < 600:
                new RejectedEventCheck(world, live, random, violations).Run(replay, log);
                break;
            case < 770:
                new ReversedEventCheck(world, live, random, violations).Run(replay, log);
                break;
            case < 900:
                new RestoredCheck(live, random, violations).Run(replay, log);
                break;
            default:
                break;
        }
    }
}
