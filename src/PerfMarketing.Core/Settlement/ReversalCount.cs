using System.Runtime.InteropServices;
using PerfMarketing.Identity;

namespace PerfMarketing.Settlement;

/// <summary>One cohort of a contract and partner: what was earned, and what of it was taken back.</summary>
/// <remarks>What is taken back for exempt reasons uses up nothing and is not counted.</remarks>
internal sealed class ReversalCount
{
    private readonly Dictionary<OutcomeId, int> earned = [];
    private readonly Dictionary<OutcomeId, int> reversed = [];

    /// <summary>How many outcomes earned something, each once, by however many clauses.</summary>
    public long Outcomes => earned.Count;

    /// <summary>What they earned, in minor units: of each the most that it was ever worth.</summary>
    public Int128 Earned { get; private set; }

    /// <summary>Of how many outcomes something was taken back.</summary>
    public long Reversed => reversed.Count;

    /// <summary>What was taken back, in minor units.</summary>
    public Int128 Back { get; private set; }

    /// <summary>Whether something was taken back of what an outcome earned.</summary>
    public bool IsReversed(OutcomeId outcome) => reversed.ContainsKey(outcome);

    /// <summary>Counts what was earned and taken back of one earning; with a sign of -1 no more.</summary>
    public void Count(in Reversible known, int sign)
    {
        Earned += sign * known.Delivered;
        Back += sign * known.Counted;
        Count(earned, known.Outcome, known.Delivered > 0 ? sign : 0);
        Count(reversed, known.Outcome, known.Counted > 0 ? sign : 0);
    }

    private static void Count(Dictionary<OutcomeId, int> outcomes, OutcomeId outcome, int more)
    {
        if (more == 0)
        {
            return;
        }

        ref int entries = ref CollectionsMarshal.GetValueRefOrAddDefault(outcomes, outcome, out _);
        entries += more;
        if (entries == 0)
        {
            outcomes.Remove(outcome);
        }
    }
}
