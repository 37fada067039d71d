using System.Globalization;

namespace PerfMarketing.Simulation;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    /// <summary>How many seeds; as many as there is time for when it is a long run.</summary>
    public int Seeds { get; init; } = 100;

    /// <summary>About how many events each seed has.</summary>
    public int Events { get; init; } = 1_000;

    /// <summary>The first seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How long to go on; null when seeds are counted.</summary>
    public double? Minutes { get; init; }

    /// <summary>Whether the root of every seed is printed.</summary>
    public bool Roots { get; init; }

    /// <summary>Whether the worlds have terms that the oracle does not know.</summary>
    public bool IsWide { get; init; }

    public int Threads { get; init; } = 2;

    /// <summary>The culture of all threads; that of the machine when null.</summary>
    public string? Culture { get; init; }

    public static string Usage =>
        "--seeds N --events M [--seed S] [--minutes T] [--threads T] [--culture C] [--roots] [--wide] | --crashes "
            + "| --gate [NAME [S]]";

    /// <summary>Reads the arguments; null when there is something that nobody asked for.</summary>
    public static Options? Parse(ReadOnlySpan<string> args)
    {
        Options options = new();
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--roots")
            {
                options = options with { Roots = true };
                continue;
            }

            if (args[i] == "--wide")
            {
                options = options with { IsWide = true };
                continue;
            }

            if (i + 1 == args.Length || options.With(args[i], args[i + 1]) is not { } next)
            {
                return null;
            }

            options = next;
            i++;
        }

        return options;
    }

    private Options? With(string name, string value) => name switch
    {
        "--seeds" when int.TryParse(value, CultureInfo.InvariantCulture, out int count) =>
            this with { Seeds = count },
        "--events" when int.TryParse(value, CultureInfo.InvariantCulture, out int count) =>
            this with { Events = count },
        "--threads" when int.TryParse(value, CultureInfo.InvariantCulture, out int count) =>
            this with { Threads = count },
        "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong seed) =>
            this with { Seed = seed },
        "--culture" => this with { Culture = value },
        "--minutes" when double.TryParse(value, CultureInfo.InvariantCulture, out double minutes) =>
            this with { Minutes = minutes, Seeds = int.MaxValue },
        _ => null,
    };
}
