using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <content>
/// The straight way of most outcomes: one partner has all the credit, one contract and one clause pay it, and nothing
/// is asked, limited or waited for; or nobody brought it. It decides what the long way decides, or leaves the outcome
/// to it.
/// </content>
public sealed partial class CampaignDecider
{
    private readonly Dictionary<PartnerId, Way> ways = [];
    private readonly Dictionary<Clause, LegName> names = [];
    private CampaignState? waysOf;
    private bool? isStraight;

    // Whether nothing in the campaign as a whole keeps outcomes from the straight way.
    private bool IsStraight => isStraight ??= explain == ExplainLevel.Standard
        && campaign is
        {
            IsChained: false, IsLayered: false, HasDerived: false, Budgets.Count: 0, HasLimits: false,
            AsksForOutcomeFacts: false, AsksTouches: false, AsksCustomers: false,
        };

    // Null when it is not ordinary; then nothing has changed, and who brought it may be found already.
    private Decision? DecideOrdinary(
        CampaignState state, Outcome outcome, in Journey journey, Instant asOf, ref AttributionDecision? found)
    {
        if (!IsStraight || !MayBeOrdinary(state, outcome, asOf))
        {
            return null;
        }

        found ??= Attribute(outcome, journey, asOf);
        if (!found.IsCredited)
        {
            return new(state.Take(outcome, found, asOf));
        }

        if (found.Sole is not { } credit || campaign.RefuseCredit(credit.Partner, outcome) is not null)
        {
            return null;
        }

        OutcomeTruth truth = OutcomeTruth.OfValid(outcome, []);
        if (WayOf(state, outcome, truth, credit.Partner, asOf) is not { } way
            || (truth.KeptValue is { } value && value.Currency != way.Contract.Currency)
            || asOf < state.ClosedThrough(way.Contract.Id))
        {
            return null;
        }

        try
        {
            return Post(state, outcome, truth, way, (credit, found, asOf));
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    private bool MayBeOrdinary(CampaignState state, Outcome outcome, Instant asOf) =>
        !outcome.IsTest && outcome.Parent is null && outcome.Check().Count == 0 && outcome.Quantity != 0
        && ContractCalendar.Covers(outcome.At) && ContractCalendar.Covers(asOf)
        && campaign.Flies(outcome.At) && campaign.RefuseOutcome(outcome) is null
        && (outcome.OrderId is not { } order || state.FindOrder(order) is null);

    // The contract and the clause that pay, when there is nothing to choose and the clause asks for nothing.
    private Way? WayOf(CampaignState state, Outcome outcome, OutcomeTruth truth, PartnerId partner, Instant asOf)
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
            Order = (outcome, truth),
        };
        if (contract.FindClause(subject) is not { } clause)
        {
            return null;
        }

        Way way = KnownWay(state, partner);
        if (way.Clause != clause)
        {
            way.Take(contract, clause, NameOf(contract, clause));
        }

        return way.IsPlain ? way : null;
    }

    private Way KnownWay(CampaignState state, PartnerId partner)
    {
        if (waysOf != state)
        {
            ways.Clear();
            waysOf = state;
        }

        if (!ways.TryGetValue(partner, out Way? way))
        {
            ways.Add(partner, way = new());
        }

        return way;
    }

    private LegName NameOf(Contract contract, Clause clause)
    {
        if (!names.TryGetValue(clause, out LegName? name))
        {
            name = new()
            {
                Contract = contract.Id,
                Version = contract.Version,
                Clause = clause.Id,
                Currency = contract.Currency,
                Terms = contract.Digest,
                Campaign = campaign.Id,
                CampaignVersion = campaign.Version,
                Model = campaign.Model,
            };
            names.Add(clause, name);
        }

        return name;
    }

    // Credit that was inherited or stands was shared out by the model of its time.
    private static LegName Citing(LegName name, ModelCitation? model) =>
        ReferenceEquals(name.Model, model) || name.Model == model ? name : name with { Model = model };

