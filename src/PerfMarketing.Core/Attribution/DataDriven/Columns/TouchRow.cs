namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>A touch while its block of customers is worked on.</summary>
/// <param name="ticks">When.</param>
/// <param name="state">Above 32 bits the customer or the link, below the tag.</param>
internal readonly struct TouchRow(long ticks, ulong state)
{
    /// <summary>The bits of the state that hold the customer or the link.</summary>
    internal const ulong LinkMask = 0xFFFF_FFFF_0000_0000;

    internal readonly long Ticks = ticks;

    private readonly ulong state = state;

    /// <summary>The customer's number within the block.</summary>
    internal int Customer => unchecked((int)(state >> 32));

    /// <summary>Of linked rows: the row after the one before it in its journey, or 0.</summary>
    internal int Link => unchecked((int)(state >> 32));

    internal bool IsConversion => (state & 1) != 0;

    internal int Channel => unchecked((int)((uint)state >> 1));

    /// <summary>A row of a customer.</summary>
    internal static TouchRow Of(int customer, long ticks, uint tag) => new(ticks, ((ulong)(uint)customer << 32) | tag);

    /// <summary>Whether a row begins a journey: another customer's, or the one after an outcome.</summary>
    internal static bool Begins(in TouchRow row, in TouchRow before) =>
        (((row.state ^ before.state) & LinkMask) | (before.state & 1)) != 0;
}
