using NodaTime;

namespace PerfMarketing.Budgets.Windows;

/// <content>What one of the days may use that share a window.</content>
public sealed partial class BudgetWindows
{
    private WindowLimit OfSharedDay(SharedWindow shared, Instant at)
    {
        LocalDate date = calendar.DateOf(at);
        WindowLimit found = OfDate(shared, date, at);
        return found.Left > 0 ? found : found with { ResetsAt = RoomAfter(shared, date) };
    }

    private WindowLimit OfDate(SharedWindow shared, LocalDate date, Instant at)
    {
        (DaySpread days, WholeWindow whole, LimitHistory limits, WindowUses uses, long rolled) = shared;
        BudgetWindow day = DayOf(date).Window;
        long limit = limits.At(at) ?? 0;
        ShareFrom from = BegunBefore(shared, at);
        long left = from.RolledOver;
        (LocalDate first, LocalDate after) = DatesOf(date, from.First, whole);
        long share = Part(from, days, limit, first, after);
        Int128 earned = days.CarryUnused
            ? (Int128)left + Part(from, days, limit, from.First, after) - uses.Sum(from.Start, day.Start)
            : share;
        long? flex = days.Flex is { } times
            ? Times(Part(from, days, limits.Highest(day.Start, at), first, after), times)
            : null;
        long usedBefore = uses.Sum(whole.Start, day.Start);
        long used = uses.Sum(day.Start, day.End);
        long wholeLimit = WholeLimit(days, from, limit, rolled);
        Int128 wholeLeft = Int128.Max(0, (Int128)wholeLimit - usedBefore);
        Int128 own = days.BorrowAhead ? wholeLeft : earned;
        Int128 most = Int128.Max(0, Int128.Min(Int128.Min(own, wholeLeft), flex ?? long.MaxValue));
        return new()
        {
            Window = day,
            Whole = whole.Window,
            Limit = Bounded(most),
            Used = used,
            ResetsAt = day.End,
            Rule = !days.BorrowAhead && earned <= most ? WindowRule.Share
                : flex <= most ? WindowRule.Flex
                : WindowRule.Whole,
            Base = share,
            RolledOver = days.CarryUnused ? left : 0,
            Carried = Signed(earned - share - (days.CarryUnused ? left : 0)),
            Borrowed = days.BorrowAhead ? Bounded(most - Int128.Max(0, earned)) : 0,
            Flex = flex,
            WholeLimit = wholeLimit,
            WholeUsed = usedBefore + used,
        };
    }

    // Where the days that share what is left begin: with the window, or on the day on which the limit last changed.
    private ShareFrom BegunBefore(SharedWindow shared, Instant at)
    {
        (DaySpread days, WholeWindow whole, LimitHistory limits, WindowUses uses, long rolled) = shared;
        (Instant At, long? Used)? begun = limits.LastBegun(whole.Start, at);
        LocalDate first = begun is { } change ? calendar.DateOf(change.At) : whole.First;
        Instant start = begun is null ? whole.Start : calendar.StartOf(first);
        long before = uses.Sum(whole.Start, start);
        return new(first, start, Period.DaysBetween(first, whole.After))
        {
            Used = begun is null ? null : begun.Value.Used ?? before,
            RolledOver = (long)Int128.Clamp((Int128)rolled - before, 0, rolled),
            Over = days.IsAverage ? 0 : (long)Int128.Max(0, (Int128)before - rolled),
        };
    }

    // After a change of an average: what was used so far, and the average for each day left.
    private static long WholeLimit(DaySpread days, ShareFrom from, long limit, long rolled) =>
        !days.IsAverage ? Bounded((Int128)limit + rolled)
        : from.Used is not { } used ? Bounded((Int128)Times(limit, days.Times ?? from.Dates) + rolled)
        : Bounded((Int128)used + Times(limit, from.Dates) + Int128.Clamp((Int128)rolled - used, 0, rolled));

    // What dates may use by themselves: the average of each, or their shares of what was left when the shares began.
    private static long Part(ShareFrom from, DaySpread days, long limit, LocalDate first, LocalDate after)
    {
        int count = Period.DaysBetween(first, after);
        if (days.IsAverage)
        {
            return Times(limit, count);
        }

        (long each, long more) = Math.DivRem(Math.Max(0, limit - from.Over), from.Dates);
        long place = Period.DaysBetween(from.First, first);
        return (each * count) + Math.Clamp(more - place, 0, count);
    }

    // A date, the dates just before it that were left out, and those after it when none of the window remains.
    private (LocalDate First, LocalDate After) DatesOf(LocalDate date, LocalDate from, WholeWindow whole)
    {
        Instant start = calendar.StartOf(date);
        LocalDate first = date;
        while (first > from && calendar.StartOf(first.PlusDays(-1)) == start)
        {
            first = first.PlusDays(-1);
        }

        LocalDate after = date.PlusDays(1);
        return (first, calendar.StartOf(after) == whole.End ? whole.After : after);
    }

    // The first later day that may use something if nothing more is used today; else the next window.
    private Instant? RoomAfter(SharedWindow shared, LocalDate date)
    {
        for (LocalDate next = date.PlusDays(1); next < shared.Whole.After; next = next.PlusDays(1))
        {
            Instant start = calendar.StartOf(next);
            if (start < calendar.StartOf(next.PlusDays(1)) && OfDate(shared, next, start).Left > 0)
            {
                return start;
            }
        }

        return Terms.Per == Time.PeriodUnit.Flight || shared.Limits.At(shared.Whole.End) is null or 0
            ? null
            : shared.Whole.End;
    }

    // The whole window, and what is known of it.
    private readonly record struct SharedWindow(
        DaySpread Days, WholeWindow Whole, LimitHistory Limits, WindowUses Uses, long RolledOver);

    // The dates that share what was left when they began.
    private readonly record struct ShareFrom(LocalDate First, Instant Start, int Dates)
    {
        // What was used when the limit changed; null where it did not change in this window.
        internal long? Used { get; init; }

        // What earlier windows left over and was not used when the shares began.
        internal long RolledOver { get; init; }

        // What was used before the shares began, out of the limit that they share.
        internal long Over { get; init; }
    }
}
