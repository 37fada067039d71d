using System.Globalization;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.Paths;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tool.Journeys;

/// <summary>Prints models side by side as a table of plain text: one row for each channel.</summary>
internal sealed class AttributionTable(AttributionReport report, TextWriter target)
{
    /// <summary>Prints everything.</summary>
    public void Write()
    {
        ModelComparison comparison = report.Comparison;
        target.WriteLine(
            $"{Invariant(comparison.Conversions)} conversions of {Invariant(comparison.Journeys)} journeys, value "
            + $"{Invariant(comparison.Value)}{(report.Currency is null ? string.Empty : " " + report.Currency)}");
        target.WriteLine();
        WriteTable(Rows());
        foreach ((ModelCredits model, string name) in comparison.Models.Zip(report.Names))
        {
            WriteNotes(model, name);
        }

        if (report.Paths is not null)
        {
            target.WriteLine();
            WritePaths(report.Paths);
        }

        foreach (SegmentReport segment in report.Segments ?? [])
        {
            target.WriteLine(
                $"{ToolConsole.Printable(segment.Segment)}: {Invariant(segment.Counts.Conversions)} conversions of "
                + $"{Invariant(segment.Counts.Journeys)} journeys, value {Invariant(segment.Counts.Value)}");
            WritePaths(segment.Paths);
        }

        if (report.Untouched > 0)
        {
            target.WriteLine($"Conversions without a touch, which are nobody's: {Invariant(report.Untouched)}");
        }

        if (report.RejectedLines > 0)
        {
            target.WriteLine($"Lines of the log that could not be used: {Invariant(report.RejectedLines)}");
        }
    }

    private List<string[]> Rows()
    {
        ModelCredits[] models = [.. report.Comparison.Models];
        List<string[]> rows = [["channel", .. report.Names]];
        ModelCredits? some = models.FirstOrDefault(static m => m.Credits.Count > 0);
        for (int i = 0; i < (some?.Credits.Count ?? 0); i++)
        {
            rows.Add(
            [
                ToolConsole.Printable(some!.Credits[i].Channel.Value),
                .. models.Select(m => m.Credits.Count == 0
                    ? "-"
                    : m.Credits[i].Credit.ToString("0.00", CultureInfo.InvariantCulture)),
            ]);
        }

        return rows;
    }

    private void WriteNotes(ModelCredits model, string name)
    {
        if (report.OrderOf(name) is { } choice)
        {
            string scores = string.Join(", ", choice.Scores.Select(static s => string.Create(
                CultureInfo.InvariantCulture, $"{s.Order}: {s.HeldOut:0.0000}")));
            target.WriteLine(
                $"{name} has order {Invariant(choice.Order)}; mean log-likelihood of a step of "
                + $"{Invariant(choice.HeldOut)} held-out journeys by order: {scores}");
        }

        if (model.Refusal is { } refusal)
        {
            target.WriteLine($"{name} is refused: {refusal}");
        }
        else if (model.Markov is { } fit)
        {
            string bound = fit.ResidualBound.ToString("0.0E+0", CultureInfo.InvariantCulture);
            string probability = fit.ConversionProbability.ToString("0.######", CultureInfo.InvariantCulture);
            target.WriteLine(
                $"{name}: P(conversion) {probability}, {Invariant(fit.StateCount)} states, error below {bound}");
        }
        else if (model.IsUnstable)
        {
            target.WriteLine($"{name} is unstable where channels are rare; its credits may be negative.");
        }
    }

    private void WritePaths(PathReport paths)
    {
        WriteTable(
        [
            ["path", "conversions", "value"],
            .. paths.TopPaths.Select(static path => (string[])
            [
                ToolConsole.Printable(string.Join(" > ", path.Path.Select(static c => c.Value))),
                Invariant(path.Conversions),
                Invariant(path.Value),
            ]),
        ]);
        WriteTable(
        [
            ["channel", "introduced", "assisted", "closed", "assists per close"],
            .. paths.Roles.Select(static role => (string[])
            [
                ToolConsole.Printable(role.Channel.Value),
                Invariant(role.Introduced),
                Invariant(role.Assisted),
                Invariant(role.Closed),
                role.Closed == 0
                    ? "-"
                    : ((double)role.Assisted / role.Closed).ToString("0.00", CultureInfo.InvariantCulture),
            ]),
        ]);
    }

    // Words to the left, numbers to the right.
    private void WriteTable(List<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            target.WriteLine(string.Join("  ", row.Select((cell, i) =>
                i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
        }

        target.WriteLine();
    }

    private static string Invariant<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
