namespace PerfMarketing.Events.Conditions;

/// <summary>
/// Kleene's three values, in the order in which <c>all</c> takes the least and <c>any</c> the greatest.
/// </summary>
internal enum Truth
{
    False,
    Unknown,
    True,
}

/// <summary>Makes truths.</summary>
internal static class Truths
{
    internal static Truth Known(bool holds) => holds ? Truth.True : Truth.False;
}
