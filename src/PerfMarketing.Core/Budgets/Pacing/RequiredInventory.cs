namespace PerfMarketing.Budgets.Pacing;

/// <summary>How much traffic a campaign still needs for its targets.</summary>
public static class RequiredInventory
{
    /// <summary>
    /// The requests that are needed until the first open target is reached: the smallest number that is not zero.
    /// </summary>
    /// <param name="targets">The targets: one is enough, more of them end the campaign at the first one.</param>
    /// <returns>0 when there is no target, or all are reached.</returns>
    public static long Of(params ReadOnlySpan<InventoryTarget> targets)
    {
        long least = 0;
        foreach (InventoryTarget target in targets)
        {
            long required = target.Required();
            least = least == 0 || (required > 0 && required < least) ? required : least;
        }

        return least;
    }
}
