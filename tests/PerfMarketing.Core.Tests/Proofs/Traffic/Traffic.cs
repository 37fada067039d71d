using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Proofs.Traffic;

namespace PerfMarketing.Tests.Proofs.Traffic;

/// <summary>Results and rules for tests of invalid traffic.</summary>
internal static class Traffic
{
    internal static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    internal static Outcome Install(string id, long second = 0) => new()
    {
        Id = new(id),
        At = Noon.Plus(Duration.FromSeconds(second)),
        Kind = OutcomeKind.Install,
    };

    internal static TrafficSubject Seen(
        TrafficTerms terms, Outcome outcome, string partner = "blog", long? delay = null) =>
        new(new("acme"), new(partner), Case(outcome, delay)) { Terms = terms };

    internal static TrafficCase Case(Outcome outcome, long? delay) =>
        new(outcome) { TouchAt = delay is { } seconds ? outcome.At - Duration.FromSeconds(seconds) : null };

    internal static TrafficTerms Terms(params ReadOnlySpan<TrafficRule> rules) => new() { Rules = [.. rules] };

    // Looks at a result and remembers it.
    internal static TrafficSignal[] See(this TrafficWindow window, TrafficSubject subject)
    {
        TrafficFinding[] found = [.. window.Look(subject)];
        foreach (TrafficFinding finding in found)
        {
            window.Add(finding);
        }

        return [.. found.SelectMany(static f => f.Signals)];
    }

    // Looks at a result and forgets it.
    internal static TrafficSignal[] Judge(this TrafficWindow window, TrafficSubject subject) =>
        [.. window.Look(subject).SelectMany(static f => f.Signals)];

    internal static string[] Codes(IEnumerable<TrafficSignal> signals) => [.. signals.Select(static s => s.Code)];
}
