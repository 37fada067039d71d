using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Identity;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>The periods in which a contract is settled, by the terms that are in force when each begins.</summary>
internal sealed class StatementPeriods
{
    private readonly Contract[] versions;
    private readonly ContractLifecycle? lifecycle;
    private readonly ContractCalendar calendar;

    public StatementPeriods(Campaign campaign, ContractId contract, PartnerId partner)
    {
        lifecycle = campaign.LifecycleOf(contract, partner);
        versions = [.. campaign.Contracts.Where(c => c.Id == contract).OrderByDescending(static c => c.Version)];
        calendar = versions.Length > 0 ? versions[^1].Calendar : campaign.Calendar;
    }

    /// <summary>Up to when the statements of all partners of a contract are closed at an instant.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="versions">The versions of the contract.</param>
    /// <param name="asOf">The instant.</param>
    public static Instant ClosedBy(Campaign campaign, IEnumerable<Contract> versions, Instant asOf) => versions
        .SelectMany(static c => c.Partners.Select(p => (c.Id, Partner: p))).Distinct()
        .Select(c => new StatementPeriods(campaign, c.Id, c.Partner).Containing(asOf).Start)
        .DefaultIfEmpty(Instant.MinValue).Min();

    /// <summary>The end of the newest statement of any partner of a contract that is over at an instant.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="versions">The versions of the contract.</param>
    /// <param name="asOf">The instant.</param>
    public static Instant NewestClosedBy(Campaign campaign, IEnumerable<Contract> versions, Instant asOf) => versions
        .SelectMany(static c => c.Partners.Select(p => (c.Id, Partner: p))).Distinct()
        .Select(c => new StatementPeriods(campaign, c.Id, c.Partner).Containing(asOf).Start)
        .DefaultIfEmpty(Instant.MinValue).Max();

    /// <summary>The period that an instant lies in.</summary>
    public StatementPeriod Containing(Instant at)
    {
        if (!ContractCalendar.Covers(at))
        {
            return new(CalendarPeriod.Lifetime, Instant.MaxValue, null);
        }

        CalendarPeriod found = calendar.Containing(TermsOf(VersionAt(at)).Per, at);
        Contract? version = VersionAt(found.Start);
        if (TermsOf(version).Per is var unit && unit != found.Unit)
        {
            found = calendar.Containing(unit, at);
            version = VersionAt(found.Start);
        }

        return new(found, found.Start, version);
    }

    /// <summary>The period that follows one with this end; what is left of it when it has begun already.</summary>
    public StatementPeriod From(Instant end) => Containing(end) with { Start = end };

    /// <summary>The last day of a period.</summary>
    public LocalDate LastDayOf(in StatementPeriod period) => calendar.DateOf(period.End - Duration.Epsilon);

    /// <summary>The beginning of the day a number of days after a period's last.</summary>
    public Instant After(in StatementPeriod period, int days) =>
        calendar.StartOf(LastDayOf(period).PlusDays(days + 1));

    // The newest that is in force and accepted by then: terms that reach back change no period that had begun. Before
    // all of them the first.
    private Contract? VersionAt(Instant at)
    {
        foreach (Contract version in versions)
        {
            if (StartOf(version) <= at)
            {
                return version;
            }
        }

        return versions.Where(v => lifecycle?.AcceptedAt(v.Version) is not null)
            .MinBy(v => lifecycle?.AcceptedAt(v.Version)) ?? (versions.Length > 0 ? versions[^1] : null);
    }

    private Instant? StartOf(Contract version) =>
        lifecycle is null ? version.Start
        : lifecycle.AcceptedAt(version.Version) is { } accepted
            && lifecycle.InForceFrom(version.Version) is { } start ? Instant.Max(start, accepted)
        : null;

    private static SettlementTerms TermsOf(Contract? version) => version?.Settlement ?? SettlementTerms.Default;
}

/// <summary>One period of a contract's statements.</summary>
/// <param name="Period">The period of the calendar.</param>
/// <param name="Start">Its first instant; later than the calendar's when another period was still running.</param>
/// <param name="Contract">The version whose terms cut it; null when the campaign has none.</param>
internal readonly record struct StatementPeriod(CalendarPeriod Period, Instant Start, Contract? Contract)
{
    public Instant End => Period.End;

    public string Key => Period.Key;

    public int Version => Contract?.Version ?? 1;

    public SettlementTerms Terms => Contract?.Settlement ?? SettlementTerms.Default;
}
