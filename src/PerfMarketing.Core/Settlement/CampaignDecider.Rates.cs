using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <content>What is in another currency: by which rate it is converted, and what waits for one.</content>
public sealed partial class CampaignDecider
{
    // Notes on the leg by which rates it converts; the reason when one is missing.
    private Reason? FindRates(Work work, Leg leg, Outcome outcome)
    {
        if (work.Truth.KeptValue is { } value && leg.Clause.ReadsValue
            && FindRate(work, leg, outcome, value.Currency) is { } missing)
        {
            return missing;
        }

        foreach (Leg measured in leg.Clause.Legs.Count == 0 ? [] : work.Legs)
        {
            if (leg.Clause.Legs.Contains(measured.Contract.Id)
                && measured.Decision?.Qualification is not Qualification.Rejected
                && FindRate(work, leg, outcome, measured.Contract.Currency) is { } unknown)
            {
                return unknown;
            }
        }

        return null;
    }

    private Reason? FindRate(Work work, Leg leg, Outcome outcome, Currency from)
    {
        Contract contract = leg.Contract;
        if (from == contract.Currency || RateFrom(leg.Rates, from) is not null)
        {
            return null;
        }

        if (contract.Conversion is not { } terms)
        {
            return Reason.Of(SettlementReasons.RateMissing, ("from", from), ("to", contract.Currency));
        }

        RateNeed need = terms.NeedOf(from, contract, outcome.At, work.AsOf);
        if (rates.Find(need) is { } rate)
        {
            leg.Rates = leg.Rates.Add(rate);
            return null;
        }

        return Reason.Of(
            SettlementReasons.RateMissing,
            ("from", from),
            ("to", contract.Currency),
            ("source", terms.Source),
            ("day", new DateText(contract.Calendar.DateOf(need.End - Duration.Epsilon))));
    }

    /// <summary>When the next rate becomes known that an outcome waits for; null when it waits for none.</summary>
    /// <param name="known">The outcome.</param>
    /// <param name="asOf">The instant after which.</param>
    internal Instant? NextRate(OutcomeState known, Instant asOf)
    {
        Instant? next = null;
        foreach (LegDecision leg in known.Decision?.Legs ?? [])
        {
            if (leg.RateAwaited is { } from
                && campaign.FindContract(leg.Contract, leg.Version) is { Conversion: { } terms } contract)
            {
                Instant at = known.Outcome!.At;
                foreach (Instant arrival in rates.ArrivalsAfter(terms.NeedOf(from, contract, at, asOf), asOf))
                {
                    if (rates.Find(terms.NeedOf(from, contract, at, arrival)) is not null)
                    {
                        next = arrival < next ? arrival : next ?? arrival;
                        break;
                    }
                }
            }
        }

        return next;
    }

    /// <summary>When time alone next decides an outcome; null when it does not, or no such rate is known.</summary>
    /// <param name="known">The outcome.</param>
    internal Instant? DueOn(OutcomeState known)
    {
        if (!known.AwaitsRate)
        {
            return known.DueAt;
        }

        Instant? arrival = NextRate(known, known.Decision!.DecidedAt);
        return known.WaitsUntil is { } end && !(arrival <= end) ? end : arrival;
    }

    /// <summary>The rates that deciding an outcome may need.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="since">Since when it waits for a rate; the instant of the decision when it does not.</param>
    /// <param name="asOf">The instant of the decision.</param>
    internal static IEnumerable<RateNeed> RatesFor(Campaign campaign, Outcome outcome, Instant since, Instant asOf) =>
        from contract in ContractCalendar.Covers(outcome.At) && ContractCalendar.Covers(asOf) ? campaign.Contracts : []
        where contract.Conversion is not null
        from currency in contract.Clauses.SelectMany(static c => c.Legs)
            .SelectMany(id => campaign.Contracts.Where(c => c.Id == id))
            .Select(static c => (Currency?)c.Currency).Append(outcome.Value?.Currency).Distinct()
        where currency is not null && currency != contract.Currency
        let first = contract.Conversion!.NeedOf(currency.Value, contract, outcome.At, since)
        let last = contract.Conversion!.NeedOf(currency.Value, contract, outcome.At, asOf)
        select last with { Begin = Instant.Min(first.Begin, last.Begin) };

    // Whether a clause can price an earning again by the rates that it was made with.
    private static bool CanConvert(OutcomeState known, Earning earning, Contract to, Clause clause) => known.Earnings
        .Where(e => clause.Legs.Contains(e.Earning.Contract)).Select(static e => (Currency?)e.Earning.Amount.Currency)
        .Append(clause.ReadsValue ? known.Outcome?.Value?.Currency : null)
        .All(c => c is null || c == to.Currency || RateFrom(earning.Rates, c) is not null);

    private static RateSnapshot? RateFrom(ValueList<RateSnapshot> rates, Currency? from)
    {
        foreach (RateSnapshot rate in rates)
        {
            if (rate.From == from)
            {
                return rate;
            }
        }

        return null;
    }

    // What another leg pays, in the currency of the leg that measures it; the rate is there, or the amount is nothing.
    private static Accrual In(Currency currency, ValueList<RateSnapshot> rates, Accrual amount) =>
        amount.Currency == currency ? amount
        : RateFrom(rates, amount.Currency) is { } rate
            ? new(amount.Share(Ratio.FromDecimal(rate.Rate)).Amount, currency)
        : amount.Amount == 0 ? Accrual.Zero(currency)
        : throw new CurrencyMismatchException(amount.Currency, currency);

    private static Basis BasisOf(Earning earning, Clause clause, Outcome outcome, OutcomeTruth truth) => clause.BasisOf(
        outcome, truth, earning.Amount.Currency, RateFrom(earning.Rates, truth.KeptValue?.Currency));

    private static void NoteRates(Work work, Leg leg)
    {
        foreach (RateSnapshot rate in leg.Rates)
        {
            work.Notes.Add(Reason.Of(
                SettlementReasons.Converted,
                ("contract", leg.Contract.Id),
                ("from", rate.From),
                ("to", rate.To),
                ("rate", rate.Rate),
                ("id", rate.Id)));
        }
    }
}
