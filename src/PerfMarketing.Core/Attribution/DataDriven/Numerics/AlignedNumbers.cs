using System.Runtime.InteropServices;

namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>Numbers of which every eighth begins a line of the cache, so that no vector of eight lies in two.</summary>
internal readonly struct AlignedNumbers
{
    private const int LineBytes = 64;

    private readonly double[] numbers;
    private readonly int first;
    private readonly int count;

    internal AlignedNumbers(int count)
    {
        this.count = count;
        numbers = GC.AllocateArray<double>(count + (LineBytes / sizeof(double)), pinned: true);
        nint over = Marshal.UnsafeAddrOfPinnedArrayElement(numbers, 0) % LineBytes;
        first = (int)((LineBytes - over) % LineBytes) / sizeof(double);
    }

    internal Span<double> Span => numbers.AsSpan(first, count);
}
