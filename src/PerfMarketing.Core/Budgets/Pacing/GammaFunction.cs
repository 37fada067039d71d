namespace PerfMarketing.Budgets.Pacing;

/// <summary>The regularised lower incomplete gamma function: the distribution of a Gamma variable of scale 1.</summary>
/// <remarks>By its series below the mean and by a continued fraction (Lentz) above it; DLMF 8.7.1 and 8.9.2.</remarks>
internal static class GammaFunction
{
    private const int StepsMax = 100_000;
    private const double Tiny = 1e-300;

    internal static double Lower(double shape, double x)
    {
        if (x <= 0)
        {
            return 0;
        }

        double scale = Math.Exp((shape * Math.Log(x)) - x - LogGamma(shape));
        return x < shape + 1 ? scale * Series(shape, x) : 1 - (scale * Fraction(shape, x));
    }

    // By Stirling's series, from an argument that is large enough for it.
    internal static double LogGamma(double x)
    {
        double shift = 0;
        double z = x;
        while (z < 20)
        {
            shift += Math.Log(z);
            z++;
        }

        double square = 1 / (z * z);
        double series = (1d / 12) - (square * ((1d / 360) - (square * ((1d / 1_260) - (square / 1_680)))));
        return ((z - 0.5) * Math.Log(z)) - z + (0.5 * Math.Log(2 * Math.PI)) + (series / z) - shift;
    }

    private static double Series(double shape, double x)
    {
        double term = 1 / shape;
        double sum = term;
        for (int i = 1; i < StepsMax && term > sum * 1e-17; i++)
        {
            term *= x / (shape + i);
            sum += term;
        }

        return sum;
    }

    private static double Fraction(double shape, double x)
    {
        double b = x + 1 - shape;
        double c = 1 / Tiny;
        double d = 1 / b;
        double result = d;
        for (int i = 1; i < StepsMax; i++)
        {
            double a = -i * (i - shape);
            b += 2;
            d = (a * d) + b;
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = b + (a / c);
            c = Math.Abs(c) < Tiny ? Tiny : c;
            double change = d * c;
            result *= change;
            if (Math.Abs(change - 1) < 1e-16)
            {
                break;
            }
        }

        return result;
    }
}
