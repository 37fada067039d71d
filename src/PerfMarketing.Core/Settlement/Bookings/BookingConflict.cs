using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Invalidations;

namespace PerfMarketing.Settlement.Bookings;

/// <summary>
/// A booking or an invalidation came in under an id that stands for other content: kept as evidence, and no money
/// moves.
/// </summary>
public sealed record BookingConflict : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "booking-conflict";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The id.</summary>
    public required BookingId Booking { get; init; }

    /// <summary>The digest of the terms that the id stands for.</summary>
    public required Digest Original { get; init; }

    /// <summary>The digest of the terms that came in.</summary>
    public required Digest Content { get; init; }

    /// <summary>The booking that came in; null when it was an invalidation.</summary>
    public ManualEarning? Manual { get; init; }

    /// <summary>The invalidation that came in; null when it was a booking.</summary>
    public Invalidation? Invalidation { get; init; }

    internal static BookingConflict Of(Digest original, ManualEarning other, Instant asOf) => new()
    {
        OutcomeId = default,
        DecidedAt = asOf,
        Booking = other.Id,
        Original = original,
        Content = TermDigest.Of(other),
        Manual = other,
    };

    internal static BookingConflict Of(Digest original, Invalidation other, Instant asOf) => new()
    {
        OutcomeId = default,
        DecidedAt = asOf,
        Booking = other.Id,
        Original = original,
        Content = TermDigest.Of(other),
        Invalidation = other,
    };

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("booking", Booking);
        terms.Value("original", Original);
        terms.Value("content", Content);
        terms.Terms("manual", Manual);
        terms.Terms("invalidation", Invalidation);
    }

    internal static BookingConflict ReadCore(TermReader terms) => new()
    {
        OutcomeId = default,
        DecidedAt = TimeOf(terms),
        Booking = terms.Value<BookingId>("booking"),
        Original = terms.Value<Digest>("original"),
        Content = terms.Value<Digest>("content"),
        Manual = terms.OptionalObject("manual", ManualEarning.Read),
        Invalidation = terms.OptionalObject("invalidation", Invalidations.Invalidation.Read),
    };
}
