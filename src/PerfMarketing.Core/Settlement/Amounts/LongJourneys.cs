using PerfMarketing.Attribution;

namespace PerfMarketing.Settlement.Amounts;

/// <summary>
/// Refuses outcomes whose journeys are too long to be attributed, as the attribution of one outcome does.
/// </summary>
internal static class LongJourneys
{
    /// <summary>Marks the outcomes that nobody gets the credit for.</summary>
    public static void Remove(
        OutcomeSlots slots, in TouchColumns touches, ulong lookback, Func<int, long, bool> isEligible)
    {
        Dictionary<int, List<long>> found = [];
        for (int customer = 0; customer < slots.CustomerCount; customer++)
        {
            long count = 0;
            foreach (OutcomeSlots.Slot slot in slots.Of(customer))
            {
                count += slot.Touches;
            }

            if (count > Attributor.TouchCountMax)
            {
                found.Add(customer, []);
            }
        }

        if (found.Count == 0)
        {
            return;
        }

        for (int i = 0; i < touches.Customers.Length; i++)
        {
            if (found.TryGetValue(touches.Customers[i], out List<long>? own)
                && isEligible(touches.Partners[i], touches.Ticks[i]))
            {
                own.Add(touches.Ticks[i]);
            }
        }

        foreach ((int customer, List<long> own) in found)
        {
            own.Sort();
            Mark(slots.Of(customer), own, lookback);
        }
    }

    // Both ends of the window move on with the outcomes, which are sorted as the touches are.
    private static void Mark(Span<OutcomeSlots.Slot> outcomes, List<long> touches, ulong lookback)
    {
        (int first, int end) = (0, 0);
        foreach (ref OutcomeSlots.Slot slot in outcomes)
        {
            while (end < touches.Count && touches[end] <= slot.At)
            {
                end++;
            }

            while (first < end && unchecked((ulong)(slot.At - touches[first])) >= lookback)
            {
                first++;
            }

            slot.IsRefused = end - first > Attributor.TouchCountMax;
        }
    }
}
