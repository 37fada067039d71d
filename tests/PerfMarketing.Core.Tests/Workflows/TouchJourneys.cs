using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Settlement;

namespace PerfMarketing.Tests.Workflows;

/// <summary>
/// What a batch knows of journeys: all touches of the customer up to the outcome, and the one it names.
/// </summary>
internal sealed class TouchJourneys(IEnumerable<Touchpoint> touches) : IJourneySource
{
    public Journey Find(Outcome outcome) => new(
        touches.Where(t => t.Id == outcome.Touch || (t.Customer == outcome.Customer && t.At <= outcome.At))
            .Select(JourneyTouch.Of).ToArray());
}
