using System.Globalization;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Identity;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>Short ways to write path counts and to read what models make of them.</summary>
internal static class Toys
{
    /// <summary>Paths with conversions and nulls, such as <c>A&gt;B 2/1; C 0/4 ; D 1/0=9.90</c>.</summary>
    internal static PathCounts Paths(string text)
    {
        PathCountsBuilder builder = new();
        foreach (string row in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = row.Split([' ', '/', '=']);
            decimal value = parts.Length > 3 ? decimal.Parse(parts[3], CultureInfo.InvariantCulture) : 0;
            builder.TryAddText(parts[0], Long(parts[1]), Long(parts[2]), value).Should().BeTrue();
        }

        return builder.Build();
    }

    internal static MarkovModel Markov(PathCounts paths, int order, MarkovOptions? options = null)
    {
        MarkovModel.TryFit(paths, order, out MarkovModel? model, out _, options).Should().BeTrue();
        return model!;
    }

    internal static ShapleyModel Shapley(PathCounts paths, ShapleyGame game)
    {
        ShapleyModel.TryFit(paths, game, out ShapleyModel? model, out _).Should().BeTrue();
        return model!;
    }

    internal static double[] Removals(this MarkovModel model) => [.. model.Effects.Select(static e => e.Removal)];

    internal static double[] Credits(this MarkovModel model) => [.. model.Effects.Select(static e => e.Credit)];

    internal static double[] Credits(this ShapleyModel model) => [.. model.Worths.Select(static w => w.Credit)];

    internal static ChannelId[] Path(string channels) => [.. channels.Select(static c => new ChannelId($"{c}"))];

    internal static void ShouldBeNear(this IEnumerable<double> found, double tolerance, params double[] wanted)
    {
        double[] all = [.. found];
        all.Should().HaveCount(wanted.Length);
        for (int i = 0; i < wanted.Length; i++)
        {
            all[i].Should().BeApproximately(wanted[i], tolerance * Math.Max(Math.Abs(wanted[i]), 1e-3), $"place {i}");
        }
    }

    private static long Long(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
