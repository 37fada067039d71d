using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Measurement;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tool.Logs;
using PerfMarketing.Tool.Settle;

namespace PerfMarketing.Tool.Commands;

/// <summary>The command <c>compare</c>.</summary>
internal sealed class CompareAction(ToolConsole console, CampaignFile files, LogLoader loader)
{
    /// <summary>Settles a log under several campaigns and prints them side by side.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(CompareRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (loader.ReadAll(request.Campaigns, request.Log, cancel) is not var (campaigns, log)
            || files.ReadRates(request.Log.Rates) is not { } rates)
        {
            return ExitCodes.BadInput;
        }

        if (request.IsStrict && log.Rejected.Count > 0)
        {
            console.Complain(log.Rejected.Select(line => line.ToString(request.Log.Events)));
            return ExitCodes.BadInput;
        }

        Instant asOf = request.Log.AsOf ?? log.LastRecordedAt;
        CampaignRun[] runs = Decide((campaigns, rates), log, asOf, cancel);
        string[] names = NamesOf(request.Campaigns);
        ComparisonReport report = new()
        {
            AsOf = asOf,
            Comparison = CampaignComparison.Of(
                [.. names.Zip(runs)], BasisOf(request, log.Touches.CountOf(TouchpointKind.Click, asOf))),
            RejectedLines = log.Rejected.Count,
        };
        if (request.Out is { } folder && !TryWrite(folder, report, log.Rejected))
        {
            return ExitCodes.BadInput;
        }

        Print(request, report);
        return ExitCodes.Done;
    }

    // A file is called by its name; files of one name by their paths.
    private static string[] NamesOf(ValueList<string> paths)
    {
        string[] names = [.. paths.Select(static path => Path.GetFileNameWithoutExtension(path))];
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names
            : paths.Distinct(StringComparer.Ordinal).Count() == paths.Count ? [.. paths]
            : [.. paths.Select(static (path, i) => $"{path} ({i + 1})")];
    }

    private static ComparisonBasis BasisOf(CompareRequest request, long clicks)
    {
        ComparisonBasis usual = ComparisonBasis.Default;
        return new()
        {
            Acquisitions = request.Acquisitions.Count > 0 ? request.Acquisitions : usual.Acquisitions,
            Revenue = request.Revenue.Count > 0 ? request.Revenue : usual.Revenue,
            ClickTouches = clicks,
        };
    }

    // Each campaign by itself, several at a time; the log is only read.
    private CampaignRun[] Decide(
        (Campaign[] Campaigns, RateBook Rates) terms, EventColumns log, Instant asOf, CancellationToken cancel) =>
        ToolProgress.Run(console, "Deciding", "events", 1, progress =>
        {
            var runs = new CampaignRun[terms.Campaigns.Length];
            Parallel.For(0, runs.Length, new ParallelOptions { CancellationToken = cancel }, place =>
            {
                CampaignRun run = new(terms.Campaigns[place], new LogJourneys(log.Touches), rates: terms.Rates);
                for (int i = 0; i < log.Events.Count && log.Events[i].RecordedAt <= asOf; i++)
                {
                    if (log.Events[i].Value is LogInvalidation line)
                    {
                        run.Invalidate(line.Invalidation, line.RecordedAt);
                    }
                    else if (log.Events[i].ToInput() is { } input)
                    {
                        run.Process(input);
                    }

                    if (i % 1_000 == 0)
                    {
                        cancel.ThrowIfCancellationRequested();
                        (place == 0 ? progress : null)?.Invoke(i, log.Events.Count);
                    }
                }

                run.Expire(asOf);
                runs[place] = run;
            });
            return runs;
        });

    private bool TryWrite(string folder, ComparisonReport report, IEnumerable<RejectedLine> rejected)
    {
        try
        {
            ComparisonFiles.Write(folder, report, rejected);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            console.Complain([$"{folder}: {SettleCodes.Unwritable}: {problem.Message}"]);
            return false;
        }
    }

    private void Print(CompareRequest request, ComparisonReport report)
    {
        if (request.IsJson)
        {
            console.Out.WriteLine(TermJson.Write(report, indented: true));
        }
        else
        {
            new ComparisonTable(report, console.Out).Write();
        }
    }
}
