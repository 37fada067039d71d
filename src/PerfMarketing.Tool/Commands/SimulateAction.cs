using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Testing.Pacing;
using PerfMarketing.Time;
using PerfMarketing.Tool.Budgets;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Commands;

/// <summary>The command <c>simulate</c>.</summary>
internal sealed class SimulateAction(ToolConsole console, CampaignFile files)
{
    private const int LearningDaysMax = 7;

    /// <summary>Replays traffic through paces.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(SimulateRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        SimulatedBudget? budget = files.Read(request.Budget, SimulatedBudget.Read);
        if (budget is null)
        {
            return ExitCodes.BadInput;
        }

        TrafficSeries? series = Series(request, ContractCalendar.In(budget.Zone));
        if (series is null || IsOutOfBounds(request, series))
        {
            return ExitCodes.BadInput;
        }

        ValueList<SimulatedPace> paces = request.Paces.Count > 0
            ? request.Paces
            : [new("budget", budget.Pacing, true)];
        SimulationReport report = ToolProgress.Run(console, "Replaying the traffic", "paces", 1, progress =>
        {
            List<(string Name, PacingReport Report)> done = [];
            foreach (SimulatedPace pace in paces)
            {
                progress?.Invoke(done.Count, paces.Count);
                done.Add((pace.Name, Simulation(request, budget, series, pace).Run(pace.Terms, cancel)));
            }

            return new SimulationReport(request.Traffic, done.ToValueList());
        });
        if (request.IsJson)
        {
            console.Out.WriteLine(TermJson.Write(report, indented: true));
        }
        else
        {
            new SimulationTable(report, console.Out).Write();
        }

        return ExitCodes.Done;
    }

    private bool IsOutOfBounds(SimulateRequest request, TrafficSeries series)
    {
        double most = series.Days.Max(static d => d.Total);
        double mean = series.Days.Average(static d => d.Total);
        double scale = request.RequestsPerDay is { } perDay && mean > 0 ? perDay / mean : 1;
        bool isTooMuch = most * scale > PacingSimulation.RequestsMax;
        if (request.BudgetShare is { } share && most * scale * share < 1)
        {
            console.Complain(
                [$"{request.Traffic}: {SimulationCodes.BelowOneRequest}: No day's budget pays for one request."]);
            return true;
        }

        if (isTooMuch)
        {
            console.Complain(
            [
                $"{request.Traffic}: {LogCodes.TooMany}: A day has at most {PacingSimulation.RequestsMax} requests; "
                + "see --requests-per-day.",
            ]);
        }

        return isTooMuch;
    }

    private TrafficSeries? Series(SimulateRequest request, ContractCalendar calendar)
    {
        try
        {
            List<(Instant At, double Count)> read = TrafficFile.Read(request.Traffic, calendar.Zone);
            TrafficSeries? series = read.Select(static r => r.At).Distinct().Skip(1).Any()
                ? new(read, calendar)
                : null;
            if (series?.Days.Count > 0)
            {
                return series;
            }

            console.Complain([$"{request.Traffic}: {SimulationCodes.TooShort}: The traffic covers no whole day."]);
        }
        catch (LogException unreadable)
        {
            console.Complain(unreadable.Problems.Select(problem => problem.ToString(unreadable.File)));
        }

        return null;
    }

    private static PacingSimulation Simulation(
        SimulateRequest request, SimulatedBudget budget, TrafficSeries series, SimulatedPace pace) => new(series)
        {
            Seed = request.Seed,
            RequestsPerDay = request.RequestsPerDay,
            BudgetShare = request.BudgetShare ?? 0,
            DailyLimit = request.BudgetShare is null
                ? budget.Budget.Limit.MinorUnits / budget.Cost.MinorUnits
                : null,
            TellsWorth = pace.TellsWorth,
            LearningDays = Math.Min(LearningDaysMax, series.Days.Count / 3),
            Days = request.Days,
            Audience = budget.AudienceZone is { } zone ? ContractCalendar.In(zone) : null,
        };
}
