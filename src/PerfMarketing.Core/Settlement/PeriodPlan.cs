using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>Which clauses of which versions of a contract pay for a period.</summary>
/// <remarks>
/// On each date the version counts that is in force for the partner when the date begins. A clause is computed once, by
/// the newest version that was in force in the period and has it; one that pays by time alone is computed for the dates
/// of each version whose terms differ.
/// </remarks>
internal sealed class PeriodPlan
{
    private readonly Campaign campaign;
    private readonly ValueList<Contract> versions;

    /// <summary>Makes the plan of a contract.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="versions">All versions of the contract, newest first.</param>
    public PeriodPlan(Campaign campaign, ValueList<Contract> versions)
    {
        this.campaign = campaign;
        this.versions = versions;
        Units = [.. versions.SelectMany(static v => v.Periods).Select(static p => p.Per).Distinct().Order()];
        Start = versions.Min(static v => v.Start);
        End = versions.Max(static v => v.End);
    }

    /// <summary>The units of the contract's periods, shortest first.</summary>
    public ValueList<PeriodUnit> Units { get; }

    /// <summary>The first instant at which any version is in force.</summary>
    public Instant Start { get; }

    /// <summary>The first instant after which no version is.</summary>
    public Instant End { get; }

    /// <summary>The contract's calendar.</summary>
    public ContractCalendar Calendar => versions[0].Calendar;

    /// <summary>What is to be computed when the periods that end at an instant close.</summary>
    /// <remarks>By stage, shorter periods first, then in the order of the draft, then of the partners.</remarks>
    /// <param name="end">The first instant after them.</param>
    public IEnumerable<PeriodTask> Due(Instant end)
    {
        List<PeriodTask> tasks = [];
        foreach (PeriodUnit unit in Units)
        {
            CalendarPeriod period = Calendar.Containing(unit, end - Duration.Epsilon);
            if (period.End == end)
            {
                tasks.AddRange(TasksOf(period));
            }
        }

        return tasks.OrderBy(static t => t.Clause.Pays.Stage);
    }

    private IEnumerable<PeriodTask> TasksOf(CalendarPeriod period)
    {
        Dictionary<PartnerId, Stretch[]> known = [];
        IEnumerable<IGrouping<ClauseId, Term>> clauses = versions
            .SelectMany(static v => v.Periods, static (version, clause) => new Term(version, clause))
            .Where(t => t.Clause.Per == period.Unit).GroupBy(static t => t.Clause.Id);
        foreach (IGrouping<ClauseId, Term> terms in clauses)
        {
            Term[] newestFirst = [.. terms];
            foreach (PartnerId partner in newestFirst.SelectMany(static t => t.Clause.Partners).Distinct())
            {
                if (!known.TryGetValue(partner, out Stretch[]? stretches))
                {
                    known.Add(partner, stretches = [.. StretchesOf(period, partner)]);
                }

                Term[] own = [.. newestFirst.Where(t => t.Clause.PaysTo(partner)).Select(t => t.Over(stretches))];
                bool byTime = own[0].Clause.Pays.PaysByTime;
                foreach ((Term term, ValueList<DateRange> days) in byTime ? Each(own) : Once(own))
                {
                    yield return new(term.Version, term.Clause, partner, period, IsWhole(days, period) ? null : days);
                }
            }
        }
    }

    private static IEnumerable<(Term Term, ValueList<DateRange> Days)> Each(Term[] own) =>
        own.Where(static t => t.Days.Count > 0).Reverse().GroupBy(static t => t.Clause.Pays)
            .Select(static same => (same.Last(), DaysOf(same)));

    private static IEnumerable<(Term Term, ValueList<DateRange> Days)> Once(Term[] own) =>
        [(own.FirstOrDefault(static t => t.Days.Count > 0, own[0]), DaysOf(own))];

    private static ValueList<DateRange> DaysOf(IEnumerable<Term> terms) =>
        [.. terms.SelectMany(static t => t.Days).OrderBy(static d => d.From)];

    private bool IsWhole(ValueList<DateRange> days, CalendarPeriod period) =>
        days.Sum(static d => d.Days)
            == Period.DaysBetween(Calendar.DateOf(period.Start), Calendar.DateOf(period.End));

    // Stretches of dates on which one version is in force for a partner.
    private IEnumerable<Stretch> StretchesOf(CalendarPeriod period, PartnerId partner)
    {
        Instant asOf = period.End - Duration.Epsilon;
        LocalDate end = Calendar.DateOf(period.End);
        LocalDate from = Calendar.DateOf(period.Start);
        Contract? current = InForce(from);
        for (LocalDate date = from.PlusDays(1); date <= end; date = date.PlusDays(1))
        {
            Contract? now = date < end ? InForce(date) : null;
            if (date == end || now != current)
            {
                if (current is not null)
                {
                    yield return new(current, new(from, date));
                }

                (from, current) = (date, now);
            }
        }

        Contract? InForce(LocalDate date) =>
            campaign.FindInForce(versions[0].Id, partner, Calendar.StartOf(date), asOf);
    }

    private readonly record struct Stretch(Contract Version, DateRange Days);

    private sealed record Term(Contract Version, PeriodClause Clause)
    {
        public ValueList<DateRange> Days { get; init; } = [];

        public Term Over(Stretch[] stretches) => this with
        {
            Days = [.. stretches.Where(s => s.Version == Version).Select(static s => s.Days)],
        };
    }
}
