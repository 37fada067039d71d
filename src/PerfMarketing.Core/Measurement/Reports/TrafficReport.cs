using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Measurement.Reports;

/// <summary>What contracts filter as invalid traffic, gross and net.</summary>
/// <remarks>
/// Counts what contracts with rules were asked to pay for, as it is decided now: what was cleared or approved is
/// filtered no more. An outcome with credit for several partners counts for each of them; what is invalidated by source
/// and period counts by credit. The statements of a campaign show the same, period by period, see
/// <see cref="Statement.Traffic"/>.
/// </remarks>
/// <param name="Lines">One line for each contract with rules and each partner, in this order.</param>
public sealed record TrafficReport(ValueList<TrafficLine> Lines) : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The report over the outcomes of a campaign.</summary>
    /// <param name="state">The state, holding every outcome that is to be counted.</param>
    public static TrafficReport Of(CampaignState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.Campaign.FiltersTraffic)
        {
            return new([]);
        }

        SortedDictionary<(ContractId Contract, PartnerId Partner), Sums> found = [];
        foreach (OutcomeState known in state.Outcomes)
        {
            if (known is { Outcome: { } outcome, Decision: { } decision })
            {
                Count(outcome, TrafficPlaces.Of(state.Campaign, decision), found);
            }
        }

        foreach (Adjustment adjustment in state.Invalidations)
        {
            if (StatementTraffic.InvalidatedBy(state.Campaign, adjustment) is var quantity and not 0)
            {
                SumsOf(found, (adjustment.Contract, adjustment.Partner))
                    .Add(TrafficCounts.None with { Invalidated = quantity }, []);
            }
        }

        return new([.. found.Select(static f => f.Value.ToLine(f.Key.Contract, f.Key.Partner))]);
    }

    /// <summary>Reads a report.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficReport Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new(terms.List("lines", TrafficLine.Read));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.List("lines", Lines);
    }

    private static void Count(
        Outcome outcome, TrafficPlaces places, SortedDictionary<(ContractId Contract, PartnerId Partner), Sums> found)
    {
        foreach ((ContractId Contract, PartnerId Partner) key in places.Keys)
        {
            SumsOf(found, key).Add(places.CountsOf(key, outcome), places.Find(key)!.Codes);
        }
    }

    private static Sums SumsOf(
        SortedDictionary<(ContractId Contract, PartnerId Partner), Sums> found,
        (ContractId Contract, PartnerId Partner) key)
    {
        if (!found.TryGetValue(key, out Sums? sums))
        {
            found.Add(key, sums = new());
        }

        return sums;
    }

    private sealed class Sums
    {
        private readonly SortedDictionary<string, long> codes = new(StringComparer.Ordinal);
        private TrafficCounts counts = TrafficCounts.None;

        public void Add(TrafficCounts more, HashSet<string> found)
        {
            counts += more;
            foreach (string code in found)
            {
                codes[code] = codes.GetValueOrDefault(code) + 1;
            }
        }

        public TrafficLine ToLine(ContractId contract, PartnerId partner) => new(contract, partner, counts)
        {
            Found = [.. codes.Select(static c => new CodeCount(c.Key, c.Value))],
        };
    }
}
