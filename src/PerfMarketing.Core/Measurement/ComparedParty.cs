using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement;

/// <summary>What a party keeps under each of the campaigns that are compared, in one currency.</summary>
/// <remarks>
/// What comes in for it less what it pays on, after corrections. Over all parties of a currency the amounts of a
/// campaign sum to its cost.
/// </remarks>
/// <param name="Party">The partner, or a payer that is not the advertiser.</param>
/// <param name="IsIntermediary">Whether the party pays others under one of the campaigns.</param>
/// <param name="Kept">One amount for each campaign, in their order; zero where it gets nothing.</param>
public sealed record ComparedParty(PartyId Party, bool IsIntermediary, ValueList<Money> Kept) : ITerms
{
    /// <summary>Reads a party; amounts of several currencies, or none, are a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static ComparedParty Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ComparedParty party =
            new(terms.Value<PartyId>("party"), terms.Flag("isIntermediary"), terms.Values<Money>("kept"));
        if (party.Kept.Select(static m => m.Currency).Distinct().Count() != 1)
        {
            terms.Fail("kept", TermCodes.Malformed, "What a party keeps is in one currency.");
        }

        return party;
    }

    /// <summary>What the party gains, or loses when it is below zero, against the first campaign.</summary>
    /// <param name="campaign">The place of the campaign, from 0.</param>
    public Money ChangeUnder(int campaign) => Kept[campaign] - Kept[0];

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("party", Party);
        terms.Flag("isIntermediary", IsIntermediary);
        terms.Values("kept", Kept);
    }
}
