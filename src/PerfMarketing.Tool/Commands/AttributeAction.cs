using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.Paths;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tool.Journeys;
using PerfMarketing.Tool.Logs;
using PerfMarketing.Tool.Settle;

namespace PerfMarketing.Tool.Commands;

/// <summary>The command <c>attribute</c>.</summary>
internal sealed class AttributeAction(ToolConsole console, CampaignFile files)
{
    private const int TopPathsUsual = 5;

    private static readonly ValueList<NamedModel> Usual =
        [.. new[] { "first", "last", "linear", "position", "markov", "shapley" }
            .Select(static name => new NamedModel(name, PathModel.Parse(name)))];

    /// <summary>Shares out the conversions of a log.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(AttributeRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!new KeptInputs(console).Allow(request.Out, AttributionFiles.Names, request.Log, request.Map))
        {
            return ExitCodes.BadInput;
        }

        ValueList<NamedModel> models = request.Models.Count > 0 ? request.Models : Usual;
        List<RejectedLine> rejected = [];
        AttributionReport? report;
        try
        {
            report = request.IsPathsFile || (request.Map is null && PathsFile.IsOne(request.Log))
                ? OfPaths(request, models, rejected)
                : OfLog(request, models, rejected, cancel);
        }
        catch (LogException unreadable)
        {
            console.Complain(unreadable.Problems.Select(problem => problem.ToString(unreadable.File)));
            return ExitCodes.BadInput;
        }
        catch (OverflowException problem)
        {
            console.Complain([$"{request.Log}: {LogCodes.TooMany}: {problem.Message}"]);
            return ExitCodes.BadInput;
        }

        if (report is null || (request.Out is { } folder && !TryWrite(folder, report, rejected)))
        {
            return ExitCodes.BadInput;
        }

        if (request.IsJson)
        {
            console.Out.WriteLine(TermJson.Write(report, indented: true));
        }
        else
        {
            new AttributionTable(report, console.Out).Write();
        }

