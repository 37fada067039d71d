using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Measurement.Reports;

/// <summary>The months in which what was paid for happened, in the zone of each contract.</summary>
internal sealed class EventMonths(Campaign campaign)
{
    private readonly Dictionary<ContractId, ContractCalendar> calendars = campaign.Contracts
        .DistinctBy(static c => c.Id).ToDictionary(static c => c.Id, static c => c.Calendar);

    private readonly Dictionary<ContractId, CalendarPeriod> newest = [];

    /// <summary>The key of the month, such as <c>2026-03</c>.</summary>
    public string Of(LedgerEntry entry)
    {
        if (!newest.TryGetValue(entry.Contract, out CalendarPeriod month) || !month.Contains(entry.OccurredAt))
        {
            month = calendars.TryGetValue(entry.Contract, out ContractCalendar? calendar)
                ? calendar.Containing(PeriodUnit.Month, entry.OccurredAt)
                : throw new ArgumentException($"The campaign has no contract '{entry.Contract}'.", nameof(entry));
            newest[entry.Contract] = month;
        }

        return month.Key;
    }
}
