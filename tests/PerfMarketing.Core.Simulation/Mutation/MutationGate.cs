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
    /// <param name="wanted">As in <see cref="Run"/>.</param>
    /// <returns>The exit code.</returns>
    public int Build(params string[] wanted) => new MutantBuild(output).Make() is { } assembly
        ? MutantBuild.Run("dotnet", [assembly, "--mutants", .. wanted])
        : 1;

    /// <summary>Looks for each bug, in the build that holds them; each thread looks for one of its own.</summary>
    /// <param name="wanted">A part of the names of the bugs to look for, and the first seed; all, and 1.</param>
    /// <returns>The exit code.</returns>
    public int Run(params string[] wanted)
    {
        if (typeof(Campaign).Assembly.GetType(MutantBuild.SwitchName)?.GetMethod("Turn") is not { } method)
        {
            output.WriteLine("No bugs are planted in this build: use --gate.");
            return 2;
        }

        var clock = Stopwatch.StartNew();
        Action<int> turn = method.CreateDelegate<Action<int>>();
        bool isSound = IsSound(turn);
        string part = wanted is [var text, ..] ? text : "";
        ulong first = wanted is [_, var seed] ? ulong.Parse(seed, CultureInfo.InvariantCulture) : 1;
        int[] places = [.. Enumerable.Range(0, Mutants.All.Count)
            .Where(i => Mutants.All[i].Name.Contains(part, StringComparison.Ordinal))];
        var found = new (long Events, string By)?[places.Length];
        Parallel.For(0, found.Length, Options(), i => found[i] = Find(turn, places[i] + 1, first));
        for (int i = 0; i < found.Length; i++)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{places[i] + 1,3} {(found[i] is null ? "SURVIVES" : "found"),-9} "
                    + $"{found[i]?.Events ?? EventsMax,8} events  {found[i]?.By,-9} {Mutants.All[places[i]].Name}"));
        }

        int survivors = found.Count(static f => f is null) + (isSound ? 0 : 1);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Length} bugs in {clock.Elapsed.TotalSeconds:0} s; survivors: {survivors}"));
        return survivors == 0 ? 0 : 1;
    }

    // With every bug switched off nothing is found.
    private bool IsSound(Action<int> turn)
    {
        bool isSound = Parallel.For(1, SoundSeeds, Options(), (seed, loop) =>
        {
            turn(0);
            if (BrokenBy((ulong)seed, isWide: false) is not null)
            {
                loop.Stop();
            }
        }).IsCompleted;
        output.WriteLine(isSound ? "no bug is found where there is none" : "the simulation is broken without any bug");
        return isSound;
    }

    // After how many events the bug was found, and by what; null when it was not.
    private static (long Events, string By)? Find(Action<int> turn, int number, ulong first)
    {
        bool isWide = Mutants.All[number - 1].IsWide;
        turn(number);
        for (ulong tried = 1; tried * EventsPerSeed <= EventsMax; tried++)
        {
            if (BrokenBy(first + tried - 1, isWide) is { } by)
            {
                return ((long)tried * EventsPerSeed, by);
            }
        }

        return null;
    }

    private static ParallelOptions Options() => new() { MaxDegreeOfParallelism = 2 };

    // The number of the invariant that broke first, or that something was thrown; null when all held.
    private static string? BrokenBy(ulong seed, bool isWide)
    {
        SeedRun run = new(seed, EventsPerSeed, isWide);
        run.Run();
        return run.Violations.Count == 0 ? null : run.Violations.Found[0].Split(':', ' ')[0];
    }
}
