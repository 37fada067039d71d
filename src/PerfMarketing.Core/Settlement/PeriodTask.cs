using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>One clause of one version of a contract, to be computed for a partner's period that closes.</summary>
/// <param name="Contract">The version.</param>
/// <param name="Clause">The clause.</param>
/// <param name="Partner">The partner.</param>
/// <param name="Period">The period.</param>
/// <param name="InForce">The dates of the period on which the terms were in force; null means all.</param>
internal sealed record PeriodTask(
    Contract Contract,
    PeriodClause Clause,
    PartnerId Partner,
    CalendarPeriod Period,
    ValueList<DateRange>? InForce)
{
    /// <summary>Whether the terms were in force on no date: only what is still open is set off.</summary>
    public bool IsOver => InForce is { Count: 0 };
}
