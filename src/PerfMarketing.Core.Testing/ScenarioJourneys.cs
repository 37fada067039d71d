using System.Globalization;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;

namespace PerfMarketing.Testing;

/// <summary>The journeys of a scenario; what is told later comes later, also at one instant.</summary>
internal sealed class ScenarioJourneys : IJourneySource
{
    private readonly Dictionary<CustomerId, List<JourneyTouch>> touches = [];
    private readonly Dictionary<OutcomeId, (JourneyCut? Previous, long Sequence)> outcomes = [];
    private readonly Dictionary<CustomerId, JourneyCut> newest = [];
    private long told;

    public void Touched(CustomerId customer, JourneyTouch plain)
    {
        told++;
        JourneyTouch touch = plain with
        {
            Id = new(string.Create(CultureInfo.InvariantCulture, $"touch-{told}")),
            Sequence = told,
        };
        if (!touches.TryAdd(customer, [touch]))
        {
            touches[customer].Add(touch);
        }
    }

    public void Happened(Outcome outcome)
    {
        told++;
        CustomerId customer = outcome.Customer.GetValueOrDefault();
        JourneyCut? previous = newest.TryGetValue(customer, out JourneyCut cut) ? cut : null;
        if (outcomes.TryAdd(outcome.Id, (previous, told)) && !outcome.IsTest)
        {
            newest[customer] = new(outcome.At, told);
        }
    }

    public Journey Find(Outcome outcome)
    {
        (JourneyCut? previous, long sequence) = outcomes[outcome.Id];
        List<JourneyTouch> own = touches.GetValueOrDefault(outcome.Customer.GetValueOrDefault(), []);
        return new(own.ToArray(), previous, sequence);
    }
}
