using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Simulation.Oracle;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Checks;

/// <summary>What must hold of ledgers and budgets after every commit; each looks at the new records alone.</summary>
internal sealed class LedgerChecks(WorldPlan world, Campaign campaign, Violations violations)
{
    private readonly EntryChecks told = new(world, campaign, violations);
    private readonly TallyChecks tallies = new(world, violations);
    private readonly CreditChecks credits = new(campaign, violations);
    private readonly Dictionary<EntryId, Earning> earnings = [];
    private readonly Dictionary<EntryId, long> held = [];
    private readonly List<EntryId> moved = [];
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
                    break;
                case Adjustment adjustment:
                    Take(adjustment);
                    break;
                case DisputeHold hold:
                    Take(hold);
                    break;
                case PeriodEarning period:
                    Unique(period);
                    SumsUp(period, period.Lines);
                    told.CheckTerms(period, period.Terms, (period.Campaign, period.CampaignVersion));
                    break;
                case Repricing repricing:
                    Unique(repricing);
                    About(repricing, repricing.CausedBy);
                    SumsUp(repricing, repricing.Lines);
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

        CheckHolds();
        tallies.End(records);
        foreach (OutboxMessage message in batch.Outbox)
        {
            violations.Require(outbox.Add(message.Id), $"I8: {message.Topic} {message.Entry} is told twice");
        }

        violations.Require(
            batch.Outbox.Count == records.OfType<LedgerEntry>().Count(), $"I8: {batch.Key} does not tell every entry");
    }

    /// <summary>Whether the tally that a booking opens has counted anything.</summary>
    public bool HasBegun(ManualEarning opening) => tallies.HasBegun(opening);

    /// <summary>Statement by statement what the oracle makes of the month.</summary>
    public void Compare(ValueList<Statement> actual, List<OracleStatement> expected)
    {
        foreach (Statement statement in actual)
        {
            OracleStatement? found = expected.Find(s =>
                s.Contract == statement.Contract.Value && s.Partner == statement.Partner.Value);
            if (found is null)
            {
                violations.Add($"I3: nobody expects the statement {statement.Id}");
                continue;
            }

            OracleStatement plain = new(
                statement.Contract.Value,
                statement.Partner.Value,
                found.Month,
                statement.Opening.MinorUnits,
                statement.Gross.MinorUnits,
                statement.Adjustments.MinorUnits,
                statement.Payable.MinorUnits,
                statement.Closing.MinorUnits)
            {
                Lines = found.Lines,
                Version = statement.Version,
                Held = statement.Held?.MinorUnits ?? 0,
                From = statement.From,
                To = statement.To,
            };
            violations.Require(plain == found, $"I3: the statement is {plain}, not {found}");
            told.Compare(statement, found);
            violations.Require(
                statement.IsClosed && statement.Payable.MinorUnits >= 0, $"I3: {statement.Id} is open or pays back");
        }

        violations.Require(actual.Count == expected.Count, $"I3: {actual.Count} statements, not {expected.Count}");
    }

    /// <summary>Entry by entry what the oracle posted.</summary>
    public void Compare(List<OracleEntry> expected, LedgerEntry[] actual, string key) =>
        told.Compare(expected, actual, key);

    private void Take(Earning earning)
    {
        Unique(earning);
        SumsUp(earning, earning.Lines);
        told.CheckTerms(earning, earning.Terms, (earning.Campaign, earning.CampaignVersion));
        violations.Require(earning.Amount.MinorUnits >= 0, $"I9: {earning.Id} is negative");
        foreach (PayoutLine line in earning.Lines)
        {
            violations.Require(
                line.Amount.Amount >= 0 || line.Code is not ("fixed" or "revenue-share") && !IsTier(line),
                $"I9: {earning.Id} has the line {line}");
            violations.Require(
                line.Amount.Amount <= 0 || line.Code is not ("cap" or "credit-share" or "over-budget" or "over-limit"),
                $"I9: {earning.Id} is more by the line {line}");
        }

        earnings.TryAdd(earning.Id, earning);
        nets.TryAdd(earning.Id, earning.Amount.MinorUnits);
        tallies.Take(earning);
        credits.Take(earning);
    }

    private static bool IsTier(in PayoutLine line) => line.Code.StartsWith("tier-", StringComparison.Ordinal);

    private void SumsUp(LedgerEntry entry, ValueList<PayoutLine> lines)
    {
        decimal sum = 0;
        bool isOne = true;
        foreach (PayoutLine line in lines)
        {
            sum += line.Amount.Amount;
            isOne &= line.Amount.Currency == entry.Amount.Currency;
        }

        violations.Require(isOne && sum == entry.Amount.Amount, $"I1: lines of {entry.Id} sum to {sum}");
    }

    private void Take(Adjustment adjustment)
    {
        Unique(adjustment);
        About(adjustment, adjustment.Corrects);
        violations.Require(
            adjusted.Add((adjustment.Corrects, adjustment.Cause)), $"I7: {adjustment.Cause} adjusts twice");
        long net = nets.GetValueOrDefault(adjustment.Corrects) + adjustment.Amount.MinorUnits;
        nets[adjustment.Corrects] = net;
        violations.Require(net >= 0, $"I7: {adjustment.Corrects} is corrected beyond zero");
        moved.Add(adjustment.Corrects);
    }

    private void Take(DisputeHold hold)
    {
        Unique(hold);
        About(hold, hold.Corrects);
        long now = held[hold.Corrects] = held.GetValueOrDefault(hold.Corrects) + hold.Amount.MinorUnits;
        violations.Require(now <= 0, $"I7: more of {hold.Corrects} is let go than is held: {now}");
        moved.Add(hold.Corrects);
    }

    // One commit may let go in one stream what it takes in another.
    private void CheckHolds()
    {
        foreach (EntryId earning in moved)
        {
            violations.Require(
                nets.GetValueOrDefault(earning) + held.GetValueOrDefault(earning) >= 0,
                $"I7: {held.GetValueOrDefault(earning)} is held of {earning}, of which {nets[earning]} is left");
        }

        moved.Clear();
    }

    // What comes after an earning is of the same contract, version, clause, partner, outcome and currency.
    private void About(LedgerEntry entry, EntryId about)
    {
        if (!earnings.TryGetValue(about, out Earning? earning))
        {
            violations.Add($"I7: {entry.Id} corrects nothing");
            return;
        }

        violations.Require(
            entry.Contract == earning.Contract && entry.Version == earning.Version && entry.Clause == earning.Clause
            && entry.Partner == earning.Partner && entry.OutcomeId == earning.OutcomeId
            && entry.OccurredAt == earning.OccurredAt && entry.Amount.Currency == earning.Amount.Currency
            && entry.DecidedAt >= earning.DecidedAt && entry.PayableAt >= entry.DecidedAt,
            $"I7: {entry} is not of what it corrects: {earning}");
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
}
