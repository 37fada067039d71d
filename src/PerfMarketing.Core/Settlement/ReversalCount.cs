using System.Runtime.InteropServices;
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
        if (earning.Amount.MinorUnits > 0)
        {
            earned.Add(earning.OutcomeId);
            Earned += earning.Amount.MinorUnits;
        }
    }

    // What is given back makes room again where it had used some up: first of its own kind.
    public void Take(Adjustment adjustment)
    {
        ref Taken known = ref CollectionsMarshal.GetValueRefOrAddDefault(taken, adjustment.Corrects, out _);
        Taken before = known;
        long change = -adjustment.Amount.MinorUnits;
        if (adjustment.IsExempt)
        {
            exempt.Add(adjustment.Id);
            long own = Math.Max(change, -before.Exempt);
            known = new(Math.Max(0, before.Counted + change - own), before.Exempt + own);
        }
        else
        {
            long own = Math.Max(change, -before.Counted);
            known = new(before.Counted + own, Math.Max(0, before.Exempt + change - own));
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

    /// <summary>What was taken back of one earning, in minor units.</summary>
    /// <param name="Counted">What used up room.</param>
    /// <param name="Exempt">What did not.</param>
    private readonly record struct Taken(long Counted, long Exempt);
}
