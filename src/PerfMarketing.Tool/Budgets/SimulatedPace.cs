using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Budgets;

/// <summary>A pace that is replayed, and the name that it is asked for by.</summary>
/// <param name="Name">The name.</param>
/// <param name="Terms">The pace.</param>
/// <param name="TellsWorth">Whether it is told what requests are worth.</param>
internal sealed record SimulatedPace(string Name, PacingTerms Terms, bool TellsWorth)
{
    /// <summary>All paces that are there by name.</summary>
    public static ValueList<SimulatedPace> All { get; } =
    [
        new("forecast", new(), true),
        new("forecast-guarded", new() { Burst = 3 }, true),
        new("forecast-blind", new(), false),
        new("dual", new() { Mode = PacingMode.Dual }, true),
        new("learned", new() { Mode = PacingMode.Learned }, false),
        new("feedback", new() { Mode = PacingMode.Feedback }, false),
        new("even", new() { Mode = PacingMode.Even }, false),
        new("front-loaded", new() { Mode = PacingMode.FrontLoaded }, false),
        new("ahead", new() { Mode = PacingMode.Ahead }, false),
        new("asap", new() { Mode = PacingMode.AsSoonAsPossible }, false),
    ];

    /// <summary>Finds a pace by its name, or by the name of its mode in a budget's file.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The pace; null when there is none.</returns>
    public static SimulatedPace? Find(string name) => name == "as-soon-as-possible"
        ? Find("asap")
        : All.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
