using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Payouts.Periods;

/// <summary>
/// What a payout over a period is given: facts, never services, so that last March can be computed again.
/// </summary>
/// <remarks>
/// Everything is counted by when it was decided, as statements do: each result belongs to one period for good.
/// </remarks>
public sealed record PeriodContext
{
    /// <summary>The most periods that a payout looks back.</summary>
    public const int BackMax = 120;

    /// <summary>The period that closes.</summary>
    public required CalendarPeriod Period { get; init; }

    /// <summary>The partner who is paid.</summary>
    public required PartnerId Partner { get; init; }

    /// <summary>What was decided, by periods of the unit of <see cref="Period"/>.</summary>
    public required PeriodHistory History { get; init; }

    /// <summary>The contract's calendar; that of UTC by default.</summary>
    public ContractCalendar Calendar { get; init; } = ContractCalendar.Utc;

    /// <summary>The dates of the period on which the terms were in force, in order; null means all.</summary>
    public ValueList<DateRange>? InForce { get; init; }

    /// <summary>From when on <see cref="History"/> is complete; since ever by default.</summary>
    public Instant Since { get; init; } = Instant.MinValue;

    /// <summary>All partners of the contract; none by default.</summary>
    public ValueList<PartnerId> Partners { get; init; } = [];

    /// <summary>What the clause carried out of its period before; nothing by default.</summary>
    public Accrual Balance
    {
        get => field.Currency.IsUnset ? Accrual.Zero(Currency) : field;
        init;
    }

    /// <summary>The contract's currency.</summary>
    public Currency Currency => History.Currency;

    /// <summary>What was measured in the period.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="clauses">The clauses that count; empty for all clauses of outcomes.</param>
    /// <param name="partner">The partner who is measured; null for the one who is paid.</param>
    public decimal Measured(Measure measure, ValueList<ClauseId> clauses, PartnerId? partner = null) =>
        History.In(partner ?? Partner, Period, clauses).Of(measure);

    /// <summary>What was measured in another period.</summary>
    /// <param name="period">The other period, of the same unit.</param>
    /// <param name="measure">The measure.</param>
    /// <param name="clauses">The clauses that count; empty for all clauses of outcomes.</param>
    public decimal MeasuredIn(CalendarPeriod period, Measure measure, ValueList<ClauseId> clauses) =>
        History.In(Partner, period, clauses).Of(measure);

    /// <summary>The amount that the partner earned in the period, with what was computed for it so far.</summary>
    /// <param name="clauses">The clauses that count; empty for all, of outcomes and of periods.</param>
    public Accrual Earned(ValueList<ClauseId> clauses)
    {
        ArgumentNullException.ThrowIfNull(clauses);
        return clauses.Count == 0
            ? History.EarnedIn(Partner, Period)
            : History.In(Partner, Period, clauses).Earned;
    }

    /// <summary>The highest total that was reached before the period, and the highest with it.</summary>
    /// <remarks>What a total has reached, it has reached for good: a step is passed once.</remarks>
    /// <param name="measure">The measure.</param>
    /// <param name="clauses">The clauses that count; empty for all clauses of outcomes.</param>
    /// <param name="counting">Whether the total begins with the period or with the first result.</param>
    /// <param name="partner">The partner who is measured; null for the one who is paid.</param>
    public (decimal Before, decimal Now) Reached(
        Measure measure, ValueList<ClauseId> clauses, PeriodCounting counting, PartnerId? partner = null)
    {
        decimal total = 0;
        decimal before = 0;
        foreach (PeriodSums sums in counting == PeriodCounting.Period
            ? []
            : History.Before(partner ?? Partner, Period, clauses))
        {
            total += sums.Of(measure);
            before = Math.Max(before, total);
        }

        return (before, Math.Max(before, total + Measured(measure, clauses, partner)));
    }

    /// <summary>An earlier period.</summary>
    /// <param name="count">How many periods before this one; at least 1.</param>
    /// <returns>The period; null when there is none, or when not all of its results are known.</returns>
    public CalendarPeriod? Back(int count)
    {
        CalendarPeriod found = Period;
        for (int i = 0; i < count; i++)
        {
            if (Before(found) is not { } earlier)
            {
                return null;
            }

            found = earlier;
        }

        return found;
    }

    /// <summary>An earlier period by its key.</summary>
    /// <param name="key">The key, such as <c>2026-06</c>.</param>
    /// <returns>The period; null when none of the last <see cref="BackMax"/> known ones has this key.</returns>
    public CalendarPeriod? Back(string key)
    {
        CalendarPeriod? found = Before(Period);
        for (int i = 1; i < BackMax && found is { } earlier; i++)
        {
            if (string.Equals(earlier.Key, key, StringComparison.Ordinal))
            {
                return found;
            }

            found = Before(earlier);
        }

        return null;
    }

    /// <summary>The part of an amount that is due for the days in force, on the currency's grid.</summary>
    /// <remarks>
    /// The parts of several versions of a contract sum to the whole: each is what is due up to the end of its days,
    /// less what is due up to their beginning.
    /// </remarks>
    /// <param name="whole">The amount for a whole period.</param>
    /// <param name="proration">How days are counted.</param>
    public Money PartOf(Money whole, PeriodProration proration)
    {
        if (InForce is null || proration == PeriodProration.None)
        {
            return whole;
        }

        DateRange all = new(Calendar.DateOf(Period.Start), Calendar.DateOf(Period.End));
        ProrationConvention convention = proration switch
        {
            PeriodProration.Fixed30 => ProrationConvention.Fixed30,
            PeriodProration.Fixed28 => ProrationConvention.Fixed28,
            _ => ProrationConvention.Actual,
        };
        Money part = Money.Zero(whole.Currency);
        foreach (DateRange days in InForce)
        {
            part += UpTo(whole, all, days.To, convention) - UpTo(whole, all, days.From, convention);
        }

        return part;
    }

    private static Money UpTo(Money whole, DateRange all, LocalDate? end, ProrationConvention convention) =>
        end == all.From ? Money.Zero(whole.Currency)
        : whole.Prorate(Proration.Share(new(all.From, end), all, convention));

    private CalendarPeriod? Before(CalendarPeriod period)
    {
        if (period.Unit is PeriodUnit.Flight or PeriodUnit.Lifetime || period.Start <= Since)
        {
            return null;
        }

        return Calendar.Containing(period.Unit, period.Start - Duration.Epsilon);
    }
}
