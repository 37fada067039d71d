using NodaTime;
using NodaTime.TimeZones;

namespace PerfMarketing.Time;

/// <summary>Cuts time into the hours, dates, weeks, months and years of one time zone.</summary>
/// <remarks>
/// A date starts at the first instant whose local date is that date or later: at midnight, at the earlier of two
/// midnights, or where the clock goes on when midnight was skipped. The periods of a unit therefore tile time without
/// gap or overlap, and a date that never was is an empty period. Immutable and thread-safe. The rules of a zone come
/// with NodaTime's zone data, whose version a host that must cut old periods again keeps on record.
/// </remarks>
public sealed class ContractCalendar
{
    /// <summary>The most dates of a rolling period: a hundred years.</summary>
    public const int RollingDaysMax = 36_525;

    // Offsets lie within ±18 hours, so a local time this far from a change of offset exists exactly once.
    private static readonly Duration Seam = Duration.FromHours(36);

    /// <summary>The calendar of a zone.</summary>
    /// <param name="zone">The zone, such as one found by <see cref="ContractZone"/>.</param>
    public ContractCalendar(DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        Zone = zone;
    }

    /// <summary>The calendar of UTC.</summary>
    public static ContractCalendar Utc { get; } = new(DateTimeZone.Utc);

    /// <summary>The earliest instant and date that periods are cut for: the start of the year 1000, UTC.</summary>
    public static Instant Earliest { get; } = Instant.FromUtc(1000, 1, 1, 0, 0);

    /// <summary>
    /// The first instant and date after those that periods are cut for: the start of the year 9000, UTC.
    /// </summary>
    public static Instant Latest { get; } = Instant.FromUtc(9000, 1, 1, 0, 0);

    /// <summary>The zone whose clocks and dates count.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>The calendar of a zone by its id.</summary>
    /// <param name="zoneId">An IANA id such as <c>Europe/Berlin</c>.</param>
    /// <exception cref="ArgumentException">
    /// The id is malformed or unknown; see <see cref="ContractZone.Check"/>.
    /// </exception>
    public static ContractCalendar In(string zoneId) => ContractZone.TryFind(zoneId, out DateTimeZone? zone)
        ? new(zone)
        : throw new ArgumentException("The zone is not an id of the time zone database.", nameof(zoneId));

    /// <summary>
    /// Whether periods are cut for an instant: from <see cref="Earliest"/> up to <see cref="Latest"/>.
    /// </summary>
    /// <param name="at">The instant, such as one that a foreign system sent.</param>
    public static bool Covers(Instant at) => Earliest <= at && at < Latest;

    /// <summary>
    /// The first instant of a date: the end of the gap when clocks skipped its midnight or the date as a whole.
    /// </summary>
    /// <param name="date">The date.</param>
    public Instant StartOf(LocalDate date)
    {
        ZoneLocalMapping midnight = Zone.MapLocal(date.AtMidnight());
        return midnight.Count == 0 ? midnight.LateInterval.Start : midnight.First().ToInstant();
    }

    /// <summary>The date whose period an instant lies in.</summary>
    /// <remarks>
    /// It is the local date, except when clocks went back over midnight: the end of the old date, when it is shown for
    /// the second time, lies in the new date.
    /// </remarks>
    /// <param name="at">The instant.</param>
    /// <exception cref="ArgumentOutOfRangeException">Periods are not cut for the instant.</exception>
    public LocalDate DateOf(Instant at) => DateOf(at, IntervalOf(at));

    /// <summary>What the clocks of the zone show at an instant.</summary>
    /// <param name="at">The instant.</param>
    public LocalDateTime LocalOf(Instant at) => at.InZone(Zone).LocalDateTime;

    /// <summary>The period of a unit that an instant lies in.</summary>
    /// <param name="unit">Any unit but flight and rolling, which need more than an instant.</param>
    /// <param name="at">The instant.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The unit needs more than an instant, or periods are not cut for the instant.
    /// </exception>
    public CalendarPeriod Containing(PeriodUnit unit, Instant at)
    {
        if (unit == PeriodUnit.Lifetime)
        {
            return CalendarPeriod.Lifetime;
        }

        ZoneInterval interval = IntervalOf(at);
        return unit == PeriodUnit.Hour
            ? HourOf(at, interval)
            : Starting(unit, FirstOf(unit, DateOf(at, interval)), interval);
    }

    /// <summary>The period that follows: of the same unit, from <see cref="CalendarPeriod.End"/>.</summary>
    /// <remarks>Skipped dates are passed over. A rolling period moves on by one date.</remarks>
    /// <param name="period">A period of this calendar.</param>
    /// <exception cref="ArgumentOutOfRangeException">Nothing follows a flight or a lifetime.</exception>
    public CalendarPeriod Next(CalendarPeriod period) => period.Unit switch
    {
        PeriodUnit.Rolling => Rolling(period.Dates, period.End),
        PeriodUnit.Lifetime => throw Undefined(period.Unit),
        _ => Containing(period.Unit, period.End),
    };

