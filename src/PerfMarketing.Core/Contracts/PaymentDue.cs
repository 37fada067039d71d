using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>When a statement is due, counted from the last day of its period in the contract's zone.</summary>
/// <remarks>
/// Of a statement of January: 30 days net is 2 March in a common year; the 15th is 15 February; the end of the next
/// month plus 7 days is 7 March. A day that a month does not have is its last day.
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

    /// <summary>
    /// How many months after the month in which the period ends; from 0, the default, to <see cref="MonthsMax"/>. Not
    /// for <see cref="DueRule.Net"/>.
    /// </summary>
    public int Months { get; init; }

    internal bool IsInRange => Rule switch
    {
        DueRule.Net => Days is >= 0 and <= DaysMax && Months == 0,
        DueRule.DayOfMonth => Days is >= 1 and <= 31 && Months is >= 0 and <= MonthsMax,
        DueRule.EndOfMonth => Days is >= 0 and <= DaysMax && Months is >= 0 and <= MonthsMax,
        _ => false,
    };

    /// <summary>Reads when a statement is due.</summary>
    /// <param name="terms">The terms.</param>
    public static PaymentDue Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Enum<DueRule>("rule"), terms.Int("days", 0)) { Months = terms.Int("months", 0) };
    }

    /// <summary>The day on which a statement is due.</summary>
    /// <param name="last">The last day of its period.</param>
    public LocalDate DueOn(LocalDate last)
    {
        LocalDate first = new LocalDate(last.Year, last.Month, 1).PlusMonths(Months);
        switch (Rule)
        {
            case DueRule.DayOfMonth:
                LocalDate due = Day(first);
                return due > last ? due : Day(first.PlusMonths(1));
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
    }

    private LocalDate Day(LocalDate first) =>
        first.PlusDays(Math.Min(Days, CalendarSystem.Iso.GetDaysInMonth(first.Year, first.Month)) - 1);
}
