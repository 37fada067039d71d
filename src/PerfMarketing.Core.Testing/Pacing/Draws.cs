namespace PerfMarketing.Testing.Pacing;

/// <summary>Numbers of some distributions, drawn by a seeded generator.</summary>
internal static class Draws
{
    /// <summary>From 0 on and below 1, all alike.</summary>
    /// <param name="random">The generator.</param>
    internal static double Uniform(this SeededRandom random) => (random.Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The normal distribution with mean 0 and deviation 1, by Box and Muller.</summary>
    /// <param name="random">The generator.</param>
    internal static double Normal(this SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.Uniform())) * Math.Cos(2 * Math.PI * random.Uniform());

    /// <summary>
    /// How often something happens that happens so often on average: by multiplication for small means, by the normal
    /// distribution, which is close enough, for large ones.
    /// </summary>
    /// <param name="random">The generator.</param>
    /// <param name="mean">The mean; not negative.</param>
    internal static int Poisson(this SeededRandom random, double mean)
    {
        if (mean > 50)
        {
            return Math.Max(0, (int)Math.Floor(mean + (Math.Sqrt(mean) * random.Normal()) + 0.5));
        }

        double least = Math.Exp(-mean);
        double product = random.Uniform();
        int count = 0;
        while (product > least)
        {
            product *= random.Uniform();
            count++;
        }

        return count;
    }
}