    /// <summary>A date as a period; empty when clocks skipped the date.</summary>
    /// <param name="date">The date.</param>
    public CalendarPeriod Day(LocalDate date) => Starting(PeriodUnit.Day, date, null);

    /// <summary>A calendar month as a period.</summary>
    /// <param name="month">The month.</param>
    public CalendarPeriod Month(YearMonth month) => Starting(PeriodUnit.Month, month.OnDayOfMonth(1), null);

    /// <summary>A number of dates that ends with the date of an instant, which is the last of them.</summary>
    /// <param name="days">How many dates, from 1 to <see cref="RollingDaysMax"/>.</param>
    /// <param name="at">The instant.</param>
    public CalendarPeriod Rolling(int days, Instant at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, RollingDaysMax);
        return Dates(PeriodUnit.Rolling, DateOf(at).PlusDays(1 - days), days);
    }

    /// <summary>A range of dates as one period; without an end when the range has none.</summary>
    /// <param name="dates">The range.</param>
    public CalendarPeriod Flight(DateRange dates) => dates.To is { } to
        ? Dates(PeriodUnit.Flight, dates.From, Period.DaysBetween(dates.From, to))
        : new(PeriodUnit.Flight, dates.From, 0, StartOf(dates.From), Instant.MaxValue);

    private static ArgumentOutOfRangeException Undefined(PeriodUnit unit) =>
        new(nameof(unit), unit, "The unit does not follow from an instant alone.");

    internal static LocalDate FirstOf(PeriodUnit unit, LocalDate date) => unit switch
    {
        PeriodUnit.Day => date,
        PeriodUnit.Week => date.PlusDays(1 - (int)date.DayOfWeek),
        PeriodUnit.HalfMonth => new(date.Year, date.Month, date.Day <= 15 ? 1 : 16),
        PeriodUnit.Month => new(date.Year, date.Month, 1),
        PeriodUnit.Quarter => new(date.Year, date.Month - ((date.Month - 1) % 3), 1),
        PeriodUnit.Year => new(date.Year, 1, 1),
        _ => throw Undefined(unit),
    };

    internal static LocalDate AfterOf(PeriodUnit unit, LocalDate first) => unit switch
    {
        PeriodUnit.Day => first.PlusDays(1),
        PeriodUnit.Week => first.PlusDays(7),
        PeriodUnit.HalfMonth => first.Day == 1 ? first.PlusDays(15) : first.PlusDays(-15).PlusMonths(1),
        PeriodUnit.Month => first.PlusMonths(1),
        PeriodUnit.Quarter => first.PlusMonths(3),
        _ => first.PlusYears(1),
    };

    private static CalendarPeriod HourOf(Instant at, ZoneInterval interval)
    {
        long intoHour = at.WithOffset(interval.WallOffset).NanosecondOfDay % NodaConstants.NanosecondsPerHour;
        Instant start = at - Duration.FromNanoseconds(intoHour);
        Instant end = start + Duration.FromHours(1);
        return new(
            PeriodUnit.Hour,
            default,
            0,
            interval.HasStart ? Instant.Max(start, interval.Start) : start,
            interval.HasEnd ? Instant.Min(end, interval.End) : end);
    }

    private ZoneInterval IntervalOf(Instant at) => Covers(at)
        ? Zone.GetZoneInterval(at)
        : throw new ArgumentOutOfRangeException(nameof(at), at, "Periods are cut for the years 1000 to 8999.");

    private LocalDate DateOf(Instant at, ZoneInterval interval)
    {
        LocalDate date = at.WithOffset(interval.WallOffset).Date;
        while (at >= StartOf(date.PlusDays(1), interval))
        {
            date = date.PlusDays(1);
        }

        return date;
    }

    private CalendarPeriod Starting(PeriodUnit unit, LocalDate first, ZoneInterval? near) =>
        new(unit, first, 0, StartOf(first, near), StartOf(AfterOf(unit, first), near));

    private CalendarPeriod Dates(PeriodUnit unit, LocalDate first, int days) =>
        new(unit, first, days, StartOf(first), StartOf(first.PlusDays(days)));

    // Without a look-up when the date lies well inside a stretch of constant offset.
    private Instant StartOf(LocalDate date, ZoneInterval? near)
    {
        if (near is not null)
        {
            Instant midnight = date.AtMidnight().WithOffset(near.WallOffset).ToInstant();
            if ((!near.HasStart || midnight - near.Start >= Seam) && (!near.HasEnd || midnight < near.End))
            {
                return midnight;
            }
        }

        return StartOf(date);
    }
}
