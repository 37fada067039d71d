using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Calls;

/// <summary>One side's record of a telephone call.</summary>
/// <param name="Id">The record's id, under which it counts once.</param>
/// <param name="StartedAt">When the call began.</param>
public sealed record CallRecord(EvidenceId Id, Instant StartedAt) : ITerms
{
    /// <summary>Whether a person answered. False by default.</summary>
    public bool IsAnswered { get; init; }

    /// <summary>
    /// How long the caller was connected with the advertiser, in seconds: without ringing and without a menu; null when
    /// the record does not say, and the whole duration never stands for it.
    /// </summary>
    public int? ConnectedSeconds { get; init; }

    /// <summary>Who called, as a pseudonym of the number; null when the number was withheld.</summary>
    public CustomerId? Caller { get; init; }

    /// <summary>Reads a record.</summary>
    /// <param name="terms">The terms.</param>
    public static CallRecord Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<EvidenceId>("id"), terms.Instant("startedAt"))
        {
            IsAnswered = terms.Flag("isAnswered"),
            ConnectedSeconds = terms.Has("connectedSeconds") ? terms.Int("connectedSeconds", 0) : null,
            Caller = terms.Optional<CustomerId>("caller"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        terms.Instant("startedAt", StartedAt);
        terms.Flag("isAnswered", IsAnswered);
        terms.Integer("connectedSeconds", ConnectedSeconds);
        terms.Value("caller", Caller);
    }
}
