using System.Globalization;
using PerfMarketing.Testing.Pacing;

namespace PerfMarketing.Tool.Budgets;

/// <summary>Prints paces side by side as a table of plain text.</summary>
internal sealed class SimulationTable(SimulationReport report, TextWriter target)
{
    /// <summary>Prints everything.</summary>
    public void Write()
    {
        int days = report.Paces.Count > 0 ? report.Paces[0].Report.Days.Count : 0;
        target.WriteLine(
            $"{Text(days, "0")} {(days == 1 ? "day" : "days")}; the mean over all, and the 5th or 95th percentile "
            + "where there are two numbers");
        target.WriteLine();
        Row("pace", "delivered %", "of possible %", "rms %", "exhausted", "value %", "peak/even", "overspend %");
        foreach ((string name, PacingReport pace) in report.Paces)
        {
            Row(
                name,
                Two(pace.Delivered, pace.Percentile(static d => d.Delivered, 5)),
                Text(pace.DeliveredOfPossible, "0.0"),
                Two(pace.Rms, pace.Percentile(static d => d.Rms, 95)),
                Text(pace.ExhaustedAt, "0.00"),
                Two(pace.Value, pace.Percentile(static d => d.Value, 5)),
                Text(pace.PeakToEven, "0.0"),
                Text(pace.Overspend, "0.00"));
        }
    }

    private void Row(string name, params ReadOnlySpan<string> cells)
    {
        string line = name.PadRight(17);
        foreach (string cell in cells)
        {
            line += cell.PadLeft(15);
        }

        target.WriteLine(line);
    }

    private static string Two(double mean, double edge) => $"{Text(mean, "0.0")} / {Text(edge, "0.0")}";

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
