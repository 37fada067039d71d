using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>When a statement is due, counted from the last day of its period in the contract's zone.</summary>
/// <remarks>
/// Of a statement of January: 30 days net is 2 March in a common year; the 15th is 15 February; the end of the next
/// month plus 7 days is 7 March. A day that a month does not have is its last day. Pay days of the 1st and the 15th,
/// as AWIN has them, are the 1st for what ends on 15 January and, as <see cref="SecondHalf"/>, the 15th for what ends
/// on 31 January.
/// </remarks>
/// <param name="Rule">How it is counted.</param>
/// <param name="Days">
/// The number of days, from 0 to <see cref="DaysMax"/>; for <see cref="DueRule.DayOfMonth"/> the day, from 1 to 31.
/// </param>
public sealed record PaymentDue(DueRule Rule, int Days) : ITerms
{
    /// <summary>The most days.</summary>
    public const int DaysMax = 366;

    /// <summary>The most months.</summary>
    public const int MonthsMax = 24;

    private const int FirstHalfDays = 15;

    /// <summary>
    /// How many months after the month in which the period ends; from 0, the default, to <see cref="MonthsMax"/>. Not
    /// for <see cref="DueRule.Net"/>.
    /// </summary>
    public int Months { get; init; }

    /// <summary>
    /// The day, from 1 to 31, for half-months that end with their month; null, the default, for the same day. Only for
    /// <see cref="DueRule.DayOfMonth"/> of statements by half-month.
    /// </summary>
    public int? SecondHalf { get; init; }

    internal bool IsInRange => Rule switch
    {
        DueRule.Net => Days is >= 0 and <= DaysMax && Months == 0,
        DueRule.DayOfMonth => Days is >= 1 and <= 31 && Months is >= 0 and <= MonthsMax,
        DueRule.EndOfMonth => Days is >= 0 and <= DaysMax && Months is >= 0 and <= MonthsMax,
        _ => false,
    };

    internal bool IsSecondHalfOf(PeriodUnit per) => SecondHalf is null
        || (Rule == DueRule.DayOfMonth && per == PeriodUnit.HalfMonth && SecondHalf is >= 1 and <= 31);

    /// <summary>Reads when a statement is due.</summary>
    /// <param name="terms">The terms.</param>
    public static PaymentDue Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Enum<DueRule>("rule"), terms.Int("days", 0))
        {
            Months = terms.Int("months", 0),
            SecondHalf = terms.Has("secondHalf") ? terms.Int("secondHalf", 0) : null,
        };
    }

    /// <summary>The day on which a statement is due.</summary>
    /// <param name="last">The last day of its period.</param>
    public LocalDate DueOn(LocalDate last)
    {
        LocalDate first = new LocalDate(last.Year, last.Month, 1).PlusMonths(Months);
        switch (Rule)
        {
            case DueRule.DayOfMonth:
                int day = last.Day > FirstHalfDays ? SecondHalf ?? Days : Days;
                LocalDate due = DayOf(first, day);
                return due > last ? due : DayOf(first.PlusMonths(1), day);
            case DueRule.EndOfMonth:
                return first.PlusMonths(1).PlusDays(Days - 1);
            default:
                return last.PlusDays(Days);
        }
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("rule", Rule);
        terms.Integer("days", Days == 0 ? null : Days);
        terms.Integer("months", Months == 0 ? null : Months);
        terms.Integer("secondHalf", SecondHalf);
    }

    private static LocalDate DayOf(LocalDate first, int day) =>
        first.PlusDays(Math.Min(day, CalendarSystem.Iso.GetDaysInMonth(first.Year, first.Month)) - 1);
}
