using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Paths;

/// <summary>Counts the journeys of each segment apart: by the values of a fact, or by conditions.</summary>
/// <remarks>
/// Every journey is in one segment, so that the segments' numbers add up to those of all. Not thread-safe; the order of
/// journeys makes no difference.
/// </remarks>
public sealed class SegmentTallies
{
    /// <summary>The most segments, the one of the rest included.</summary>
    public const int SegmentCountMax = 1_000;

    /// <summary>The name of the segment of all journeys that are in no other.</summary>
    public const string Rest = "(rest)";

    private readonly ValueList<(string Name, CompiledCondition When)> conditions = [];
    private readonly Dictionary<string, SegmentTally> tallies = new(StringComparer.Ordinal);

    private SegmentTallies(string fact) => Fact = fact;

    private SegmentTallies(ValueList<(string Name, CompiledCondition When)> conditions)
    {
        this.conditions = conditions;
        foreach ((string name, _) in conditions)
        {
            tallies.Add(name, new(name));
        }
    }

    /// <summary>The fact whose values make the segments; null when conditions do.</summary>
    public string? Fact { get; }

    /// <summary>A segment for each value of a fact; journeys of which it is not known are the rest.</summary>
    /// <param name="fact">The fact's name.</param>
    public static SegmentTallies ByFact(string fact)
    {
        ArgumentException.ThrowIfNullOrEmpty(fact);
        return new(fact);
    }

    /// <summary>A segment for each condition: a journey is in the first that holds, and else in the rest.</summary>
    /// <param name="zone">The zone whose hours and dates count.</param>
    /// <param name="segments">The segments, each with a name of its own that is not <see cref="Rest"/>.</param>
    /// <exception cref="ArgumentException">A name stands twice, is empty, or is that of the rest.</exception>
    public static SegmentTallies ByCondition(
        DateTimeZone zone, params ReadOnlySpan<(string Name, Condition When)> segments)
    {
        ArgumentNullException.ThrowIfNull(zone);
        List<(string Name, CompiledCondition When)> compiled = [];
        foreach ((string name, Condition when) in segments)
        {
            if (string.IsNullOrEmpty(name) || name == Rest || compiled.Exists(c => c.Name == name)
                || compiled.Count == SegmentCountMax - 1)
            {
                throw new ArgumentException(
                    $"Up to {SegmentCountMax - 1} segments have names of their own.", nameof(segments));
            }

            compiled.Add((name, when.Compile(zone)));
        }

        return new(compiled.ToValueList());
    }

    /// <summary>The tally of the segment that a journey is in.</summary>
    /// <param name="facts">What is known of the journey.</param>
    /// <param name="at">
    /// The instant at which conditions of hours and dates ask: its conversion, or its last touch.
    /// </param>
    /// <exception cref="InvalidOperationException">The fact has too many values.</exception>
    public SegmentTally Of(FactSet facts, Instant at)
    {
        ArgumentNullException.ThrowIfNull(facts);
        string name = NameOf(facts, at);
        if (!tallies.TryGetValue(name, out SegmentTally? tally))
        {
            // The rest has a place of its own, whenever it comes.
            int named = tallies.Count - (tallies.ContainsKey(Rest) ? 1 : 0);
            if (named >= SegmentCountMax - 1 && name != Rest)
            {
                throw new InvalidOperationException($"There are more than {SegmentCountMax} segments.");
            }

            tallies.Add(name, tally = new(name));
        }

        return tally;
    }

    /// <summary>
    /// One report for each segment: conditions in their order, values of a fact sorted, the rest last.
    /// </summary>
    /// <param name="topCount">How many of each segment's top paths are listed; not negative.</param>
    public ValueList<SegmentReport> ToReports(int topCount)
    {
        IEnumerable<SegmentTally> ordered = Fact is null
            ? tallies.Values.OrderBy(t => t.Name == Rest ? conditions.Count : PlaceOf(t.Name))
            : tallies.Values.OrderBy(static t => t.Name == Rest).ThenBy(static t => t.Name, StringComparer.Ordinal);
        return [.. ordered.Select(tally => tally.ToReport(topCount))];
    }

    private int PlaceOf(string name)
    {
        for (int i = 0; i < conditions.Count; i++)
        {
            if (conditions[i].Name == name)
            {
                return i;
            }
        }

        return conditions.Count;
    }

    private string NameOf(FactSet facts, Instant at)
    {
        if (Fact is not null)
        {
            return facts.TryFind(Fact, out FactValue value) ? value.Text : Rest;
        }

        foreach ((string name, CompiledCondition when) in conditions)
        {
            if (when.Evaluate(facts, at))
            {
                return name;
            }
        }

        return Rest;
    }
}
