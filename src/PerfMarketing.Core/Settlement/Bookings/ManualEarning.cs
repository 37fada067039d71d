using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Bookings;

/// <summary>An amount that a person books by hand: an earning, a bounty, or what another system left.</summary>
/// <remarks>
/// It stands outside of tallies, limits, budgets and payouts over periods: nothing that is priced depends on it, except
/// on an opening tally. The id is the idempotency key.
/// </remarks>
public sealed record ManualEarning : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The most characters of <see cref="Note"/>.</summary>
    public const int NoteLengthMax = 500;

    /// <summary>The host's name for it.</summary>
    public required BookingId Id { get; init; }

    /// <summary>What it is; an earning by default.</summary>
    public ManualKind Kind { get; init; }

    /// <summary>The contract that owes.</summary>
    public required ContractId Contract { get; init; }

    /// <summary>The partner who is owed; the contract names it.</summary>
    public required PartnerId Partner { get; init; }

    /// <summary>
    /// The amount in the contract's currency; negative when it is taken back or owed back, zero for an opening tally.
    /// </summary>
    public required Money Amount { get; init; }

    /// <summary>
    /// When it happened: the version of the contract that is in force then is cited, and an opening tally counts in the
    /// period that contains it.
    /// </summary>
    public required Instant At { get; init; }

    /// <summary>From when on it is payable; when it is booked by default, and never before.</summary>
    public Instant? PayableAt { get; init; }

    /// <summary>Who booked it, as the host names its people: 1 to 64 printable ASCII characters.</summary>
    public required string Author { get; init; }

    /// <summary>Why, in words: 1 to 500 characters without control characters.</summary>
    public required string Note { get; init; }

    /// <summary>What had been counted; of an opening tally only.</summary>
    public OpeningTally? Tally { get; init; }

    /// <summary>Reads a manual earning, which may make no sense.</summary>
    /// <param name="terms">The terms.</param>
    public static ManualEarning Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new()
        {
            Id = terms.Value<BookingId>("id"),
            Kind = terms.Enum("kind", ManualKind.Earning),
            Contract = terms.Value<ContractId>("contract"),
            Partner = terms.Value<PartnerId>("partner"),
            Amount = terms.Value<Money>("amount"),
            At = terms.Instant("at"),
            PayableAt = terms.OptionalInstant("payableAt"),
            Author = terms.Text("author"),
            Note = terms.Text("note"),
            Tally = terms.OptionalObject("tally", OpeningTally.Read),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("id", Id);
        terms.Enum("kind", Kind, ManualKind.Earning);
        terms.Value("contract", Contract);
        terms.Value("partner", Partner);
        terms.Value("amount", Amount);
        terms.Instant("at", At);
        terms.Instant("payableAt", PayableAt);
        terms.Value("author", Author);
        terms.Value("note", Note);
        terms.Terms("tally", Tally);
    }
}
