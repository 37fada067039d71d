using System.Globalization;
using PerfMarketing.Primitives;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Settle;

/// <summary>What was read of a log and moved nothing.</summary>
internal sealed record Unused
{
    private const int NamedMax = 5;

    /// <summary>How many lines could not be used.</summary>
    public long RejectedLines { get; init; }

    /// <summary>Those lines by what is wrong with them.</summary>
    public ValueList<RejectedCount> Rejected { get; init; } = [];

    /// <summary>How many lines said again what an earlier line had said.</summary>
    public long Repeated { get; init; }

    /// <summary>How many lines contradicted an earlier line under the same id.</summary>
    public long Conflicting { get; init; }

    /// <summary>The events that moved nothing, each with its reason.</summary>
    public ValueList<SetAside> SetAside { get; init; } = [];

    /// <summary>Whether there is anything.</summary>
    public bool IsAny => RejectedLines > 0 || Repeated > 0 || Conflicting > 0 || SetAside.Count > 0;

    /// <summary>What one run did not use.</summary>
    /// <param name="run">The run, closed.</param>
    public static Unused Of(SettlementRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new()
        {
            Repeated = run.Repeated,
            Conflicting = run.Conflicting,
            SetAside = run.SetAside.ToValueList(),
        };
    }

    /// <summary>What runs of one log did not use: each event once, with those that did not use it.</summary>
    /// <param name="runs">The runs with their names, closed.</param>
    public static Unused Of(IReadOnlyCollection<(string Name, SettlementRun Run)> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Dictionary<SetAside, List<string>> found = [];
        List<SetAside> order = [];
        foreach ((string name, SettlementRun run) in runs)
        {
            foreach (SetAside aside in run.SetAside)
            {
                if (!found.TryGetValue(aside, out List<string>? under))
                {
                    found.Add(aside, under = []);
                    order.Add(aside);
                }

                if (under.Count == 0 || under[^1] != name)
                {
                    under.Add(name);
                }
            }
        }

        return new()
        {
            Repeated = runs.Max(static r => r.Run.Repeated),
            Conflicting = runs.Max(static r => r.Run.Conflicting),
            SetAside = order.Select(aside =>
                found[aside].Count == runs.Count ? aside : aside with { Under = found[aside].ToValueList() })
                .ToValueList(),
        };
    }

    /// <summary>The same with the lines that could not be used.</summary>
    /// <param name="rejected">The lines.</param>
    public Unused With(IReadOnlyCollection<RejectedLine> rejected)
    {
        ArgumentNullException.ThrowIfNull(rejected);
        return this with { RejectedLines = rejected.Count, Rejected = RejectedCount.Of(rejected) };
    }

    /// <summary>Writes it into an object of results.</summary>
    /// <param name="terms">The object.</param>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("rejectedLines", RejectedLines);
        terms.List("rejected", Rejected);
        terms.Integer("repeated", Repeated);
        terms.Integer("conflicting", Conflicting);
        terms.List("setAside", SetAside);
    }

    /// <summary>Prints it for a person.</summary>
    /// <param name="target">Where to print.</param>
    public void Print(TextWriter target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (Repeated > 0)
        {
            target.WriteLine($"Lines that said again what an earlier line had said, and changed nothing: {Repeated}");
        }

        if (Conflicting > 0)
        {
            target.WriteLine(
                $"Lines that contradict an earlier line with the same id, and moved no money: {Conflicting}");
        }

        foreach (var alike in SetAside.GroupBy(static a => (a.Code, Under: string.Join(", ", a.Under))))
        {
            string ids = string.Join(", ", alike.Take(NamedMax).Select(static a => a.ToString()));
            string more = alike.Count() > NamedMax ? ", …" : string.Empty;
            string under = alike.Key.Under.Length > 0 ? $" under {alike.Key.Under}" : string.Empty;
            target.WriteLine(alike.Key.Code == SettleCodes.OutcomeMissing
                ? $"Outcomes that closed statements paid for and the log does not have: {Invariant(alike.Count())}"
                    + $" ({ids}{more}). What was paid stands; hand in the log from its beginning."
                : $"Set aside: {alike.Key.Code} {Invariant(alike.Count())} ({ids}{more}){under}");
        }

        if (RejectedLines > 0)
        {
            target.WriteLine($"Lines of the log that could not be used: {RejectedLines}");
            foreach (RejectedCount same in Rejected)
            {
                target.WriteLine($"{Invariant(same.Count),12}  {same}");
            }
        }
    }

    private static string Invariant(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
