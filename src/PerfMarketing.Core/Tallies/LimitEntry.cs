using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tallies;

/// <summary>How one clause's price of an outcome stands to a limit from now on.</summary>
/// <param name="Clause">The clause that prices the outcome.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="OccurredAt">When the outcome occurred: the order in which outcomes wait.</param>
/// <param name="Phase">How it stands.</param>
/// <param name="Amount">
/// The outcomes, or the amount in major units of the contract's currency, that it takes or waits for. Below zero only
/// when it was paid, and takes back from earlier results more than it is worth itself.
/// </param>
public readonly record struct LimitEntry(
    ClauseId Clause, OutcomeId Outcome, Instant OccurredAt, LimitPhase Phase, decimal Amount) : ITerms
{
    /// <summary>
    /// What others may take when the outcome's turn comes: it waits until no more is taken. Zero when it does not wait.
    /// </summary>
    public decimal Room { get; init; }

    /// <summary>
    /// The version of the contract, when an earlier one pays other partners for the outcome by the same clause; else 0.
    /// </summary>
    public int Version { get; init; }

    /// <summary>Reads an entry.</summary>
    /// <param name="terms">The terms.</param>
    public static LimitEntry Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Value<ClauseId>("clause"),
            terms.Value<OutcomeId>("outcome"),
            terms.Instant("occurredAt"),
            terms.Enum<LimitPhase>("phase"),
            terms.Number("amount"))
        {
            Room = terms.OptionalNumber("room") ?? 0,
            Version = terms.Int("version", 0),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("clause", Clause);
        terms.Value("outcome", Outcome);
        terms.Instant("occurredAt", OccurredAt);
        terms.Enum("phase", Phase);
        terms.Number("amount", Amount);
        terms.Number("room", Room == 0 ? null : Room);
        terms.Integer("version", Version == 0 ? null : Version);
    }
}
