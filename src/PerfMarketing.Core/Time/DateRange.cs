using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Primitives;

namespace PerfMarketing.Time;

/// <summary>A half-open range of dates: <c>[From, To)</c>, or from a date on.</summary>
/// <remarks>
/// Text form <c>2026-01-01/2027-01-01</c>, or <c>2026-01-01/..</c> without an end. Sources whose last date still counts
/// are brought in by <see cref="Inclusive"/>. <c>default</c> is an empty range that contains no date; it has no text to
/// be read back.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<DateRange>))]
public readonly record struct DateRange : IParsable<DateRange>
{
    private static readonly LocalDate LatestEnd = new(9000, 1, 1);

    private readonly LocalDate to;
    private readonly bool open;

    /// <summary>The dates from one up to, and without, another.</summary>
    /// <param name="from">The first date.</param>
    /// <param name="to">
    /// The first date after the range, later than <paramref name="from"/>; null when the range has no end.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="to"/> is not later than <paramref name="from"/>, or a date is not in the years 1000 to 8999.
    /// </exception>
    public DateRange(LocalDate from, LocalDate? to = null)
    {
        if (!IsValid(from, to))
        {
            throw new ArgumentException("A range ends after it starts, in the years 1000 to 8999.", nameof(to));
        }

        From = from;
        this.to = to ?? default;
        open = to is null;
    }

    /// <summary>The first date.</summary>
    public LocalDate From { get; }

    /// <summary>The first date after the range; null when it has no end.</summary>
    public LocalDate? To => open ? null : to;

    /// <summary>How many dates the range has.</summary>
    /// <exception cref="InvalidOperationException">The range has no end.</exception>
    public int Days => open
        ? throw new InvalidOperationException("A range without an end has no number of days.")
        : Period.DaysBetween(From, to);

    /// <summary>The dates from one to another, both counted.</summary>
    /// <param name="first">The first date.</param>
    /// <param name="last">The last date, not before <paramref name="first"/>.</param>
    public static DateRange Inclusive(LocalDate first, LocalDate last) => new(first, last.PlusDays(1));

    /// <summary>The dates of a calendar month.</summary>
    /// <param name="month">The month.</param>
    public static DateRange Of(YearMonth month) => new(month.OnDayOfMonth(1), month.PlusMonths(1).OnDayOfMonth(1));

    /// <inheritdoc/>
    public static DateRange Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out DateRange found)
        ? found
        : throw new FormatException("A range of dates is written like 2026-01-01/2027-01-01 or 2026-01-01/..");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DateRange result)
    {
        result = default;
        if (s is null || s.Length is not (13 or 21) || s[10] != '/'
            || !LocalDatePattern.Iso.Parse(s[..10]).TryGetValue(default, out LocalDate from))
        {
            return false;
        }

        bool open = s.EndsWith("/..", StringComparison.Ordinal);
        LocalDate? to = open ? null : LocalDatePattern.Iso.Parse(s[11..]) is { Success: true } end ? end.Value : from;
        if (!IsValid(from, to))
        {
            return false;
        }

        result = new(from, to);
        return true;
    }

    /// <summary>Whether a date lies in the range.</summary>
    /// <param name="date">The date.</param>
    public bool Contains(LocalDate date) => From <= date && (open || date < to);

    /// <summary>Whether two ranges share a date.</summary>
    /// <param name="other">The other range.</param>
    public bool Overlaps(DateRange other) => (open || other.From < to) && (other.open || From < other.to);

    /// <summary>The range as text, such as <c>2026-01-01/2027-01-01</c>.</summary>
    public override string ToString() =>
        $"{LocalDatePattern.Iso.Format(From)}/{(open ? ".." : LocalDatePattern.Iso.Format(to))}";

    private static bool IsValid(LocalDate from, LocalDate? to) =>
        from.Year >= 1000 && from < LatestEnd && !(to <= from) && !(to > LatestEnd);
}
