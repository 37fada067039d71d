using NodaTime;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>How long results take: the part of all results that has come by an age.</summary>
/// <remarks>
/// Learned by the product-limit estimate of Kaplan and Meier (1958), which also uses what is still open: a touch that
/// has had no result after two days says that its result, if any, takes longer. Straight between the points.
/// </remarks>
public sealed class DelayCurve
{
    /// <summary>The most points; more delays are thinned out evenly.</summary>
    public const int PointsMax = 1_024;

    // What has come of results of any age when no result has ever come.
    private readonly double unknown;
    private readonly double[] ages;
    private readonly double[] come;

    private DelayCurve(List<(double Age, double Come)> points, double unknown)
    {
        this.unknown = unknown;
        ages = [0, .. points.Select(static p => p.Age)];
        come = [0, .. points.Select(static p => p.Come)];
    }

    /// <summary>Every result comes at once.</summary>
    public static DelayCurve Immediate { get; } = new([], 1);

    /// <summary>
    /// A curve from results and from what is still open; without either every result is taken to come at once, and with
    /// nothing but open ones none to have come.
    /// </summary>
    /// <param name="results">The delays of results that came, in any order.</param>
    /// <param name="open">
    /// The ages of touches that will have a result but have not had it yet, where that is known, such as accepted leads
    /// that wait for their sale.
    /// </param>
    /// <exception cref="ArgumentException">A delay or an age is negative.</exception>
    public static DelayCurve Of(IEnumerable<Duration> results, IEnumerable<Duration> open)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(open);
        (double Age, bool IsResult)[] all =
        [
            .. results.Select(static d => (Age: d.TotalSeconds, IsResult: true))
                .Concat(open.Select(static d => (Age: d.TotalSeconds, IsResult: false)))
                .OrderBy(static d => d.Age).ThenByDescending(static d => d.IsResult),
        ];
        if (all.Length > 0 && all[0].Age < 0)
        {
            throw new ArgumentException("A result does not come before its touch.", nameof(results));
        }

        List<(double Age, double Come)> points = [];
        double waiting = 1;
        for (int i = 0; i < all.Length; i++)
        {
            if (!all[i].IsResult)
            {
                continue;
            }

            waiting *= 1 - (1d / (all.Length - i));
            if (points.Count > 0 && points[^1].Age == all[i].Age)
            {
                points.RemoveAt(points.Count - 1);
            }

            points.Add((all[i].Age, 1 - waiting));
        }

        return new(Thinned(points), all.Length > 0 ? 0 : 1);
    }

    /// <summary>The part of all results that has come when a touch has an age, from 0 to 1.</summary>
    /// <param name="age">The age; a negative one counts as zero.</param>
    public double Before(Duration age)
    {
        double seconds = Math.Max(0, age.TotalSeconds);
        if (ages.Length == 1)
        {
            return unknown;
        }

        int found = Array.BinarySearch(ages, seconds);
        int next = found >= 0 ? found + 1 : ~found;
        if (next >= ages.Length)
        {
            return come[^1];
        }

        double width = ages[next] - ages[next - 1];
        return width <= 0
            ? come[next]
            : come[next - 1] + ((come[next] - come[next - 1]) * (seconds - ages[next - 1]) / width);
    }

    private static List<(double Age, double Come)> Thinned(List<(double Age, double Come)> points)
    {
        if (points.Count <= PointsMax)
        {
            return points;
        }

        List<(double Age, double Come)> kept = [];
        for (int i = 1; i <= PointsMax; i++)
        {
            kept.Add(points[(int)((long)i * points.Count / PointsMax) - 1]);
        }

        return kept;
    }
}
