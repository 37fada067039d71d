using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;

namespace PerfMarketing.Simulation.Checks;

/// <summary>
/// I24: what a tally that is evaluated again was paid is its P, rounded once, after every commit, whatever came back or
/// turned out invalid: beside it stand what stays with the partner of what is gone and what was decided by hand. What
/// is invalid as a whole is in it no more.
/// </summary>
internal sealed class ReevaluatedChecks(Campaign campaign, Violations violations)
{
    private readonly Dictionary<EntryId, Line> lines = [];
    private readonly Dictionary<TallyKey, Running> sums = [];
    private readonly HashSet<Line> touched = [];

    public void Take(CampaignRecord[] records)
    {
        foreach (CampaignRecord record in records)
        {
            Take(record);
        }

        foreach (Line line in touched)
        {
            violations.Require(
                !line.IsInvalid || line.Tally.IsOther || line.Counted.Count == 0,
                $"I24: of {line.Id} nothing is valid, and {line.Counted} is in its tally");
        }

        foreach (Running running in touched.Select(static l => l.Tally).Distinct())
        {
            long due = running.Now.Accrued.Round(running.Clause.Rounding.Mode).MinorUnits;
            violations.Require(
                running.IsOther || running.Paid == due,
                $"I24: {running.Clause.Id} of {running.Key} was paid {running.Paid}, and P is {due}: {running.Now}");
        }

        touched.Clear();
    }

    private void Take(CampaignRecord record)
    {
        switch (record)
        {
            case Earning earning when ClauseOf(earning) is
            { IsCumulative: true, Tally.Corrections: TallyCorrections.Reevaluated } clause:
                Begin(earning, clause);
                break;
            case Adjustment adjustment when lines.TryGetValue(adjustment.Corrects, out Line? line):
                line.Move(adjustment);
                line.Tally.IsOther |= adjustment.Reason.Code is LimitReasons.Reached or SettlementReasons.OverBudget;
                Touch(line, adjustment);
                break;
            case Repricing repricing when lines.TryGetValue(repricing.CausedBy, out Line? line):
                line.Tally.Now += repricing.Counted;
                line.Counted += repricing.Counted;
                line.Tally.Paid += repricing.Amount.MinorUnits;
                line.Tally.IsOther |= IsCut(repricing.Lines);
                Touch(line, repricing);
                break;
            case Amendment amendment when lines.TryGetValue(amendment.Corrects, out Line? line):
                line.Tally.IsOther = true;
                break;
            default:
                break;
        }
    }

    private void Begin(Earning earning, Clause clause)
    {
        if (!sums.TryGetValue(earning.TallyKey, out Running? running))
        {
            sums.Add(earning.TallyKey, running = new(earning.TallyKey, clause, Tally.Zero(earning.Amount.Currency)));
        }

        // What another version priced, or another system counted, has a P of its own: left to other tests.
        Line line = new(running, earning);
        running.IsOther |= running.Clause != clause || running.Now != earning.Before || IsCut(earning.Lines);
        running.Now += earning.Counted;
        running.Paid += earning.Amount.MinorUnits;
        lines.Add(earning.Id, line);
        Touch(line, earning);
    }

    private void Touch(Line line, LedgerEntry entry)
    {
        line.Tally.IsOther |= entry.OverBudget is { MinorUnits: not 0 };
        touched.Add(line);
    }

    private static bool IsCut(ValueList<PayoutLine> lines) =>
        lines.Any(static l => l.Code is "over-budget" or "over-limit" or "unpaid");

    private Clause? ClauseOf(Earning earning) =>
        campaign.FindContract(earning.Contract, earning.Version)?.FindClause(earning.Clause);

    /// <summary>What was counted and paid in one period.</summary>
    private sealed class Running(TallyKey key, Clause clause, Tally begin)
    {
        public TallyKey Key => key;

        public Clause Clause => clause;

        public Tally Now { get; set; } = begin;

        public long Paid { get; set; }

        /// <summary>Whether something else than the tally says what is paid: room, or other terms.</summary>
        public bool IsOther { get; set; }
    }

    /// <summary>What stands of an earning.</summary>
    private sealed class Line(Running tally, Earning earning)
    {
        private Money net = earning.Amount;
        private Money? kept;
        private Money? byHand;
        private bool hasInvalid;

        public EntryId Id => earning.Id;

        public Running Tally => tally;

        public Tally Counted { get; set; } = earning.Counted;

        /// <summary>Whether all that is left of it is invalid.</summary>
        public bool IsInvalid => hasInvalid && byHand is null && net.MinorUnits == (kept?.MinorUnits ?? 0);

        public void Move(Adjustment adjustment)
        {
            long before = Beside;
            net += adjustment.Amount;
            (kept, byHand) = (adjustment.Kept, adjustment.ByHand);
            hasInvalid |= adjustment.Invalidated is { Amount.MinorUnits: > 0 };
            tally.Paid += adjustment.Amount.MinorUnits - Beside + before;
        }

        private long Beside => (kept?.MinorUnits ?? 0) + (byHand?.MinorUnits ?? 0);
    }
}
