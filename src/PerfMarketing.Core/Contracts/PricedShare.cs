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
public readonly record struct Beneficiary(PartnerId Partner, long Weight, Tally Before)
{
    /// <summary>What the partner has earned with the outcome's customer under the clause before.</summary>
    public CustomerHistory History { get; init; }

    /// <summary>
    /// What the tally held before another leg counted the outcome in it; null when none did, which is the default.
    /// </summary>
    public Tally? BeforeOutcome { get; init; }

    /// <summary>
    /// Whether other terms, or another system, priced some of <see cref="Before"/>: what they priced lower does not
    /// fall below what the clause pays for it. False by default.
    /// </summary>
    public bool IsPricedByOthers { get; init; }
}

/// <summary>What a clause pays one partner for an outcome.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Share">The partner's share of the outcome's credit.</param>
/// <param name="Payout">The outcome's own lines; they sum exactly to <paramref name="Amount"/>.</param>
/// <param name="Amount">The amount to post for the outcome.</param>
/// <param name="Before">The tally before the outcome.</param>
/// <param name="Counted">What the outcome adds to the tally.</param>
public sealed record PricedShare(
    PartnerId Partner, Ratio Share, Payout Payout, Money Amount, Tally Before, Tally Counted)
{
    /// <summary>What the partner had earned with the outcome's customer under the clause before.</summary>
    public CustomerHistory History { get; init; }

    /// <summary>
    /// What earlier results of the period are worth more or less because of the outcome, to be posted as an entry of
    /// its own; null when no tier was crossed.
    /// </summary>
    public Payout? Repricing { get; init; }

    /// <summary>The amount to post for <see cref="Repricing"/>; nothing when no tier was crossed.</summary>
    public Money Repriced => Repricing is { } repricing ? repricing.Total.Round() : Money.Zero(Amount.Currency);
}
