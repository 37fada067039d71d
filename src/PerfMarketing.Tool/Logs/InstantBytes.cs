using System.Buffers.Text;
using NodaTime;

namespace PerfMarketing.Tool.Logs;

/// <summary>
/// Reads instants such as <c>2026-03-01T09:00:00Z</c> from bytes, ten times as fast as a general pattern.
/// </summary>
/// <remarks>
/// Extended ISO 8601 only: date, T, time to the second, up to nine decimals, and Z or an offset with a colon, never
/// neither. A held instant is nanoseconds since 1970 in 64 bits, so from 1678 to 2262; others are refused.
/// </remarks>
internal static class InstantBytes
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long SecondsMax = long.MaxValue / NanosecondsPerSecond - 1;

    /// <summary>Reads an instant.</summary>
    /// <param name="text">The bytes.</param>
    /// <param name="nanoseconds">Nanoseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>Whether the bytes are an instant that can be held.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (!TryParseLocal(text, (byte)'T', out long seconds, out long fraction, out ReadOnlySpan<byte> rest)
            || !TryParseOffset(rest, out long offset))
        {
            return false;
        }

        return TryHold(seconds - offset, fraction, out nanoseconds);
    }

    /// <summary>Reads whole or decimal units since 1970.</summary>
    /// <param name="text">The bytes: digits, and for seconds up to nine decimals.</param>
    /// <param name="perSecond">How many units a second has: 1, 1,000.</param>
    /// <param name="nanoseconds">Nanoseconds since 1970-01-01T00:00:00Z.</param>
    public static bool TryParseUnix(ReadOnlySpan<byte> text, long perSecond, out long nanoseconds)
    {
        nanoseconds = 0;
        if (!Utf8Parser.TryParse(text, out long units, out int used) || used == 0)
        {
            return false;
        }

        long fraction = 0;
        ReadOnlySpan<byte> rest = text[used..];
        bool mayHaveFraction = perSecond == 1 && units >= 0;
        if (!rest.IsEmpty && !(mayHaveFraction && TryParseFraction(ref rest, out fraction) && rest.IsEmpty))
        {
            return false;
        }

        (long seconds, long within) = Math.DivRem(units, perSecond);
        return TryHold(seconds, fraction + (within * (NanosecondsPerSecond / perSecond)), out nanoseconds);
    }

    /// <summary>Reads a date and a time without an offset.</summary>
    /// <param name="text">The bytes, such as <c>2026-03-01 09:00</c>.</param>
    /// <param name="local">The date and time.</param>
    public static bool TryParseLocal(ReadOnlySpan<byte> text, out LocalDateTime local)
    {
        local = default;
        byte between = text.Length > 10 ? text[10] : (byte)'T';
        if (text.Length is 10 or 16)
        {
            Span<byte> whole = new byte[19];
            text.CopyTo(whole);
            "T00:00:00"u8[(text.Length - 10)..].CopyTo(whole[text.Length..]);
            whole[10] = between;
            text = whole;
        }

        if (between is not ((byte)'T' or (byte)' ')
            || !TryParseLocal(text, between, out long seconds, out long fraction, out ReadOnlySpan<byte> rest)
            || !rest.IsEmpty)
        {
            return false;
        }

        local = Instant.FromUnixTimeSeconds(seconds).PlusNanoseconds(fraction).InUtc().LocalDateTime;
        return true;
    }

    /// <summary>An instant as nanoseconds since 1970.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="nanoseconds">Nanoseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>Whether it lies between 1678 and 2262.</returns>
    public static bool TryHold(Instant instant, out long nanoseconds)
    {
        Duration since = instant - NodaConstants.UnixEpoch;
        bool held = since > Duration.FromSeconds(-SecondsMax) && since < Duration.FromSeconds(SecondsMax);
        nanoseconds = held ? since.ToInt64Nanoseconds() : 0;
        return held;
    }

    /// <summary>The instant of nanoseconds since 1970.</summary>
    /// <param name="nanoseconds">Nanoseconds since 1970-01-01T00:00:00Z.</param>
    public static Instant ToInstant(long nanoseconds) => NodaConstants.UnixEpoch.PlusNanoseconds(nanoseconds);

    private static bool TryHold(long seconds, long fraction, out long nanoseconds)
    {
        bool held = seconds is > -SecondsMax and < SecondsMax;
        nanoseconds = held ? (seconds * NanosecondsPerSecond) + fraction : 0;
        return held;
    }

    // The part up to the offset, as if it were UTC.
    private static bool TryParseLocal(
        ReadOnlySpan<byte> text, byte between, out long seconds, out long fraction, out ReadOnlySpan<byte> rest)
    {
        seconds = 0;
        fraction = 0;
        rest = default;
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] != between || text[13] != ':'
            || text[16] != ':')
        {
            return false;
        }

        int year = (Two(text, 0) * 100) + Two(text, 2);
        int month = Two(text, 5);
        int day = Two(text, 8);
        int hour = Two(text, 11);
        int minute = Two(text, 14);
        int second = Two(text, 17);
        if ((Two(text, 0) | Two(text, 2) | month | day | hour | minute | second) < 0 || year == 0 || month is 0 or > 12
            || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        seconds = (((((DaysSince1970(year, month, day) * 24) + hour) * 60) + minute) * 60) + second;
        rest = text[19..];
        return rest.IsEmpty || rest[0] != '.' || TryParseFraction(ref rest, out fraction);
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        if (text.SequenceEqual("Z"u8))
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':')
        {
            return false;
        }

        int hours = Two(text, 1);
        int minutes = Two(text, 4);
        if ((hours | minutes) < 0 || minutes > 59 || (hours * 60) + minutes > 18 * 60)
        {
            return false;
        }

        seconds = ((hours * 60L) + minutes) * (text[0] == '-' ? -60 : 60);
        return true;
    }

    private static bool TryParseFraction(ref ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text[0] != '.')
        {
            return false;
        }

        int count = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        count = count < 0 ? text.Length - 1 : count;
        for (int i = 1; i <= 9; i++)
        {
            nanoseconds = (nanoseconds * 10) + (i <= count && count <= 9 ? text[i] - '0' : 0);
        }

        text = text[(1 + count)..];
        return count is > 0 and <= 9;
    }

    // Two digits, or -1 when they are none.
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return tens is >= 0 and <= 9 && ones is >= 0 and <= 9 ? (tens * 10) + ones : -1;
    }

    // Counted from 1 March, so that the leap day is the last of its year; 146,097 days are 400 years.
    private static long DaysSince1970(int year, int month, int day)
    {
        int y = month <= 2 ? year - 1 : year;
        int era = y / 400;
        int yearOfEra = y - (era * 400);
        int dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        int dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097L) + dayOfEra - 719_468;
    }
}
