using System.Globalization;

namespace PerfMarketing.Proofs.Claims;

/// <summary>Reads numbers that evidence claims, and never rounds one.</summary>
internal static class ClaimNumber
{
    // More digits than a decimal holds would be rounded without a word.
    private const int LengthMax = 28;

    private const int MinorLengthMax = 18;

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>The number that a text means in a unit.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unit">How it is written.</param>
    /// <param name="digits">The digits of the minor unit.</param>
    /// <param name="number">The number, in major units or seconds.</param>
    public static bool TryRead(string text, ClaimUnit unit, int digits, out decimal number)
    {
        number = 0;
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            // The platform passes over zero bytes at the end of a number.
            return false;
        }

        switch (unit)
        {
            case ClaimUnit.Minor:
                return TryMinor(text, digits, out number);
            case ClaimUnit.Seconds when text.Contains(':', StringComparison.Ordinal):
                return TryClock(text, out number);
            default:
                return TryPlain(text, out number) || (text.Length <= LengthMax
                    && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out number));
        }
    }

    // Digits with at most one point among them, as nearly every message has it: the same as the platform reads.
    private static bool TryPlain(string text, out decimal number)
    {
        number = 0;
        long digits = 0;
        int point = -1;
        if (text.Length is < 2 or > MinorLengthMax)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                digits = (digits * 10) + (text[i] - '0');
            }
            else if (text[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        int scale = point < 0 ? 0 : text.Length - 1 - point;
        number = new(unchecked((int)digits), (int)(digits >> 32), 0, isNegative: false, (byte)scale);
        return true;
    }

    private static bool TryMinor(string text, int digits, out decimal number)
    {
        number = 0;
        if (text.Length > MinorLengthMax
            || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long minor))
        {
            return false;
        }

        number = minor;
        for (int i = 0; i < digits; i++)
        {
            number /= 10;
        }

        return true;
    }

    private static bool TryClock(string text, out decimal seconds)
    {
        seconds = 0;
        string[] parts = text.Length <= LengthMax ? text.Split(':') : [];
        if (parts.Length is < 2 or > 3)
        {
            return false;
        }

        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length is < 1 or > 6
                || !int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out int part)
                || (i > 0 && (part > 59 || parts[i].Length != 2)))
            {
                return false;
            }

            seconds = (seconds * 60) + part;
        }

        return true;
    }
}
