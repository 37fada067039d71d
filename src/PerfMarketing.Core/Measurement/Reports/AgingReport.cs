using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Measurement.Reports;

/// <summary>What is owed and not paid, by payee and by how long it has been due.</summary>
/// <param name="Lines">One line for each payee and currency, by payee and currency code.</param>
public sealed record AgingReport(ValueList<AgingLine> Lines) : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The usual bounds: up to 30 days, 31 to 60, 61 to 90, and older.</summary>
    public static ValueList<int> UsualBounds { get; } = [30, 60, 90];

    /// <summary>All that is owed, one amount for each currency.</summary>
    /// <exception cref="OverflowException">The sum is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public ValueList<Money> Total => MoneySums.Of(Lines.Select(static l => l.Total));

    /// <summary>The report over statements that were not paid.</summary>
    /// <remarks>
    /// The payable amount of a statement is due on the day that its terms say, else when its period ends. Its age is
    /// the number of dates between then and
    /// now in the calendar: due yesterday is 1, due earlier today is 0, whatever the hour.
    /// </remarks>
    /// <param name="unpaid">The statements; those that nothing is to be paid for do not count.</param>
    /// <param name="calendar">Counts the dates.</param>
    /// <param name="asOf">The present of the report; what falls due after it is not due.</param>
    /// <param name="bounds">
    /// The last day of each bucket but the oldest, rising, none below zero; see <see cref="UsualBounds"/>.
    /// </param>
    /// <exception cref="ArgumentException">The bounds do not rise, or a statement stands twice.</exception>
    /// <exception cref="OverflowException">A sum is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public static AgingReport Of(
        IEnumerable<Statement> unpaid, ContractCalendar calendar, Instant asOf, ValueList<int> bounds)
    {
        ArgumentNullException.ThrowIfNull(unpaid);
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(bounds);
        if (bounds.Where((bound, i) => bound < 0 || (i > 0 && bound <= bounds[i - 1])).Any())
        {
            throw new ArgumentException("Bounds rise and are not below zero.", nameof(bounds));
        }

        Statement[] open = [.. unpaid.Where(static s => s.Payable.MinorUnits != 0)];
        if (open.DistinctBy(static s => s.Id).Count() < open.Length)
        {
            throw new ArgumentException("Each statement stands once.", nameof(unpaid));
        }

        LocalDate today = calendar.DateOf(asOf);
        List<AgingLine> lines = [];
        foreach (var owed in open.GroupBy(static s => (s.Partner, s.Payable.Currency))
            .OrderBy(static g => g.Key.Partner).ThenBy(static g => g.Key.Currency.Code, StringComparer.Ordinal))
        {
            Money notDue = Money.Zero(owed.Key.Currency);
            AgingBucket[] buckets = BucketsOf(bounds, owed.Key.Currency);
            foreach (Statement statement in owed)
            {
                LocalDate due = statement.DueOn ?? calendar.DateOf(statement.To);
                if (statement.To > asOf || due > today)
                {
                    notDue += statement.Payable;
                    continue;
                }

                int days = Period.DaysBetween(due, today);
                int place = bounds.Count(bound => bound < days);
                buckets[place] = buckets[place] with
                {
                    Count = buckets[place].Count + 1,
                    Amount = buckets[place].Amount + statement.Payable,
                };
            }

            lines.Add(new(owed.Key.Partner, notDue, ValueList.Create<AgingBucket>(buckets)));
        }

        return new([.. lines]);
    }

    /// <summary>Reads a report.</summary>
    /// <param name="terms">The terms.</param>
    public static AgingReport Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new(terms.List("lines", AgingLine.Read));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.List("lines", Lines);
    }

    private static AgingBucket[] BucketsOf(ValueList<int> bounds, Currency currency)
    {
        var buckets = new AgingBucket[bounds.Count + 1];
        for (int i = 0; i < buckets.Length; i++)
        {
            int from = i == 0 ? 0 : bounds[i - 1] + 1;
            buckets[i] = new(from, i < bounds.Count ? bounds[i] : null, 0, Money.Zero(currency));
        }

        return buckets;
    }
}
