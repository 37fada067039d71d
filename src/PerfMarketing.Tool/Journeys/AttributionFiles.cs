using System.Text;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Serialization;
using PerfMarketing.Tool.Logs;
using PerfMarketing.Tool.Settle;

namespace PerfMarketing.Tool.Journeys;

/// <summary>Writes the files of an attribution.</summary>
internal static class AttributionFiles
{
    /// <summary>Everything, as one JSON object.</summary>
    public const string Attribution = "attribution.json";

    /// <summary>The credits of all models, as CSV.</summary>
    public const string Credits = "credits.csv";

    /// <summary>The names of all files.</summary>
    public static readonly IReadOnlyList<string> Names = [Attribution, Credits, RejectedFile.Name];

    /// <summary>Writes all files.</summary>
    /// <param name="folder">The folder; made when it is not there.</param>
    /// <param name="report">The report.</param>
    /// <param name="rejected">The lines of the log that could not be used.</param>
    public static void Write(string folder, AttributionReport report, IEnumerable<RejectedLine> rejected)
    {
        ArgumentNullException.ThrowIfNull(report);
        using OutputFolder files = new(folder);
        files.Write(Attribution, target =>
            target.Write(Encoding.UTF8.GetBytes(TermJson.Write(report, indented: true) + "\n")));
        files.Write(Credits, target => WriteCredits(target, report));
        RejectedFile.Write(files, rejected);
        files.Commit();
    }

    private static void WriteCredits(Stream target, AttributionReport report)
    {
        using StreamWriter lines = OutputFiles.Lines(target);
        OutputFiles.WriteCells(lines, "model", "channel", "credit", "value", "removalEffect");
        foreach ((ModelCredits model, string name) in report.Comparison.Models.Zip(report.Names))
        {
            foreach (ChannelCredit credit in model.Credits)
            {
                OutputFiles.WriteCells(
                    lines,
                    name,
                    credit.Channel.Value,
                    new CsvCell(AttributionReport.Text(credit.Credit)),
                    new CsvCell(credit.Value is { } value ? AttributionReport.Text(value) : string.Empty),
                    new CsvCell(credit.RemovalEffect is { } effect ? AttributionReport.Text(effect) : string.Empty));
            }
        }
    }
}
