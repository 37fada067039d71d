using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Simulation.Oracle;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Tallies;

namespace PerfMarketing.Simulation.Checks;

/// <summary>Whether entries and statements say what the oracle says, in each of their parts.</summary>
internal sealed class EntryChecks
{
    private readonly Campaign campaign;
    private readonly Violations violations;
    private readonly Dictionary<(ContractId Contract, int Version), Digest> terms = [];
    private readonly Dictionary<ContractId, Instant> amended = [];
    private readonly Dictionary<EntryId, OracleEarning> earnings = [];

    public EntryChecks(WorldPlan world, Campaign campaign, Violations violations)
    {
        this.campaign = campaign;
        this.violations = violations;
        foreach (Contract contract in campaign.Contracts)
        {
            terms.Add((contract.Id, contract.Version), contract.Digest);
        }

        // The first version is of all that came before the second.
        foreach (ContractPlan second in world.Contracts.Where(static c => c.Version > 1))
        {
            amended.Add(
                new(second.Id),
                DateTimeZoneProviders.Tzdb[second.Zone].AtStartOfDay(second.From).ToInstant());
        }
    }

    /// <summary>Entry by entry what the oracle posted.</summary>
    public void Compare(List<OracleEntry> expected, LedgerEntry[] actual, string key)
    {
        bool same = expected.Count == actual.Length;
        for (int i = 0; same && i < actual.Length; i++)
        {
            if (TwinOf(actual[i], expected) is { } twin)
            {
                twin.Id = actual[i].Id;
            }
            else
            {
                same = false;
            }
        }

        if (!same)
        {
            violations.Add(
                $"I17: {key} posted\n    {string.Join<LedgerEntry>("\n    ", actual)}\n  and not\n    "
                + string.Join("\n    ", expected));
            return;
        }

        foreach (OracleEntry due in expected)
        {
            Compare(due, Array.Find(actual, e => e.Id == due.Id)!);
        }
    }

    /// <summary>
    /// What is earned names the version in force when it occurred, and the digest of its terms, in every world.
    /// </summary>
    public void CheckTerms(LedgerEntry entry, Digest named, (CampaignId Id, int Version) of)
    {
        int version = amended.TryGetValue(entry.Contract, out Instant since) && since <= entry.OccurredAt ? 2 : 1;
        violations.Require(
            entry.Version == version || entry is not Earning,
            $"I17: {entry.Id} of {entry.OccurredAt} is of version {entry.Version}, not {version}");
        violations.Require(
            terms.TryGetValue((entry.Contract, entry.Version), out Digest digest) && digest == named,
            $"I17: {entry.Id} names the terms {named}, which are not version {entry.Version}");
        violations.Require(
            of == (campaign.Id, campaign.Version), $"I17: {entry.Id} is of {of.Id} v{of.Version}");
    }

    /// <summary>Line by line what the oracle shows, each in its two periods.</summary>
    public void Compare(Statement statement, OracleStatement due)
    {
        string period = OracleStatements.NameOf(due.Month);
        violations.Require(
            statement.Period == period
            && statement is { Claimed: null, Withheld: null, Released: null, Reserve: null, Traffic: null },
            $"I3: {statement.Id} of {statement.Period}, {statement.From}, withholds or claims something");
        Dictionary<EntryId, OracleEntry> left = due.Lines.ToDictionary(static e => e.Id);
        foreach (StatementLine line in statement.LinesIn(campaign.FindContract(statement.Contract, 1)!))
        {
            if (!left.Remove(line.Entry.Id, out OracleEntry? entry))
            {
                violations.Add($"I3: {statement.Id} shows {line.Entry.Id}, or shows it twice");
                continue;
            }

            violations.Require(
                line.DecisionPeriod == period && line.EventPeriod == entry.Earning.Period
                && line.Entry.Amount.MinorUnits == entry.Minor,
                $"I3: {statement.Id} shows {line}, and not {entry} of {entry.Earning.Period}");
        }

        violations.Require(left.Count == 0, $"I3: {statement.Id} does not show {string.Join(", ", left.Values)}");
    }

