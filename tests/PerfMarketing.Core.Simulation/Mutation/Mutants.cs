namespace PerfMarketing.Simulation.Mutation;

/// <summary>The bugs that the simulation must find. See docs/simulation.md for how to add one.</summary>
internal static partial class Mutants
{
    public static IReadOnlyList<Mutant> All =>
    [
        .. Taking, .. Money, .. Later, .. Trust, .. Told, .. Replayed, .. Settlement, .. Paid, .. Orders, .. Opened,
        .. Kept,
    ];
}
