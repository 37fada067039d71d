using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Settlement;

namespace PerfMarketing.Measurement.Reports;

/// <summary>What contracts filter as invalid traffic, gross and net.</summary>
/// <remarks>
/// Counts what contracts with rules were asked to pay for, as it is decided now: what was cleared or approved is
/// filtered no more. An outcome with credit for several partners counts for each of them.
/// </remarks>
/// <param name="Lines">One line for each contract with rules and each partner, in this order.</param>
public sealed record TrafficReport(ValueList<TrafficLine> Lines) : ITerms
{
    /// <summary>The report over the outcomes of a campaign.</summary>
    /// <param name="state">The state, holding every outcome that is to be counted.</param>
    public static TrafficReport Of(CampaignState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Dictionary<(ContractId Contract, PartnerId Partner), Sums> found = [];
        if (!state.Campaign.Contracts.Any(static c => c.Traffic is not null))
        {
            return new([]);
        }

        foreach (OutcomeState known in state.Outcomes)
        {
            if (known is { Outcome: { } outcome, Decision: { } decision })
            {
                Count(state, outcome, decision, found);
            }
        }

        return new([.. found.OrderBy(static f => f.Key.Contract).ThenBy(static f => f.Key.Partner)
            .Select(static f => f.Value.ToLine(f.Key.Contract, f.Key.Partner))]);
    }

    /// <summary>Reads a report.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficReport Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.List("lines", TrafficLine.Read));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("lines", Lines);
    }

    // Several clauses of one contract look at one outcome once: the gravest of their decisions counts.
    private static void Count(
        CampaignState state,
        Outcome outcome,
        OutcomeDecided decision,
        Dictionary<(ContractId Contract, PartnerId Partner), Sums> found)
    {
        Dictionary<(ContractId Contract, PartnerId Partner), (TrafficAction Action, HashSet<string> Codes)> seen = [];
        foreach (LegDecision leg in decision.Legs)
        {
            if (state.Campaign.FindContract(leg.Contract, leg.Version) is not { Traffic: not null } contract)
            {
                continue;
            }

            (TrafficAction action, HashSet<string> codes) = PlaceOf(leg);
            foreach (PartnerId partner in CampaignDecider.PartnersOf(leg, decision.Attribution, contract))
            {
                (ContractId, PartnerId) key = (leg.Contract, partner);
                (TrafficAction Action, HashSet<string> Codes) before =
                    seen.TryGetValue(key, out var known) ? known : (TrafficAction.Accept, []);
                before.Codes.UnionWith(codes);
                seen[key] = (action > before.Action ? action : before.Action, before.Codes);
            }
        }

        foreach (((ContractId Contract, PartnerId Partner) key, var (action, codes)) in seen)
        {
            if (!found.TryGetValue(key, out Sums? sums))
            {
                found.Add(key, sums = new());
            }

            sums.Add(new(1, outcome.Quantity), action, codes);
        }
    }

    private static (TrafficAction Action, HashSet<string> Codes) PlaceOf(LegDecision leg)
    {
        (TrafficAction action, ValueList<Reason> reasons) = leg.Qualification switch
        {
            Qualification.Rejected rejected => (TrafficAction.Reject, rejected.Reasons),
            Qualification.Pending pending => (TrafficAction.Hold, pending.Reasons),
            Qualification.Disputed disputed => (TrafficAction.Hold, disputed.Reasons),
            _ => (TrafficAction.Accept, ValueList<Reason>.Empty),
        };
        HashSet<string> codes = CodesOf(reasons);
        action = codes.Count == 0 ? TrafficAction.Accept : action;
        codes.UnionWith(CodesOf(leg.Notes));
        return (action, codes);
    }

    private static HashSet<string> CodesOf(ValueList<Reason> reasons) =>
    [
        .. reasons.Select(static r => r.Code)
            .Where(static c => c.StartsWith(TrafficReasons.Area, StringComparison.Ordinal)),
    ];

    private sealed class Sums
    {
        private readonly SortedDictionary<string, long> codes = new(StringComparer.Ordinal);
        private TrafficCount gross;
        private TrafficCount held;
        private TrafficCount filtered;

        public void Add(TrafficCount one, TrafficAction action, HashSet<string> found)
        {
            gross += one;
            held = action == TrafficAction.Hold ? held + one : held;
            filtered = action == TrafficAction.Reject ? filtered + one : filtered;
            foreach (string code in found)
            {
                codes[code] = codes.GetValueOrDefault(code) + 1;
            }
        }

        public TrafficLine ToLine(ContractId contract, PartnerId partner) =>
            new(contract, partner, gross, held, filtered)
            {
                Found = [.. codes.Select(static c => new CodeCount(c.Key, c.Value))],
            };
    }
}
