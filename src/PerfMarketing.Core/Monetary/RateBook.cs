using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Monetary;

/// <summary>All rates that are at hand, by pair, source and time.</summary>
/// <remarks>
/// Only what was published is found: no rate is turned round, and none is made of two others. The same rate again
/// changes nothing; another one under an id that was used before is kept among <see cref="Conflicts"/> and converts
/// nothing. Immutable and thread-safe. Terms <c>rates</c>: the list.
/// </remarks>
public sealed class RateBook : ITerms
{
    private readonly Dictionary<(Currency From, Currency To, string Source), RecordedRate[]> rates;

    /// <summary>A book of some rates.</summary>
    /// <param name="rates">The rates, in any order; of two under one id the one that became known first counts.</param>
    public RateBook(IEnumerable<RecordedRate> rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        Dictionary<string, RecordedRate> byId = new(StringComparer.Ordinal);
        List<RecordedRate> conflicts = [];
        foreach (RecordedRate rate in rates.OrderBy(static r => r.KnownFrom))
        {
            if (!byId.TryAdd(rate.Rate.Id, rate) && byId[rate.Rate.Id].Rate != rate.Rate)
            {
                conflicts.Add(rate);
            }
        }

        Conflicts = conflicts.ToValueList();
        this.rates = byId.Values.GroupBy(static r => (r.Rate.From, r.Rate.To, r.Rate.Source)).ToDictionary(
            static g => g.Key,
            static g => g.OrderBy(static r => r.Rate.At).ThenBy(static r => r.Rate.Id, StringComparer.Ordinal)
                .ToArray());
    }

    /// <summary>A book without rates.</summary>
    public static RateBook Empty { get; } = new([]);

    /// <summary>The rates that have the id of another one and say something else.</summary>
    public ValueList<RecordedRate> Conflicts { get; }

    /// <summary>Reads a book.</summary>
    /// <param name="terms">The terms.</param>
    public static RateBook Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.List("rates", RecordedRate.Read).Where(static r => r is not null));
    }

    /// <summary>The newest of the rates that are asked for; null when there is none.</summary>
    /// <param name="need">What is asked for.</param>
    public RateSnapshot? Find(in RateNeed need)
    {
        RecordedRate[] known = Of(need);
        for (int i = FirstFrom(known, need.End) - 1; i >= 0 && known[i].Rate.At >= need.Begin; i--)
        {
            if (known[i].KnownFrom <= need.KnownAt)
            {
                return known[i].Rate;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List(
            "rates",
            rates.Values.SelectMany(static r => r).Concat(Conflicts).OrderBy(static r => r.KnownFrom)
                .ThenBy(static r => r.Rate.Id, StringComparer.Ordinal).ToValueList());
    }

    // When rates of the pair and source became known, after an instant.
    internal IEnumerable<Instant> ArrivalsAfter(RateNeed need, Instant after) =>
        Of(need).Select(static r => r.KnownFrom).Where(at => at > after).Distinct().Order();

    private static int FirstFrom(RecordedRate[] known, Instant at)
    {
        (int low, int high) = (0, known.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = known[middle].Rate.At < at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private RecordedRate[] Of(in RateNeed need) =>
        rates.TryGetValue((need.From, need.To, need.Source), out RecordedRate[]? known) ? known : [];
}
