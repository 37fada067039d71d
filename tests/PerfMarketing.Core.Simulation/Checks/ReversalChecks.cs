using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Simulation.Checks;

/// <summary>
/// I7: what a correction takes back is the part of its days in the schedule of the clause, and as much of it as the
/// contract's limit on reversals has room for.
/// </summary>
internal sealed class ReversalChecks(Campaign campaign, Violations violations)
{
    private readonly Dictionary<(OutcomeId, CorrectionId), Correction> corrections = [];
    private readonly Dictionary<EntryId, Standing> earnings = [];
    private readonly Dictionary<(ContractId, PartnerId, int, LocalDate), Cohort> cohorts = [];

    /// <summary>What one commit holds: ledgers come before the corrections that their entries are about.</summary>
    public void Take(CampaignRecord[] records)
    {
        foreach (CorrectionReceived received in records.OfType<CorrectionReceived>())
        {
            corrections[(received.OutcomeId, received.Correction.Id)] = received.Correction;
        }

        Array.ForEach(records, Take);
    }

    private void Take(CampaignRecord record)
    {
        switch (record)
        {
            case Earning earning:
                Standing standing = new(earning, CohortOf(earning));
                earnings.Add(earning.Id, standing);
                standing.Cohort?.Earnings.Add(standing);
                break;
            case Adjustment adjustment when earnings.TryGetValue(adjustment.Corrects, out Standing? corrected):
                Check(adjustment, corrected);
                corrected.Take(adjustment);
                break;
            default:
                break;
        }
    }

    private void Check(Adjustment adjustment, Standing standing)
    {
        long kept = adjustment.Kept?.MinorUnits ?? 0;
        long asked = kept - standing.Kept - adjustment.Amount.MinorUnits;
        if (asked <= 0 || adjustment.Invalidated is not null || standing.IsAtOnce(adjustment)
            || !corrections.TryGetValue((adjustment.OutcomeId, adjustment.Cause), out Correction? cause))
        {
            return;
        }

        Earning earning = standing.Earning;
        Contract contract = campaign.FindContract(earning.Contract, earning.Version)!;
        Clause clause = contract.FindClause(earning.Clause)!;
        long due = ScheduledOf(contract, clause, (earning, cause, asked));
        long least = due;
        if (due > 0 && contract.ReversalLimit is { } limit && standing.Cohort is { } cohort)
        {
            (least, due) = LimitedOf(limit, cohort, standing, (cause, due));
        }

        long taken = -adjustment.Amount.MinorUnits;
        violations.Require(
            taken >= least && taken <= due,
            $"I7: {adjustment.Cause} takes {taken} of {asked} of {earning.Id}, not {least} to {due}, because of "
                + $"{adjustment.Reason}");
    }

    private static long ScheduledOf(
        Contract contract, Clause clause, (Earning Earning, Correction Cause, long Amount) asked)
    {
        if (clause.Clawback is not { } schedule)
        {
            return asked.Amount;
        }

        DateTimeZone zone = contract.Calendar.Zone;
        Instant from = schedule.Since == ClawbackStart.Payable ? asked.Earning.PayableAt : asked.Earning.OccurredAt;
        int days = Period.DaysBetween(from.InZone(zone).Date, asked.Cause.At.InZone(zone).Date);
        decimal part = asked.Cause.Reason is { } reason && schedule.Exempt.Contains(reason)
            ? 1
            : schedule.Steps.FirstOrDefault(s => days <= s.UpTo - 1).Part.Fraction;
        return RoundOf(asked.Amount * part, clause.Rounding.Mode);
    }

