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

    // The first later day that may use something if nothing more is used today; else the next window. Days between two
    // changes, of what is used or of the limit, differ only in how much has been saved up by then, so one of them says
    // what holds for the others.
    private Instant? RoomAfter(SharedWindow shared, LocalDate date)
    {
        LocalDate next = date.PlusDays(1);
        while (next < shared.Whole.After)
        {
            LocalDate end = ChangeAfter(shared, next);
            if (FirstWithRoom(shared, next, end) is { } found)
            {
                return calendar.StartOf(found);
            }

            next = end;
        }

        return Terms.Per == Time.PeriodUnit.Flight || shared.Limits.At(shared.Whole.End) is null or 0
            ? null
            : shared.Whole.End;
    }

    // The first date after one on which something is used, or that another limit holds for.
    private LocalDate ChangeAfter(SharedWindow shared, LocalDate date)
    {
        Instant start = calendar.StartOf(date);
        LocalDate changed = shared.Whole.After;
        if (shared.Uses.FirstFrom(start) is { } use && use < shared.Whole.End)
        {
            changed = calendar.DateOf(use);
        }

        if (shared.Limits.ChangeAfter(start) is { } limit && limit < shared.Whole.End)
        {
            LocalDate on = calendar.DateOf(limit);
            changed = LocalDate.Min(changed, calendar.StartOf(on) < limit ? on.PlusDays(1) : on);
        }

        return LocalDate.Max(date.PlusDays(1), changed);
    }

    // The first of some dates that may use something; nothing changes in them.
    private LocalDate? FirstWithRoom(SharedWindow shared, LocalDate first, LocalDate after)
    {
        while (first < after)
        {
            WindowLimit found = OfDate(shared, first, calendar.StartOf(first));
            bool isThere = calendar.StartOf(first) < calendar.StartOf(first.PlusDays(1));
            if (isThere && found.Left > 0)
            {
                return first;
            }

            if (isThere && (found.WholeLimit <= found.WholeUsed || found.Base <= 0))
            {
                return null; // The window has nothing left, or the dates from here on have no share.
            }

            first = first.PlusDays(1);
            first = shared.Days is { CarryUnused: true, BorrowAhead: false } && Saved(found) <= 0
                ? FirstSaved(shared, first, after)
                : first;
        }

        return null;
    }

    // The first of some dates until which something is saved up: it grows from date to date.
    private LocalDate FirstSaved(SharedWindow shared, LocalDate first, LocalDate after)
    {
        (int low, int high) = (0, Period.DaysBetween(first, after));
        while (low < high)
        {
            int middle = (low + high) / 2;
            LocalDate date = first.PlusDays(middle);
            (low, high) = Saved(OfDate(shared, date, calendar.StartOf(date))) > 0
                ? (low, middle)
                : (middle + 1, high);
        }

        return first.PlusDays(low);
    }

    private static Int128 Saved(WindowLimit day) => (Int128)day.Base + day.Carried + day.RolledOver;

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