    // What tells entries of one commit apart, whatever else they say.
    private static OracleEntry? TwinOf(LedgerEntry entry, List<OracleEntry> expected)
    {
        (EntryKind kind, string? cause, int number) = entry switch
        {
            Earning => (EntryKind.Earning, null, 0),
            Repricing => (EntryKind.Repricing, null, 0),
            Adjustment adjustment => (EntryKind.Adjustment, adjustment.Cause.Value, 0),
            DisputeHold hold => (EntryKind.Hold, null, hold.Number),
            _ => ((EntryKind)(-1), (string?)null, 0),
        };
        foreach (OracleEntry due in expected)
        {
            if (due.Kind == kind && due.Id.IsUnset && due.Number == number && due.Cause == cause
                && due.Contract == entry.Contract.Value && due.Partner == entry.Partner.Value
                && due.Earning.Leg.Clause.Id == entry.Clause.Value && due.Earning.Outcome == entry.OutcomeId.Value)
            {
                return due;
            }
        }

        return null;
    }

    private void Compare(OracleEntry due, LedgerEntry entry)
    {
        ContractPlan contract = due.Earning.Leg.Contract;
        violations.Require(
            entry.Amount.MinorUnits == due.Minor && entry.Amount.Currency.Code == contract.Currency,
            $"I17: {entry} is {entry.Amount}, not {due}");
        violations.Require(
            entry.Version == contract.Version, $"I17: {entry} is of version {entry.Version}, not {contract.Version}");
        violations.Require(
            entry.DecidedAt == due.DecidedAt && entry.OccurredAt == due.Earning.OccurredAt
            && entry.PayableAt == due.PayableAt,
            $"I17: {entry} is of {entry.OccurredAt}, {entry.DecidedAt} and {entry.PayableAt}, not {due}");
        long over = entry.OverBudget?.MinorUnits ?? 0;
        violations.Require(over == due.OverBudget, $"I17: {entry} is {over} above budgets, not {due.OverBudget}");
        string? why = (entry as Adjustment)?.Reason.Code ?? (entry as DisputeHold)?.Reason.Code;
        violations.Require(why == due.Why, $"I17: {entry} is told because of {why}, not {due.Why}");
        switch (entry)
        {
            case Earning earning:
                earnings.Add(earning.Id, due.Earning);
                Compare(due, earning);
                break;
            case Repricing repricing:
                Compare(due, repricing, repricing.CausedBy);
                violations.Require(
                    repricing.Correction is null && repricing.TallyPeriod == due.Earning.Period
                    && repricing.Counted == Tally.Zero(repricing.Amount.Currency),
                    $"I17: {repricing.Id} counts {repricing.Counted} in {repricing.TallyPeriod}");
                CompareLines(due, repricing, repricing.Lines);
                break;
            case Adjustment adjustment:
                Compare(due, adjustment, adjustment.Corrects);
                Compare(due, adjustment);
                break;
            case DisputeHold hold:
                Compare(due, hold, hold.Corrects);
                break;
            default:
                break;
        }
    }

    // The earning that an entry names.
    private void Compare(OracleEntry due, LedgerEntry entry, EntryId earning) => violations.Require(
        earnings.GetValueOrDefault(earning) == due.Earning,
        $"I17: {entry.Id} is about {earning}, and not about the earning of {due}");

    private void Compare(OracleEntry due, Adjustment adjustment)
    {
        long byHand = adjustment.ByHand?.MinorUnits ?? 0;
        violations.Require(
            byHand == due.ByHand, $"I17: of {due.Earning.Outcome}, {byHand} is there by hand, not {due.ByHand}");
        violations.Require(
            adjustment is { Kept: null, Invalidated: null, Invalid: null, Ruling: null }
            && adjustment.LeavesPlace == due.LeavesPlace && adjustment.IsExempt == due.IsAtOnce,
            $"I17: {adjustment} leaves something, or takes what is invalid");
    }

