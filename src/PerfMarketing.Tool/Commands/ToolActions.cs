using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Commands;

/// <summary>What the commands do.</summary>
internal sealed class ToolActions(ToolConsole console) : IToolActions
{
    private readonly CampaignFile files = new(console);

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
        if (files.ReadCampaign(campaign) is not { } read)
        {
            return ExitCodes.BadInput;
        }

        console.Out.WriteLine($"{read} is valid: {read.Contracts.Count} contract(s), terms {read.Digest}");
        return ExitCodes.Done;
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
        LogMapping? mapping = request.Map is null ? null : files.Read(request.Map, LogMapping.Read);
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
}
