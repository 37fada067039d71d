using PerfMarketing.Identity;

namespace PerfMarketing.Settlement;

/// <summary>One cohort of a contract and partner: what was earned, and what of it was taken back.</summary>
/// <remarks>What is taken back for exempt reasons uses up nothing and is not counted.</remarks>
internal sealed class ReversalCount
{
    private readonly Dictionary<EntryId, long> taken = [];

    /// <summary>How many outcomes earned something.</summary>
    public long Outcomes { get; private set; }

    /// <summary>What they earned, in minor units.</summary>
    public long Earned { get; private set; }

    /// <summary>Of how many outcomes something was taken back.</summary>
    public long Reversed { get; private set; }

    /// <summary>What was taken back, in minor units.</summary>
    public long Taken { get; private set; }

    /// <summary>Whether something was taken back of an earning.</summary>
    public bool IsReversed(EntryId earning) => taken.GetValueOrDefault(earning) > 0;

    public void Deliver(Earning earning)
    {
        if (earning.Amount.MinorUnits > 0)
        {
            Outcomes++;
            Earned += earning.Amount.MinorUnits;
        }
    }

    // What is given back makes room again.
    public void Take(Adjustment adjustment)
    {
        if (adjustment.IsExempt || adjustment.Amount.MinorUnits == 0)
        {
            return;
        }

        long before = taken.GetValueOrDefault(adjustment.Corrects);
        long after = Math.Max(0, before - adjustment.Amount.MinorUnits);
        taken[adjustment.Corrects] = after;
        Taken += after - before;
        Reversed += (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    }
}
