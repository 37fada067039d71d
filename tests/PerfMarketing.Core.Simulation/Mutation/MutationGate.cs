using System.Diagnostics;
using System.Globalization;
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

    /// <summary>Looks for each bug, in the build that holds them; each thread looks for one of its own.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        if (typeof(Campaign).Assembly.GetType(MutantBuild.SwitchName)?.GetMethod("Turn") is not { } method)
        {
            output.WriteLine("No bugs are planted in this build: use --gate.");
            return 2;
        }

        var clock = Stopwatch.StartNew();
        Action<int> turn = method.CreateDelegate<Action<int>>();
        bool isSound = IsSound(turn);
        var found = new long?[Mutants.All.Count];
        Parallel.For(0, found.Length, Options(), i => found[i] = Find(turn, i + 1));
        for (int i = 0; i < found.Length; i++)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{i + 1,3} {(found[i] is null ? "SURVIVES" : "found"),-9} {found[i] ?? EventsMax,8} events  "
                    + $"{Mutants.All[i].Name}"));
        }

        int survivors = found.Count(static f => f is null) + (isSound ? 0 : 1);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Mutants.All.Count} bugs in {clock.Elapsed.TotalSeconds:0} s; survivors: {survivors}"));
        return survivors == 0 ? 0 : 1;
    }

    // With every bug switched off nothing is found.
    private bool IsSound(Action<int> turn)
    {
        bool isSound = Parallel.For(1, SoundSeeds, Options(), (seed, loop) =>
        {
            turn(0);
            if (IsBroken((ulong)seed))
            {
                loop.Stop();
            }
        }).IsCompleted;
        output.WriteLine(isSound ? "no bug is found where there is none" : "the simulation is broken without any bug");
        return isSound;
    }

    // After how many events the bug was found; null when it was not.
    private static long? Find(Action<int> turn, int number)
    {
        turn(number);
        for (ulong seed = 1; seed * EventsPerSeed <= EventsMax; seed++)
        {
            if (IsBroken(seed))
            {
                return (long)seed * EventsPerSeed;
            }
        }

        return null;
    }

    private static ParallelOptions Options() => new() { MaxDegreeOfParallelism = 2 };

    private static bool IsBroken(ulong seed)
    {
        SeedRun run = new(seed, EventsPerSeed);
        run.Run();
        return run.Violations.Count > 0;
    }
}
