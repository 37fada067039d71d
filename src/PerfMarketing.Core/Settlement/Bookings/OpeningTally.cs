using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement.Bookings;

/// <summary>What another system had counted for a clause in the period that contains the booking's instant.</summary>
public sealed record OpeningTally : ITerms
{
    /// <summary>The clause that counts on.</summary>
    public required ClauseId Clause { get; init; }

    /// <summary>The customer, where the clause counts each alone; null otherwise.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>
    /// What was counted, in the contract's currency; <see cref="Tally.Accrued"/> is what was paid for it.
    /// </summary>
    public required Tally Counted { get; init; }

    /// <summary>Reads an opening tally.</summary>
    /// <param name="terms">The terms.</param>
    public static OpeningTally Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Clause = terms.Value<ClauseId>("clause"),
            Customer = terms.Optional<CustomerId>("customer"),
            Counted = terms.Object("counted", Tally.Read),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("clause", Clause);
        terms.Value("customer", Customer);
        terms.Terms("counted", Counted);
    }
}
