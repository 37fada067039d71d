namespace PerfMarketing.Integrity;

/// <summary>
/// One form for each number: <c>-</c> if negative, the digits without zeros at either end, <c>e</c>, the exponent.
/// </summary>
internal static class CanonicalNumber
{
    private const int ExponentLengthMax = 9;

    /// <summary>
    /// The form of a number that JSON could have written: 1.10 and 1.1 are <c>11e-1</c>, 100 is <c>1e2</c>.
    /// </summary>
    public static string Of(ReadOnlySpan<char> number)
    {
        bool negative = number.StartsWith('-');
        ReadOnlySpan<char> rest = negative ? number[1..] : number;
        int mark = rest.IndexOfAny('e', 'E');
        long exponent = mark < 0 ? 0 : Exponent(rest[(mark + 1)..]);
        ReadOnlySpan<char> mantissa = mark < 0 ? rest : rest[..mark];
        int point = mantissa.IndexOf('.');
        string digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        if (digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9') || point == 0)
        {
            throw new FormatException("The digits are not a number.");
        }

        ReadOnlySpan<char> significant = digits.AsSpan().TrimEnd('0');
        exponent += digits.Length - significant.Length - (point < 0 ? 0 : mantissa.Length - point - 1);
        significant = significant.TrimStart('0');
        return significant.IsEmpty
            ? "0"
            : string.Concat(negative ? "-" : string.Empty, significant, FormattableString.Invariant($"e{exponent}"));
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