    private void Compare(OracleEntry due, Earning earning)
    {
        OracleEarning own = due.Earning;
        violations.Require(
            earning.Credit.Partner == earning.Partner && earning.Credit.Total > 0
            && (Int128)earning.Credit.Weight * own.Total == (Int128)own.Weight * earning.Credit.Total,
            $"I17: {earning.Id} has the credit {earning.Credit}, not {own.Weight} of {own.Total}");
        violations.Require(
            IsSame(earning.Value, own.Value, earning) && earning.Quantity == own.Quantity,
            $"I17: {earning.Id} prices {earning.Value} and {earning.Quantity}, not {own.Value}, {own.Quantity}");
        violations.Require(
            earning.TallyPeriod == own.Period
            && earning.TallyScope == (own.Leg.Clause.Together ? TallyScope.Contract : TallyScope.Partner),
            $"I17: {earning.Id} counts in {earning.TallyPeriod} for {earning.TallyScope}, not in {own.Period}");
        violations.Require(
            IsSame(earning.Before, own.Before, earning),
            $"I17: before {earning.Id} there was {earning.Before}, not {own.Before}");
        violations.Require(
            IsSame(earning.Counted, own.Counted, earning),
            $"I17: {earning.Id} counts {earning.Counted}, not {own.Counted}");
        violations.Require(
            IsSame(earning.Evidence, own.Evidence),
            $"I17: {earning.Id} is proven by {string.Join(", ", earning.Evidence)}, not by {own.Evidence}");
        violations.Require(
            IsSame(earning.Corrections, own.PricedIn),
            $"I17: {earning.Id} knows {string.Join(' ', earning.Corrections)}, not {string.Join(' ', own.PricedIn)}");
        violations.Require(
            earning is { Customer: null, CustomerSince: null, TouchedAt: null, Model: null }
            && earning.Rates.Count + earning.Instalments.Count == 0,
            $"I17: {earning.Id} has more than it should: {earning}");
        CompareLines(due, earning, earning.Lines);
    }

    private void CompareLines(OracleEntry due, LedgerEntry entry, ValueList<PayoutLine> lines)
    {
        bool same = lines.Count == due.Lines.Length;
        for (int i = 0; same && i < due.Lines.Length; i++)
        {
            same = IsSame(lines[i], due.Lines[i], entry);
        }

        if (!same)
        {
            violations.Add(
                $"I17: {entry.Id} has the lines\n    {string.Join("\n    ", lines.Select(TextOf))}\n  and not\n    "
                + string.Join<OracleLine>("\n    ", due.Lines));
        }
    }

    private static string TextOf(PayoutLine line) =>
        $"{line} ({line.Quantity} of {line.Base} at {line.Rate}{(line.IsRepricing ? ", again" : "")})";

    private static bool IsSame(in PayoutLine line, OracleLine due, LedgerEntry entry) =>
        line.Code == due.Code
        && IsSame(line.Amount, due.Amount, entry)
        && line.Rate?.Fraction == due.Rate
        && line.IsRepricing == due.IsRepricing
        && line is { Size: null, OrderLine: null }
        && (line.Quantity is { } quantity ? due.Units?.Is(quantity) == true : due.Units is null)
        && (line.Base is { } whole ? due.Base is { } part && IsSame(whole, part, entry) : due.Base is null);

    private static bool IsSame(in Tally tally, in Counter due, LedgerEntry entry) =>
        due.Count.Is(tally.Count) && due.Quantity.Is(tally.Quantity) && IsSame(tally.Value, due.Value, entry)
        && IsSame(tally.Accrued, due.Accrued, entry) && tally.Facts.Count == 0;

    private static bool IsSame(in Accrual amount, Rational due, LedgerEntry entry) =>
        due.Is(amount.Amount) && amount.Currency == entry.Amount.Currency;

    private static bool IsSame(ValueList<EvidenceId> evidence, string? due) =>
        due is null ? evidence.Count == 0 : evidence.Count == 1 && evidence[0].Value == due;

    private static bool IsSame(ValueList<CorrectionId> corrections, List<string> due)
    {
        bool same = corrections.Count == due.Count;
        for (int i = 0; same && i < due.Count; i++)
        {
            same = corrections[i].Value == due[i];
        }

        return same;
    }
}
