using NodaTime;

namespace PerfMarketing.Budgets.Windows;

/// <content>What windows hand on to the next.</content>
public sealed partial class BudgetWindows
{
    private long CarryInto(WholeWindow whole, LimitHistory limits, WindowUses uses, WindowCarry? carry)
    {
        if (Terms.Rollover == Rollover.None)
        {
            return 0;
        }

        Instant at = carry?.Start ?? limits.Since ?? uses.First ?? whole.Start;
        long carried = carry?.Carried ?? 0;
        for (int i = 0; at < whole.Start; i++)
        {
            if (i == RolloverWindowsMax)
            {
                throw new InvalidOperationException($"More than {RolloverWindowsMax} windows roll over; keep a carry.");
            }

            WholeWindow before = WholeOf(at)!.Value;
            carried = CarryOut(before, limits, uses, carried);
            at = before.End;
        }

        return at > whole.Start && carry is not null
            ? throw new ArgumentException("What rolled over belongs to a later window.", nameof(carry))
            : carried;
    }

    // What a window that is over left, bounded by what the next one takes.
    private long CarryOut(WholeWindow window, LimitHistory limits, WindowUses uses, long carried)
    {
        Instant last = window.End - Instantly;
        long limit = limits.At(last) ?? 0;
        long whole = Terms.Days is { } days
            ? WholeLimit(days, BegunBefore(new(days, window, limits, uses, carried), last), limit, carried)
            : Bounded((Int128)limit + carried);
        long unused = Bounded((Int128)whole - uses.Sum(window.Start, window.End));
        if (Terms.Rollover == Rollover.Whole)
        {
            return unused;
        }

        long next = limits.At(window.End) ?? limit;
        decimal times = Terms.Days is { IsAverage: true } average
            ? average.Times ?? WholeOf(window.End)!.Value.Dates
            : 1m;
        return Math.Min(unused, Times(Times(next, times), Terms.RolloverMax ?? 0));
    }
}
