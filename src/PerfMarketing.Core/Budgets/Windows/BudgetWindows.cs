using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Windows;

/// <summary>Says for any instant which window of a budget it lies in, what that window may use, and why.</summary>
/// <remarks>
/// <para>
/// Everything follows from the terms, the limit with its changes, and what windows used. Windows of one kind tile time
/// without gap or overlap, so an amount counts in exactly one, and what all of them used is all that was used.
/// </para>
/// <para>
/// A higher limit counts at once. A lower one than what is used stops the window and takes nothing back. Immutable and
/// thread-safe; keep it with the terms.
/// </para>
/// </remarks>
public sealed partial class BudgetWindows
{
    /// <summary>
    /// The most windows that something rolls over through without a <see cref="WindowCarry"/> in between.
    /// </summary>
    public const int RolloverWindowsMax = 100_000;

    private static readonly Duration Instantly = Duration.FromNanoseconds(1);
    private static readonly BudgetWindow Lifetime = new(
        CalendarPeriod.Lifetime.Key, CalendarPeriod.Lifetime.Start, CalendarPeriod.Lifetime.End);

    private readonly BudgetCalendar calendar;

    /// <summary>The windows of terms.</summary>
    /// <param name="terms">Valid terms.</param>
    /// <exception cref="ArgumentException">A zone is unknown, or its changes are not in order.</exception>
    public BudgetWindows(BudgetWindowTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Terms = terms;
        calendar = new(terms.Zone, terms.ZoneChanges);
    }

    /// <summary>The terms.</summary>
    public BudgetWindowTerms Terms { get; }

    /// <summary>The dates that amounts count on.</summary>
    public BudgetCalendar Calendar => calendar;

    // Whether what is used is counted by days, although the limit holds for more of them.
    private bool IsByDay => Terms.Days is not null || Terms.Per == PeriodUnit.Rolling;

    /// <summary>
    /// The window that an instant counts in: the day where days share a limit, or where it rolls. Null outside of a
    /// flight.
    /// </summary>
    /// <param name="at">The instant.</param>
    public BudgetWindow? At(Instant at) =>
        WholeOf(at) is not { } whole ? null
        : IsByDay ? DayOf(calendar.DateOf(at)).Window
        : whole.Window;

    /// <summary>
    /// The window whose days share the limit, or the rolling days; else the same as <see cref="At"/>. Null outside of
    /// a flight.
    /// </summary>
    /// <param name="at">The instant.</param>
    public BudgetWindow? WholeAt(Instant at) => WholeOf(at)?.Window;

    /// <summary>What the window of an instant may use, and why.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="limits">The limit and its changes.</param>
    /// <param name="uses">
    /// What windows used. Days that share a window need those of the whole window, rolling days theirs; where something
    /// rolls over, all windows since <paramref name="carry"/>, or since the limit began.
    /// </param>
    /// <param name="carry">What rolled over into this or an earlier whole window; null when nothing is kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">Windows are not cut for the instant.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are more than <see cref="RolloverWindowsMax"/> windows that something rolls over through.
    /// </exception>
    public WindowLimit LimitAt(Instant at, LimitHistory limits, WindowUses uses, WindowCarry? carry = null)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(uses);
        if (WholeOf(at) is not { } whole)
        {
            return OutsideOf(at);
        }

        BudgetWindow window = IsByDay ? DayOf(calendar.DateOf(at)).Window : whole.Window;
        if (limits.At(at) is not { } limit)
        {
            return new()
            {
                Window = window,
                Whole = whole.Window,
                Rule = WindowRule.NotBegun,
                ResetsAt = limits.Since,
                Used = uses.Sum(window.Start, window.End),
            };
        }

