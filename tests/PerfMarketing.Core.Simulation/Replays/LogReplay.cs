using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Replays;

/// <summary>Hands logs to the batch, over the touches that the live run took in.</summary>
internal sealed class LogReplay(WorldPlan world, Campaign campaign, JourneyLog journeys, JourneyLog? marks = null)
    : IJourneySource
{
    private readonly Dictionary<CustomerId, JourneyTouch[]> touches = [];

    public Campaign Campaign => campaign;

    /// <summary>The orders that other campaigns have.</summary>
    public IEnumerable<OrderClaimed> Taken { get; init; } = [];

    /// <summary>Up to when marks of outcomes are known.</summary>
    public Instant Now { get; set; } = Instant.MinValue;

    /// <summary>Plays a whole log.</summary>
    public RunPicture Play(IEnumerable<Handed> log, Instant end)
    {
        RunPicture picture = new(this);
        foreach (Handed one in log)
        {
            HandIn(picture.Run, one);
        }

        return picture.At(end);
    }

    public void HandIn(CampaignRun run, Handed one, FoundCredit found = default)
    {
        // What was due before does not know of what comes now.
        run.Expire(one.At);
        Now = one.At;
        if (one.Invalid is { } invalid)
        {
            run.Invalidate(invalid, one.At);
        }
        else
        {
            run.Process(one.Input!, found);
        }
    }

    public Journey Find(Outcome outcome)
    {
        if (outcome.Customer is not { } customer)
        {
            return default;
        }

        if (!touches.TryGetValue(customer, out JourneyTouch[]? own))
        {
            own = [.. journeys.TouchesOf(customer, long.MaxValue).Select(JourneyTouch.Of)];
            touches.Add(customer, own);
        }

        Instant from = world.Lookback is { } window ? outcome.At - window : Instant.MinValue;
        Instant? previous = world.CutAtConversion
            ? (marks ?? journeys).PreviousOf(outcome.Id, customer, outcome.At, Now, long.MaxValue)
            : null;
        return new(
            Array.FindAll(own, t => t.At >= from && t.At <= outcome.At),
            previous is { } at ? new JourneyCut(at) : null);
    }
}
