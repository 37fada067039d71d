using System.Globalization;

namespace PerfMarketing.Integrity;

/// <summary>
/// One form for each number: <c>-</c> if negative, the digits without zeros at either end, <c>e</c>, the exponent.
/// </summary>
internal static class CanonicalNumber
{
    private const int ExponentLengthMax = 9;

    /// <summary>How many characters a form has more than the number it is of, at most.</summary>
    public const int LengthMore = 24;

    /// <summary>
    /// Writes the form of a number that JSON could have written: 1.10 and 1.1 are <c>11e-1</c>, 100 is <c>1e2</c>.
    /// </summary>
    /// <param name="number">The number.</param>
    /// <param name="target">Where to; as long as the number and <see cref="LengthMore"/>.</param>
    /// <returns>How many characters were written.</returns>
    public static int Write(ReadOnlySpan<char> number, Span<char> target)
    {
        bool negative = number.StartsWith('-');
        ReadOnlySpan<char> rest = negative ? number[1..] : number;
        int mark = rest.IndexOfAny('e', 'E');
        long exponent = mark < 0 ? 0 : Exponent(rest[(mark + 1)..]);
        ReadOnlySpan<char> mantissa = mark < 0 ? rest : rest[..mark];
        int point = mantissa.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? mantissa : mantissa[..point];
        ReadOnlySpan<char> fraction = point < 0 ? [] : mantissa[(point + 1)..];
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9'))
        {
            throw new FormatException("The digits are not a number.");
        }

        whole.CopyTo(target);
        fraction.CopyTo(target[whole.Length..]);
        ReadOnlySpan<char> digits = target[..(whole.Length + fraction.Length)];
        ReadOnlySpan<char> significant = digits.TrimEnd('0');
        exponent += digits.Length - significant.Length - fraction.Length;
        significant = significant.TrimStart('0');
        if (significant.IsEmpty)
        {
            target[0] = '0';
            return 1;
        }

        int length = negative ? 1 : 0;
        significant.CopyTo(target[length..]);
        target[0] = negative ? '-' : target[0];
        length += significant.Length;
        target[length++] = 'e';
        _ = exponent.TryFormat(target[length..], out int written, default, CultureInfo.InvariantCulture);
        return length + written;
    }

    /// <summary>The form of a number as a text.</summary>
    /// <param name="number">The number.</param>
    public static string Of(ReadOnlySpan<char> number)
    {
        Span<char> form = new char[number.Length + LengthMore];
        return new(form[..Write(number, form)]);
    }

    private static long Exponent(ReadOnlySpan<char> text)
    {
        bool signed = text.StartsWith('-') || text.StartsWith('+');
        ReadOnlySpan<char> digits = signed ? text[1..] : text;
        if (digits.IsEmpty || digits.Length > ExponentLengthMax || digits.ContainsAnyExceptInRange('0', '9'))
        {
            throw new FormatException("The digits are not a number.");
        }

        long magnitude = 0;
        foreach (char digit in digits)
        {
            magnitude = (magnitude * 10) + (digit - '0');
        }

        return text[0] == '-' ? -magnitude : magnitude;
    }
}
