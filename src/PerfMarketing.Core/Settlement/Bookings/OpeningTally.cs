using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement.Bookings;

/// <summary>What another system had counted for a clause in the period that contains the booking's instant.</summary>
public sealed record OpeningTally : ITerms
{
    /// <summary>The most that may have been counted of anything: outcomes, units, or a numeric fact.</summary>
    public const decimal CountMax = 1_000_000_000_000_000m;

    /// <summary>The clause that counts on.</summary>
    public required ClauseId Clause { get; init; }

    /// <summary>The customer, where the clause counts each alone; null otherwise.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>
    /// What was counted, in the contract's currency; <see cref="Tally.Accrued"/> is what was paid for it. Each at most
    /// <see cref="CountMax"/>, or <see cref="Money.MinorUnitsMax"/> where it is an amount.
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

    // What else is counted must still fit.
    internal bool IsWithinBounds()
    {
        Currency currency = Counted.Accrued.Currency;
        decimal greatest = Money.FromMinor(Money.MinorUnitsMax, currency).Amount;
        return IsSmall(Counted.Count, CountMax) && IsSmall(Counted.Quantity, CountMax)
            && IsSmall(Counted.Value.Amount, greatest) && IsSmall(Counted.Accrued.Amount, greatest)
            && Counted.Facts.All(static f => IsSmall(f.Amount, CountMax));
    }

    private static bool IsSmall(decimal amount, decimal max) => amount >= -max && amount <= max;

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("clause", Clause);
        terms.Value("customer", Customer);
        terms.Terms("counted", Counted);
    }
}