        long rolled = CarryInto(whole, limits, uses, carry);
        return Terms.Days is { } days ? OfSharedDay(new(days, whole, limits, uses, rolled), at)
            : Terms.Per == PeriodUnit.Rolling ? OfRollingDay(at, limit, uses, whole)
            : OfWindow(whole, limit, uses, rolled);
    }

    /// <summary>What rolls over into the whole window of an instant; keep it when the window begins.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="limits">The limit and its changes.</param>
    /// <param name="uses">What windows used since <paramref name="carry"/>, or since the limit began.</param>
    /// <param name="carry">What rolled over into this or an earlier whole window; null when nothing is kept.</param>
    /// <returns>The start of the whole window, and how much; null outside of a flight.</returns>
    public WindowCarry? CarryAt(Instant at, LimitHistory limits, WindowUses uses, WindowCarry? carry = null)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(uses);
        return WholeOf(at) is { } whole ? new(whole.Start, CarryInto(whole, limits, uses, carry)) : null;
    }

    private static WindowLimit OfWindow(WholeWindow whole, long limit, WindowUses uses, long rolled)
    {
        long used = uses.Sum(whole.Start, whole.End);
        return new()
        {
            Window = whole.Window,
            Whole = whole.Window,
            Limit = Bounded((Int128)limit + rolled),
            Used = used,
            ResetsAt = whole.End == Instant.MaxValue ? null : whole.End,
            Rule = WindowRule.Limit,
            Base = limit,
            RolledOver = rolled,
            WholeLimit = Bounded((Int128)limit + rolled),
            WholeUsed = used,
        };
    }

    private WindowLimit OfRollingDay(Instant at, long limit, WindowUses uses, WholeWindow whole)
    {
        LocalDate date = calendar.DateOf(at);
        BudgetWindow day = DayOf(date).Window;
        long before = uses.Sum(whole.Start, day.Start);
        long used = uses.Sum(day.Start, day.End);
        WindowLimit found = new()
        {
            Window = day,
            Whole = whole.Window,
            Limit = Bounded((Int128)limit - before),
            Used = used,
            ResetsAt = day.End,
            Rule = before == 0 ? WindowRule.Limit : WindowRule.Whole,
            Base = limit,
            WholeLimit = limit,
            WholeUsed = before + used,
        };
        return found.Left > 0 ? found : found with { ResetsAt = limit > 0 ? RoomAfter(date, limit, uses) : null };
    }

    // The first date on which enough of what was used has left the rolling days.
    private Instant? RoomAfter(LocalDate date, long limit, WindowUses uses)
    {
        int dates = Terms.RollingDays ?? 1;
        for (int i = 1; i <= dates; i++)
        {
            LocalDate next = date.PlusDays(i);
            Instant start = calendar.StartOf(next);
            if (uses.Sum(calendar.StartOf(next.PlusDays(1 - dates)), start) < limit)
            {
                return start;
            }
        }

        return null;
    }

    private WindowLimit OutsideOf(Instant at)
    {
        BudgetWindow flight = FlightOf(Terms.Dates!.Value).Window;
        return new()
        {
            Window = flight,
            Whole = flight,
            Rule = WindowRule.OutsideFlight,
            ResetsAt = at < flight.Start ? flight.Start : null,
        };
    }

    private WholeWindow? WholeOf(Instant at)
    {
        switch (Terms.Per)
        {
            case PeriodUnit.Lifetime:
                return new(Lifetime, default, default);
            case PeriodUnit.Hour:
                (Instant start, Instant end) = calendar.HourOf(at);
                return new(new(KeyOf(PeriodUnit.Hour, default, 0, start, end), start, end), default, default);
            case PeriodUnit.Flight:
                WholeWindow flight = FlightOf(Terms.Dates!.Value);
                return flight.Window.Contains(at) ? flight : null;
            case PeriodUnit.Rolling:
                int days = Terms.RollingDays!.Value;
                LocalDate last = calendar.DateOf(at);
                return Of(PeriodUnit.Rolling, last.PlusDays(1 - days), last.PlusDays(1), days);
            default:
                LocalDate first = FirstOf(calendar.DateOf(at));
                return Of(Terms.Per, first, ContractCalendar.AfterOf(Terms.Per, first), 0);
        }
    }

    private LocalDate FirstOf(LocalDate date) => Terms is { Per: PeriodUnit.Week, WeekStart: WeekStart.Sunday }
        ? date.PlusDays(-((int)date.DayOfWeek % 7))
        : ContractCalendar.FirstOf(Terms.Per, date);

    private WholeWindow DayOf(LocalDate date) => Of(PeriodUnit.Day, date, date.PlusDays(1), 0);

    private WholeWindow FlightOf(DateRange dates) => dates.To is { } to
        ? Of(PeriodUnit.Flight, dates.From, to, Period.DaysBetween(dates.From, to))
        : Of(PeriodUnit.Flight, dates.From, dates.From, 0);

    private WholeWindow Of(PeriodUnit unit, LocalDate first, LocalDate after, int days)
    {
        Instant start = calendar.StartOf(first);
        Instant end = first == after ? Instant.MaxValue : calendar.StartOf(after);
        string key = unit == PeriodUnit.Week && Terms.WeekStart == WeekStart.Sunday
            ? KeyOf(PeriodUnit.Rolling, first, 7, start, end)
            : KeyOf(unit, first, days, start, end);
        return new(new(key, start, end), first, after);
    }

    private static string KeyOf(PeriodUnit unit, LocalDate first, int days, Instant start, Instant end) =>
        new CalendarPeriod(unit, first, days, start, end).Key;

    private static long Bounded(Int128 amount) => (long)Int128.Clamp(amount, 0, BudgetCounter.AmountMax);

    private static long Signed(Int128 amount) => (long)Int128.Clamp(amount, long.MinValue, long.MaxValue);

    private static long Times(long amount, decimal times) =>
        (long)decimal.Min(decimal.Floor(amount * times), BudgetCounter.AmountMax);
}
