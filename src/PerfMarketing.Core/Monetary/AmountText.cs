using System.Globalization;

namespace PerfMarketing.Monetary;

/// <summary>
/// Amounts as text without any culture: ASCII digits, one point, an optional minus, one space, the code.
/// </summary>
internal static class AmountText
{
    /// <summary>The most significant digits that are read: what a decimal always holds.</summary>
    internal const int DigitsMax = 28;

    /// <summary>Room for a sign, 29 digits and a point, 28 zeros, a space and a code.</summary>
    internal const int LengthMax = 64;

    /// <summary>
    /// Reads digits such as <c>-4.50</c>; refuses leading zeros, a minus before zero, exponents and other digits.
    /// </summary>
    internal static bool TryReadNumber(
        ReadOnlySpan<char> text, out bool negative, out UInt128 digits, out int scale)
    {
        negative = text.Length > 0 && text[0] == '-';
        ReadOnlySpan<char> rest = negative ? text[1..] : text;
        int point = rest.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? rest : rest[..point];
        ReadOnlySpan<char> part = point < 0 ? [] : rest[(point + 1)..];
        scale = part.Length;
        digits = 0;
        if (whole.IsEmpty || (whole.Length > 1 && whole[0] == '0') || (point >= 0 && part.IsEmpty)
            || (whole[0] == '0' ? 0 : whole.Length) + part.Length > DigitsMax)
        {
            return false;
        }

        return TryAppend(whole, ref digits) && TryAppend(part, ref digits) && !(negative && digits == 0);
    }

    /// <summary>Reads a number, a space and a currency code.</summary>
    internal static bool TryRead(
        ReadOnlySpan<char> text, out bool negative, out UInt128 digits, out int scale, out Currency currency)
    {
        (negative, digits, scale, currency) = (false, default, 0, default);
        return text.Length > 4 && text[^4] == ' ' && Currency.TryParse(text[^3..], null, out currency)
            && TryReadNumber(text[..^4], out negative, out digits, out scale);
    }

    /// <summary>Writes digits with at least so many decimals and no further zeros at the end.</summary>
    internal static bool TryWriteNumber(
        Span<char> destination, out int written, bool negative, UInt128 digits, int scale, int scaleMin)
    {
        Span<char> buffer = stackalloc char[DigitsMax + 1];
        int length = WriteDigits(digits, buffer);
        while (scale > scaleMin && buffer[length - 1] == '0')
        {
            length = Math.Max(length - 1, 1);
            scale--;
        }

        int sign = negative ? 1 : 0;
        int wholes = Math.Max(length - scale, 1);
        int decimals = Math.Max(scale, scaleMin);
        int size = sign + wholes + (decimals > 0 ? decimals + 1 : 0);
        written = 0;
        if (destination.Length < size)
        {
            return false;
        }

        written = size;
        Span<char> place = destination[..size];
        place.Fill('0');
        if (negative)
        {
            place[0] = '-';
        }

        ReadOnlySpan<char> rest = buffer[..length];
        if (length > scale)
        {
            rest[..wholes].CopyTo(place[sign..]);
            rest = rest[wholes..];
        }

        if (decimals > 0)
        {
            place = place[(sign + wholes)..];
            place[0] = '.';
            rest.CopyTo(place[(1 + scale - rest.Length)..]);
        }

        return true;
    }

    /// <summary>Writes a number, a space and a currency code; nothing when there is no currency.</summary>
    internal static bool TryWrite(
        Span<char> destination, out int written, bool negative, UInt128 digits, int scale, Currency currency)
    {
        written = 0;
        if (currency.IsUnset)
        {
            return true;
        }

        string code = currency.Code;
        if (!TryWriteNumber(destination, out int length, negative, digits, scale, currency.MinorDigits)
            || destination.Length < length + 1 + code.Length)
        {
            return false;
        }

        destination[length] = ' ';
        code.CopyTo(destination[(length + 1)..]);
        written = length + 1 + code.Length;
        return true;
    }

    private static int WriteDigits(UInt128 digits, Span<char> buffer)
    {
        int length;
        _ = digits <= ulong.MaxValue
            ? ((ulong)digits).TryFormat(buffer, out length, default, CultureInfo.InvariantCulture)
            : digits.TryFormat(buffer, out length, default, CultureInfo.InvariantCulture);
        return length;
    }

    private static bool TryAppend(ReadOnlySpan<char> text, ref UInt128 digits)
    {
        ulong low = 0;
        ulong power = 1;
        foreach (char letter in text)
        {
            if (!char.IsAsciiDigit(letter))
            {
                return false;
            }

            if (power == 1_000_000_000_000_000_000)
            {
                digits = (digits * power) + low;
                (low, power) = (0, 1);
            }

            low = (low * 10) + (uint)(letter - '0');
            power *= 10;
        }

        digits = digits == 0 ? low : (digits * power) + low;
        return true;
    }
}
