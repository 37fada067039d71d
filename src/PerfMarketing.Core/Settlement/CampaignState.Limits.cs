using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>What limits hold.</content>
public sealed partial class CampaignState
{
    private readonly Dictionary<LimitKey, LimitState> limits = [];

    /// <summary>What of one room of a limit is used and reserved; null when nothing ever was.</summary>
    /// <param name="key">The room.</param>
    public LimitState? LimitOf(LimitKey key) => limits.GetValueOrDefault(key);

    internal void Apply(LimitMoved moved)
    {
        if (!limits.TryGetValue(moved.Key, out LimitState? state))
        {
            limits.Add(moved.Key, state = new());
        }

        state.Apply(moved.Entry);
    }
}
