namespace PerfMarketing.Benchmarks.Settlement;

/// <summary>One touch of a log as it is held: its customer and partner are numbers.</summary>
/// <param name="Nanoseconds">When it happened, from the beginning of the log.</param>
/// <param name="Customer">The number of the customer.</param>
/// <param name="Partner">The number of the partner.</param>
internal readonly record struct TouchRow(long Nanoseconds, int Customer, byte Partner);
