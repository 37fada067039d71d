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

    private static readonly double[] Edges = MakeEdges();

    private readonly long[] counted = new long[Bins];
    private readonly long[] folded = new long[Bins];
    private readonly double[] mass = new double[Bins];

    internal double Mass { get; private set; }

    internal ReadOnlySpan<double> Masses => mass;

    internal static int BinOf(double ratio)
    {
        if (!(ratio >= Edges[1]))
        {
            return 0;
        }

        // The logarithm to the base of 2, straight between the powers: at most two bins too low.
        double log = (BitConverter.DoubleToInt64Bits(ratio) * (1.0 / (1L << 52))) - 1023;
        int bin = Math.Clamp((int)((log * 0.693147180559945 * 32) + 128), 1, Bins - 1);
        while (bin < Bins - 1 && ratio >= Edges[bin + 1])
        {
            bin++;
        }

        while (ratio < Edges[bin])
        {
            bin--;
        }

        return bin;
    }

    internal static double LowOf(int bin) => bin == 0 ? 0 : Edges[bin];

    internal static double HighOf(int bin) => bin == Bins - 1 ? double.PositiveInfinity : Edges[bin + 1];

    internal void Count(double ratio, long cost) => Interlocked.Add(ref counted[BinOf(ratio)], cost);

    // Takes in what was counted since the last time; what is older fades.
    internal double Fold(double decay)
    {
        double fresh = 0;
        double sum = 0;
        for (int i = 0; i < Bins; i++)
        {
            long now = Volatile.Read(ref counted[i]);
            double more = unchecked((ulong)(now - folded[i]));
            folded[i] = now;
            fresh += more;
            mass[i] = (mass[i] * decay) + more;
            sum += mass[i];
        }

        Mass = sum;
        return fresh;
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

    internal void Fade(double decay)
    {
        Mass *= decay;
        for (int i = 0; i < Bins; i++)
        {
            mass[i] *= decay;
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
            mass[i] = masses.Count == Bins ? masses[i] : 0;
            counted[i] = fresh.Count == Bins ? fresh[i] : 0;
            Mass += mass[i];
        }
    }

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
}