        return ExitCodes.Done;
    }

    private AttributionReport? OfPaths(
        AttributeRequest request, ValueList<NamedModel> models, List<RejectedLine> rejected)
    {
        if (request.By is not null)
        {
            console.Complain([$"{request.Log}: {JourneyCodes.NoFacts}: Counted paths state no facts."]);
            return null;
        }

        PathCounts paths = PathsFile.Read(request.Log, rejected);
        return IsRefused(request, rejected)
            ? null
            : Report(request, models, new(paths, null, []), rejected);
    }

    private AttributionReport? OfLog(
        AttributeRequest request, ValueList<NamedModel> models, List<RejectedLine> rejected, CancellationToken cancel)
    {
        LogMapping? mapping = request.Map is null ? null : files.Read(request.Map, LogMapping.Read);
        if (request.Map is not null && mapping is null)
        {
            return null;
        }

        LogTables tables = new();
        JourneyLog log = new(tables, [.. request.Kinds]);
        ToolProgress.Run(console, "Reading the log", "MB", 1_000_000, progress =>
        {
            using LogFile file = LogFile.Open(request.Log, mapping, tables, log);
            file.ReadToEnd(progress, cancel);
            log.Freeze();
            return log;
        });
        rejected.AddRange(log.Rejected);
        if (log.OtherCurrency is var (outcome, money))
        {
            string name = outcome.IsUnset ? "an outcome" : $"the outcome {outcome}";
            console.Complain([
                $"{request.Log}: {JourneyCodes.Currencies}: Values of several currencies never mix: {name} is worth"
                + $" {money}, others {log.Currency}.",
            ]);
            return null;
        }

        if (IsRefused(request, log.Rejected))
        {
            return null;
        }

        Complain(request.Log, JourneyCodes.NoChannel, log.Nameless, "touch(es) have neither channel nor partner");
        Complain(request.Log, JourneyCodes.NoCustomer, log.Homeless, "outcome(s) have no customer");
        bool talliesDecay = models.Any(static m => m.Model.Kind == PathModelKind.TimeDecay);
        JourneyWalk walk = new(log, request.Lookback, request.KeepsHistory, talliesDecay)
        {
            Segments = request.By is { } fact ? SegmentTallies.ByFact(fact) : null,
        };
        JourneyCounts counts = Walked(request.Log, walk);
        return Report(request, models, counts, log.Rejected) is { } report
            ? report with { Currency = log.Currency?.Code, Untouched = walk.Untouched + log.Homeless }
            : null;
    }

    private static JourneyCounts Walked(string file, JourneyWalk walk)
    {
        try
        {
            return walk.Walk();
        }
        catch (InvalidOperationException full)
        {
            throw new LogException(file, RejectedLine.Of(1, 1, LogCodes.TooMany, full.Message, []));
        }
    }

    private AttributionReport? Report(
        AttributeRequest request,
        ValueList<NamedModel> models,
        JourneyCounts counts,
        IReadOnlyList<RejectedLine> rejected)
    {
        if (counts.Paths.Journeys == 0)
        {
            console.Complain(
            [
                $"{request.Log}: {JourneyCodes.None}: There are no journeys in the file.",
                .. rejected.Take(1).Select(_ =>
                    $"{request.Log}: {LogCodes.Unusable}: Lines that could not be used: {rejected.Count}; the first:"),
                .. rejected.Take(1).Select(first => first.ToString(request.Log)),
            ]);
            return null;
        }

        Dictionary<string, MarkovOrder> orders = [];
        return new()
        {
            Comparison = Compared(models, counts, orders),
            Orders = orders,
            Names = [.. models.Select(static m => m.Name)],
            Untouched = 0,
            RejectedLines = rejected.Count,
            Paths = request.TopPaths is { } count ? PathReport.Of(counts.Paths, count) : null,
            Lags = counts.Lags,
            Segments = counts.Segments?.ToReports(request.TopPaths ?? TopPathsUsual),
        };
    }

    // A model whose order cannot be chosen is refused; the others are not.
    private static ModelComparison Compared(
        ValueList<NamedModel> models, JourneyCounts counts, Dictionary<string, MarkovOrder> orders)
    {
        List<PathModel> chosen = [];
        Dictionary<int, Reason> refusals = [];
        foreach (NamedModel named in models)
        {
            PathModel model = named.Model;
            bool convertingOnly = model.Kind == PathModelKind.MarkovConverting;
            if (named.PicksOrder)
            {
                if (MarkovOrder.TryChoose(
                    counts.Paths, out MarkovOrder? choice, out Reason? refusal, convertingOnly: convertingOnly))
                {
                    orders[named.Name] = choice;
                    model = new(model.Kind, choice.Order);
                }
                else
                {
                    refusals.Add(chosen.Count, refusal);
                }
            }

            chosen.Add(model);
        }

        ModelComparison all = ModelComparison.Of(counts.Paths, chosen.ToValueList(), counts.TimeDecay);
        return refusals.Count == 0 ? all : all with
        {
            Models =
            [
                .. all.Models.Select((model, i) => refusals.TryGetValue(i, out Reason? why)
                    ? new(model.Model, []) { Refusal = why }
                    : model),
            ],
        };
    }

    private bool IsRefused(AttributeRequest request, IReadOnlyList<RejectedLine> rejected)
    {
        bool isRefused = request.IsStrict && rejected.Count > 0;
        if (isRefused)
        {
            console.Complain(rejected.Select(line => line.ToString(request.Log)));
        }

        return isRefused;
    }

    private void Complain(string file, string code, long count, string what)
    {
        if (count > 0)
        {
            console.Complain([$"{file}: {code}: {count} {what}."]);
        }
    }

    private bool TryWrite(string folder, AttributionReport report, IEnumerable<RejectedLine> rejected)
    {
        try
        {
            AttributionFiles.Write(folder, report, rejected);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            console.Complain([$"{folder}: {SettleCodes.Unwritable}: {problem.Message}"]);
            return false;
        }
    }
}
