using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Testing.Pacing;

namespace PerfMarketing.Tests.Testing.Pacing;

/// <summary>The days of reference/budgets-and-pacing.md §4 that no earlier day showed. The bounds are those published.
/// </summary>
public sealed class PacingStressTests
{
    [Theory]
    [InlineData(PacingStressKind.Burst, 99, 8.8, 94, 3.7)]
    [InlineData(PacingStressKind.Robots, 99, 25, 94, 5)]
    [InlineData(PacingStressKind.Outage, 99, 5, 96, 5.5)]
    [InlineData(PacingStressKind.LateDrop, 95.4, 5, 96, 3.7)]
    [InlineData(PacingStressKind.DoubleTraffic, 99, 2.8, 98, 3)]
    [InlineData(PacingStressKind.FewRequests, 99, 5.9, 95, 10)]
    public void The_forecast_bears_it(
        PacingStressKind kind, double deliveredMin, double rmsMax, double valueMin, double peakMax)
    {
        PacingReport report = new PacingStress(kind).Run(new(), tellsWorth: true, CancellationToken.None);

        report.Days.Should().HaveCount(6);
        report.Delivered.Should().BeGreaterThanOrEqualTo(deliveredMin);
        report.Rms.Should().BeLessThanOrEqualTo(rmsMax);
        report.Value.Should().BeGreaterThanOrEqualTo(valueMin);
        report.PeakToEven.Should().BeLessThanOrEqualTo(peakMax);
        report.Overspend.Should().Be(0);
    }

    [Fact]
    public void Who_takes_whatever_comes_buys_the_robots()
    {
        PacingTerms asap = new() { Mode = PacingMode.AsSoonAsPossible };
        PacingReport report = new PacingStress(PacingStressKind.Robots) { Seeds = 1 }.Run(asap, true, default);
        report.Value.Should().BeLessThan(20);
        report.Rms.Should().BeGreaterThan(30);
    }
}
