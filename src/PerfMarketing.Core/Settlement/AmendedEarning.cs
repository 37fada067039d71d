using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <summary>One earning while a contract's earnings are priced again: as it stands, and what it becomes.</summary>
internal sealed class AmendedEarning(EarningState before, Contract? to, Clause? clause)
{
    public EarningState Before => before;

    /// <summary>
    /// Whether the partner came to be bound after the outcome was decided for others, and had earned nothing.
    /// </summary>
    public bool IsLate { get; init; }

    /// <summary>When a leg that the clause measures was amended; null when the own terms were.</summary>
    public Instant? MeasuredAt { get; init; }

    /// <summary>The earning as it is priced now; as it stands when it is not amended.</summary>
    public Earning Restated { get; set; } = before.Standing;

    /// <summary>The version that prices it now; null when it stays as it is.</summary>
    public Contract? To => to;

    /// <summary>The clause of that version; null when the version has none for the outcome.</summary>
    public Clause? Clause => clause;

    /// <summary>The same before anything was priced.</summary>
    public AmendedEarning AsItStands() => new(before, to, clause) { IsLate = IsLate, MeasuredAt = MeasuredAt };

    /// <summary>The clause that prices it now; null when there is none.</summary>
    public ClauseId? ClauseNow => to is null ? before.Standing.Clause : clause?.Id;

    /// <summary>What the outcome itself is worth by what prices it now and the corrections.</summary>
    public Money Target { get; set; } = before.Worth;

    /// <summary>What stays with the partner of what is gone.</summary>
    public Money Kept { get; set; } = before.Kept;

    /// <summary>What stands of that: with what stays of what is gone, without what is invalid.</summary>
    public Money Net { get; set; } = before.Net;

    /// <summary>What it makes of other results of its period.</summary>
    public Money Repriced { get; set; } = before.Repriced;

    /// <summary>What it counts.</summary>
    public Tally Counted { get; set; } = before.Counted;

    /// <summary>What it is worth before budgets and corrections, with what it makes of others.</summary>
    public Money Priced { get; set; } = before.Standing.Priced + before.Repriced;

    /// <summary>What the outcome itself is worth after corrections by the terms alone, before budgets.</summary>
    public Money NetPriced { get; set; } = before.NetPriced;

    /// <summary>
    /// What its tally is worth more with it, rounded, than it is worth itself; null when it is rounded alone.
    /// </summary>
    public Money? Due { get; set; }

    /// <summary>What of <see cref="Net"/> was decided by hand beside the terms.</summary>
    public Money ByHand { get; set; } = before.ByHand;
}
