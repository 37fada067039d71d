using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Paths;

/// <summary>Counts how long journeys took from their first touch to the conversion.</summary>
/// <remarks>Not thread-safe; the order of journeys makes no difference.</remarks>
public sealed class TimeLagTally
{
    private readonly SortedDictionary<long, long> days = [];

    /// <summary>Adds conversions.</summary>
    /// <param name="first">When the first touch happened.</param>
    /// <param name="conversion">When the outcome occurred; not before the touch.</param>
    /// <param name="count">How many outcomes; not negative.</param>
    public void Add(Instant first, Instant conversion, long count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(conversion, first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
        {
            return;
        }

        long whole = (conversion - first).Days;
        days[whole] = days.GetValueOrDefault(whole) + count;
    }

    /// <summary>The distribution, the shortest first; days have 24 hours.</summary>
    public ValueList<TimeLag> ToLags() => [.. days.Select(static d => new TimeLag(d.Key, d.Value))];
}

/// <summary>How many conversions came so many whole days after the first touch.</summary>
/// <param name="Days">Whole days of 24 hours.</param>
/// <param name="Conversions">How many conversions.</param>
public sealed record TimeLag(long Days, long Conversions);
