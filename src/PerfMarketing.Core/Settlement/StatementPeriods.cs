using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Identity;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>The periods in which a contract is settled with one partner.</summary>
/// <remarks>
/// Each is cut by the terms that are in force when it begins: those that were noted for what is closed, and what is
/// known now from there on. Once the contract is over no threshold holds anything back.
/// </remarks>
internal sealed class StatementPeriods
{
    private readonly Contract[] versions;
    private readonly ContractLifecycle? lifecycle;
    private readonly ContractCalendar calendar;
    private readonly Instant over;
    private readonly List<Stretch> stretches = [];
    private readonly Instant closed = Instant.MinValue;

    // How many stretches were noted when they were closed.
    private readonly int closedCount;

    /// <param name="campaign">The campaign.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="closings">What closed statements of the contract, in its order; none where nobody noted it.</param>
    /// <param name="through">Up to when statements stand that are given; nothing is cut before.</param>
    public StatementPeriods(
        Campaign campaign,
        ContractId contract,
        PartnerId partner,
        IEnumerable<StatementsClosed>? closings = null,
        Instant? through = null)
    {
        lifecycle = campaign.LifecycleOf(contract, partner);
        versions = [.. campaign.Contracts.Where(c => c.Id == contract).OrderByDescending(static c => c.Version)];
        calendar = versions.Length > 0 ? versions[^1].Calendar : campaign.Calendar;
        over = Instant.Min(
            versions.Select(static v => v.End).DefaultIfEmpty(Instant.MaxValue).Max(),
            lifecycle?.EndsAt ?? Instant.MaxValue);
        foreach (StatementsClosed closing in closings ?? [])
        {
            closed = Keep(closing, partner);
        }

        closedCount = stretches.Count;
        Instant begin = Instant.Max(closed, through ?? Instant.MinValue);
        stretches.Add(TermsAt(begin));
        foreach (Instant change in versions.Select(StartOf).OfType<Instant>().Append(over).Order())
        {
            if (change > begin && ContractCalendar.Covers(change))
            {
                Change(change);
            }
        }
    }

    /// <summary>Up to when the statements of all partners of a contract are closed at an instant.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="versions">The versions of the contract.</param>
    /// <param name="asOf">The instant.</param>
    public static Instant ClosedBy(Campaign campaign, IEnumerable<Contract> versions, Instant asOf) => versions
        .SelectMany(static c => c.Partners.Select(p => (c.Id, Partner: p))).Distinct()
        .Select(c => new StatementPeriods(campaign, c.Id, c.Partner).Containing(asOf).Start)
        .DefaultIfEmpty(Instant.MinValue).Min();

    /// <summary>The period that an instant lies in.</summary>
    public StatementPeriod Containing(Instant at)
    {
        if (!ContractCalendar.Covers(at))
        {
            return new(CalendarPeriod.Lifetime, Instant.MaxValue, Instant.MaxValue, stretches[^1]);
        }

        int i = stretches.Count - 1;
        while (i > 0 && stretches[i].From > at)
        {
            i--;
        }

        StatementPeriod found = PeriodOf(stretches[i], at);
        return i + 1 < stretches.Count ? found with { End = Instant.Min(found.End, stretches[i + 1].From) } : found;
    }

    /// <summary>The period that follows one with this end; what is left of it when it has begun already.</summary>
    public StatementPeriod From(Instant end) => Containing(end) with { Start = end };

    /// <summary>Whether a balance that stands is settled by the terms of some period.</summary>
    /// <param name="settles">Whether terms settle it.</param>
    /// <param name="from">The beginning of the first period.</param>
    /// <param name="asOf">The last instant at which a period may begin.</param>
    public bool AnySettles(Predicate<SettlementTerms> settles, Instant from, Instant asOf)
    {
        for (int i = stretches.Count - 1; i >= 0 && (i + 1 == stretches.Count || stretches[i + 1].From > from); i--)
        {
            if (stretches[i].From <= asOf && settles(stretches[i].Terms))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>By what the statements were cut that are over at an instant and were not closed before.</summary>
    /// <param name="asOf">The instant.</param>
    public ClosedPeriods CloseAt(Instant asOf)
    {
        Instant through = Instant.Max(closed, Containing(asOf).Start);
        return new()
        {
            Through = through,
            Cuts =
            [
                .. stretches.Skip(closedCount).Where(s => through > closed && s.From < through)
                    .Select((s, i) => new PeriodCut(i == 0 ? null : s.From, s.Version, s.Terms)),
            ],
        };
    }

    /// <summary>The versions that count in what is over at an instant.</summary>
    /// <param name="through">The instant.</param>
    public IEnumerable<Contract> VersionsBefore(Instant through) =>
        versions.Where(v => StartOf(v) < through || stretches.Exists(s => s.Version == v.Version && s.From < through));

    // Of the closed statements of a contract those of the partner; the instant up to which they go.
    private Instant Keep(StatementsClosed closing, PartnerId partner)
    {
        if (closing.PeriodsOf(partner) is not { } own || own.Through <= closed)
        {
            return closed;
        }

        ContractCalendar then = ContractCalendar.In(closing.Zone);
        stretches.AddRange(own.Cuts.Select(c => new Stretch(c.From ?? closed, c.Version, c.Terms, then)));
        return own.Through;
    }

    // Other terms apply from the next period on that begins under them.
    private void Change(Instant at)
    {
        Stretch last = stretches[^1];
        if (at <= last.From)
        {
            return;
        }

        StatementPeriod running = PeriodOf(last, at);
        Stretch next = TermsAt(running.Start == at ? at : running.End);
        if (ContractCalendar.Covers(next.From) && next with { From = last.From } != last)
        {
            stretches.Add(next);
        }
    }

    private Stretch TermsAt(Instant at)
    {
        Contract? version = VersionAt(at);
        SettlementTerms terms = version?.Settlement ?? SettlementTerms.Default;
        return new(at, version?.Version ?? 1, over <= at ? terms with { Threshold = null } : terms, calendar);
    }

    private static StatementPeriod PeriodOf(Stretch stretch, Instant at)
    {
        CalendarPeriod found = stretch.Calendar.Containing(stretch.Terms.Per, at);
        return new(found, Instant.Max(found.Start, stretch.From), found.End, stretch);
    }

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

    /// <summary>Periods that are cut by the same terms.</summary>
    /// <param name="From">The beginning of the first.</param>
    /// <param name="Version">The version that says so.</param>
    /// <param name="Terms">The terms.</param>
    /// <param name="Calendar">The calendar of the contract.</param>
    internal sealed record Stretch(Instant From, int Version, SettlementTerms Terms, ContractCalendar Calendar);
}

/// <summary>One period of a contract's statements.</summary>
/// <param name="Period">The period of the calendar.</param>
/// <param name="Start">Its first instant; later than the calendar's when another period was still running.</param>
/// <param name="End">The first instant after it.</param>
/// <param name="By">What it is cut by.</param>
internal readonly record struct StatementPeriod(
    CalendarPeriod Period, Instant Start, Instant End, StatementPeriods.Stretch By)
{
    public string Key => Period.Key;

    public int Version => By.Version;

    public SettlementTerms Terms => By.Terms;

    /// <summary>The last day.</summary>
    public LocalDate LastDay => By.Calendar.DateOf(End - Duration.Epsilon);

    /// <summary>The beginning of the day a number of days after the last.</summary>
    public Instant After(int days) => By.Calendar.StartOf(LastDay.PlusDays(days + 1));
}
