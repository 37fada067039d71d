using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>How much of the traffic's cost is worth how many times its cost: 256 bins of the logarithm of worth by
/// cost, from e^-4 to e^4. Counting is safe from many threads; folding is not.</summary>
internal sealed class ValueHistogram
{
    internal const int Bins = 256;

    // e^-4 and e^(1/32); the edges come from them by multiplication only, so that they are the same everywhere.
    private const double Lowest = 0.01831563888873418;
    private const double Step = 1.0317434074991028;

    // The middle of a bin: e^(1/64).
    private const double Middle = 1.0157477085866857;

    // From 2^-6 to 2^6, in 128 cells of the mantissa by power of two: a cell is narrower than a bin.
    private const int CellShift = 52 - 7;
    private const long FirstCell = (1_023L - 6) << 7;
    private const int Cells = 12 * 128;

    private static readonly double[] Edges = MakeEdges();
    private static readonly byte[] BinOfCell = MakeCells();

    // What was counted since ever, what of it was folded, and what is left of that, which 32 bits are enough for.
    private readonly long[] counted = new long[Bins];
    private readonly long[] folded = new long[Bins];
    private readonly float[] mass = new float[Bins];

    internal double Mass { get; private set; }

    internal static int BinOf(double ratio)
    {
        long cell = (BitConverter.DoubleToInt64Bits(ratio) >> CellShift) - FirstCell;
        if (cell is < 0 or >= Cells)
        {
            return ratio >= 1 ? Bins - 1 : 0;
        }

        // A cell holds at most one edge.
        int bin = BinOfCell[cell];
        return bin < Bins - 1 && ratio >= Edges[bin + 1] ? bin + 1 : bin;
    }

    internal static double LowOf(int bin) => bin == 0 ? 0 : Edges[bin];

    internal static double HighOf(int bin) => bin == Bins - 1 ? double.PositiveInfinity : Edges[bin + 1];

    internal void Count(double ratio, long cost) => PaceTally.Add(ref counted[BinOf(ratio)], cost);

    // Takes in what was counted since the last time; what is older fades, and both fade by what passed later. The width
    // of the vectors is a part of the result, as it is the order in which is added: it is the same on every machine.
    internal double Fold(double decay, double later)
    {
        (float old, float young) = ((float)(decay * later), (float)later);
        ref long now = ref MemoryMarshal.GetArrayDataReference(counted);
        ref long before = ref MemoryMarshal.GetArrayDataReference(folded);
        ref float kept = ref MemoryMarshal.GetArrayDataReference(mass);
        Vector256<double> fresh = default;
        Vector256<double> sum = default;
        for (nuint i = 0; i < Bins; i += 8)
        {
            Vector256<long> low = Vector256.LoadUnsafe(ref now, i);
            Vector256<long> high = Vector256.LoadUnsafe(ref now, i + 4);
            Vector256<long> moreLow = low - Vector256.LoadUnsafe(ref before, i);
            Vector256<long> moreHigh = high - Vector256.LoadUnsafe(ref before, i + 4);
            Vector256<float> masses = Vector256.LoadUnsafe(ref kept, i) * old;
            if ((moreLow | moreHigh) != Vector256<long>.Zero)
            {
                low.StoreUnsafe(ref before, i);
                high.StoreUnsafe(ref before, i + 4);
                Vector256<double> addedLow = Vector256.ConvertToDouble(Growth(moreLow));
                Vector256<double> addedHigh = Vector256.ConvertToDouble(Growth(moreHigh));
                fresh += addedLow + addedHigh;
                masses += Vector256.Narrow(addedLow, addedHigh) * young;
            }

            masses.StoreUnsafe(ref kept, i);
            (Vector256<double> first, Vector256<double> second) = Vector256.Widen(masses);
            sum += first + second;
        }

        Mass = SumOf(sum);
        return SumOf(fresh);
    }

    // From which bin on the best part of the mass lies, and how much of that bin belongs to it.
    internal (int Bin, double Share) Best(double part)
    {
        double wanted = part * Mass;
        for (int i = Bins - 1; i > 0; i--)
        {
            if (wanted <= mass[i])
            {
                return (i, mass[i] > 0 ? wanted / mass[i] : 0);
            }

            wanted -= mass[i];
        }

        return (0, mass[0] > 0 ? Math.Min(1, wanted / mass[0]) : 1);
    }

    // The lowest bin from which on all that comes, with what was bought so far, is worth the multiple of its cost. What
    // is worth that much by itself is always good enough: it makes a debt smaller.
    internal int Worth(double multiple, double spent, double worth, double rest)
    {
        double scale = Mass > 0 ? rest / Mass : 0;
        double surplus = worth - (multiple * spent);
        int found = Bins;
        for (int i = Bins - 1; i >= 0; i--)
        {
            double ratio = Edges[i] * Middle;
            surplus += scale * mass[i] * (ratio - multiple);
            if (surplus >= 0 || ratio >= multiple)
            {
                found = i;
            }
        }

        return found;
    }

    // Lets what is known fade, or takes a fading back where the factor is above one.
    internal void Fade(double decay)
    {
        Mass = 0;
        for (int i = 0; i < Bins; i++)
        {
            mass[i] = (float)(mass[i] * decay);
            Mass += mass[i];
        }
    }

    // The part of the mass that is worth at least a multiple of its cost, by whole bins.
    internal double PartFrom(double ratio)
    {
        double above = 0;
        for (int i = BinOf(ratio); i < Bins; i++)
        {
            above += mass[i];
        }

        return Mass > 0 ? Math.Min(1, above / Mass) : 1;
    }

    internal double[] Stored() => Array.ConvertAll(mass, static part => (double)part);

    internal long[] Fresh()
    {
        var fresh = new long[Bins];
        for (int i = 0; i < Bins; i++)
        {
            fresh[i] = Math.Clamp(unchecked(Volatile.Read(ref counted[i]) - folded[i]), 0, BudgetCounter.AmountMax);
        }

        return fresh;
    }

    internal void Restore(ValueList<double> masses, ValueList<long> fresh)
    {
        for (int i = 0; i < Bins; i++)
        {
            mass[i] = masses.Count == Bins ? (float)masses[i] : 0;
            counted[i] = fresh.Count == Bins ? fresh[i] : 0;
            Mass += mass[i];
        }
    }

    // The same as that of other sums: none where a sum was set back.
    private static Vector256<ulong> Growth(Vector256<long> more) => Vector256.AndNot(
        more,
        Vector256.LessThan(more, Vector256<long>.Zero)
            & Vector256.GreaterThanOrEqual(more, Vector256.Create(-PaceTally.BackMax))).AsUInt64();

    private static double SumOf(Vector256<double> parts) => parts[0] + parts[1] + (parts[2] + parts[3]);

    private static double[] MakeEdges()
    {
        var edges = new double[Bins + 1];
        edges[0] = Lowest;
        for (int i = 1; i <= Bins; i++)
        {
            edges[i] = edges[i - 1] * Step;
        }

        return edges;
    }

    // The bin of the lowest number of each cell.
    private static byte[] MakeCells()
    {
        var cells = new byte[Cells];
        int bin = 0;
        for (int i = 0; i < Cells; i++)
        {
            double low = BitConverter.Int64BitsToDouble((FirstCell + i) << CellShift);
            while (bin < Bins - 1 && low >= Edges[bin + 1])
            {
                bin++;
            }

            cells[i] = (byte)bin;
        }

        return cells;
    }
}
