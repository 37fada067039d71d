using System.Runtime.Intrinsics;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>
/// A count of conversions and their value as four numbers that are added up by themselves, without carrying: the count,
/// the value's lowest 32 bits, its next 32, and the rest. So a touch is counted by one addition.
/// </summary>
internal static class UnitTally
{
    private const int PartBits = 32;

    /// <summary>The four numbers of some conversions.</summary>
    /// <param name="conversions">How many they are.</param>
    /// <param name="units">What they are worth together, in units of 10^−15.</param>
    internal static Vector256<long> Of(long conversions, Int128 units)
    {
        unchecked
        {
            var low = (ulong)units;
            return Vector256.Create(
                conversions, (long)(uint)low, (long)(low >> PartBits), (long)(units >> (2 * PartBits)));
        }
    }

    /// <summary>How many conversions were counted.</summary>
    internal static long CountOf(Vector256<long> tally) => tally[0];

    /// <summary>What they are worth.</summary>
    internal static Int128 UnitsOf(Vector256<long> tally) =>
        ((Int128)tally[3] << (2 * PartBits)) + ((Int128)tally[2] << PartBits) + tally[1];

    /// <summary>The size of a value, as a part of the greatest that is held.</summary>
    internal static double SizeOf(Int128 units) => Math.Abs((double)(long)(units >> (2 * PartBits))) / long.MaxValue;

    /// <summary>Makes sure that all conversions can be added up, each for several touches.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="times">For how many touches one is added at most.</param>
    /// <exception cref="OverflowException">The sums could be more than can be held.</exception>
    internal static void CheckRoom(PathCounts paths, int times)
    {
        // The sums of the two lower parts stay below 2^63, as there are fewer than 2^31 touches.
        if (Math.Max(paths.ValueSize, (double)paths.Conversions / long.MaxValue) * times >= 1)
        {
            throw new OverflowException("The values add up to more than can be held.");
        }
    }
}
