using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;

namespace PerfMarketing.Tool.Logs;

/// <summary>One event of a log, with its place among all events by when they were recorded.</summary>
/// <param name="Order">Its place.</param>
/// <param name="Value">
/// The event itself: a <see cref="Touchpoint"/>, <see cref="Outcome"/>, <see cref="LogEvidence"/>,
/// <see cref="Correction"/>, <see cref="LogInvalidation"/> or <see cref="LogClaim"/>.
/// </param>
/// <param name="Line">The line of the log that it stands on, from 1; 0 when it is not known.</param>
internal readonly record struct LogEvent(EventOrder Order, object Value, long Line = 0) : IComparable<LogEvent>
{
    /// <summary>When it was written down.</summary>
    public Instant RecordedAt => Order.At;

    /// <summary>What it is.</summary>
    public EventRank Rank => Order.Rank;

    /// <summary>Its id.</summary>
    public string Id => Order.Id;

    public static LogEvent Of(Touchpoint touch) => new(EventOrder.Of(touch, EventClock.RecordedAt), touch);

    public static LogEvent Of(Outcome outcome) => new(EventOrder.Of(outcome, EventClock.RecordedAt), outcome);

    public static LogEvent Of(LogEvidence evidence) =>
        new(new(evidence.RecordedAt, RankOf(evidence), null, evidence.Id.Value), evidence);

    public static LogEvent Of(Correction correction) =>
        new(EventOrder.Of(correction, EventClock.RecordedAt), correction);

    public static LogEvent Of(LogInvalidation invalidation) => new(
        new(invalidation.RecordedAt, EventRank.Correction, null, invalidation.Invalidation.Id.Value), invalidation);

    // Known before an outcome that is decided in the same instant.
    public static LogEvent Of(LogClaim claim) => new(
        new(claim.RecordedAt, EventRank.Classification, null, claim.Claim.Order.Value), claim);

    private static EventRank RankOf(LogEvidence evidence) =>
        evidence.Verdict.Kind == TrafficEvidence.Classified ? EventRank.Classification : EventRank.Evidence;

    /// <summary>
    /// The event as an input of a run; null for a touchpoint, which is none, and an invalidation or a claim, which are
    /// about no one outcome of the campaign.
    /// </summary>
    public CampaignInput? ToInput() => Value switch
    {
        Outcome outcome => new CampaignInput.OfOutcome(outcome),
        LogEvidence evidence => new CampaignInput.OfEvidence(evidence.Outcome, evidence.Verdict),
        Correction correction => new CampaignInput.OfCorrection(correction),
        _ => null,
    };

    /// <inheritdoc/>
    /// <remarks>Events that share an id and yet differ stand in the order of what they say.</remarks>
    public int CompareTo(LogEvent other)
    {
        int result = Order.CompareTo(other.Order);
        return result != 0 || ReferenceEquals(Value, other.Value)
            ? result
            : string.CompareOrdinal(Content(Value), Content(other.Value));
    }

    private static string Content(object value) => value is ITerms terms ? TermJson.Write(terms) : string.Empty;
}
