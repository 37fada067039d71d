using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>What is remembered of one room: its newest results, and how many there were before.</summary>
/// <remarks>
/// The order in which results are added makes no difference. Of more than <see cref="CountMax"/> the newest are kept;
/// of the others only their number and quantity, which count as a whole for whoever looks back as far. Histories of
/// partitions are merged: of a result that both remember, one counts. Not thread-safe.
/// </remarks>
public sealed class TrafficHistory : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The most results that are kept.</summary>
    public const int CountMax = 10_000;

    // Sorted; those before the first are gone.
    private readonly List<TrafficSighting> kept = [];
    private readonly TrafficSums sums;
    private int first;

    /// <summary>Begins without results.</summary>
    public TrafficHistory() => sums = new(kept);

    /// <summary>How many results are kept.</summary>
    public int Count => kept.Count - first;

    /// <summary>The results that are kept, by time and id.</summary>
    public IEnumerable<TrafficSighting> Sightings => kept.Skip(first);

    /// <summary>How many results are only counted.</summary>
    public long ForgottenCount { get; private set; }

    /// <summary>How many the forgotten results stand for.</summary>
    public decimal ForgottenQuantity { get; private set; }

    /// <summary>When the newest of the forgotten results occurred; null when there is none.</summary>
    public Instant? ForgottenUntil { get; private set; }

    /// <summary>Reads a history.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficHistory Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        TrafficHistory history = new();
        foreach (TrafficSighting sighting in terms.List("sightings", TrafficSighting.Read, 0, CountMax))
        {
            history.Add(sighting);
        }

        history.ForgottenCount = terms.OptionalInteger("forgottenCount") ?? 0;
        history.ForgottenQuantity = terms.Number("forgottenQuantity", 0);
        history.ForgottenUntil = terms.OptionalInstant("forgottenUntil");
        return history;
    }

    /// <summary>Adds a result; one that is kept already changes nothing.</summary>
    /// <param name="sighting">The result.</param>
    public void Add(TrafficSighting sighting)
    {
        int place = PlaceOf(sighting);
        if (place < kept.Count && kept[place].CompareTo(sighting) == 0)
        {
            return;
        }

        if (Count < CountMax)
        {
            Insert(place, sighting);
        }
        else if (place == first)
        {
            Forget(sighting);
        }
        else
        {
            Forget(kept[first]);
            Insert(place, sighting);
            first++;
            Compact();
        }
    }

    /// <summary>Takes in what another partition remembers of the same room.</summary>
    /// <param name="other">The other history; it is not changed.</param>
    public void Merge(TrafficHistory other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (TrafficSighting sighting in other.Sightings)
        {
            Add(sighting);
        }

        ForgottenCount += other.ForgottenCount;
        ForgottenQuantity += other.ForgottenQuantity;
        ForgottenUntil = ForgottenUntil is null || ForgottenUntil < other.ForgottenUntil
            ? other.ForgottenUntil
            : ForgottenUntil;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.List("sightings", Sightings.ToValueList());
        terms.Integer("forgottenCount", ForgottenCount == 0 ? null : ForgottenCount);
        terms.Number("forgottenQuantity", ForgottenQuantity == 0 ? null : ForgottenQuantity);
        terms.Instant("forgottenUntil", ForgottenUntil);
    }

    /// <summary>The results before one, the newest first; a result exactly as far back as is looked is out.</summary>
    internal IEnumerable<TrafficSighting> Before(TrafficSighting one, Duration within)
    {
        for (int i = PlaceOf(one) - 1; i >= first && one.At - kept[i].At < within; i--)
        {
            yield return kept[i];
        }
    }

    /// <summary>How many results there are before one.</summary>
    internal long CountBefore(TrafficSighting one, Duration within) =>
        Math.Max(0, PlaceOf(one) - StartOf(one.At, within)) + (ReachesForgotten(one.At, within) ? ForgottenCount : 0);

    /// <summary>How many stand before an instant or at it.</summary>
    internal decimal QuantityUntil(Instant at, Duration within)
    {
        decimal forgotten = ReachesForgotten(at, within) ? ForgottenQuantity : 0;
        int start = StartOf(at, within);
        int end = start;
        for (int high = kept.Count; end < high;)
        {
            int middle = end + ((high - end) / 2);
            (end, high) = kept[middle].At <= at ? (middle + 1, high) : (end, middle);
        }

        return forgotten + sums.Quantity(start, end);
    }

    /// <summary>
    /// Of the results before one that have a touch: how many came longer after it, and how many in all.
    /// </summary>
    internal (long Late, long Count) DelaysBefore(TrafficSighting one, Duration within, Duration after)
    {
        int start = StartOf(one.At, within);
        return sums.Delays(after, start, Math.Max(start, PlaceOf(one)));
    }

    /// <summary>The oldest of the results before one; null when there is none.</summary>
    internal TrafficSighting? OldestBefore(TrafficSighting one, Duration within) =>
        StartOf(one.At, within) is var start && start < PlaceOf(one) ? kept[start] : null;

    private bool ReachesForgotten(Instant at, Duration within) =>
        ForgottenUntil is { } until && until <= at && at - until < within;

    // The first that is kept and lies no further back.
    private int StartOf(Instant at, Duration within)
    {
        (int low, int high) = (first, kept.Count);
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = at - kept[middle].At < within ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private void Insert(int place, TrafficSighting sighting)
    {
        kept.Insert(place, sighting);
        sums.Drop(place);
    }

    private int PlaceOf(TrafficSighting sighting)
    {
        int found = kept.BinarySearch(first, Count, sighting, Comparer<TrafficSighting>.Default);
        return found < 0 ? ~found : found;
    }

    private void Forget(TrafficSighting sighting)
    {
        ForgottenCount++;
        ForgottenQuantity += sighting.Quantity;
        ForgottenUntil = ForgottenUntil > sighting.At ? ForgottenUntil : sighting.At;
    }

    private void Compact()
    {
        if (first == CountMax)
        {
            kept.RemoveRange(0, first);
            first = 0;
            sums.Drop(0);
        }
    }
}
