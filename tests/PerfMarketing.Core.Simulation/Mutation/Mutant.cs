namespace PerfMarketing.Simulation.Mutation;

/// <summary>A bug to plant: a text that stands once in a file of the library, and what to write instead.</summary>
/// <param name="Name">What is wrong then.</param>
/// <param name="File">The file, below src/PerfMarketing.Core.</param>
/// <param name="Original">The text.</param>
/// <param name="Mutated">
/// What stands there instead; <c>@</c> is the switch, so that one assembly holds all bugs and each is turned on alone.
/// </param>
internal sealed record Mutant(string Name, string File, string Original, string Mutated)
{
    /// <summary>Whether only terms of wide worlds show it; it is looked for in such worlds alone then.</summary>
    public bool IsWide { get; init; }
}
