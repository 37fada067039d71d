using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Monetary;

/// <summary>A rate, and when it became known: nothing is decided by a rate before that.</summary>
/// <remarks>The terms of <see cref="RateSnapshot"/>, and <c>recordedAt</c>, which is <c>at</c> by default.</remarks>
/// <param name="Rate">The rate.</param>
/// <param name="RecordedAt">When it was recorded.</param>
public sealed record RecordedRate(RateSnapshot Rate, Instant RecordedAt) : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>From when on it is known: when it was recorded, and not before the instant it is of.</summary>
    public Instant KnownFrom => Instant.Max(Rate.At, RecordedAt);

    /// <summary>A rate that was known at once.</summary>
    /// <param name="rate">The rate.</param>
    public static RecordedRate Of(RateSnapshot rate)
    {
        ArgumentNullException.ThrowIfNull(rate);
        return new(rate, rate.At);
    }

    /// <summary>Reads a recorded rate.</summary>
    /// <param name="terms">Its terms.</param>
    /// <returns>The rate; null when a failure was noted.</returns>
    public static RecordedRate Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        Instant? recordedAt = terms.OptionalInstant("recordedAt");
        return RateSnapshot.Read(terms) is { } rate ? new(rate, recordedAt ?? rate.At) : null!;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        Rate.Write(terms);
        terms.Instant("recordedAt", RecordedAt == Rate.At ? null : RecordedAt);
    }
}
