using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <summary>By which clause of which contract a partner is paid on the straight way.</summary>
internal sealed class PartnerWay
{
    public PartnerWay(int number, Campaign campaign, Contract contract, Clause clause)
    {
        (Number, Contract, Clause) = (number, contract, clause);
        Name = LegName.Of(campaign, contract, clause);
        IsPlain = contract is { Traffic: null, Calls: null, PaysCredit: true, Rights.HasPermissions: false }
            && clause is
            {
                Proof: NoProof, Legs.Count: 0, Commissionable: null, NeedsHistory: false, HasLimits: false,
                Pays: not Drip, Tally: { IsListed: false, Scope: TallyScope.Partner },
            };
    }

    /// <summary>The number of the way, from 0 in the order in which ways were found.</summary>
    public int Number { get; }

    /// <summary>Another way of the same partner; null when there is none.</summary>
    public PartnerWay? Next { get; init; }

    public Contract Contract { get; }

    public Clause Clause { get; }

    public LegName Name { get; }

    /// <summary>Whether the clause asks for nothing but the outcome.</summary>
    public bool IsPlain { get; }

    /// <summary>What is priced for an earning of this way.</summary>
    public Basis BasisOf(Outcome outcome, Earning earning) => outcome.Lines.Count > 0
        ? Clause.BasisOf(outcome, OutcomeTruth.OfValid(outcome, []), Contract.Currency)
        : new(earning.Value, earning.Quantity, outcome.Facts)
        {
            At = outcome.At,
            IsAnonymous = outcome.Customer is null,
        };
}
