namespace PerfMarketing.Tool.Journeys;

/// <summary>The conversions that one row of a log is.</summary>
/// <param name="Count">How many.</param>
/// <param name="Value">What they are worth together.</param>
/// <param name="Name">The first of their ids; empty when one has none.</param>
internal sealed record RowConversions(long Count, decimal Value, string Name)
{
    /// <summary>No conversion.</summary>
    public static RowConversions None { get; } = new(0, 0, string.Empty);
}
