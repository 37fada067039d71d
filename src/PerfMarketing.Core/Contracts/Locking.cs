using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>
/// When earnings of a period are payable: months and days after the period in which the outcomes occurred.
/// </summary>
/// <remarks>
/// One month after a month: what occurred in January is payable when March begins, once all of 28 February is over.
/// Months are added to the first date after the period, then days; the date begins in the contract's zone.
/// </remarks>
/// <param name="Per">The period: any of the calendar but the hour.</param>
/// <param name="Months">How many months after its end; from 0 to <see cref="MonthsMax"/>.</param>
/// <param name="Days">How many days after that; from 0 to <see cref="DaysMax"/>.</param>
public sealed record Locking(PeriodUnit Per, int Months, int Days) : ITerms
{
    /// <summary>The most months.</summary>
    public const int MonthsMax = 120;

    /// <summary>The most days.</summary>
    public const int DaysMax = 3_650;

    internal bool IsInRange => Months is >= 0 and <= MonthsMax && Days is >= 0 and <= DaysMax
        && Per is PeriodUnit.Day or PeriodUnit.Week or PeriodUnit.HalfMonth or PeriodUnit.Month or PeriodUnit.Quarter
            or PeriodUnit.Year;

    /// <summary>Reads a locking.</summary>
    /// <param name="terms">The terms.</param>
    public static Locking Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Enum("per", PeriodUnit.Month), terms.Int("months", 0), terms.Int("days", 0));
    }

    /// <summary>The first instant at which an earning is payable.</summary>
    /// <param name="occurredAt">When the outcome occurred.</param>
    /// <param name="calendar">The contract's calendar.</param>
    public Instant EndOf(Instant occurredAt, ContractCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        LocalDate last = calendar.DateOf(calendar.Containing(Per, occurredAt).End - Duration.Epsilon);
        return calendar.StartOf(last.PlusDays(1).PlusMonths(Months).PlusDays(Days));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("per", Per, PeriodUnit.Month);
        terms.Integer("months", Months == 0 ? null : Months);
        terms.Integer("days", Days == 0 ? null : Days);
    }
}
