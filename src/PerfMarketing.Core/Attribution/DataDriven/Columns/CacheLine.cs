using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Memory that will be needed soon.</summary>
internal static class CacheLine
{
    /// <summary>How many numbers of 64 bits a line has.</summary>
    internal const int Longs = 8;

    /// <summary>
    /// Asks for the memory of an element, which need not be in the array any more, without waiting for it. Processors
    /// do that themselves where few places are written to in turn, but not for hundreds.
    /// </summary>
    /// <param name="first">The first element.</param>
    /// <param name="at">Which element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void Fetch(ref ulong first, int at)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((ulong*)Unsafe.AsPointer(ref first) + at);
        }
    }
}
