using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement.Amounts;

/// <summary>A clause of a contract that pays one partner, and when the contract is in force.</summary>
internal sealed class AmountRoute(int place, Contract contract, Clause? clause, PartnerId partner)
{
    private readonly long from = TicksOf(contract.Start);
    private readonly long to = TicksOf(contract.End);

    /// <summary>The contract's place in the campaign.</summary>
    public int Place => place;

    public Contract Contract => contract;

    /// <summary>The clause; null when the contract names the partner and has no clause for the outcomes.</summary>
    public Clause? Clause => clause;

    public PartnerId Partner => partner;

    public static long TicksOf(Instant instant) => instant == Instant.MinValue ? long.MinValue
        : instant == Instant.MaxValue ? long.MaxValue
        : instant.ToUnixTimeTicks();

    public (long From, long To) InForce => (from, to);

    public bool IsInForce(long ticks) => from <= ticks && ticks < to;

    /// <summary>What one outcome posts when each is rounded by itself; nothing under a cumulative clause.</summary>
    public long PostedFor(long value) => clause switch
    {
        null or { IsCumulative: true } => 0,
        { Pays: Fixed model } => model.Price.Round(clause.Rounding).MinorUnits,
        { Pays: RevenueShare model } => RoundOne(value, model.Rate),
        _ => throw new InvalidOperationException("A model that was checked is one of these."),
    };

    /// <summary>What all outcomes of a month post together.</summary>
    public Money TotalOf(ClausePricing pricing, long outcomes, Money value, long posted)
    {
        if (!clause!.IsCumulative)
        {
            return Money.FromMinor(posted, contract.Currency);
        }

        Tally tally = new(outcomes, outcomes, value, Accrual.Zero(contract.Currency));
        return pricing.TotalOf(clause, tally).Round(clause.Rounding);
    }

    private long RoundOne(long value, Percentage rate) =>
        (Money.FromMinor(value, contract.Currency) * rate).Round(clause!.Rounding).MinorUnits;
}