    private Decision? Post(
        CampaignState state,
        Outcome outcome,
        OutcomeTruth truth,
        Way way,
        in (Credit Credit, AttributionDecision Attribution, Instant AsOf) how)
    {
        (Contract contract, Clause clause) = (way.Contract, way.Clause!);
        Instant at = TallyAt(clause, how.AsOf, outcome.At);
        if (way.Counter is null || !way.Period.Contains(at))
        {
            (CalendarPeriod period, string key) = TallyPeriodOf(contract, clause, at);
            TallyKey tally = TallyKey.Of(clause.Tally.Scope, contract.Id, clause.Id, how.Credit.Partner, null, key);
            way.Count(period, key, state.CounterOf(tally, contract.Currency));
        }

        CampaignState.Counter counter = way.Counter!;
        Basis basis = clause.BasisOf(outcome, truth, contract.Currency);
        ClausePricing.PricedAlone priced = pricing.PriceAlone(clause, basis, counter.Tally, default);
        if (priced.Repricing is not null)
        {
            return null;
        }

        Tally after = counter.With(priced.Counted);
        Posting posting = new(how.Credit, priced.Amount, priced.Lines)
        {
            PayableAt = PayableAt(clause, outcome, how.AsOf),
            Before = counter.Tally,
            Counted = priced.Counted,
            Period = way.PeriodKey,
        };
        LegName name = Citing(way.Name, how.Attribution.Model);
        Earning earning = EarningOf(name, clause, outcome, how.AsOf, basis, posting);
        return new(state.Take(outcome, how.Attribution, earning, counter, after));
    }

    // An earning without what few have.
    private static Earning EarningOf(
        LegName leg, Clause clause, Outcome outcome, Instant asOf, in Basis basis, in Posting posting) =>
        new(leg, posting.Period, posting.Amount, posting.Lines)
        {
            OutcomeId = outcome.Id,
            DecidedAt = asOf,
            Partner = posting.Credit.Partner,
            OccurredAt = outcome.At,
            PayableAt = posting.PayableAt,
            Credit = posting.Credit,
            Customer = clause.NeedsHistory ? outcome.Customer : null,
            Value = basis.Value,
            Quantity = basis.Quantity,
            TallyScope = clause.Tally.Scope,
            Before = posting.Before,
            Counted = posting.Counted,
        };

    /// <summary>What is posted for one partner.</summary>
    private readonly record struct Posting(Credit Credit, Money Amount, PostedLines Lines)
    {
        public required Instant PayableAt { get; init; }

        public required Tally Before { get; init; }

        public required Tally Counted { get; init; }

        public required string Period { get; init; }
    }

    /// <summary>How a partner was paid last: by which clause, and what that has counted in the period.</summary>
    private sealed class Way
    {
        public Contract Contract { get; private set; } = null!;

        public Clause? Clause { get; private set; }

        public LegName Name { get; private set; } = null!;

        public CalendarPeriod Period { get; private set; }

        public string PeriodKey { get; private set; } = string.Empty;

        public CampaignState.Counter? Counter { get; private set; }

        // Whether the clause asks for nothing but the outcome.
        public bool IsPlain { get; private set; }

        public void Take(Contract contract, Clause clause, LegName name)
        {
            (Contract, Clause, Name, Counter) = (contract, clause, name, null);
            IsPlain = contract is { Traffic: null, Calls: null, PaysCredit: true, Rights.HasPermissions: false }
                && clause is
                {
                    Proof: NoProof, Legs.Count: 0, Commissionable: null, NeedsHistory: false, HasLimits: false,
                    Pays: not Drip, Tally: { IsListed: false, Scope: TallyScope.Partner },
                };
        }

        public void Count(CalendarPeriod period, string key, CampaignState.Counter counter) =>
            (Period, PeriodKey, Counter) = (period, key, counter);
    }
}
