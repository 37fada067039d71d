using System.Globalization;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Proofs.Policies;

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
    public static CallRecord? Of(EvidenceVerdict verdict, Instant startedAt) => Of(verdict, startedAt, []);

    /// <summary>What a verdict's claims say of a call, read by the fields that a contract names.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="startedAt">When the call began, unless the claims say so.</param>
    /// <param name="fields">Which field makes which claim; where none does, the claim has its own name.</param>
    public static CallRecord? Of(EvidenceVerdict verdict, Instant startedAt, ValueList<ClaimField> fields)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(fields);
        if (SecondsOf(verdict, fields) is not { } seconds)
        {
            return null;
        }

        string? started = ClaimOf(verdict, fields, "started-at", out _);
        return new(verdict.ReplayKey ?? new("record"), InstantOf(started) ?? startedAt)
        {
            IsAnswered = seconds > 0 && ClaimOf(verdict, fields, "answered", out _) != "false",
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

    // Whole seconds, or minutes and seconds where the contract says that the field writes them so.
    private static int? SecondsOf(EvidenceVerdict verdict, ValueList<ClaimField> fields)
    {
        string? text = ClaimOf(verdict, fields, Facts.CallSeconds.Name, out ClaimField? field);
        return field is { Unit: ClaimUnit.Seconds }
            ? text is not null && ClaimNumber.TryRead(text, ClaimUnit.Seconds, 0, out decimal read)
                && read is >= 0 and <= int.MaxValue && decimal.IsInteger(read) ? (int)read : null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? seconds : null;
    }

    private static string? ClaimOf(
        EvidenceVerdict verdict, ValueList<ClaimField> fields, string name, out ClaimField? field)
    {
        field = fields.FirstOrDefault(f => f.Claim == name && f.Fits(verdict));
        return ClaimCheck.Find(verdict, field, name);
    }

    private static Instant? InstantOf(string? text) =>
        text is not null && NodaTime.Text.InstantPattern.ExtendedIso.Parse(text).TryGetValue(default, out Instant at)
            ? at
            : null;
}
