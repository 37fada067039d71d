using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Settle;

/// <summary>The lines of a log that could not be used, and the events that moved nothing, as CSV.</summary>
internal static class RejectedFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "rejected.csv";

    /// <summary>Writes the file.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="rejected">The lines; one without a place in the log has line 0.</param>
    public static void Write(OutputFolder folder, IEnumerable<RejectedLine> rejected)
    {
        ArgumentNullException.ThrowIfNull(folder);
        folder.Write(Name, target => WriteTo(target, rejected));
    }

    private static void WriteTo(Stream target, IEnumerable<RejectedLine> rejected)
    {
        using StreamWriter lines = OutputFiles.Lines(target);
        OutputFiles.WriteCells(lines, "line", "column", "code", "reason", "raw");
        foreach (RejectedLine line in rejected)
        {
            OutputFiles.WriteCells(
                lines,
                line.Line == 0 ? string.Empty : CsvCell.Of(line.Line),
                line.Line == 0 ? string.Empty : CsvCell.Of(line.Column),
                line.Code,
                line.Reason,
                line.Raw);
        }
    }
}
