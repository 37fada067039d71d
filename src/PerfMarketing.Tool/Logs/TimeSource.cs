using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Logs;

/// <summary>How a column writes instants.</summary>
internal enum TimeForm
{
    /// <summary>ISO 8601 with Z or an offset, such as <c>2018-07-22T20:40:41Z</c>.</summary>
    Iso,

    /// <summary>Seconds since 1970, with up to nine decimals.</summary>
    UnixSeconds,

    /// <summary>Whole milliseconds since 1970.</summary>
    UnixMilliseconds,

    /// <summary>Date and time without offset, in the zone that is given; a time that the clocks skipped moves forward,
    /// of one that came twice the first is meant.</summary>
    Local,
}

/// <summary>Which column says when, and how.</summary>
internal sealed record TimeSource : ITerms
{
    /// <summary>The column's name.</summary>
    public required string Column { get; init; }

    /// <summary>How it writes instants; ISO 8601 unless stated.</summary>
    public TimeForm Form { get; init; }

    /// <summary>The zone of <see cref="TimeForm.Local"/>; null for the other forms.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>Reads a source.</summary>
    /// <param name="terms">The terms.</param>
    public static TimeSource Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        string? zoneName = terms.OptionalText("zone");
        TimeSource read = new()
        {
            Column = terms.Text("column"),
            Form = terms.Enum("form", TimeForm.Iso),
            Zone = zoneName is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneName),
        };
        if (zoneName is not null && read.Zone is null)
        {
            terms.Fail("zone", TermCodes.Malformed, "There is no such time zone.");
        }
        else if (read.Form == TimeForm.Local && zoneName is null)
        {
            terms.Fail("zone", TermCodes.Missing, "Local times need the zone they are in.");
        }

        return read;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("column", Column);
        terms.Enum("form", Form, TimeForm.Iso);
        terms.Value("zone", Zone?.Id);
    }

    /// <summary>Reads a cell.</summary>
    /// <param name="cell">The cell's bytes.</param>
    /// <param name="nanoseconds">Nanoseconds since 1970.</param>
    /// <returns>Whether the cell is an instant.</returns>
    public bool TryRead(ReadOnlySpan<byte> cell, out long nanoseconds)
    {
        switch (Form)
        {
            case TimeForm.UnixSeconds:
                return InstantBytes.TryParseUnix(cell, 1, out nanoseconds);
            case TimeForm.UnixMilliseconds:
                return InstantBytes.TryParseUnix(cell, 1_000, out nanoseconds);
            case TimeForm.Local:
                nanoseconds = 0;
                return InstantBytes.TryParseLocal(cell, out LocalDateTime local)
                    && InstantBytes.TryHold(local.InZoneLeniently(Zone!).ToInstant(), out nanoseconds);
            case TimeForm.Iso:
            default:
                return InstantBytes.TryParse(cell, out nanoseconds);
        }
    }
}
