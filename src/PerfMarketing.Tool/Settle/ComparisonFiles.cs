using System.Text;
using PerfMarketing.Measurement;
using PerfMarketing.Serialization;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Settle;

/// <summary>Writes the files of a comparison.</summary>
internal static class ComparisonFiles
{
    /// <summary>Everything, as one JSON object.</summary>
    public const string Comparison = "comparison.json";

    /// <summary>What is paid for differently, as CSV.</summary>
    public const string Differences = "differences.csv";

    /// <summary>The names of all files.</summary>
    public static readonly IReadOnlyList<string> Names = [Comparison, Differences, RejectedFile.Name];

    /// <summary>Writes all files.</summary>
    /// <param name="folder">The folder; made when it is not there.</param>
    /// <param name="report">The report.</param>
    /// <param name="rejected">The lines of the log that could not be used.</param>
    public static void Write(string folder, ComparisonReport report, IEnumerable<RejectedLine> rejected)
    {
        ArgumentNullException.ThrowIfNull(report);
        using OutputFolder files = new(folder);
        files.Write(Comparison, target =>
            target.Write(Encoding.UTF8.GetBytes(TermJson.Write(report, indented: true) + "\n")));
        files.Write(Differences, target => WriteDifferences(target, report.Comparison));
        RejectedFile.Write(files, rejected.Concat(report.Unused.SetAside.Select(static a => a.ToLine())));
        files.Commit();
    }

    private static void WriteDifferences(Stream target, CampaignComparison comparison)
    {
        using StreamWriter lines = OutputFiles.Lines(target);
        OutputFiles.WriteCells(
            lines,
            "campaign",
            "outcome",
            "kind",
            "partner",
            "period",
            "currency",
            "before",
            "after",
            "delta",
            "reason");
        foreach (ComparedCampaign campaign in comparison.Campaigns)
        {
            foreach (OutcomeDifference one in campaign.Differences)
            {
                OutputFiles.WriteCells(
                    lines,
                    campaign.Name,
                    one.Outcome?.ToString() ?? string.Empty,
                    one.Kind?.ToString() ?? string.Empty,
                    one.Partner?.ToString() ?? string.Empty,
                    one.Period ?? string.Empty,
                    one.Before.Currency.Code,
                    CsvCell.Of(one.Before.Amount),
                    CsvCell.Of(one.After.Amount),
                    CsvCell.Of(one.Delta.Amount),
                    one.Reason.ToString());
            }
        }
    }
}
