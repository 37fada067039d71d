using System.Runtime.InteropServices;
using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Settlement;

/// <summary>One cohort of a contract and partner: what was earned, and what of it was taken back.</summary>
/// <remarks>What is taken back for exempt reasons uses up nothing and is not counted.</remarks>
internal sealed class ReversalCount
{
    private readonly Dictionary<EntryId, Taken> taken = [];
    private readonly HashSet<OutcomeId> earned = [];
    private readonly Dictionary<OutcomeId, int> reversed = [];
    private readonly HashSet<EntryId> exempt = [];
    private readonly Dictionary<EntryId, Instant> delivered = [];

    /// <summary>How many outcomes earned something, each once, by however many clauses.</summary>
    public long Outcomes => earned.Count;

    /// <summary>What they earned, in minor units.</summary>
    public long Earned { get; private set; }

    /// <summary>Of how many outcomes something was taken back.</summary>
    public long Reversed => reversed.Count;

    /// <summary>What was taken back, in minor units.</summary>
    public long Back { get; private set; }

    /// <summary>Whether something was taken back of what an outcome earned.</summary>
    public bool IsReversed(OutcomeId outcome) => reversed.ContainsKey(outcome);

    /// <summary>Whether an adjustment took back, or gave back, for exempt reasons.</summary>
    public bool IsExempt(EntryId adjustment) => exempt.Contains(adjustment);

    public void Deliver(Earning earning)
    {
        delivered.TryAdd(earning.Id, earning.DecidedAt);
        if (earning.Amount.MinorUnits > 0)
        {
            earned.Add(earning.OutcomeId);
            Earned += earning.Amount.MinorUnits;
        }
    }

    public void Amend(Amendment amendment)
    {
        long more = (amendment.Amount - amendment.Repriced).MinorUnits;
        Earned += more;
        if (more > 0)
        {
            earned.Add(amendment.OutcomeId);
        }
    }

    // What is given back makes room again where it had used some up: first of its own kind.
    public void Take(Adjustment adjustment)
    {
        if (IsAtOnce(adjustment))
        {
            // What is worth less, or more, by hand when it is earned was never delivered otherwise.
            Earned += adjustment.Amount.MinorUnits;
            return;
        }

        ref Taken known = ref CollectionsMarshal.GetValueRefOrAddDefault(taken, adjustment.Corrects, out _);
        Taken before = known;
        long change = -adjustment.Amount.MinorUnits;
        if (adjustment.IsExempt)
        {
            exempt.Add(adjustment.Id);
            long own = Math.Max(change, -before.Exempt);
            int standing = Math.Max(0, before.Standing + Math.Sign(change));
            long counted = Math.Max(0, before.Counted + change - own);
            known = standing > 0
                ? new(counted, before.Exempt + own, standing)

                // What is still taken back is so for other reasons.
                : new(counted + before.Exempt + own, 0, 0);
        }
        else
        {
            long own = Math.Max(change, -before.Counted);
            known = new(before.Counted + own, Math.Max(0, before.Exempt + change - own), before.Standing);
        }

        Back += known.Counted - before.Counted;
        int entries = reversed.GetValueOrDefault(adjustment.OutcomeId)
            + (known.Counted > 0 ? 1 : 0) - (before.Counted > 0 ? 1 : 0);
        if (entries > 0)
        {
            reversed[adjustment.OutcomeId] = entries;
        }
        else
        {
            reversed.Remove(adjustment.OutcomeId);
        }
    }

    private bool IsAtOnce(Adjustment adjustment) => adjustment is
    {
        IsExempt: true,
        Reason.Code: RulingReasons.ApprovedAt or RulingReasons.GradeScaled,
    } && delivered.TryGetValue(adjustment.Corrects, out Instant at) && at == adjustment.DecidedAt;

    /// <summary>What was taken back of one earning, in minor units.</summary>
    /// <param name="Counted">What used up room.</param>
    /// <param name="Exempt">What did not.</param>
    /// <param name="Standing">How many exempt corrections stand that took something.</param>
    private readonly record struct Taken(long Counted, long Exempt, int Standing);
}
