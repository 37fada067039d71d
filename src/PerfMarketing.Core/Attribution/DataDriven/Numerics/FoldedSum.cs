using System.Runtime.Intrinsics;

namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>Sums in one order, by halves, so that errors hardly grow.</summary>
internal static class FoldedSum
{
    private const int Short = 64;

    internal static double Of(ReadOnlySpan<double> terms)
    {
        if (terms.Length > Short)
        {
            int half = terms.Length / 2;
            return Of(terms[..half]) + Of(terms[half..]);
        }

        // Four sums side by side, the same four on every processor.
        Vector256<double> sums = Vector256<double>.Zero;
        int i = 0;
        for (; i <= terms.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            sums += Vector256.Create(terms.Slice(i, Vector256<double>.Count));
        }

        double sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        for (; i < terms.Length; i++)
        {
            sum += terms[i];
        }

        return sum;
    }
}
