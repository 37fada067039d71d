using NodaTime;

namespace PerfMarketing.Tallies;

/// <summary>What a partner has earned with one customer under one clause so far.</summary>
/// <remarks>Earnings that were taken back in full do not count. <c>default</c> is a customer without history.</remarks>
/// <param name="Count">How many earnings stand.</param>
/// <param name="First">When the first of them occurred; null when there is none.</param>
public readonly record struct CustomerHistory(int Count, Instant? First);
