using System.Globalization;
using System.Text;

namespace PerfMarketing.Tool.Logs;

/// <summary>A line of a log that could not be used, and why.</summary>
/// <param name="Line">The line, counted from 1; of several lines the first.</param>
/// <param name="Column">The byte in the line where it is wrong, counted from 1; 0 when the whole line is meant.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Reason">What is wrong, for a person.</param>
/// <param name="Raw">The beginning of the line as it stands in the log.</param>
internal sealed record RejectedLine(long Line, int Column, string Code, string Reason, string Raw)
{
    /// <summary>The most characters of <see cref="Raw"/>.</summary>
    public const int RawLengthMax = 256;

    /// <summary>A rejected line from its bytes; what is not UTF-8 in it is shown as a replacement character.</summary>
    public static RejectedLine Of(long line, int column, string code, string reason, ReadOnlySpan<byte> raw)
    {
        bool cut = raw.Length > RawLengthMax;
        string text = Encoding.UTF8.GetString(cut ? raw[..RawLengthMax] : raw);
        return new(line, column, code, reason, cut ? text + "…" : text);
    }

    /// <summary>Place, code and reason, as a compiler would print them.</summary>
    /// <param name="file">The log's name.</param>
    public string ToString(string file) =>
        string.Create(CultureInfo.InvariantCulture, $"{file}({Line},{Math.Max(Column, 1)}): {Code}: {Reason}");
}
