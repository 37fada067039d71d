using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>What a stream of results remembers so that rules can look beside each of them.</summary>
/// <remarks>
/// <para>
/// It holds the newest results of the longest time that the rules look back, and at most as many as it is given room
/// for; the order in which they come makes no difference. Windows of several partitions are merged by
/// <see cref="Merge"/>: of results that stand in both, one counts; clicks are added up, so each click belongs to one
/// partition. A rule looks at what occurred before the result it judges: what comes in late is judged when it comes.
/// </para>
/// <para>Deterministic: no clock, no chance. Not thread-safe.</para>
/// </remarks>
public sealed class TrafficWindow
{
    /// <summary>How many results are remembered unless stated.</summary>
    public const int CapacityDefault = 100_000;

    private const long ClickStepSeconds = 3_600;

    private readonly TrafficTerms terms;
    private readonly int capacity;
    private readonly Duration length;
    private readonly SortedSet<TrafficObservation> all = [];
    private readonly Dictionary<PartnerId, SortedSet<TrafficObservation>> byPartner = [];
    private readonly Dictionary<(string Of, string Value), SortedSet<TrafficObservation>> byFact = [];
    private readonly Dictionary<PartnerId, SortedDictionary<Instant, long>> clicks = [];
    private readonly string[] facts;
    private Instant newest = Instant.MinValue;

    /// <summary>An empty window.</summary>
    /// <param name="terms">The rules.</param>
    /// <param name="capacity">How many results it may remember; at least 1.</param>
    public TrafficWindow(TrafficTerms terms, int capacity = CapacityDefault)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        this.terms = terms;
        this.capacity = capacity;
        facts = [.. terms.Rules.Select(TrafficRules.FactOf).OfType<string>().Distinct()];
        length = terms.Rules.Where(static r => r.LooksBeside).Select(TrafficRules.LengthOf)
            .DefaultIfEmpty(Duration.Zero).Max();
    }

    /// <summary>How many results are remembered.</summary>
    public int Count => all.Count;

    /// <summary>The results that are remembered, by time.</summary>
    public IEnumerable<TrafficObservation> Observations => all;

    private Instant Oldest => newest - Instant.MinValue <= length ? Instant.MinValue : newest - length;

    /// <summary>Remembers a result; one that is remembered already, or too old, changes nothing.</summary>
    /// <param name="observation">The result.</param>
    public void Add(TrafficObservation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        newest = Instant.Max(newest, observation.At);
        if (observation.At >= Oldest && all.Add(observation))
        {
            Index(observation.Partner, byPartner).Add(observation);
            foreach ((string Of, string Value) key in KeysOf(observation))
            {
                Index(key, byFact).Add(observation);
            }
        }

        Forget();
    }

    /// <summary>Remembers clicks.</summary>
    /// <param name="partner">Who brought them.</param>
    /// <param name="at">When; they are counted by the hour.</param>
    /// <param name="count">How many; not negative.</param>
    public void AddClicks(PartnerId partner, Instant at, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        SortedDictionary<Instant, long> hours = ClicksOf(partner);
        Instant hour = HourOf(at);
        hours[hour] = hours.GetValueOrDefault(hour) + count;
    }

    /// <summary>Takes in what another window of the same terms remembers.</summary>
    /// <param name="other">The window of another partition; it is not changed.</param>
    public void Merge(TrafficWindow other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (TrafficObservation observation in other.all)
        {
            Add(observation);
        }

        foreach ((PartnerId partner, SortedDictionary<Instant, long> hours) in other.clicks)
        {
            foreach ((Instant hour, long count) in hours)
            {
                AddClicks(partner, hour, count);
            }
        }

        newest = Instant.Max(newest, other.newest);
        Forget();
    }

    /// <summary>What the rules find, those that look at the result alone and those that look beside it.</summary>
    /// <param name="observation">The result, remembered or not.</param>
    public ValueList<TrafficSignal> Judge(TrafficObservation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        List<TrafficSignal> signals = [.. TrafficScreen.Judge(terms, observation.Case)];
        foreach (TrafficRule rule in terms.Rules)
        {
            if (rule.LooksBeside && rule.LooksAt(observation.Outcome.Kind)
                && TrafficRules.Judge(rule, observation, this) is { } signal)
            {
                signals.Add(signal);
            }
        }

        return signals.ToValueList();
    }

    // The results before one, the newest first, that share its partner.
    internal IEnumerable<TrafficObservation> Before(TrafficObservation observation) =>
        byPartner.TryGetValue(observation.Partner, out var same) ? Before(same, observation) : [];

    internal IEnumerable<TrafficObservation> Before(TrafficObservation observation, string of, string value) =>
        byFact.TryGetValue((of, value), out var same) ? Before(same, observation) : [];

    internal long ClicksBefore(PartnerId partner, Instant from, Instant to)
    {
        long sum = 0;
        if (clicks.TryGetValue(partner, out SortedDictionary<Instant, long>? hours))
        {
            foreach ((Instant hour, long count) in hours)
            {
                sum += hour >= HourOf(from) && hour <= to ? count : 0;
            }
        }

        return sum;
    }

    internal static string? ValueOf(TrafficObservation observation, string of) =>
        of == TrafficRules.OrderFact ? observation.Outcome.OrderId?.ToString()
        : observation.Outcome.Facts.TryFind(of, out FactValue found) ? found.Text
        : null;

    private static IEnumerable<TrafficObservation> Before(
        SortedSet<TrafficObservation> same, TrafficObservation observation) =>
        (same.Min is { } first && first < observation ? same.GetViewBetween(first, observation).Reverse() : [])
            .Where(other => other.Id != observation.Id);

    private static Instant HourOf(Instant at)
    {
        if (at == Instant.MinValue)
        {
            return at;
        }

        long seconds = at.ToUnixTimeSeconds();
        long within = seconds % ClickStepSeconds;
        return Instant.FromUnixTimeSeconds(seconds - (within < 0 ? within + ClickStepSeconds : within));
    }

    private void Forget()
    {
        while (all.Count > capacity || (all.Min is { } first && first.At < Oldest))
        {
            TrafficObservation gone = all.Min!;
            all.Remove(gone);
            Drop(gone.Partner, byPartner, gone);
            foreach ((string Of, string Value) key in KeysOf(gone))
            {
                Drop(key, byFact, gone);
            }
        }

        foreach (SortedDictionary<Instant, long> hours in clicks.Values)
        {
            while (newest > Instant.MinValue && hours.Count > 0 && hours.First().Key < HourOf(Oldest))
            {
                hours.Remove(hours.First().Key);
            }
        }
    }

    private IEnumerable<(string Of, string Value)> KeysOf(TrafficObservation observation)
    {
        foreach (string of in facts)
        {
            if (ValueOf(observation, of) is { } value)
            {
                yield return (of, value);
            }
        }
    }

    private SortedDictionary<Instant, long> ClicksOf(PartnerId partner)
    {
        if (!clicks.TryGetValue(partner, out SortedDictionary<Instant, long>? hours))
        {
            clicks.Add(partner, hours = []);
        }

        return hours;
    }

    private static SortedSet<TrafficObservation> Index<TKey>(
        TKey key, Dictionary<TKey, SortedSet<TrafficObservation>> index)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out SortedSet<TrafficObservation>? same))
        {
            index.Add(key, same = []);
        }

        return same;
    }

    private static void Drop<TKey>(
        TKey key, Dictionary<TKey, SortedSet<TrafficObservation>> index, TrafficObservation gone)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out SortedSet<TrafficObservation>? same) && same.Remove(gone) && same.Count == 0)
        {
            index.Remove(key);
        }
    }
}
