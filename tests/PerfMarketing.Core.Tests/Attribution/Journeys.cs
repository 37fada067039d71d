using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Attribution;

/// <summary>Short ways to write journeys: times are hours after <see cref="Start"/>.</summary>
internal static class Journeys
{
    internal static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 0, 0);

    internal static Instant Hour(int hours) => Start + Duration.FromHours(hours);

    internal static JourneyTouch Touch(string id, string partner, int hours, long sequence = 0) => new()
    {
        Id = new(id),
        At = Hour(hours),
        RecordedAt = Hour(hours),
        Sequence = sequence,
        Partner = partner.Length == 0 ? default : new(partner),
    };

    /// <summary>One touch an hour, one for each letter: "aba" are the partners a, b and a again.</summary>
    internal static JourneyTouch[] Hourly(string partners) =>
        [.. partners.Select(static (letter, i) => Touch($"t{i}", letter.ToString(), i))];

    internal static ConversionPoint Conversion(int hours) => new() { At = Hour(hours), KnownAt = Hour(hours) };

    /// <summary>Who got what, such as <c>a 2/3, b 1/3</c>.</summary>
    internal static string Text(this AttributionDecision decision) =>
        string.Join(", ", decision.Credits.Select(static c => $"{c.Partner} {c.Share}"));

    /// <summary>The code for each touch that got nothing, <c>+</c> for each that got a weight.</summary>
    internal static string Fates(this AttributionDecision decision) =>
        string.Join(" ", decision.Touches.Select(static t =>
            t.Reason is { } reason ? $"{t.Touch}:{reason.Code["attribution.".Length..]}" : $"{t.Touch}:+"));

    internal static AttributionDecision Assign(
        AttributionRule rule,
        JourneyTouch[] touches,
        ConversionPoint conversion,
        ITouchEligibility? eligibility = null) =>
        Attributor.Assign(rule, touches, conversion, eligibility, ExplainLevel.Full);
}
