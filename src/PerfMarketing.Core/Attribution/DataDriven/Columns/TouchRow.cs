using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>A touch in twelve bytes, so that parting rows writes one stream for each block of customers.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly struct TouchRow(long ticks, uint tag)
{
    /// <summary>How many bits of a customer's number tell customers of one block apart.</summary>
    internal const int BlockBits = 13;

    /// <summary>How many customers a block has.</summary>
    internal const int BlockCustomers = 1 << BlockBits;

    /// <summary>A customer's number within its block.</summary>
    internal const uint CustomerMask = BlockCustomers - 1;

    internal readonly long Ticks = ticks;

    /// <summary>The customer's number within the block, whether it is an outcome, and the channel.</summary>
    internal readonly uint Tag = tag;

    internal static uint TagOf(int customer, ushort channel, bool isConversion) => unchecked(
        ((uint)customer & CustomerMask)
        | (uint)Unsafe.BitCast<bool, byte>(isConversion) << BlockBits
        | (uint)channel << (BlockBits + 1));

    internal bool IsConversion => (Tag & BlockCustomers) != 0;

    internal int Channel => (int)(Tag >> (BlockBits + 1));

    /// <summary>Whether two rows next to each other are of one customer.</summary>
    internal bool IsSameCustomer(in TouchRow other) => ((Tag ^ other.Tag) & CustomerMask) == 0;

    /// <summary>Whether a row begins a journey: another customer's, or the one after an outcome.</summary>
    internal static bool Begins(uint tag, uint before) =>
        (((tag ^ before) & CustomerMask) | (before & BlockCustomers)) != 0;
}
