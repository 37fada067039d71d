namespace PerfMarketing.Simulation.Mutation;

/// <content>Bugs of what live calls keep for the next one.</content>
internal static partial class Mutants
{
    private static readonly Mutant[] Kept =
    [
        new(
            "kept: what a store refused stays in the state",
            "Workflows/CampaignImage.cs",
            "        folded = null;",
            "        folded = @ ? taken : null;"),
        new(
            "kept: what was decided is folded once more",
            "Workflows/CampaignImage.cs",
            "counts[append.Expected.Stream] = count;",
            "counts[append.Expected.Stream] = @ ? count - 1 : count;"),
        new(
            "kept: what others committed since is read and not folded",
            "Workflows/CampaignImage.cs",
            "for (int i = before; i < read.Count; i++)",
            "for (int i = before; i < (@ && before > 0 ? before : read.Count); i++)"),
    ];
}
