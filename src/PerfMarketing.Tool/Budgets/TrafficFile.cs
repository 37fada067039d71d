using System.Globalization;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Time;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Budgets;

/// <summary>Reads a series of traffic: an instant, or the time on the clocks of the zone, and a count.</summary>
/// <remarks>
/// The columns are found by their names (<c>instant</c>, <c>timestamp</c>, <c>time</c>; <c>count</c>, <c>value</c>,
/// <c>requests</c>); without such names the first two are taken. A line without a count is a gap.
/// </remarks>
internal static class TrafficFile
{
    private const int YearMin = 1_000;
    private const int YearMax = 8_999;

    private static readonly string[] InstantNames = ["instant", "timestamp", "time", "minute", "at"];
    private static readonly string[] CountNames = ["count", "value", "requests", "clicks", "views"];

    private static readonly LocalDateTimePattern[] Patterns =
    [
        LocalDateTimePattern.ExtendedIso,
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
    ];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, also compressed (.gz).</param>
    /// <param name="zone">The zone of times that name none.</param>
    /// <exception cref="LogException">The file cannot be read, or lines of it make no sense.</exception>
    public static List<(Instant At, double Count)> Read(string path, DateTimeZone zone)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using Stream content = LogFile.Uncompressed(file);
            return Read(path, new CsvRecords(new(content)), zone);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException
            or NotSupportedException)
        {
            throw new LogException(path, RejectedLine.Of(1, 1, LogCodes.Unreadable, problem.Message, []));
        }
    }

    private static List<(Instant At, double Count)> Read(string path, CsvRecords records, DateTimeZone zone)
    {
        List<(Instant At, double Count)> read = [];
        List<RejectedLine> rejected = [];
        (int at, int count) = (0, 1);
        bool isFirst = true;
        while (records.Read() && rejected.Count <= Commands.ToolConsole.ProblemCountMax)
        {
            if (isFirst && records.Problem is null && IsHeader(records, zone))
            {
                string[] names = [.. Enumerable.Range(0, records.Count).Select(records.Text)];
                at = Math.Max(0, Array.FindIndex(names, static n => InstantNames.Contains(n)));
                count = Array.FindIndex(names, static n => CountNames.Contains(n)) is var named and >= 0 ? named : 1;
            }
            else
            {
                Read(records, (at, count), zone, read, rejected);
            }

            isFirst = false;
        }

        return rejected.Count == 0 ? read : throw new LogException(path, rejected);
    }

    private static void Read(
        CsvRecords records,
        (int At, int Count) columns,
        DateTimeZone zone,
        List<(Instant At, double Count)> read,
        List<RejectedLine> rejected)
    {
        if (records.Problem is { } problem)
        {
            rejected.Add(problem);
        }
        else if (Math.Max(columns.At, columns.Count) >= records.Count)
        {
            rejected.Add(records.Reject(0, SimulationCodes.LineInvalid, "The line has no instant or no count."));
        }
        else if (InstantOf(records.Text(columns.At), zone) is not { } instant)
        {
            rejected.Add(records.Reject(
                records.ColumnOf(columns.At),
                SimulationCodes.LineInvalid,
                $"This is no instant and no local time of the years {YearMin} to {YearMax}."));
        }
        else if (records.Text(columns.Count) is { Length: > 0 } text)
        {
            bool isCount = TryCount(text, out double number) && number is >= 0 and <= 1e12;
            if (isCount)
            {
                read.Add((instant, number));
            }
            else
            {
                rejected.Add(records.Reject(
                    records.ColumnOf(columns.Count), SimulationCodes.LineInvalid, "A count is zero or more."));
            }
        }
    }

    private static bool IsHeader(CsvRecords records, DateTimeZone zone) =>
        records.Count > 0 && Enumerable.Range(0, records.Count).All(
            i => InstantOf(records.Text(i), zone) is null && !TryCount(records.Text(i), out _));

    private static bool TryCount(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static Instant? InstantOf(string text, DateTimeZone zone)
    {
        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant)
        {
            return Covered(instant.Value);
        }

        foreach (LocalDateTimePattern pattern in Patterns)
        {
            if (pattern.Parse(text.EndsWith('Z') ? text[..^1] : text) is { Success: true } local)
            {
                return local.Value.Year is >= YearMin and <= YearMax
                    ? Covered((text.EndsWith('Z') ? DateTimeZone.Utc : zone).AtLeniently(local.Value).ToInstant())
                    : null;
            }
        }

        return null;
    }

    // Days are cut for no others.
    private static Instant? Covered(Instant at) => ContractCalendar.Covers(at) ? at : null;
}
