using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Payouts.Periods;

/// <summary>What was decided for the partners of one contract, period by period of one unit.</summary>
/// <remarks>
/// It only grows, and the order of adding makes no difference: what is beyond the greatest amount for a while is kept
/// in parts, and only sums that end beyond it fail. Results of outcomes and payouts of periods are kept apart. Not
/// thread-safe.
/// </remarks>
/// <param name="currency">The contract's currency.</param>
public sealed class PeriodHistory(Currency currency)
{
    private readonly Dictionary<PartnerId, List<Page>> partners = [];

    /// <summary>The contract's currency.</summary>
    public Currency Currency => currency;

    /// <summary>Adds what an outcome, or its correction, brought.</summary>
    /// <param name="period">The period in which it was decided.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="clause">The clause of outcomes.</param>
    /// <param name="sums">What it brought.</param>
    public void Add(CalendarPeriod period, PartnerId partner, ClauseId clause, PeriodSums sums) =>
        PageOf(partner, period).Add(clause, sums, ofPeriod: false);

    /// <summary>Adds what was paid for a period.</summary>
    /// <param name="period">The period in which it was decided.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="clause">The clause of periods.</param>
    /// <param name="paid">What was posted.</param>
    public void AddPaid(CalendarPeriod period, PartnerId partner, ClauseId clause, Accrual paid) =>
        PageOf(partner, period).Add(clause, PeriodSums.Zero(currency) with { Earned = paid }, ofPeriod: true);

    /// <summary>What was decided for a partner in a period.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="period">The period.</param>
    /// <param name="clauses">The clauses that count; empty for all clauses of outcomes.</param>
    /// <exception cref="OverflowException">The sum is beyond <see cref="Accrual.AmountMax"/>.</exception>
    public PeriodSums In(PartnerId partner, CalendarPeriod period, ValueList<ClauseId> clauses)
    {
        ArgumentNullException.ThrowIfNull(clauses);
        return Find(partner, period)?.Sum(clauses, currency) ?? PeriodSums.Zero(currency);
    }

    /// <summary>All that a partner earned in a period: by outcomes, and for periods as far as computed.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="period">The period.</param>
    /// <exception cref="OverflowException">The sum is beyond <see cref="Accrual.AmountMax"/>.</exception>
    public Accrual EarnedIn(PartnerId partner, CalendarPeriod period) =>
        Find(partner, period)?.Earned(currency) ?? Accrual.Zero(currency);

    /// <summary>What was decided for a partner period by period, before a period, oldest first.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="period">The period.</param>
    /// <param name="clauses">The clauses that count; empty for all clauses of outcomes.</param>
    /// <exception cref="OverflowException">A sum is beyond <see cref="Accrual.AmountMax"/>.</exception>
    public IEnumerable<PeriodSums> Before(PartnerId partner, CalendarPeriod period, ValueList<ClauseId> clauses)
    {
        ArgumentNullException.ThrowIfNull(clauses);
        return partners.GetValueOrDefault(partner, []).TakeWhile(p => p.Start < period.Start)
            .Select(p => p.Sum(clauses, currency));
    }

    private Page? Find(PartnerId partner, CalendarPeriod period) =>
        partners.TryGetValue(partner, out List<Page>? pages) && IndexOf(pages, period.Start) is >= 0 and var index
            ? pages[index]
            : null;

    private Page PageOf(PartnerId partner, CalendarPeriod period)
    {
        if (!partners.TryGetValue(partner, out List<Page>? pages))
        {
            partners.Add(partner, pages = []);
        }

        int index = IndexOf(pages, period.Start);
        if (index < 0)
        {
            index = ~index;
            pages.Insert(index, new(period.Start));
        }

        return pages[index];
    }

    // What is decided is mostly decided in the newest period.
    private static int IndexOf(List<Page> pages, Instant start)
    {
        int last = pages.Count - 1;
        return last >= 0 && pages[last].Start == start ? last
            : last < 0 || pages[last].Start < start ? ~pages.Count
            : pages.BinarySearch(new(start), Page.ByStart);
    }

    /// <summary>One partner's period.</summary>
    private sealed class Page(Instant start)
    {
        public static readonly Comparer<Page> ByStart =
            Comparer<Page>.Create(static (x, y) => x.Start.CompareTo(y.Start));

        private readonly Dictionary<ClauseId, PeriodSums> outcomes = [];
        private readonly Dictionary<ClauseId, PeriodSums> periods = [];

        // What did not fit into the sums when it came; later parts may make room for it.
        private readonly List<(ClauseId Clause, bool OfPeriod, PeriodSums Sums)> beyond = [];

        public Instant Start => start;

        public void Add(ClauseId clause, PeriodSums sums, bool ofPeriod)
        {
            Dictionary<ClauseId, PeriodSums> book = ofPeriod ? periods : outcomes;
            if (!book.TryGetValue(clause, out PeriodSums found))
            {
                book.Add(clause, sums);
            }
            else if (TryAdd(found, sums) is { } more)
            {
                book[clause] = more;
            }
            else
            {
                beyond.Add((clause, ofPeriod, sums));
            }
        }

        public PeriodSums Sum(ValueList<ClauseId> clauses, Currency currency) => Total(
            Parts(ofPeriods: clauses.Count > 0).Where(p => clauses.Count == 0 || clauses.Contains(p.Clause))
                .Select(static p => p.Sums),
            currency);

        public Accrual Earned(Currency currency) => Total(
            Parts(ofPeriods: true).Select(p => PeriodSums.Zero(currency) with { Earned = p.Sums.Earned }), currency)
            .Earned;

        private IEnumerable<(ClauseId Clause, PeriodSums Sums)> Parts(bool ofPeriods) => outcomes
            .Concat(ofPeriods ? periods : [])
            .Select(static p => (p.Key, p.Value))
            .Concat(beyond.Where(p => ofPeriods || !p.OfPeriod).Select(static p => (p.Clause, p.Sums)));

        // What does not fit yet waits for what makes room: the order of the parts makes no difference.
        private static PeriodSums Total(IEnumerable<PeriodSums> parts, Currency currency)
        {
            PeriodSums sum = PeriodSums.Zero(currency);
            Queue<PeriodSums> left = new(parts);
            int inVain = 0;
            while (left.TryDequeue(out PeriodSums part))
            {
                if (TryAdd(sum, part) is { } more)
                {
                    (sum, inVain) = (more, 0);
                }
                else if (++inVain > left.Count)
                {
                    throw new OverflowException("What was decided in a period sums to more than an amount can be.");
                }
                else
                {
                    left.Enqueue(part);
                }
            }

            return sum;
        }

        private static PeriodSums? TryAdd(in PeriodSums left, in PeriodSums right)
        {
            try
            {
                return left + right;
            }
            catch (ArithmeticException)
            {
                return null;
            }
        }
    }
}
