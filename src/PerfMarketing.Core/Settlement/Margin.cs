using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>What came in for a party and what went out, in one currency: what it keeps.</summary>
/// <remarks>
/// Of ledger entries, corrections included, so it is what was posted and not what was expected. An advertiser has
/// nothing coming in; a partner who pays nobody has nothing going out. Over all parties of a campaign the margins of a
/// currency sum to zero.
/// </remarks>
/// <param name="Party">The party.</param>
/// <param name="In">What contracts pay the party.</param>
/// <param name="Out">What the party pays by contracts.</param>
public readonly record struct Margin(PartyId Party, Money In, Money Out)
{
    /// <summary>What the party keeps; below zero when it pays more than it gets.</summary>
    public Money Net => In - Out;

    /// <summary>The currency.</summary>
    public Currency Currency => In.Currency;

    /// <summary>The margins of a party over some entries: of one outcome, of a month, of a whole run.</summary>
    /// <param name="campaign">The campaign, whose contracts say who pays.</param>
    /// <param name="party">The party.</param>
    /// <param name="entries">The entries, in any order.</param>
    /// <returns>One for each currency in which something came in or went out, by currency code.</returns>
    /// <exception cref="ArgumentException">An entry is of a contract that the campaign does not have.</exception>
    /// <exception cref="OverflowException">A sum is more than an amount can be.</exception>
    public static ValueList<Margin> Of(Campaign campaign, PartyId party, IEnumerable<LedgerEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(entries);
        var payers = campaign.Contracts.DistinctBy(static c => c.Id)
            .ToDictionary(static c => c.Id, static c => c.Payer);
        SortedDictionary<string, Margin> margins = new(StringComparer.Ordinal);
        foreach (LedgerEntry entry in entries)
        {
            if (!payers.TryGetValue(entry.Contract, out PartyId payer))
            {
                throw new ArgumentException($"The campaign has no contract '{entry.Contract}'.", nameof(entries));
            }

            bool isIn = string.Equals(entry.Partner.ToString(), party.ToString(), StringComparison.Ordinal);
            bool isOut = payer == party;
            if (isIn || isOut)
            {
                Currency currency = entry.Amount.Currency;
                Money none = Money.Zero(currency);
                Margin before = margins.GetValueOrDefault(currency.Code, new(party, none, none));
                margins[currency.Code] = before with
                {
                    In = before.In + (isIn ? entry.Amount : none),
                    Out = before.Out + (isOut ? entry.Amount : none),
                };
            }
        }

        return margins.Values.ToValueList();
    }

    /// <summary>The margins of a party for each outcome.</summary>
    /// <param name="campaign">The campaign, whose contracts say who pays.</param>
    /// <param name="party">The party.</param>
    /// <param name="entries">The entries, in any order.</param>
    /// <returns>
    /// The outcomes of which something came in or went out, in the order of their first entry, each with its margins.
    /// </returns>
    /// <exception cref="ArgumentException">An entry is of a contract that the campaign does not have.</exception>
    public static ValueList<(OutcomeId Outcome, ValueList<Margin> Margins)> ByOutcome(
        Campaign campaign, PartyId party, IEnumerable<LedgerEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return entries.GroupBy(static e => e.OutcomeId)
            .Select(outcome => (outcome.Key, Margins: Of(campaign, party, outcome)))
            .Where(static o => o.Margins.Count > 0)
            .ToValueList();
    }

    /// <summary>In, out and what is kept, such as <c>net: 20.00 EUR in, 14.00 EUR out, 6.00 EUR</c>.</summary>
    public override string ToString() => $"{Party}: {In} in, {Out} out, {Net}";
}
