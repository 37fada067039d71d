using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Commands;

/// <summary>What the commands do.</summary>
internal sealed class ToolActions(ToolConsole console) : IToolActions
{
    /// <inheritdoc/>
    public int Settle(SettleRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        EventColumns? log = ReadLog(request.Log, cancel);
        return log is null ? ExitCodes.BadInput : ExitCodes.Done;
    }

    /// <inheritdoc/>
    public int Validate(string campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return ReadTerms(campaign, static terms => terms.Path) is null ? ExitCodes.BadInput : ExitCodes.Done;
    }

    /// <inheritdoc/>
    public int Explain(ExplainRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        EventColumns? log = ReadLog(request.Log, cancel);
        return log is null ? ExitCodes.BadInput : ExitCodes.Done;
    }

    /// <summary>Reads a log into memory, and says what is wrong when it cannot be read at all.</summary>
    private EventColumns? ReadLog(LogRequest request, CancellationToken cancel)
    {
        LogMapping? mapping = request.Map is null ? null : ReadTerms(request.Map, LogMapping.Read);
        if (request.Map is not null && mapping is null)
        {
            return null;
        }

        try
        {
            return ToolProgress.Run(
                console,
                "Reading the log",
                "MB",
                1_000_000,
                progress => LogFile.ReadAll(request.Events, mapping, progress, cancel));
        }
        catch (LogException unreadable)
        {
            console.Complain(unreadable.Problems.Select(problem => problem.ToString(unreadable.File)));
            return null;
        }
    }

    /// <summary>Reads a JSON file, and says everything that is wrong with it.</summary>
    private T? ReadTerms<T>(string path, Func<TermReader, T> read)
        where T : class
    {
        byte[] json;
        try
        {
            json = File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            console.Complain([$"{path}(1,1): {LogCodes.Unreadable}: {problem.Message}"]);
            return null;
        }

        TermFailures failures = [];
        if (TermJson.TryParse(json, read, failures, out T? value))
        {
            return value;
        }

        console.Complain(failures.Select(failure =>
            $"{path}({Math.Max(failure.Line, 1)},{Math.Max(failure.Column, 1)}): {failure.Code}: "
            + $"{failure.Path}: {failure.Message}"));
        return null;
    }
}
