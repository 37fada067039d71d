using System.Text;
using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tool.Logs;

/// <summary>Reads a log of JSON lines, the native form that says everything an event can hold.</summary>
/// <remarks>
/// Each line is one object whose <c>type</c> is <c>touch</c>, <c>outcome</c>, <c>evidence</c> or <c>correction</c>,
/// beside the terms of <see cref="Touchpoint"/>, <see cref="Outcome"/>, <see cref="LogEvidence"/> or <see
/// cref="Correction"/>. A touchpoint may lack its id. Empty lines are passed over.
/// </remarks>
internal sealed class JsonLinesLog(LineReader lines, LogTables tables, ILogSink sink) : ILogReader
{
    private readonly NativeEvents events = new(tables, sink);

    /// <inheritdoc/>
    public bool Read()
    {
        do
        {
            if (!lines.Read())
            {
                return false;
            }
        }
        while (lines.Current.IsEmpty);

        if (lines.IsTooLong)
        {
            Reject(0, LogCodes.LineTooLong, $"The line is longer than {LineReader.LengthMax} bytes.");
            return true;
        }

        sink.Line(lines.Line);
        TermFailures failures = [];
        if (JsonText.TryRead(lines.Current, failures, out TermNode node))
        {
            events.Take(node, failures);
        }

        if (!failures.IsEmpty)
        {
            TermFailure first = failures.First();
            Reject(first.Column, first.Code, Describe(failures));
        }

        return true;
    }

    private void Reject(int column, string code, string reason) =>
        sink.Reject(RejectedLine.Of(lines.Line, column, code, reason, lines.Current));

    /// <summary>All failures of a line in one text.</summary>
    /// <param name="failures">The failures.</param>
    public static string Describe(TermFailures failures)
    {
        StringBuilder all = new();
        foreach (TermFailure failure in failures)
        {
            all.Append(all.Length == 0 ? string.Empty : "; ").Append(failure.Path).Append(": ").Append(failure.Message);
        }

        return all.ToString();
    }
}
