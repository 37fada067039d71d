using NodaTime;

namespace PerfMarketing.Monetary;

/// <summary>Asks for a rate: from which currency to which, by whom, of which time, and known by when.</summary>
/// <param name="From">The currency that is converted.</param>
/// <param name="To">The currency it becomes.</param>
/// <param name="Source">Who published the rate.</param>
/// <param name="Begin">The first instant that the rate may be of.</param>
/// <param name="End">The first instant that it may not be of any more.</param>
/// <param name="KnownAt">What became known later does not count.</param>
public readonly record struct RateNeed(
    Currency From, Currency To, string Source, Instant Begin, Instant End, Instant KnownAt);
