namespace PerfMarketing.Simulation.Mutation;

/// <content>Bugs that show when a log is handed in otherwise than it came.</content>
internal static partial class Mutants
{
    private static readonly Mutant[] Replayed =
    [
        new(
            "handed in again: the first of several parts of a proof does not count",
            "Proofs/Policies/CompositePolicy.cs",
            "parts[i].Kind == ProofStandingKind.Proven ?",
            "(!@ || i > 0) && parts[i].Kind == ProofStandingKind.Proven ?"),
        new(
            "handed in again: what is found ahead knows of no touches",
            "Settlement/CreditFinder.cs",
            "Journey journey = journeys.Find(outcome);",
            "Journey journey = @ ? default : journeys.Find(outcome);"),
        new(
            "handed in again: what is found ahead is as of the outcome",
            "Settlement/CreditFinder.cs",
            "journey, outcome.RecordedAt, explain);",
            "journey, @ ? outcome.At : outcome.RecordedAt, explain);"),
        new(
            "handed in again: what is drafted ahead is decided when the outcome occurs",
            "Settlement/CreditFinder.cs",
            "Straight.DraftOf(outcome, found, outcome.RecordedAt)",
            "Straight.DraftOf(outcome, found, @ ? outcome.At : outcome.RecordedAt)"),
        new(
            "handed in again: what is of a closed statement counts from the beginning",
            "Settlement/CampaignRun.cs",
            "restored.Enqueue(entry);",
            "if (@) { decider.Restore(State, entry); } else { restored.Enqueue(entry); }"),
        new(
            "handed in again: what is of a closed statement takes nothing from budgets",
            "Settlement/CampaignDecider.Recall.cs",
            "            CountInBudgets(state, recalled, known);",
            "            if (!@) { CountInBudgets(state, recalled, known); }"),
    ];
}
