using System.Numerics;
using System.Runtime.CompilerServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>
/// How a touch stands in 64 bits: from the lowest, its customer's number within the block, whether it is an outcome,
/// its channel, and how long after the oldest of its segment it was.
/// </summary>
internal readonly struct RowLayout(int channelCount)
{
    /// <summary>How many bits of a customer's number tell customers of one block apart.</summary>
    internal const int BlockBits = 13;

    /// <summary>How many customers a block has.</summary>
    internal const int BlockCustomers = 1 << BlockBits;

    /// <summary>A customer's number within its block.</summary>
    internal const uint CustomerMask = BlockCustomers - 1;

    /// <summary>Where the time begins.</summary>
    internal readonly int TickShift = BlockBits + 1 + BitOperations.Log2(((uint)channelCount * 2) - 1);

    /// <summary>How many bits of the time there is room for.</summary>
    internal readonly int TickBits => 64 - TickShift;

    /// <summary>The row without the bits of its time for which there is no room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Pack(int customer, bool isConversion, ushort channel, ulong age, int tickShift) => unchecked(
        ((uint)customer & CustomerMask)
        | (((uint)Unsafe.BitCast<bool, byte>(isConversion) | ((uint)channel << 1)) << BlockBits)
        | (age << tickShift));
}
