using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>Everything that one decision changes, to be committed as a whole or not at all.</summary>
public sealed record CommitBatch
{
    /// <summary>The unit that all streams belong to: a campaign, a payee or an advertiser.</summary>
    public required UnitId Unit { get; init; }

    /// <summary>
    /// The idempotency key, unique within the unit: at most <see cref="StreamId.LengthMax"/> printable ASCII
    /// characters, compared ordinally.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>What was asked for, as a digest: the same key with another digest is a conflict.</summary>
    public required Digest Content { get; init; }

    /// <summary>The streams that the decision depends on or appends to, each once, ordinally sorted by text.</summary>
    public required ValueList<StreamAppend> Appends { get; init; }

    /// <summary>When outcomes are due from now on, each once: what <see cref="IDueOutcomes"/> gives.</summary>
    public ValueList<DueChange> Due { get; init; } = [];

    /// <summary>What to tell others, in order.</summary>
    public ValueList<OutboxMessage> Outbox { get; init; } = [];
}
