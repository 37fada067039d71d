using System.Diagnostics;
using System.Globalization;

namespace PerfMarketing.Simulation;

/// <summary>
/// Runs many seeds on a few threads, one world on each, and says what came of them in the order of the seeds.
/// </summary>
internal sealed class Runner(Options options, TextWriter output)
{
    private readonly Lock gate = new();
    private readonly FaultCounts faults = new();
    private readonly Dictionary<long, (SeedRun Run, string Root)> done = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly bool isTold = !Console.IsOutputRedirected;
    private long next = -1;
    private long seeds;
    private long events;
    private TimeSpan told;

    public long Violations { get; private set; }

    /// <summary>Runs all seeds.</summary>
    /// <returns>The exit code: 0 when nothing was wrong.</returns>
    public int Run()
    {
        Thread[] threads = [.. Enumerable.Range(0, options.Threads).Select(_ => new Thread(Work))];
        Array.ForEach(threads, static t => t.Start());
        Array.ForEach(threads, static t => t.Join());
        if (!options.Roots)
        {
            Report();
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"violations: {Violations}"));
        return Violations == 0 ? 0 : 1;
    }

    private void Work()
    {
        while (Interlocked.Increment(ref next) is var place && place < options.Seeds && !IsOver())
        {
            ulong seed = unchecked(options.Seed + (ulong)place);
            SeedRun run = new(seed, options.Events, options.IsWide);
            run.Run();
            string root = options.Roots ? Root.Of(run) : "";
            run.Forget();
            lock (gate)
            {
                done.Add(place, (run, root));
                while (done.Remove(seeds, out (SeedRun Run, string Root) first))
                {
                    Take(unchecked(options.Seed + (ulong)seeds), first.Run, first.Root);
                }
            }
        }
    }

    private bool IsOver() => options.Minutes is { } minutes && clock.Elapsed.TotalMinutes >= minutes;

    private void Take(ulong seed, SeedRun run, string root)
    {
        seeds++;
        events += run.Events;
        Violations += run.Violations.Count;
        faults.Add(run.Faults);
        if (options.Roots)
        {
            output.WriteLine($"{seed} {root}");
        }

        foreach (string what in run.Violations.Found)
        {
            output.WriteLine($"seed {seed}: {what}");
        }

        if (run.Violations.Count > 0)
        {
            output.WriteLine(
                "replay: dotnet run --project tests/PerfMarketing.Core.Simulation -c Release -- "
                + string.Create(CultureInfo.InvariantCulture, $"--seeds 1 --events {options.Events} --seed {seed}")
                + (options.IsWide ? " --wide" : ""));
        }

        if (isTold && !options.Roots && clock.Elapsed - told > TimeSpan.FromSeconds(1))
        {
            told = clock.Elapsed;
            Console.Error.Write($"\r{Summary()} ");
        }
    }

    private void Report()
    {
        if (isTold)
        {
            Console.Error.WriteLine();
        }

        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{(int)kind,2} {kind,-24} {faults[kind],10}"));
        }

        output.WriteLine(Summary());
    }

    private string Summary() => string.Create(
        CultureInfo.InvariantCulture,
        $"{seeds} seeds, {events} events, {clock.Elapsed.TotalSeconds:0} s, "
            + $"{events / clock.Elapsed.TotalSeconds:0} events/s");
}
