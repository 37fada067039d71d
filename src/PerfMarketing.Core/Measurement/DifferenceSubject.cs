using PerfMarketing.Identity;
using PerfMarketing.Settlement;

namespace PerfMarketing.Measurement;

/// <summary>What an entry is for: an outcome, or a partner's period.</summary>
/// <param name="Outcome">The outcome; unset for a period.</param>
/// <param name="Partner">The partner whose period it is; unset for an outcome.</param>
/// <param name="Period">The period's key; empty for an outcome.</param>
internal readonly record struct DifferenceSubject(OutcomeId Outcome, PartnerId Partner, string Period)
{
    public static DifferenceSubject Of(LedgerEntry entry) => entry is PeriodEarning period
        ? new(default, period.Partner, period.Period)
        : new(entry.OutcomeId, default, string.Empty);
}
