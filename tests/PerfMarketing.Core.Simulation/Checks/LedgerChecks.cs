using PerfMarketing.Budgets;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Simulation.Oracle;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Checks;

/// <summary>What must hold of ledgers and budgets after every commit; each looks at the new records alone.</summary>
internal sealed class LedgerChecks(WorldPlan world, Violations violations)
{
    private readonly HashSet<EntryId> entries = [];
    private readonly HashSet<string> outbox = [];
    private readonly Dictionary<EntryId, long> nets = [];
    private readonly Dictionary<(string Budget, string Period), Dictionary<string, long>> spent = [];
    private readonly Dictionary<(string Budget, string Period), long> totals = [];
    private readonly HashSet<(EntryId Earning, CorrectionId Cause)> adjusted = [];

    public void Take(CommitBatch batch, CampaignRecord[] records, LogItem? item)
    {
        foreach (CampaignRecord record in records)
        {
            violations.Require(
                item is null || (record.OutcomeId.Value == item.Outcome && record.DecidedAt == item.AsOf),
                $"I10: {batch.Key} mixes outcomes or instants");
            switch (record)
            {
                case Earning earning:
                    Take(earning);
                    nets.TryAdd(earning.Id, earning.Amount.MinorUnits);
                    break;
                case Adjustment adjustment:
                    Take(adjustment);
                    break;
                case LedgerEntry entry:
                    Unique(entry);
                    break;
                case BudgetMoved moved:
                    Take(moved.Entry);
                    break;
                default:
                    break;
            }
        }

        foreach (OutboxMessage message in batch.Outbox)
        {
            violations.Require(outbox.Add(message.Id), $"I8: {message.Topic} {message.Entry} is told twice");
        }

        violations.Require(
            batch.Outbox.Count == records.OfType<LedgerEntry>().Count(), $"I8: {batch.Key} does not tell every entry");
    }

    /// <summary>Entry by entry what the oracle posted.</summary>
    public void Compare(List<OracleEntry> expected, LedgerEntry[] actual, string key)
    {
        OracleEntry[] posted = [.. actual.Select(Plain)];
        bool same = posted.Length == expected.Count
            && posted.OrderBy(NameOf, StringComparer.Ordinal)
                .SequenceEqual(expected.OrderBy(NameOf, StringComparer.Ordinal));
        if (!same)
        {
            violations.Add(
                $"I17: {key} posted\n    {Text(posted)}\n  and not\n    {Text(expected)}");
        }
    }

    /// <summary>Statement by statement what the oracle makes of the month.</summary>
    public void Compare(ValueList<Statement> actual, List<OracleStatement> expected)
    {
        foreach (Statement statement in actual)
        {
            OracleStatement? found = expected.Find(s =>
                s.Contract == statement.Contract.Value && s.Partner == statement.Partner.Value);
            OracleStatement plain = new(
                statement.Contract.Value,
                statement.Partner.Value,
                found?.Month ?? default,
                statement.Opening.MinorUnits,
                statement.Gross.MinorUnits,
                statement.Adjustments.MinorUnits,
                statement.Payable.MinorUnits,
                statement.Closing.MinorUnits,
                statement.Lines.Count);
            violations.Require(plain == found, $"I3: the statement is {plain}, not {found}");
            violations.Require(
                statement.IsClosed && statement.Payable.MinorUnits >= 0, $"I3: {statement.Id} is open or pays back");
        }

        violations.Require(actual.Count == expected.Count, $"I3: {actual.Count} statements, not {expected.Count}");
    }

    private void Take(Earning earning)
    {
        Unique(earning);
        decimal lines = 0;
        foreach (Payouts.PayoutLine line in earning.Lines)
        {
            lines += line.Amount.Amount;
        }

        violations.Require(lines == earning.Amount.Amount, $"I1: lines of {earning.Id} sum to {lines}");
        violations.Require(earning.Amount.MinorUnits >= 0, $"I9: {earning.Id} is negative");
    }

    private void Take(Adjustment adjustment)
    {
        Unique(adjustment);
        violations.Require(
            nets.TryGetValue(adjustment.Corrects, out long net), $"I7: {adjustment.Id} corrects nothing");
        violations.Require(
            adjusted.Add((adjustment.Corrects, adjustment.Cause)), $"I7: {adjustment.Cause} adjusts twice");
        nets[adjustment.Corrects] = net + adjustment.Amount.MinorUnits;
        violations.Require(nets[adjustment.Corrects] >= 0, $"I7: {adjustment.Corrects} is corrected beyond zero");
    }

    private void Unique(LedgerEntry entry) =>
        violations.Require(entries.Add(entry.Id), $"I4: {entry.Id} is posted twice");

    private void Take(BudgetEntry entry)
    {
        var key = (entry.Budget.Value, entry.Period);
        if (!spent.TryGetValue(key, out Dictionary<string, long>? slots))
        {
            spent.Add(key, slots = []);
        }

        string name = entry.Reservation.Value;
        long before = slots.GetValueOrDefault(name);
        long moved = entry.Amount.Units;
        slots[name] = entry.Kind switch
        {
            BudgetEntryKind.Reserved or BudgetEntryKind.Committed => moved,
            BudgetEntryKind.Released => 0,
            BudgetEntryKind.Increased => before + moved,
            BudgetEntryKind.Reversed or BudgetEntryKind.Returned => before - moved,
            _ => before,
        };
        (long most, CapBehavior atCap) = TermsOf(key.Item1);
        long held = totals.GetValueOrDefault(key);
        long total = totals[key] = held + slots[name] - before;
        long above = Math.Max(0, total - Math.Max(most, held));
        long excess = entry.Excess?.Units ?? 0;
        violations.Require(
            above <= excess, $"I5: {key} holds {total} of {most} after {entry.Kind}, {excess} flagged");
        violations.Require(
            excess == 0 || (atCap != CapBehavior.StopAndReject && entry.Kind != BudgetEntryKind.Reserved),
            $"I5: {key} was exceeded by {excess}, which nobody promised");
    }

    private (long Most, CapBehavior AtCap) TermsOf(string budget) =>
        Array.Find(world.Budgets, b => b.Id == budget) is { } plan ? (plan.LimitMinor, plan.AtCap)
        : WideTerms.CountOf(world) is { } counted ? (counted.Limit.Units, counted.AtCap)
        : default;

    private static OracleEntry Plain(LedgerEntry entry) => new(
        entry switch
        {
            Earning => EntryKind.Earning,
            Repricing => EntryKind.Repricing,
            _ => EntryKind.Adjustment,
        },
        entry.OutcomeId.Value,
        entry.Contract.Value,
        entry.Version,
        entry.Clause.Value,
        entry.Partner.Value,
        entry.Amount.MinorUnits,
        entry.DecidedAt,
        entry.PayableAt,
        (entry as Adjustment)?.Cause.Value);

    private static string NameOf(OracleEntry entry) =>
        $"{(int)entry.Kind}|{entry.Contract}|{entry.Clause}|{entry.Partner}|{entry.Cause}";

    private static string Text(IEnumerable<OracleEntry> posted) => string.Join(
        "\n    ",
        posted.OrderBy(NameOf, StringComparer.Ordinal).Select(static e =>
            $"{e.Kind} {e.Outcome} {e.Contract} v{e.Version} {e.Clause} {e.Partner} {e.Minor} {e.PayableAt} "
            + $"{e.Cause}"));
}
