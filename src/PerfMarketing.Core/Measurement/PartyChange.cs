using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement;

/// <summary>What one outcome leaves a party under two campaigns.</summary>
/// <param name="Party">The party.</param>
/// <param name="Before">What it keeps under the first campaign.</param>
/// <param name="After">What it keeps under the other one.</param>
public readonly record struct PartyChange(PartyId Party, Money Before, Money After) : ITerms
{
    /// <summary>What the party gains; below zero when it loses.</summary>
    public Money Delta => After - Before;

    /// <summary>Reads a change; one between two currencies is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static PartyChange Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        PartyChange change =
            new(terms.Value<PartyId>("party"), terms.Value<Money>("before"), terms.Value<Money>("after"));
        if (change.Before.Currency != change.After.Currency)
        {
            terms.Fail("after", TermCodes.Malformed, "A change is in one currency.");
        }

        return change;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("party", Party);
        terms.Value("before", Before);
        terms.Value("after", After);
    }
}
