using NodaTime;

namespace PerfMarketing.Budgets.Pacing;

/// <content>What is done about a clock that is wrong.</content>
public sealed partial class Pacer
{
    // More than so many minutes without a request may be the clock.
    private const long LeapMinutes = 30;

    // What ten days made fade comes back, and no more: it would make what came during the leap count for all too much.
    private const double UnfadedMax = 32;

    private PacePlan? outside;
    private Leap leap;
    private Instant behindSince = Instant.MaxValue;

    // Of the readings behind the plan the first says nothing, as a request may have waited; when a minute has passed
    // behind the plan, with no plan made ahead in between, that is the time.
    private bool HasGoneBack(Instant asOf)
    {
        if (asOf >= plan.From - Tick)
        {
            return false;
        }

        if (asOf < behindSince)
        {
            behindSince = asOf;
            return false;
        }

        return asOf >= behindSince + Tick;
    }

    // What a leap made the pace believe is undone when the clock is back in the time that was leapt over. The time that
    // is lived through again is not counted for the level.
    private void GoBack(Instant from)
    {
        if (from >= leap.From && from < leap.Until)
        {
            (seen, expected, control) = (leap.Seen, leap.Expected, leap.Control);
            double back = Math.Min(1 / leap.Faded, UnfadedMax);
            (cost, count) = (cost * back, count * back);
            values.Fade(back);
            leap = default;
        }

        foldedAt = Instant.MinValue;
    }

    // The last one of them is kept, so that a decision allocates nothing.
    private PacePlan Outside(Instant asOf)
    {
        if (outside is not { } made || asOf < made.From || asOf >= made.Until)
        {
            bool isBefore = asOf < forecast.Window.Start;
            outside = made = new()
            {
                From = isBefore ? Instant.MinValue : forecast.Window.End,
                Until = isBefore ? forecast.Window.Start : Instant.MaxValue,
                Stop = PaceReason.OutsideWindow,
                PassRate = 0,
            };
        }

        return made;
    }

    private readonly record struct Leap(Instant From, Instant Until, double Seen, double Expected, double Control)
    {
        // What of older requests has faded since.
        public double Faded { get; init; } = 1;
    }
}
