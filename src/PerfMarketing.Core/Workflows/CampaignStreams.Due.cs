using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <content>When outcomes are to be decided again.</content>
internal sealed partial class CampaignStreams
{
    /// <summary>Notes of an outcome that was decided again, and nothing came of it, when it is due next.</summary>
    /// <param name="found">What a store noted.</param>
    /// <param name="known">The outcome.</param>
    /// <param name="time">
    /// From 0: how many such notes were committed already, since others noted the same instant again.
    /// </param>
    public CommitBatch ToBatch(DueOutcome found, OutcomeState known, int time) =>
        ToBatch(found, known, time, records.Keys);

    /// <summary>The same, resting on some of the streams.</summary>
    public CommitBatch ToBatch(DueOutcome found, OutcomeState known, int time, IEnumerable<StreamId> streams)
    {
        StreamId own = StreamId.OfOutcome(campaign.Id, found.Outcome);
        string key = $"due/{StreamId.Escape(found.Outcome.Value)}/{InvariantText.Of(records[own].Count)}/"
            + $"{InstantText.Of(found.At)}/{InvariantText.Of(time)}";
        return new()
        {
            Unit = campaign.Id,
            Key = key,
            Content = new CanonicalWriter(key).ToDigest(),
            Appends = AppendsTo(streams, Enumerable.Empty<(StreamId, CampaignRecord)>()
                .ToLookup(static r => r.Item1, static r => r.Item2)),
            Due = [new(found.Outcome, known.DueAt)],
        };
    }

    /// <summary>
    /// The present of a decision: when it is asked for, but not in a statement that is closed, as far as was read.
    /// </summary>
    public Instant PresentOf(CampaignState state, Instant asOf) => PresentOf(state, asOf, records.Keys);

    /// <summary>The same, as far as some streams say.</summary>
    public Instant PresentOf(CampaignState state, Instant asOf, IEnumerable<StreamId> streams)
    {
        Instant present = asOf;
        foreach (StreamId stream in streams)
        {
            if (stream.Kind == StreamId.PeriodsKind && records[stream] is { Count: > 0 } closings)
            {
                present = Instant.Max(present, state.SettledThrough(ContractOf(closings[0])));
            }
        }

        return present;
    }

    private static ContractId ContractOf(CampaignRecord closing) => closing switch
    {
        PeriodsClosed periods => periods.Contract,
        StatementsClosed statements => statements.Contract,
        _ => throw new InvalidDataException($"A '{closing.Tag}' closes nothing."),
    };

    // The outcome itself, unless it is new and waits for nothing; and whoever's turn has come, until it was decided,
    // which may be the outcome itself again: a call that breaks off loses nobody.
    private static ValueList<DueChange> DueAfter(Decision decision, long before)
    {
        if (decision.Records.Count == 0 || decision.Answer == DecisionAnswer.Conflict)
        {
            return [];
        }

        Instant now = decision.Records[0].DecidedAt;
        Instant? next = decision.Due.Contains(decision.Outcome.Id) ? now : decision.Outcome.DueAt;
        List<DueChange> due = before > 0 || next is not null ? [new(decision.Outcome.Id, next)] : [];
        due.AddRange(decision.Due.Where(id => id != decision.Outcome.Id).Distinct()
            .Select(id => new DueChange(id, now)));
        return due.ToValueList();
    }

    private ValueList<StreamAppend> AppendsTo(
        IEnumerable<StreamId> streams, ILookup<StreamId, CampaignRecord> added) =>
    [
        .. streams.OrderBy(static s => s.ToString(), StringComparer.Ordinal)
            .Select(s => new StreamAppend(new(s, records[s].Count), [.. added[s]])),
    ];
}
