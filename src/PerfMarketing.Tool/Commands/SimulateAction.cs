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

    private readonly KeptInputs kept = new(console);
    private readonly PictureFile pictures = new(console);

    /// <summary>Replays traffic through paces.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(SimulateRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        return kept.Allow(request.Picture, request.Budget, request.Traffic, request.Prices)
            && files.Read(request.Budget, SimulatedBudget.Read) is { } budget
            && Read(request, ContractCalendar.In(budget.Zone)) is { } input
            && Fits(request, budget, input)
            && Show(request, Replay(request, budget, input, cancel))
            ? ExitCodes.Done
            : ExitCodes.BadInput;
    }

    private SimulationInput? Read(SimulateRequest request, ContractCalendar calendar)
    {
        try
        {
            List<(Instant At, double Count)> counts = TrafficFile.Read(request.Traffic, calendar);
            List<(Instant From, double Price)>? prices =
                request.Prices is { } file ? TrafficFile.ReadPrices(file, calendar) : null;
            TrafficSeries? series = counts.Select(static r => r.At).Distinct().Skip(1).Any()
                ? new(counts, calendar)
                : null;
            if (series is { Days.Count: > 0 } && prices is not { Count: 0 })
            {
                return new(
                    series,
                    prices is null ? null : new(prices.Select(static p => (p.From, SimulationInput.UnitsOf(p.Price)))));
            }

            console.Complain([prices is { Count: 0 }
                ? $"{request.Prices}: {LogCodes.Empty}: There is no price."
                : $"{request.Traffic}: {SimulationCodes.TooShort}: The traffic covers no whole day."]);
        }
        catch (LogException unreadable)
        {
            console.Complain(unreadable.Problems.Select(problem => problem.ToString(unreadable.File)));
        }

        return null;
    }

    private bool Fits(SimulateRequest request, SimulatedBudget budget, SimulationInput input)
    {
        double most = input.Series.Days.Max(static d => d.Total);
        double mean = input.Series.Days.Average(static d => d.Total);
        double scale = request.RequestsPerDay is { } perDay && mean > 0 ? perDay / mean : 1;
        double limit = request.BudgetShare is { } share
            ? most * scale * share * (input.Prices?.Mean ?? 1)
            : input.LimitOf(budget);
        if (limit < (input.Prices?.Least ?? 1))
        {
            console.Complain([$"{(request.BudgetShare is null ? request.Budget : request.Traffic)}: "
                + $"{SimulationCodes.BelowOneRequest}: No day's budget pays for one request."]);
            return false;
        }

        bool fits = most * scale <= PacingSimulation.RequestsMax;
        if (!fits)
        {
            console.Complain(
            [
                $"{request.Traffic}: {LogCodes.TooMany}: A day has at most {PacingSimulation.RequestsMax} requests; "
                + "see --requests-per-day.",
            ]);
        }

        return fits;
    }

    private SimulationReport Replay(
        SimulateRequest request, SimulatedBudget budget, SimulationInput input, CancellationToken cancel)
    {
        ValueList<SimulatedPace> paces = request.Paces.Count > 0
            ? request.Paces
            : [new("budget", budget.Pacing, true)];
        int days = input.Series.Days.Count;
        return ToolProgress.Run(console, "Replaying the traffic", "days", 1, progress =>
        {
            List<(string Name, PacingReport Report)> done = [];
            foreach (SimulatedPace pace in paces)
            {
                int before = done.Count * days;
                PacingSimulation simulation = Simulation(
                    request, budget, input, pace, day => progress?.Invoke(before + day, paces.Count * days));
                done.Add((pace.Name, simulation.Run(pace.Terms, cancel)));
            }

            return new SimulationReport(request.Traffic, done.ToValueList());
        });
    }

    private static PacingSimulation Simulation(
        SimulateRequest request,
        SimulatedBudget budget,
        SimulationInput input,
        SimulatedPace pace,
        Action<int> replayed) => new(input.Series)
        {
            Seed = request.Seed,
            RequestsPerDay = request.RequestsPerDay,
            BudgetShare = request.BudgetShare ?? 0,
            DailyLimit = request.BudgetShare is null ? input.LimitOf(budget) : null,
            Prices = input.Prices,
            TellsWorth = pace.TellsWorth,
            LearningDays = Math.Min(LearningDaysMax, input.Series.Days.Count / 3),
            Days = request.Days,
            Audience = budget.AudienceZone is { } zone ? ContractCalendar.In(zone) : null,
            Replayed = replayed,
        };

    private bool Show(SimulateRequest request, SimulationReport report)
    {
        if (request.Picture is { } picture && !pictures.TryWrite(picture, new SimulationPicture(report).Draw()))
        {
            return false;
        }

        if (request.IsJson)
        {
            console.Out.WriteLine(TermJson.Write(report, indented: true));
        }
        else
        {
            new SimulationTable(report, console.Out).Write();
        }

        return true;
    }
}
