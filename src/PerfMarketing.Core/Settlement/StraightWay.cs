using System.Collections.Concurrent;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>
/// What of the straight way follows from the campaign and the outcome alone, and not from what was decided before: who
/// is paid, by which clause, for what, and when.
/// </summary>
/// <remarks>Thread-safe: drafts are made ahead, by as many threads as the host likes.</remarks>
internal sealed class StraightWay
{
    private readonly Campaign campaign;

    // How partners were paid so far, the newest way first: mostly there is one.
    private readonly ConcurrentDictionary<PartnerId, PartnerWay> ways = new();
    private int count;

    public StraightWay(Campaign campaign, ExplainLevel explain)
    {
        this.campaign = campaign;
        IsOpen = explain == ExplainLevel.Standard && campaign is
        {
            IsChained: false, IsLayered: false, HasDerived: false, Budgets.Count: 0, HasLimits: false,
            AsksForOutcomeFacts: false, AsksTouches: false, AsksCustomers: false,
        };
    }

    /// <summary>Whether nothing in the campaign as a whole keeps outcomes from the straight way.</summary>
    public bool IsOpen { get; }

    /// <summary>
    /// Whether nothing about an outcome, with which nothing is wrong, keeps it from the straight way.
    /// </summary>
    public bool IsOpenTo(Outcome outcome, Instant asOf) =>
        IsOpen && !outcome.IsTest && outcome.Parent is null && outcome.Quantity != 0
        && ContractCalendar.Covers(outcome.At) && ContractCalendar.Covers(asOf)
        && campaign.Flies(outcome.At) && campaign.RefuseOutcome(outcome) is null;

    /// <summary>
    /// What will be known of an outcome, but for what its earning comes to; nothing for the long way.
    /// </summary>
    public StraightDraft DraftOf(Outcome outcome, AttributionDecision found, Instant asOf)
    {
        if (!found.IsCredited)
        {
            return new(OutcomeState.Of(outcome, new(outcome.Id, asOf, found)), null);
        }

        if (found.Sole is not { } credit || campaign.RefuseCredit(credit.Partner, outcome) is not null)
        {
            return default;
        }

        // Without lines what was stated is true, and nothing is to be made of it.
        OutcomeTruth? truth = outcome.Lines.Count == 0 ? null : OutcomeTruth.OfValid(outcome, []);
        if (WayOf(outcome, truth, credit.Partner, asOf) is not { IsPlain: true } way
            || ((truth is null ? outcome.Value : truth.KeptValue) is { } value
                && value.Currency != way.Contract.Currency))
        {
            return default;
        }

        try
        {
            Earning earning = EarningOf(way, outcome, truth, credit, (found, asOf));
            return new(OutcomeState.Of(outcome, found, earning), way);
        }
        catch (ArithmeticException)
        {
            return default;
        }
    }

    // The contract and the clause that pay, when there is nothing to choose.
    private PartnerWay? WayOf(Outcome outcome, OutcomeTruth? truth, PartnerId partner, Instant asOf)
    {
        ContractLine[] lines = campaign.LinesOf(partner);
        if (lines.Length != 1)
        {
            return null;
        }

        VersionQuestion question = new() { Partner = partner, OccurredAt = outcome.At, AsOf = asOf };
        VersionChoice choice = lines[0].Choose(question, explain: false);
        if (choice is not { Contract: { Precedence: Precedence.FirstMatch } contract, Passed.Count: 0 })
        {
            return null;
        }

        ClauseSubject subject = new(outcome.Kind, outcome.Facts, outcome.At)
        {
            Partner = partner,
            Order = contract.AsksForAmounts ? (outcome, truth ?? OutcomeTruth.OfValid(outcome, [])) : null,
        };
        if (contract.FindClause(subject) is not { } clause)
        {
            return null;
        }

        PartnerWay? known = ways.GetValueOrDefault(partner);
        for (PartnerWay? way = known; way is not null; way = way.Next)
        {
            if (ReferenceEquals(way.Clause, clause) && ReferenceEquals(way.Contract, contract))
            {
                return way;
            }
        }

        // Another thread may find the same way, and number it otherwise: that makes no difference to what it counts.
        return ways[partner] = new(Interlocked.Increment(ref count) - 1, campaign, contract, clause) { Next = known };
    }

    // An earning without what few have, and without what depends on what was tallied before.
    private static Earning EarningOf(
        PartnerWay way,
        Outcome outcome,
        OutcomeTruth? truth,
        in Credit credit,
        in (AttributionDecision Attribution, Instant AsOf) how)
    {
        Currency currency = way.Contract.Currency;
        Basis basis = truth is null
            ? new(outcome.Value is { } value ? value : Accrual.Zero(currency), outcome.Quantity, outcome.Facts)
            : way.Clause.BasisOf(outcome, truth, currency);
        return new(way.Name.Citing(how.Attribution.Model), basis)
        {
            OutcomeId = outcome.Id,
            DecidedAt = how.AsOf,
            Partner = credit.Partner,
            OccurredAt = outcome.At,
            PayableAt = Instant.Max(how.AsOf, way.Clause.PayableAt(outcome.At)),
            Credit = credit,
            TallyScope = way.Clause.Tally.Scope,
        };
    }
}
