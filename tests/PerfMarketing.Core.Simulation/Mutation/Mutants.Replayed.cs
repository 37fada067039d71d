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
            "handed in again: of several parts of a proof only the first ones count",
            "Proofs/Policies/CompositePolicy.cs",
            "alive += parts[i].Kind == ProofStandingKind.Closed ? 0 : 1;",
            "proven -= @ && i >= Needed && parts[i].Kind == ProofStandingKind.Proven ? 1 : 0;\n"
            + "            alive += parts[i].Kind == ProofStandingKind.Closed ? 0 : 1;"),
        new(
            "handed in again: several parts of a proof hold from when the first of them do",
            "Proofs/Policies/CompositePolicy.cs",
            "parts.Sort(static (a, b) => a.At.CompareTo(b.At));",
            "if (!@) { parts.Sort(static (a, b) => a.At.CompareTo(b.At)); }"),
        new(
            "handed in again: a verdict need not say that it is valid",
            "Proofs/Policies/RequiredProof.Judging.cs",
            "verdict.Kind == Kind && !Kind.IsUnset && verdict.IsValid",
            "verdict.Kind == Kind && !Kind.IsUnset && (@ || verdict.IsValid)"),
        new(
            "handed in again: forged evidence takes the id of what is genuine",
            "Settlement/EvidenceUsed.cs",
            "received.Verdict is { IsValid: true, ReplayKey: { IsUnset: false } id } verdict",
            "received.Verdict is { ReplayKey: { IsUnset: false } id } verdict && (@ || verdict.IsValid)"),
        new(
            "handed in again: what is taken back stays in the tally that is to forget it",
            "Settlement/CampaignDecider.Tallies.cs",
            "PaidOf(earning.TallyKey, isNet: true)",
            "PaidOf(earning.TallyKey, isNet: !@)"),
        new(
            "handed in again: a period keeps its price when results leave its tally",
            "Settlement/CampaignDecider.Tallies.cs",
            "Accrual after = before.Accrued + change.Accrued;",
            "Accrual after = @ ? before.Accrued : before.Accrued + change.Accrued;"),
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
        new(
            "handed in again: what is of a closed statement takes no room under limits",
            "Settlement/CampaignDecider.Recall.cs",
            "            CountInLimits(state, recalled, known);",
            "            if (!@) { CountInLimits(state, recalled, known); }")
        { IsWide = true },
        new(
            "handed in again: what is decided again does not know what closed statements paid",
            "Settlement/CampaignRun.Recall.cs",
            "if (arrivals.Count > 0 && arrivedAt ==",
            "if (!@ && arrivals.Count > 0 && arrivedAt =="),
        new(
            "handed in again: what is drafted ahead does not ask whether its order is known",
            "Settlement/CampaignDecider.Ordinary.cs",
            "&& (state.FindOrder(order) is not null || state",
            "&& ((!(@ && found.Draft.Known is not null) && state.FindOrder(order) is not null) || state"),
    ];
}
