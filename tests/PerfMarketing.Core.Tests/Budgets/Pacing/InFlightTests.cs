using NodaTime;
using PerfMarketing.Budgets.Pacing;

namespace PerfMarketing.Tests.Budgets.Pacing;

public sealed class InFlightTests
{
    // Source: cases/budget-and-experiment-cases.json, area in-flight; amounts in cents.
    [Fact]
    public void Results_that_are_still_to_come()
    {
        InFlightCost cost = InFlightCost.Of([new(1_000, 0.5), new(500, 0.6)], 0.02, 5_000);

        cost.Results.Should().BeApproximately(14, 1e-9, "in-flight-1");
        cost.Expected.Should().BeApproximately(70_000, 1e-6, "in-flight-1");
        cost.Deviation.Should().BeApproximately(18_708.286933869707, 1e-6, "in-flight-1");

        // The case multiplies by 1.6448…, we by 1.645.
        cost.Guarded.Should().BeApproximately(100_772.39361722443, 5, "in-flight-1");
        (200_000 - 100_000 - cost.Expected).Should().BeApproximately(30_000, 1e-6, "in-flight-1");
        (200_000 - 100_000 - cost.Guarded).Should().BeNegative("in-flight-1: it is refused");
    }

    // Source: cases/budget-and-experiment-cases.json, area rate-posterior.
    [Fact]
    public void Touches_count_as_far_as_their_results_can_have_come()
    {
        ResultRate rate = ResultRate.Of(12, [new(1_000, 0.5), new(500, 0.6)]);

        rate.Mean.Should().BeApproximately(0.01488095238095238, 1e-15, "rate-posterior-1");
        rate.Quantile(0.05).Should().BeApproximately(0.0086972664520734, 1e-12, "rate-posterior-1");
        rate.Quantile(0.95).Should().BeApproximately(0.02241219293659689, 1e-12, "rate-posterior-1");
    }

    [Fact]
    public void A_rate_that_is_hardly_known_varies_more()
    {
        InFlightCohort[] cohorts = [new(1_000, 0.5)];
        InFlightCost known = InFlightCost.Of(cohorts, 0.1, 100);
        InFlightCost guessed = InFlightCost.Of(cohorts, 0.1, 100, 5);

        guessed.Expected.Should().Be(known.Expected);
        guessed.Deviation.Should().BeApproximately(100 * Math.Sqrt(50 + (2_500 / 25d)), 1e-9);
        known.Deviation.Should().BeApproximately(100 * Math.Sqrt(50), 1e-9);
    }

    [Fact]
    public void A_curve_of_delays_uses_what_is_still_open()
    {
        // By hand: five at risk at 1 h, of which one has its result; the one open at 2 h leaves; of three at 3 h one.
        DelayCurve curve = DelayCurve.Of(
            [Hours(1), Hours(3), Hours(4), Hours(5)], [Hours(2)]);

        curve.Before(Hours(1)).Should().BeApproximately(0.2, 1e-12);
        curve.Before(Hours(3)).Should().BeApproximately(1 - (0.8 * 2 / 3), 1e-12);
        curve.Before(Hours(2)).Should().BeApproximately((0.2 + 1 - (0.8 * 2 / 3)) / 2, 1e-12, "straight between");
        curve.Before(Hours(100)).Should().BeApproximately(1, 1e-12);
        curve.Before(Hours(-1)).Should().Be(0);
        DelayCurve.Immediate.Before(Duration.Zero).Should().Be(1);
    }

    [Fact]
    public void A_curve_of_delays_without_anything_open_is_their_share()
    {
        Duration[] delays = [.. Enumerable.Range(1, 5_000).Select(static i => Duration.FromMinutes(i))];
        DelayCurve curve = DelayCurve.Of(delays, []);

        foreach (int minutes in new[] { 50, 500, 2_500, 4_999 })
        {
            curve.Before(Duration.FromMinutes(minutes)).Should().BeApproximately(minutes / 5_000d, 1e-3);
        }
    }

    [Fact]
    public void Open_ones_alone_say_that_nothing_has_come()
    {
        DelayCurve curve = DelayCurve.Of([], [Hours(240), Hours(241)]);
        (curve.Before(Hours(1)), curve.Before(Hours(500))).Should().Be((0, 0));
        DelayCurve.Of([], []).Before(Hours(1)).Should().Be(1);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Action[] wrong =
        [
            static () => DelayCurve.Of([Duration.FromSeconds(-1)], []),
            static () => InFlightCost.Of([new(1_000, 1.5)], 0.1, 100),
            static () => InFlightCost.Of([new(-1, 0.5)], 0.1, 100),
            static () => ResultRate.Of(1, [new(1, double.NaN)]),
        ];
        wrong.Should().AllSatisfy(static act => act.Should().Throw<ArgumentException>());
    }

    private static Duration Hours(int hours) => Duration.FromHours(hours);
}
