using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
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

    internal static TrafficObservation Seen(Outcome outcome, string partner = "blog", long? delay = null) =>
        new(Case(outcome, delay), new PartnerId(partner));

    internal static TrafficCase Case(Outcome outcome, long? delay) =>
        new(outcome) { TouchAt = delay is { } seconds ? outcome.At - Duration.FromSeconds(seconds) : null };

    internal static TrafficTerms Terms(params ReadOnlySpan<TrafficRule> rules) => new() { Rules = [.. rules] };

    internal static string[] Codes(IEnumerable<TrafficSignal> signals) => [.. signals.Select(static s => s.Code)];
}
