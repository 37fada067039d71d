using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Contracts;

/// <summary>One partner whom a clause pays for an outcome, with the partner's weight in the credit.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Weight">The partner's part of the outcome's total weight; above zero.</param>
/// <param name="Before">What the clause has tallied for the partner in the period so far.</param>
public readonly record struct Beneficiary(PartnerId Partner, long Weight, Tally Before);

/// <summary>What a clause pays one partner for an outcome.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Share">The partner's share of the outcome's credit.</param>
/// <param name="Payout">The lines; they sum exactly to <paramref name="Amount"/>.</param>
/// <param name="Amount">The amount to post.</param>
/// <param name="Before">The tally before the outcome.</param>
/// <param name="Counted">What the outcome adds to the tally.</param>
public sealed record PricedShare(
    PartnerId Partner, Ratio Share, Payout Payout, Money Amount, Tally Before, Tally Counted);
