using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
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
    private readonly Dictionary<Clause, LegName> names = [];
    private StraightWay? straight;
    private Counting[] countings = [];
    private CampaignState? countingsOf;

    // What of outcomes may be found ahead, when somebody else finds it too.
    internal StraightWay Straight
    {
        get => straight ??= new(campaign, explain);
        init => straight = value;
    }

    // Null when it is not ordinary; then nothing has changed, and who brought it may be found already.
    private Decision? DecideOrdinary(
        CampaignState state, Outcome outcome, in Journey journey, Instant asOf, ref FoundCredit found)
    {
        if (outcome.OrderId is { } order
            && (state.FindOrder(order) is not null || state.FindTaken(order) is not null))
        {
            return null;
        }

        if (found.Attribution is null)
        {
            if (!Straight.IsOpenTo(outcome, asOf) || outcome.Check().Count > 0)
            {
                return null;
            }

            found = found.With(Attribute(outcome, journey, asOf));
            found = found.With(Straight.DraftOf(outcome, found.Attribution!, asOf));
        }

        if (found.Draft.Known is not { } known)
        {
            return null;
        }

        if (found.Draft.Way is not { } way)
        {
            return new(state.Take(outcome, known));
        }

        if (asOf < state.ClosedThrough(way.Contract.Id))
        {
            return null;
        }

        try
        {
            return Post(state, outcome, known, way, asOf);
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    private Decision? Post(CampaignState state, Outcome outcome, OutcomeState known, PartnerWay way, Instant asOf)
    {
        Earning earning = known.Earned!;
        Counting counting = CountingOf(state, way, earning, TallyAt(way.Clause, asOf, outcome.At));
        CampaignState.Counter counter = counting.Counter!;
        Basis basis = way.BasisOf(outcome, earning);
        ClausePricing.PricedAlone priced = pricing.PriceAlone(way.Clause, basis, counter.Tally, default);
        if (priced.Repricing is not null)
        {
            return null;
        }

        Tally after = counter.With(priced.Counted);
        earning.Post(counting.PeriodKey, counter.Tally, priced);
        return new(state.Take(outcome, known, earning, counter, after));
    }

    private Counting CountingOf(CampaignState state, PartnerWay way, Earning earning, Instant at)
    {
        if (countingsOf != state)
        {
            (countingsOf, countings) = (state, []);
        }

        if (way.Number >= countings.Length)
        {
            Array.Resize(ref countings, Math.Max(way.Number + 1, 2 * countings.Length));
        }

        Counting counting = countings[way.Number] ??= new();
        if (counting.Counter is null || !counting.Period.Contains(at))
        {
            (Contract contract, Clause clause) = (way.Contract, way.Clause);
            (CalendarPeriod period, string key) = TallyPeriodOf(contract, clause, at);
            TallyKey tally = TallyKey.Of(clause.Tally.Scope, contract.Id, clause.Id, earning.Partner, null, key);
            counting.Begin(period, key, state.CounterOf(tally, contract.Currency));
        }

        return counting;
    }

    private LegName NameOf(Contract contract, Clause clause)
    {
        if (!names.TryGetValue(clause, out LegName? name))
        {
            name = LegName.Of(campaign, contract, clause);
            names.Add(clause, name);
        }

        return name;
    }

    // An earning without what few have.
    private static Earning EarningOf(
        LegName leg, Clause clause, Outcome outcome, Instant asOf, in Basis basis, in Posting posting)
    {
        Earning earning = new(leg, basis)
        {
            OutcomeId = outcome.Id,
            DecidedAt = asOf,
            Partner = posting.Credit.Partner,
            OccurredAt = outcome.At,
            PayableAt = posting.PayableAt,
            Credit = posting.Credit,
            Customer = clause.NeedsHistory ? outcome.Customer : null,
            TallyScope = clause.Tally.Scope,
        };
        earning.Post(posting.Period, posting.Before, posting.Priced);
        return earning;
    }

    /// <summary>What is posted for one partner.</summary>
    private readonly record struct Posting(Credit Credit, ClausePricing.PricedAlone Priced)
    {
        public required Instant PayableAt { get; init; }

        public required Tally Before { get; init; }

        public required string Period { get; init; }
    }

    /// <summary>What the clause of a way has counted in the period that was asked for last.</summary>
    private sealed class Counting
    {
        public CalendarPeriod Period { get; private set; }

        public string PeriodKey { get; private set; } = string.Empty;

        public CampaignState.Counter? Counter { get; private set; }

        public void Begin(CalendarPeriod period, string key, CampaignState.Counter counter) =>
            (Period, PeriodKey, Counter) = (period, key, counter);
    }
}
