using System.Buffers;
using System.Text;

namespace PerfMarketing.Integrity;

/// <summary>Writes texts as CSV cells that no spreadsheet takes for a formula, and reads them back.</summary>
/// <remarks>
/// A text whose first character (after a byte order mark) is <c>= + - @</c>, one of their full-width forms, a tab, a
/// carriage return, a line feed or a null is written with an apostrophe before it, in quotes. Other cells are quoted as
/// RFC 4180 says: when they hold a quote, a line break or the separator. Quotes also tell apostrophes apart when
/// reading: an apostrophe before such a character is taken away from a quoted cell and kept in a bare one, so every
/// text comes back as it was. Source of the rule: OWASP, CSV injection.
/// </remarks>
public static class CsvText
{
    private const char Guard = '\'';
    private const char Quote = '"';
    private const char ByteOrderMark = '\uFEFF';

    private static readonly SearchValues<char> Risky = SearchValues.Create("=+-@\t\r\n\0\uFF1D\uFF0B\uFF0D\uFF20");
    private static readonly SearchValues<char> Breaking = SearchValues.Create("\"\r\n");

    /// <summary>
    /// The text with an apostrophe before it when a spreadsheet could take it for a formula; not yet quoted.
    /// </summary>
    /// <param name="text">The text.</param>
    public static string Neutralize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsRisky(text) ? Guard + text : text;
    }

    /// <summary>A text as a cell.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">What stands between cells.</param>
    public static string Write(string text, char separator = ',')
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder builder = new(text.Length + 4);
        Append(builder, text, separator);
        return builder.ToString();
    }

    /// <summary>Appends a text as a cell.</summary>
    /// <param name="builder">Where to write.</param>
    /// <param name="text">The text.</param>
    /// <param name="separator">What stands between cells.</param>
    public static void Append(StringBuilder builder, ReadOnlySpan<char> text, char separator = ',')
    {
        ArgumentNullException.ThrowIfNull(builder);
        bool quoted = text.ContainsAny(Breaking) || text.Contains(separator);
        bool guarded = IsRisky(text) || (quoted && IsRisky(text.TrimStart(Guard)));
        if (!quoted && !guarded)
        {
            builder.Append(text);
            return;
        }

        builder.Append(Quote);
        if (guarded)
        {
            builder.Append(Guard);
        }

        for (int quote = text.IndexOf(Quote); quote >= 0; quote = text.IndexOf(Quote))
        {
            builder.Append(text[..(quote + 1)]).Append(Quote);
            text = text[(quote + 1)..];
        }

        builder.Append(text).Append(Quote);
    }

    /// <summary>The text of a cell that <see cref="Write"/> made, quotes included.</summary>
    /// <param name="cell">The cell as it stands between two separators.</param>
    /// <exception cref="FormatException">A quote in the cell is not closed or not doubled.</exception>
    public static string Read(ReadOnlySpan<char> cell)
    {
        if (!cell.StartsWith(Quote))
        {
            return cell.Contains(Quote) ? throw Malformed() : cell.ToString();
        }

        if (cell.Length < 2 || cell[^1] != Quote)
        {
            throw Malformed();
        }

        string inner = cell[1..^1].ToString();
        string text = inner.Replace("\"\"", "\"", StringComparison.Ordinal);
        int quotes = inner.AsSpan().Count(Quote);
        if (quotes != 2 * text.AsSpan().Count(Quote))
        {
            throw Malformed();
        }

        return text.StartsWith(Guard) && IsRisky(text.AsSpan().TrimStart(Guard)) ? text[1..] : text;
    }

    private static bool IsRisky(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> shown = text.TrimStart(ByteOrderMark);
        return !shown.IsEmpty && Risky.Contains(shown[0]);
    }

    private static FormatException Malformed() => new("A quote in a CSV cell is closed and doubled.");
}
