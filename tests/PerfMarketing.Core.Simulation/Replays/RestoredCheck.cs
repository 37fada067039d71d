using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Simulation.Checks;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Replays;

/// <summary>
/// I22: settled in several parts, each going on from the closed statements of the one before, as they were written, the
/// log comes to what it comes to at once.
/// </summary>
internal sealed class RestoredCheck(LiveRun live, SeededRandom random, Violations violations)
{
    private static readonly int[] Lags = [0, 1, 24, 48, 300, 500];

    public void Run(LogReplay replay, Handed[] log)
    {
        RunPicture whole = replay.Play(log, live.Now);
        ValueList<Statement> earlier = [];
        Instant? before = null;
        foreach (Instant cut in CutsOf(log).Append(live.Now))
        {
            RunPicture part = new(replay);
            part.Run.Restore(Written(earlier), before);
            foreach (Handed one in log.TakeWhile(h => h.At <= cut))
            {
                replay.HandIn(part.Run, one);
            }

            earlier = part.At(cut).Statements;
            before = cut;
            if (cut == live.Now)
            {
                new Differences(violations, "I22: going on from closed statements").CompareWhole(whole, part);
            }
        }
    }

    private static ValueList<Statement> Written(ValueList<Statement> statements) =>
        [.. statements.Select(static s => TermJson.Parse(TermJson.Write(s), Statement.Read)!)];

    // Some of the months, each some hours after it was over, or a moment before.
    private Instant[] CutsOf(Handed[] log)
    {
        List<Instant> cuts = [];
        LocalDate day = log[0].At.InUtc().Date;
        Duration lag = Duration.FromHours(random.Pick(Lags))
            - (random.Happens(200) ? Duration.FromMinutes(1) : default);
        for (LocalDate month = new(day.Year, day.Month, 1); month.AtMidnight().InUtc().ToInstant() < live.Now;)
        {
            month = month.PlusMonths(1);
            if (random.Happens(600))
            {
                cuts.Add(month.AtMidnight().InUtc().ToInstant() + lag);
            }
        }

        return [.. cuts.Where(c => c < live.Now)];
    }
}
