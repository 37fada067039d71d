using System.Globalization;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tool.Commands;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Settle;

/// <summary>An event that could be read and moved nothing.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Id">The id of the event.</param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="Content">What it says; null for what the log does not have.</param>
/// <param name="Line">The line of the log that it stands on, from 1; 0 for what the log does not have.</param>
internal sealed record SetAside(string Code, string Id, string Reason, ITerms? Content, long Line = 0) : ITerms
{
    /// <summary>The campaigns under which it moved nothing; empty when that is so under all.</summary>
    public ValueList<string> Under { get; init; } = [];

    /// <summary>The event as a row of the file of rejected lines.</summary>
    public RejectedLine ToLine()
    {
        string under = Under.Count > 0 ? $" under {string.Join(", ", Under)}" : string.Empty;
        return new(Line, 0, Code, Reason + under, Raw());
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("code", Code);
        terms.Value("id", Id);
        terms.Integer("line", Line > 0 ? Line : null);
        terms.Value("reason", Reason);
        terms.Values("under", Under);
    }

    /// <summary>The id with its line, as a person reads it.</summary>
    public override string ToString() => Line == 0
        ? ToolConsole.Printable(Id)
        : string.Create(CultureInfo.InvariantCulture, $"{ToolConsole.Printable(Id)} in line {Line}");

    private string Raw()
    {
        string text = Content is null ? Id : TermJson.Write(Content);
        return text.Length > RejectedLine.RawLengthMax ? text[..RejectedLine.RawLengthMax] + "…" : text;
    }
}
