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

        double sum = 0;
        foreach (double term in terms)
        {
            sum += term;
        }

        return sum;
    }
}
