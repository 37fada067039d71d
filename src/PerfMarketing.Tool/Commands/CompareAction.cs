using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Measurement;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tool.Logs;
using PerfMarketing.Tool.Pictures;
using PerfMarketing.Tool.Settle;

namespace PerfMarketing.Tool.Commands;

/// <summary>The command <c>compare</c>.</summary>
internal sealed class CompareAction(ToolConsole console, CampaignFile files, LogLoader loader)
{
    private readonly KeptInputs kept = new(console);
    private readonly PictureFile pictures = new(console);

    /// <summary>Settles a log under several campaigns and prints them side by side.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(CompareRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        string?[] read = [.. request.Campaigns, request.Log.Events, request.Log.Map, request.Log.Rates];
        if (!kept.Allow(request.Out, ComparisonFiles.Names, read) || !kept.Allow(request.Picture, read)
            || loader.ReadAll(request.Campaigns, request.Log, cancel) is not var (campaigns, log)
            || files.ReadRates(request.Log.Rates) is not { } rates)
        {
            return ExitCodes.BadInput;
        }

        string events = request.Log.Events;
        ValueList<string> useless = request.IsStrict && log.Rejected.Count > 0
            ? [.. log.Rejected.Select(line => line.ToString(events))]
            : UselessLog.Why(events, log.LastRecordedAt, log.Rejected, request.Log.AsOf is not null);
        if (useless.Count > 0)
        {
            console.Complain(useless);
            return ExitCodes.BadInput;
        }

        Instant asOf = request.Log.AsOf ?? log.LastRecordedAt;
        SettlementRun[] runs = Decide((campaigns, rates), log, asOf, cancel);
        if (Compare(request, runs, log, asOf) is not { } report
            || (request.Out is { } folder && !TryWrite(folder, report, log.Rejected))
            || (request.Picture is { } picture
                && !pictures.TryWrite(picture, new ComparisonPicture(report.Comparison).Draw())))
        {
            return ExitCodes.BadInput;
        }

        Print(request, report);
        return ExitCodes.Done;
    }

    // What is too much to be summed is named before anything is written.
    private ComparisonReport? Compare(CompareRequest request, SettlementRun[] runs, EventColumns log, Instant asOf)
    {
        string[] names = NamesOf(request.Campaigns);
        try
        {
            return new()
            {
                AsOf = asOf,
                Comparison = CampaignComparison.Of(
                    [.. names.Zip(runs, static (name, run) => (name, run.Run))],
                    BasisOf(request, log.Touches.CountOf(TouchpointKind.Click, asOf))),
                Unused = Unused.Of([.. names.Zip(runs)]).With(log.Rejected),
            };
        }
        catch (OverflowException problem)
        {
            // What is paid says where it is too much; what was bought is the log's.
            string why = problem.InnerException is OverflowException
                ? problem.Message
                : Worth.WhyTooGreat(runs[0].State) ?? problem.Message;
            console.Complain([$"{request.Log.Events}: {SettleCodes.TooGreat}: {why}"]);
            return null;
        }
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
    private SettlementRun[] Decide(
        (Campaign[] Campaigns, RateBook Rates) terms, EventColumns log, Instant asOf, CancellationToken cancel) =>
        ToolProgress.Run(console, "Deciding", "events", 1, progress =>
        {
            var runs = new SettlementRun[terms.Campaigns.Length];
            Together.For(runs.Length, DecideOne, cancel);
            return runs;

            void DecideOne(int place)
            {
                SettlementRun run = new(
                    terms.Campaigns[place], new LogJourneys(log.Touches), PreviousRun.None, terms.Rates)
                {
                    Touches = log.Touches,
                };
                for (int i = 0; i < log.Events.Count && log.Events[i].RecordedAt <= asOf; i++)
                {
                    run.Process(log.Events[i]);
                    if (i % 1_000 == 0)
                    {
                        cancel.ThrowIfCancellationRequested();
                        (place == 0 ? progress : null)?.Invoke(i, log.Events.Count);
                    }
                }

                run.End(asOf);
                runs[place] = run;
            }
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
