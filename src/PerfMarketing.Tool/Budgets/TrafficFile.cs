using System.Globalization;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Testing.Pacing;
using PerfMarketing.Time;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Budgets;

/// <summary>
/// Reads a series of counts or of prices: an instant, or the time on the clocks of the zone, and a number; or a date
/// and a number for each of its minutes.
/// </summary>
/// <remarks>
/// The columns are found by their names (<c>instant</c>, <c>timestamp</c>, <c>time</c>; <c>count</c>, <c>value</c>,
/// <c>requests</c>; <c>price</c>, <c>cost</c>, <c>cpc</c>); without such names the first two are taken. A line without
/// a number is a gap.
/// </remarks>
internal sealed class TrafficFile
{
    /// <summary>The most numbers of a file: ten years of minutes.</summary>
    public const int NumbersMax = TrafficSeries.DaysMax * 1_440;

    private const int YearMin = 1_000;
    private const int YearMax = 8_999;

    // A line with a date and so many numbers at least holds the minutes of a day.
    private const int MinutesMin = 60;

    private static readonly string[] InstantNames = ["instant", "timestamp", "time", "minute", "at"];
    private static readonly string[] CountNames = ["count", "value", "requests", "clicks", "views"];
    private static readonly string[] PriceNames = ["price", "cost", "cpc"];

    private static readonly LocalDateTimePattern[] Patterns =
    [
        LocalDateTimePattern.ExtendedIso,
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
    ];

    private readonly ContractCalendar calendar;
    private readonly bool isOfPrices;
    private readonly List<(Instant At, double Number)> read = [];
    private readonly List<RejectedLine> rejected = [];
    private readonly HashSet<LocalDate> dates = [];
    private CalendarPeriod lastDay;

    private TrafficFile(ContractCalendar calendar, bool isOfPrices)
    {
        this.calendar = calendar;
        this.isOfPrices = isOfPrices;
    }

    /// <summary>Reads counts.</summary>
    /// <param name="path">The file, also compressed (.gz).</param>
    /// <param name="calendar">The calendar of times that name no zone, and of dates.</param>
    /// <exception cref="LogException">The file cannot be read, or lines of it make no sense.</exception>
    public static List<(Instant At, double Count)> Read(string path, ContractCalendar calendar) =>
        new TrafficFile(calendar, isOfPrices: false).Read(path);

    /// <summary>Reads prices.</summary>
    /// <param name="path">The file, also compressed (.gz).</param>
    /// <param name="calendar">The calendar of times that name no zone, and of dates.</param>
    /// <exception cref="LogException">The file cannot be read, or lines of it make no sense.</exception>
    public static List<(Instant From, double Price)> ReadPrices(string path, ContractCalendar calendar) =>
        new TrafficFile(calendar, isOfPrices: true).Read(path);

    private List<(Instant At, double Number)> Read(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using Stream content = LogFile.Uncompressed(file);
            Read(new CsvRecords(new(content)));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException
            or NotSupportedException)
        {
            throw new LogException(path, RejectedLine.Of(1, 1, LogCodes.Unreadable, problem.Message, []));
        }

