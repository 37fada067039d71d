using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;

namespace PerfMarketing.Simulation.Live;

/// <summary>What one commit took in, in the order in which commits were done.</summary>
internal sealed record LogItem(long Sequence, Instant AsOf, string Outcome)
{
    public Outcome? Received { get; init; }

    public EvidenceVerdict[] Verdicts { get; init; } = [];

    /// <summary>The evidence that should be believed.</summary>
    public EvidenceVerdict[] Believed { get; init; } = [];

    public Correction? Correction { get; init; }

    /// <summary>What came in under a known id with other content; it changes nothing.</summary>
    public ConflictReceived? Conflict { get; init; }

    /// <summary>What is invalid by source and period.</summary>
    public Invalidation? Invalidation { get; init; }

    /// <summary>What a person booked.</summary>
    public ManualEarning? Booked { get; init; }

    /// <summary>Whether terms that were accepted later decide it.</summary>
    public bool IsAmendment { get; init; }

    public bool IsReview => Invalidation is null && Booked is null
        && Received is null && Verdicts.Length == 0 && Correction is null && Conflict is null;
}
