using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>How an input relates to what was known before.</summary>
public enum DecisionAnswer
{
    /// <summary>The input was new and was decided.</summary>
    Decided,

    /// <summary>The same input was known: the original answer stands and nothing is added.</summary>
    Replayed,

    /// <summary>
    /// The id was known with other content, or there is more evidence than an outcome takes: kept apart, and no money
    /// moves.
    /// </summary>
    Conflict,
}

/// <summary>What came of one input: the records to store, and the outcome as it now stands.</summary>
/// <param name="Answer">How the input relates to what was known before.</param>
/// <param name="Outcome">The outcome as it now stands.</param>
/// <param name="Records">The records to append, in order; empty when nothing changed.</param>
/// <param name="Reason">Why the input changed nothing; null when it did.</param>
public sealed record Decision(
    DecisionAnswer Answer, OutcomeState Outcome, ValueList<CampaignRecord> Records, Reason? Reason = null)
{
    private ValueList<CampaignRecord>? records = Records ?? [];

    // An outcome that came and was decided at once: it earned, or nobody brought it.
    internal Decision(OutcomeState outcome)
        : this(DecisionAnswer.Decided, outcome, []) => (IsStraight, records) = (true, null);

    /// <summary>The records to append, in order; empty when nothing changed.</summary>
    public ValueList<CampaignRecord> Records
    {
        get => records ??= MakeRecords(Outcome);
        init => records = value;
    }

    // Whether nothing is open about the outcome, and nothing else changed.
    internal bool IsStraight { get; }

    // The only entry of such an outcome; null when it has none, or there may be more to it.
    internal Earning? Earned => IsStraight ? Outcome.Earned : null;

    /// <summary>
    /// Other outcomes to review next, in this order: those that wait for this one, their parent, and those that waited
    /// for room under a limit and whose turn has come.
    /// </summary>
    public ValueList<OutcomeId> Due { get; init; } = [];

    /// <summary>The entries that were posted.</summary>
    public ValueList<LedgerEntry> Posted => [.. Records.OfType<LedgerEntry>()];

    /// <inheritdoc/>
    public bool Equals(Decision? other) => ReferenceEquals(this, other)
        || (other is not null && Answer == other.Answer && Outcome == other.Outcome && Records == other.Records
            && Reason == other.Reason && Due == other.Due);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Answer, Outcome, Reason);

    private static ValueList<CampaignRecord> MakeRecords(OutcomeState outcome)
    {
        OutcomeDecided decided = outcome.Decision!;
        OutcomeReceived received = new()
        {
            OutcomeId = outcome.Id, DecidedAt = decided.DecidedAt, Outcome = outcome.Outcome!,
        };
        return outcome.Earned is { } earned ? [received, earned, decided] : [received, decided];
    }
}
