using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Simulation.Oracle;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Checks;

/// <summary>
/// Whether a decision says what the oracle says: how the outcome and each of its legs stand, why, and what they pay.
/// </summary>
internal sealed class DecisionChecks(WorldPlan world, Violations violations)
{
    public void Compare(OutcomeDecided decided, OracleOutcome due)
    {
        Standing actual = StandingOf(decided.Qualification);
        violations.Require(
            due.Standing == actual, $"I17: {due.Id} is {actual}, not {due.Standing}: {decided.Qualification}");
        string? why = due.Why ?? due.Legs.Find(l => l.Standing == due.Standing)?.Why;
        violations.Require(
            why is null || CodeOf(decided.Qualification) == why,
            $"I17: {due.Id} is {decided.Qualification}, not {why}");
        bool same = decided.Legs.Count == due.Legs.Count;
        for (int i = 0; same && i < due.Legs.Count; i++)
        {
            Compare(decided.Legs[i], due.Legs[i], due);
        }

        violations.Require(
            same, $"I17: {due.Id} has the legs {string.Join(", ", decided.Legs)}, not {due.Legs.Count}");
    }

    private void Compare(LegDecision decided, OracleLeg due, OracleOutcome outcome)
    {
        ContractPlan contract = due.Contract;
        violations.Require(
            decided.Contract.Value == contract.Id && decided.Version == contract.Version
            && decided.Clause.Value == due.Clause.Id && decided.Amount.Currency.Code == contract.Currency,
            $"I17: {outcome.Id} has the leg {decided}, not one of {contract.Id} v{contract.Version} {due.Clause.Id}");
        Standing actual = StandingOf(decided.Qualification);
        bool isWhy = due.Why is null
            ? actual is not (Standing.Rejected or Standing.Disputed)
            : CodeOf(decided.Qualification) == due.Why;
        violations.Require(
            actual == due.Standing && isWhy, $"I17: {outcome.Id} has the leg {decided}, not {due.Standing} {due.Why}");
        long amount = due.Standing switch
        {
            Standing.Rejected => 0,
            Standing.Pending when world.Budgets.Length == 0 => due.Expected,
            Standing.Qualified => outcome.Earnings.Where(e => e.Leg.Key == due.Key).Sum(static e => e.Amount),
            _ => decided.Amount.MinorUnits,
        };
        violations.Require(
            decided.Amount.MinorUnits == amount, $"I17: {outcome.Id} has the leg {decided}, which pays {amount}");
        violations.Require(
            decided is { IsBeside: false, Permitted.Count: 0 } && (decided.Notes.Count > 0) == due.IsOverReserve
            && decided.Notes.All(static n => n.Code == OracleCodes.OverReserve) && IsWait(decided.Qualification, due),
            $"I17: {outcome.Id} has the leg {decided}, with more than it should");
    }

    // Only proof is waited for, by kind, up to the instant at which it is too late.
    private static bool IsWait(Qualification decided, OracleLeg due)
    {
        if (decided is not Qualification.Pending pending)
        {
            return true;
        }

        ValueList<EvidenceKind> missing =
            due is { Why: null, Clause.Proof: { } proof } ? [new EvidenceKind(proof.Kind)] : [];
        return pending.Missing == missing && pending.Until == due.Until;
    }

    private static Standing StandingOf(Qualification decided) => decided.Match(
        qualified: static _ => Standing.Qualified,
        pending: static _ => Standing.Pending,
        rejected: static _ => Standing.Rejected,
        disputed: static _ => Standing.Disputed);

    private static string? CodeOf(Qualification decided) => decided.Match(
        qualified: static _ => [],
        pending: static p => p.Reasons,
        rejected: static r => r.Reasons,
        disputed: static d => d.Reasons).Select(static r => r.Code).FirstOrDefault();
}
