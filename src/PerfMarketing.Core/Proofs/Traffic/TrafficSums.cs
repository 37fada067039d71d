using NodaTime;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>Running sums over a sorted list of results, so that a stretch of it is summed by one subtraction.</summary>
/// <remarks>
/// Sums are made when somebody asks, and those after a result that comes late are made again: results mostly come in
/// order, and then each is added once.
/// </remarks>
/// <param name="sightings">The results; whoever changes them says from where on.</param>
internal sealed class TrafficSums(List<TrafficSighting> sightings)
{
    private readonly List<decimal> quantities = [];

    // For each delay that a rule asks for; contracts have few rules.
    private readonly Dictionary<Duration, List<(int Late, int Count)>> delays = [];

    /// <summary>Forgets the sums from a place on.</summary>
    public void Drop(int place)
    {
        DropFrom(quantities, place);
        foreach (List<(int Late, int Count)> known in delays.Values)
        {
            DropFrom(known, place);
        }
    }

    /// <summary>How many the results from one place to before another stand for.</summary>
    public decimal Quantity(int start, int end)
    {
        for (int i = quantities.Count; i < end; i++)
        {
            quantities.Add(Before(quantities, i) + sightings[i].Quantity);
        }

        return start < end ? Before(quantities, end) - Before(quantities, start) : 0;
    }

    /// <summary>
    /// Of the results from one place to before another: how many came late, and how many have a touch.
    /// </summary>
    public (long Late, long Count) Delays(Duration after, int start, int end)
    {
        if (!delays.TryGetValue(after, out List<(int Late, int Count)>? known))
        {
            delays.Add(after, known = []);
        }

        for (int i = known.Count; i < end; i++)
        {
            (int late, int count) = Before(known, i);
            Duration? delay = sightings[i].Delay;
            known.Add((late + (delay > after ? 1 : 0), count + (delay is null ? 0 : 1)));
        }

        (int Late, int Count) whole = Before(known, end);
        (int Late, int Count) earlier = Before(known, start);
        return start < end ? (whole.Late - earlier.Late, whole.Count - earlier.Count) : default;
    }

    private static T Before<T>(List<T> sums, int place)
        where T : struct => place == 0 ? default : sums[place - 1];

    private static void DropFrom<T>(List<T> sums, int place)
    {
        if (place < sums.Count)
        {
            sums.RemoveRange(place, sums.Count - place);
        }
    }
}
