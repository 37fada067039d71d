using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using PerfMarketing.Campaigns;

namespace PerfMarketing.Simulation.Mutation;

/// <summary>Whether the simulation finds every bug that is planted on purpose.</summary>
internal sealed class MutationGate(TextWriter output)
{
    /// <summary>Within so many events each bug is to be found.</summary>
    public const long EventsMax = 200_000;

    private const int EventsPerSeed = 500;
    private const int SoundSeeds = 40;

    /// <summary>Builds all bugs in and looks for each.</summary>
    /// <returns>The exit code.</returns>
    public int Build() => new MutantBuild(output).Make() is { } assembly
        ? MutantBuild.Run("dotnet", assembly, "--mutants")
        : 1;

    /// <summary>Looks for each bug, in the build that holds them.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        if (typeof(Campaign).Assembly.GetType(MutantBuild.SwitchName)?.GetField("Number") is not { } planted)
        {
            output.WriteLine("No bugs are planted in this build: use --gate.");
            return 2;
        }

        var clock = Stopwatch.StartNew();
        int survivors = Sound(planted) ? 0 : 1;
        for (int i = 0; i < Mutants.All.Count; i++)
        {
            planted.SetValue(null, i + 1);
            (bool isFound, long events) = Find();
            survivors += isFound ? 0 : 1;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{i + 1,3} {(isFound ? "found" : "SURVIVES"),-9} {events,8} events  {Mutants.All[i].Name}"));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Mutants.All.Count} bugs in {clock.Elapsed.TotalSeconds:0} s; survivors: {survivors}"));
        return survivors == 0 ? 0 : 1;
    }

    // With every bug switched off nothing is found.
    private bool Sound(FieldInfo planted)
    {
        planted.SetValue(null, 0);
        bool isFound = Parallel.For(1, SoundSeeds, Options(), static (seed, loop) =>
        {
            if (IsBroken((ulong)seed))
            {
                loop.Stop();
            }
        }).IsCompleted;
        output.WriteLine(isFound ? "no bug is found where there is none" : "the simulation is broken without any bug");
        return isFound;
    }

    private static (bool IsFound, long Events) Find()
    {
        long events = 0;
        ParallelLoopResult result = Parallel.For(1, (int)(EventsMax / EventsPerSeed), Options(), (seed, loop) =>
        {
            Interlocked.Add(ref events, EventsPerSeed);
            if (IsBroken((ulong)seed))
            {
                loop.Stop();
            }
        });
        return (!result.IsCompleted, events);
    }

    private static ParallelOptions Options() => new() { MaxDegreeOfParallelism = 2 };

    private static bool IsBroken(ulong seed)
    {
        SeedRun run = new(seed, EventsPerSeed);
        run.Run();
        return run.Violations.Count > 0;
    }
}