    private static (long Least, long Most) LimitedOf(
        ReversalLimit limit, Cohort cohort, Standing standing, (Correction Cause, long Due) asked)
    {
        if (asked.Cause.Reason is { } reason && limit.Exempt.Contains(reason))
        {
            return (asked.Due, asked.Due);
        }

        if (limit.Within is { } within && asked.Cause.At - standing.Earning.OccurredAt >= within)
        {
            return (0, 0);
        }

        if (cohort.Earnings.Exists(static e => e.IsUnclear))
        {
            return (0, asked.Due);
        }

        if (limit.Of == ReversalBase.Amount)
        {
            long room = LimitOf(limit, cohort.Earnings.Sum(static e => e.Most))
                - cohort.Earnings.Sum(static e => e.Most - e.Net);
            long most = Math.Clamp(room, 0, asked.Due);
            return (most, most);
        }

        HashSet<OutcomeId> back = [.. cohort.Earnings.Where(static e => e.Net < e.Most).Select(static e => e.Outcome)];
        long count = cohort.Earnings.Where(static e => e.Most > 0).Select(static e => e.Outcome).Distinct().LongCount();
        return back.Contains(standing.Outcome) || back.Count < LimitOf(limit, count)
            ? (asked.Due, asked.Due)
            : (0, 0);
    }

    private static long LimitOf(ReversalLimit limit, long delivered) => (long)(limit.Rounding switch
    {
        ReversalRounding.Up => decimal.Ceiling(delivered * limit.Max.Fraction),
        ReversalRounding.Down => decimal.Floor(delivered * limit.Max.Fraction),
        _ => decimal.Round(delivered * limit.Max.Fraction, MidpointRounding.AwayFromZero),
    });

    private static long RoundOf(decimal amount, RoundingMode mode) => (long)decimal.Round(amount, mode switch
    {
        RoundingMode.HalfEven => MidpointRounding.ToEven,
        RoundingMode.Down => MidpointRounding.ToZero,
        _ => MidpointRounding.AwayFromZero,
    });

    private Cohort? CohortOf(Earning earning)
    {
        Contract contract = campaign.FindContract(earning.Contract, earning.Version)!;
        if (contract.ReversalLimit is not { } limit)
        {
            return null;
        }

        Instant at = limit.Cohort == ReversalCohort.Decided ? earning.DecidedAt : earning.OccurredAt;
        LocalDate day = at.InZone(contract.Calendar.Zone).Date;
        LocalDate first = limit.Per switch
        {
            PeriodUnit.Week => day.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday)),
            PeriodUnit.Month => day.With(DateAdjusters.StartOfMonth),
            _ => default,
        };

        // Versions count together what they limit alike.
        var key = (earning.Contract, earning.Partner, ((int)limit.Cohort * 100) + (int)limit.Per, first);
        if (!cohorts.TryGetValue(key, out Cohort? cohort))
        {
            cohorts.Add(key, cohort = new());
        }

        return cohort;
    }

    /// <summary>What is limited together.</summary>
    private sealed class Cohort
    {
        public List<Standing> Earnings { get; } = [];
    }

    /// <summary>What stands of an earning.</summary>
    private sealed class Standing(Earning earning, Cohort? cohort)
    {
        public Earning Earning => earning;

        public Cohort? Cohort => cohort;

        public OutcomeId Outcome => earning.OutcomeId;

        public long Net { get; private set; } = earning.Amount.MinorUnits;

        /// <summary>The most that it was ever worth.</summary>
        public long Most { get; private set; } = earning.Amount.MinorUnits;

        public long Kept { get; private set; }

        /// <summary>Whether something was taken, or given back, that a limit does not count.</summary>
        public bool IsUnclear { get; private set; }

        // What is decided by hand in the instant of the earning is what it is worth.
        public bool IsAtOnce(Adjustment adjustment) => adjustment.IsExempt && adjustment.DecidedAt == earning.DecidedAt;

        public void Take(Adjustment adjustment)
        {
            Net += adjustment.Amount.MinorUnits;
            Most = Math.Max(Most, Net);
            Kept = adjustment.Kept?.MinorUnits ?? 0;
            IsUnclear |= adjustment.IsExempt;
        }
    }
}
