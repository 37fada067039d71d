using System.Globalization;
using PerfMarketing.Campaigns;
using PerfMarketing.Primitives;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Commands;

/// <summary>Reads the log that a command is told, and prints what is wrong when it cannot be read at all.</summary>
internal sealed class LogLoader(ToolConsole console, CampaignFile files)
{
    /// <summary>Reads a campaign and its log into memory.</summary>
    /// <param name="request">Which campaign and which log.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>Both; null when one of them has errors, and then the errors of both were printed.</returns>
    public (Campaign Campaign, EventColumns Log)? Read(LogRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ReadAll([request.Campaign], request, cancel) is var (campaigns, log) ? (campaigns[0], log) : null;
    }

    /// <summary>Reads campaigns and one log into memory, all at once.</summary>
    /// <remarks>In a fresh process most of either is compiling, and that is done on two processors as well.</remarks>
    /// <param name="paths">The campaigns' files.</param>
    /// <param name="request">Which log.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>All; null when one of them has errors, and then the errors of all were printed.</returns>
    public (Campaign[] Campaigns, EventColumns Log)? ReadAll(
        ValueList<string> paths, LogRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(request);
        using StringWriter complaints = new(CultureInfo.InvariantCulture);
        CampaignFile apart = new(new(TextWriter.Null, complaints, IsTerminal: false));
        Task<Campaign?[]> reading = Task.Run<Campaign?[]>(
            () => [.. paths.Select(apart.ReadCampaign)], CancellationToken.None);
        EventColumns? log = Run(
            request,
            "Reading the log",
            (mapping, progress) => LogFile.ReadAll(request.Events, mapping, progress, cancel));
        Campaign?[] campaigns = reading.GetAwaiter().GetResult();
        console.Error.Write(complaints.ToString());
        Campaign[] read = [.. campaigns.OfType<Campaign>()];
        return log is null || read.Length < paths.Count ? null : (read, log);
    }

    /// <summary>Reads a log that is in the order of recording as a stream.</summary>
    /// <param name="request">Which log.</param>
    /// <param name="decide">What to do with it.</param>
    /// <returns>What was made of it; null when it cannot be read to its end.</returns>
    public T? Stream<T>(LogRequest request, Func<SortedLog, Action<long, long>?, T> decide)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(request);
        return Run(request, "Deciding", (mapping, progress) =>
        {
            using SortedLog log = new(request.Events, mapping);
            return decide(log, progress);
        });
    }

    private T? Run<T>(LogRequest request, string title, Func<LogMapping?, Action<long, long>?, T> read)
        where T : class
    {
        LogMapping? mapping = request.Map is null ? null : files.Read(request.Map, LogMapping.Read);
        if (request.Map is not null && mapping is null)
        {
            return null;
        }

        try
        {
            return ToolProgress.Run(console, title, "MB", 1_000_000, progress => read(mapping, progress));
        }
        catch (LogException unreadable)
        {
            console.Complain(unreadable.Problems.Select(problem => problem.ToString(unreadable.File)));
            return null;
        }
    }
}
