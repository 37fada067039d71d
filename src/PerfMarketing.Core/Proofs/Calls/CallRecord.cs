using System.Globalization;
using NodaTime;
using PerfMarketing.Events;
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

    /// <summary>What an outcome says of itself as a call.</summary>
    /// <remarks>
    /// Its seconds are the fact <see cref="Facts.CallSeconds"/>; nobody answered when they are zero. The caller is the
    /// fact <see cref="Facts.Caller"/>, or else the customer.
    /// </remarks>
    /// <param name="outcome">The outcome.</param>
    public static CallRecord Of(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        int? seconds = outcome.Facts.TryGet(Facts.CallSeconds, out int found) ? found : null;
        CustomerId? caller = !outcome.Facts.TryGet(Facts.Caller, out string? named) ? outcome.Customer
            : CustomerId.TryParse(named, null, out CustomerId pseudonym) ? pseudonym
            : null;
        return new(new(outcome.Id.ToString()), outcome.At)
        {
            IsAnswered = seconds != 0,
            ConnectedSeconds = seconds,
            Caller = caller,
        };
    }

    /// <summary>What a verdict's claims say of a call; null when they do not say how long it was connected.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="startedAt">When the call began, unless the claims say so.</param>
    public static CallRecord? Of(EvidenceVerdict verdict, Instant startedAt)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        if (!int.TryParse(
            ClaimOf(verdict, Facts.CallSeconds.Name), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
        {
            return null;
        }

        return new(verdict.ReplayKey ?? new("record"), InstantOf(ClaimOf(verdict, "started-at")) ?? startedAt)
        {
            IsAnswered = seconds > 0 && ClaimOf(verdict, "answered") != "false",
            ConnectedSeconds = seconds,
        };
    }

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

    private static string? ClaimOf(EvidenceVerdict verdict, string name)
    {
        foreach (EvidenceClaim claim in verdict.Claims)
        {
            if (claim.Name == name)
            {
                return claim.Value;
            }
        }

        return null;
    }

    private static Instant? InstantOf(string? text) =>
        text is not null && NodaTime.Text.InstantPattern.ExtendedIso.Parse(text).TryGetValue(default, out Instant at)
            ? at
            : null;
}
