using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;

namespace PerfMarketing.Settlement;

/// <summary>
/// Where a decision puts an outcome, for each contract with rules of invalid traffic and each partner.
/// </summary>
internal sealed class TrafficPlaces
{
    private readonly SortedDictionary<(ContractId Contract, PartnerId Partner), TrafficPlace> places = [];

    private TrafficPlaces()
    {
    }

    public IEnumerable<(ContractId Contract, PartnerId Partner)> Keys => places.Keys;

    // Several clauses of one contract look at one outcome once: the gravest of their decisions counts.
    public static TrafficPlaces Of(Campaign campaign, OutcomeDecided? decision)
    {
        TrafficPlaces all = new();
        foreach (LegDecision leg in decision?.Legs ?? [])
        {
            if (campaign.FindContract(leg.Contract, leg.Version) is not { Traffic: not null } contract)
            {
                continue;
            }

            TrafficPlace place = PlaceOf(leg);
            foreach (PartnerId partner in CampaignDecider.PartnersOf(leg, decision!.Attribution, contract))
            {
                (ContractId, PartnerId) key = (leg.Contract, partner);
                all.places[key] = all.places.TryGetValue(key, out TrafficPlace? known)
                    ? new(known.Action > place.Action ? known.Action : place.Action, [.. known.Codes, .. place.Codes])
                    : place;
            }
        }

        return all;
    }

    public TrafficPlace? Find((ContractId Contract, PartnerId Partner) key) => places.GetValueOrDefault(key);

    // How the outcome counts for a contract and partner; not at all when it has no place.
    public TrafficCounts CountsOf((ContractId Contract, PartnerId Partner) key, Outcome outcome)
    {
        TrafficCount one = new(1, outcome.Quantity);
        return Find(key) is { Action: var action }
            ? new(
                one,
                action == TrafficAction.Hold ? one : default,
                action == TrafficAction.Reject ? one : default)
            : TrafficCounts.None;
    }

    private static TrafficPlace PlaceOf(LegDecision leg)
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
        return new(action, codes);
    }

    private static HashSet<string> CodesOf(ValueList<Reason> reasons) =>
    [
        .. reasons.Select(static r => r.Code)
            .Where(static c => c.StartsWith(TrafficReasons.Area, StringComparison.Ordinal)),
    ];
}

/// <summary>What rules of invalid traffic made of an outcome, and the codes of what they found.</summary>
internal sealed record TrafficPlace(TrafficAction Action, HashSet<string> Codes);