        return rejected.Count == 0 ? read : throw new LogException(path, rejected);
    }

    private void Read(CsvRecords records)
    {
        (int at, int number) = (0, 1);
        bool isFirst = true;
        while (records.Read() && rejected.Count <= Commands.ToolConsole.ProblemCountMax)
        {
            if (isFirst && records.Problem is null && IsHeader(records))
            {
                string[] names = [.. Enumerable.Range(0, records.Count).Select(records.Text)];
                string[] wanted = isOfPrices ? PriceNames : CountNames;
                at = Math.Max(0, Array.FindIndex(names, static n => InstantNames.Contains(n)));
                number = Array.FindIndex(names, wanted.Contains) is var named and >= 0 ? named : 1;
            }
            else if (records.Problem is { } problem)
            {
                rejected.Add(problem);
            }
            else if (records.Count > MinutesMin && DateOf(records.Text(0)) is { } date)
            {
                ReadMinutes(records, date);
            }
            else
            {
                ReadLine(records, at, number);
            }

            if (read.Count > NumbersMax || dates.Count > TrafficSeries.DaysMax)
            {
                rejected.Add(records.Reject(
                    0,
                    LogCodes.TooMany,
                    $"A file has at most {NumbersMax} numbers, and traffic {TrafficSeries.DaysMax} days."));
                return;
            }

            isFirst = false;
        }
    }

    private void ReadLine(CsvRecords records, int at, int number)
    {
        if (Math.Max(at, number) >= records.Count)
        {
            rejected.Add(records.Reject(0, SimulationCodes.LineInvalid, "The line has no instant or no number."));
        }
        else if (InstantOf(records.Text(at)) is { } instant)
        {
            ReadNumber(records, number, instant);
        }
        else
        {
            rejected.Add(records.Reject(
                records.ColumnOf(at),
                SimulationCodes.LineInvalid,
                $"This is no instant and no local time of the years {YearMin} to {YearMax}."));
        }
    }

    // The minutes of a day from its start on: 1,380 or 1,500 where the clocks change. What comes after them is empty.
    private void ReadMinutes(CsvRecords records, LocalDate date)
    {
        CalendarPeriod day = calendar.Day(date);
        int minutes = (int)day.Length.TotalMinutes;
        for (int i = 1; i < records.Count && records.Problem is null; i++)
        {
            if (i <= minutes)
            {
                ReadNumber(records, i, day.Start + Duration.FromMinutes(i - 1));
            }
            else if (!records[i].IsEmpty)
            {
                rejected.Add(records.Reject(
                    records.ColumnOf(i), SimulationCodes.LineInvalid, $"This day has {minutes} minutes."));
            }
        }

        if (records.Problem is null && records.Count <= minutes)
        {
            rejected.Add(records.Reject(
                0, SimulationCodes.LineInvalid, $"This day has {minutes} minutes, not {records.Count - 1}."));
        }
    }

    private void ReadNumber(CsvRecords records, int column, Instant instant)
    {
        string text = records.Text(column);
        if (text.Length == 0)
        {
            return;
        }

        bool isNumber = TryNumber(text, out double number);
        if (isNumber && (isOfPrices ? number is >= 1e-6 and <= 1e6 : number is >= 0 and <= TrafficSeries.CountMax))
        {
            read.Add((instant, number));
            Count(instant);
        }
        else
        {
            rejected.Add(records.Reject(
                records.ColumnOf(column),
                SimulationCodes.LineInvalid,
                isOfPrices ? "A price is from 0.000001 to 1000000." : "A count is zero or more."));
        }
    }

    // How many days a price stands for does not matter.
    private void Count(Instant instant)
    {
        if (!isOfPrices && !lastDay.Contains(instant))
        {
            lastDay = calendar.Containing(PeriodUnit.Day, instant);
            dates.Add(calendar.DateOf(instant));
        }
    }

    // A first line of names; those of minutes may be numbers.
    private bool IsHeader(CsvRecords records) =>
        (records.Count > MinutesMin && DateOf(records.Text(0)) is null && InstantOf(records.Text(0)) is null)
        || (records.Count > 0 && Enumerable.Range(0, records.Count).All(
            i => InstantOf(records.Text(i)) is null && !TryNumber(records.Text(i), out _)));

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static LocalDate? DateOf(string text) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true } date && date.Value.Year is >= YearMin and <= YearMax
            ? date.Value
            : null;

    private Instant? InstantOf(string text)
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
                    ? Covered(ZoneOf(text).AtLeniently(local.Value).ToInstant())
                    : null;
            }
        }

        return null;
    }

    private DateTimeZone ZoneOf(string text) => text.EndsWith('Z') ? DateTimeZone.Utc : calendar.Zone;

    // Days are cut for no others.
    private static Instant? Covered(Instant at) => ContractCalendar.Covers(at) ? at : null;
}
