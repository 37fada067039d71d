using System.Diagnostics.CodeAnalysis;

namespace PerfMarketing.Tool.Logs;

/// <summary>A log that cannot be read at all: no header, unknown columns, damaged compression.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Without its problems the exception would say nothing.")]
internal sealed class LogException : Exception
{
    public LogException(string file, params IEnumerable<RejectedLine> problems)
        : base(string.Join('\n', problems.Select(problem => problem.ToString(file))))
    {
        File = file;
        Problems = [.. problems];
    }

    /// <summary>The log's name.</summary>
    public string File { get; }

    /// <summary>What is wrong, all at once.</summary>
    public IReadOnlyList<RejectedLine> Problems { get; }
}
