using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Pacing;

/// <content>How each minute is planned.</content>
public sealed partial class Pacer
{
    /// <summary>How long a plan holds.</summary>
    public static Duration Tick { get; } = Duration.FromMinutes(1);

    // The traffic of how many requests of mean cost is taken to have come as expected, before the first one comes.
    private const double PriorRequests = 20;

    // Below the mass of so many requests the spread of worth is not known well enough to choose by it.
    private const double ValuedRequestsMin = 50;

    // A hundred days: nothing is left of what was learned then.
    private const double FadedAfter = 144_000;

    // By the minute: the level is halved in half an hour, the spread of worth in two days.
    private const double LevelDecay = 0.9771599684342459;
    private const double ValueDecay = 0.9997593528558091;

    // Beyond so many minutes nothing is left of a level.
    private const long LevelMinutes = 720;

    // So many minutes of traffic are taken to come evenly.
    private const long EvenMinutes = 15;

    private readonly double finishEarly;
    private double seen;
    private double expected;
    private double cost;
    private double count;
    private double control;
    private double worthBefore;
    private double share;
    private long usedBefore;
    private long plainFolded;
    private long requestsFolded;
    private long elapsed = 1;
    private Instant foldedAt = Instant.MinValue;

    private double UnitCost => count > 0 ? cost / count : 0;

    // By the clock of the host, which may be wrong.
    private PacePlan PlanAt(Instant asOf)
    {
        lock (gate)
        {
            CalendarPeriod window = forecast.Window;
            if (!window.Contains(asOf))
            {
                // Not kept: one request with a wrong time must not end the window for all others.
                return Outside(asOf);
            }

            if (asOf < plan.Until && (asOf >= plan.From || !HasGoneBack(asOf)))
            {
                return plan;
            }

            Instant from = window.Start + (Tick * MinutesBetween(window.Start, asOf));
            if (asOf < plan.From)
            {
                GoBack(from);
            }

            behindSince = Instant.MaxValue;
            bool isAgain = foldedAt == from;
            if (!isAgain)
            {
                Fold(from);
            }

            Instant until = from + Tick;
            return plan = PlanOf(from, until < window.End ? until : window.End, isAgain);
        }
    }

    private static long MinutesBetween(Instant from, Instant until) =>
        (until - from).ToInt64Nanoseconds() / NodaConstants.NanosecondsPerMinute;

    // Takes in what came in the minute of the last plan; the minutes after it, if any, were without a request. What is
    // older fades.
    private void Fold(Instant from)
    {
        long minutes = foldedAt == Instant.MinValue ? 0 : MinutesBetween(foldedAt, from);
        double decay = DecayOver(ValueDecay, Math.Min(1, minutes));
        double later = minutes > FadedAfter ? 0 : DecayOver(ValueDecay, Math.Max(0, minutes - 1));
        if (minutes > LeapMinutes)
        {
            leap = new(foldedAt, from, seen, expected, control);
        }

        leap = leap with { Faded = leap.Faded * decay * later };
        double fresh = values.Fold(decay, later) + Take(ref tally.Plain, ref plainFolded);
        if (minutes > 0)
        {
            seen = (seen * LevelDecay) + fresh;
            seen *= DecayOver(LevelDecay, minutes - 1);
            Expect(minutes);
        }
        else
        {
            share = forecast.ShareBefore(from);
        }

        cost = ((cost * decay) + fresh) * later;
        count = ((count * decay) + Take(ref tally.Requests, ref requestsFolded)) * later;
        elapsed = Math.Max(1, minutes);
        foldedAt = from;
    }

    // What was expected minute by minute, each fading from its end on.
    private void Expect(long minutes)
    {
        Expect(foldedAt + Tick, 1);
        long rest = minutes - 1;
        if (rest > LevelMinutes)
        {
            expected = 0;
            share = forecast.ShareBefore(foldedAt + (Tick * (minutes - LevelMinutes)));
            rest = LevelMinutes;
        }

        while (rest > 0)
        {
            long step = Math.Min(EvenMinutes, rest);
            rest -= step;
            Expect(foldedAt + (Tick * (minutes - rest)), step);
        }
    }

    private void Expect(Instant until, long minutes)
    {
        double before = share;
        share = forecast.ShareBefore(until);
        double decay = DecayOver(LevelDecay, minutes);
        double even = minutes == 1 ? 1 : (1 - decay) / (minutes * (1 - LevelDecay));
        expected = (expected * decay) + (forecast.ExpectedCost * (share - before) * even);
    }

    // By multiplication only, so that it is the same everywhere.
    private static double DecayOver(double perMinute, long minutes)
    {
        double decay = 1;
        for (double power = perMinute; minutes > 0; minutes >>= 1, power *= power)
        {
            decay *= (minutes & 1) == 1 ? power : 1;
        }

        return decay;
    }

    private static double Take(ref long counted, ref long folded)
    {
        long now = Volatile.Read(ref counted);
        double fresh = PaceTally.Growth(now, folded);
        folded = now;
        return fresh;
    }

    // A pacer that was restored within a minute plans it again by what was in use when the minute began.
    private PacePlan PlanOf(Instant from, Instant until, bool isAgain)
    {
        long used = isAgain ? usedBefore : counter.Used;
        long coming = ExpectedInFlight;
        double left = Math.Max(0, (double)counter.Limit - used - coming);
        foreach (BudgetCounter parent in parents)
        {
            left = Math.Min(left, parent.Available);
        }

        double now = isAgain ? forecast.ShareBefore(from) : share;
        Minute minute = new(from, until, now, forecast.ShareBefore(until), used, left) { IsAgain = isAgain };
        PacePlan planned = terms.Mode switch
        {
            PacingMode.Forecast when forecast.IsKnown => ByForecast(minute),
            PacingMode.Feedback when forecast.IsKnown => ByFeedback(minute),
            PacingMode.Dual when forecast.IsKnown => ByPrice(minute),
            PacingMode.AsSoonAsPossible => new(),
            _ => UpTo(Goal(minute)),
        };
        usedBefore = used;
        planned.From = from;
        planned.Until = until;
        planned.InFlight = coming;
        planned.Ceiling = Math.Min(planned.Ceiling, counter.Limit - coming);
        planned.Passes = (long)(planned.PassRate * (1L << 32));
        return planned;
    }

    // What is left over what the traffic that is left will cost.
    private PacePlan ByForecast(in Minute minute)
    {
        double unit = UnitCost;
        double level = Level(unit);
        double rest = RestOf(minute.Share);
        double traffic = forecast.ExpectedCost * level * rest;
        double pass = traffic > 0 ? Math.Min(1, minute.Left / traffic) : 1;
        double planned = minute.Left * Math.Min(1, (minute.ShareNext - minute.Share) / rest);
        PacePlan made = new()
        {
            PassRate = pass,
            Level = level,
            Ceiling = unit > 0 ? Above(minute.Used, Math.Max(terms.Burst * planned, 2 * unit)) : long.MaxValue,
        };
        return values.Mass >= ValuedRequestsMin * unit && values.Mass > 0 ? ByWorth(made, minute, traffic)
            : terms.TargetReturn is { } target ? OnlyWorth(made, (double)target)
            : made;
    }

    // Before the spread of worth is known, a target holds for each request by itself.
    private static PacePlan OnlyWorth(PacePlan made, double target)
    {
        (made.IsByValue, made.Threshold, made.ThresholdAbove) = (true, target, target);
        return made;
    }

    // The best part of the traffic instead of any: the bin at the edge is bought in part.
    private PacePlan ByWorth(PacePlan made, in Minute minute, double traffic)
    {
        (int bin, double part) = made.PassRate < 1 ? values.Best(made.PassRate) : (0, 1);
        if (terms.TargetReturn is { } target)
        {
            int least = values.Worth((double)target, minute.Used, worthBefore + (bought / 1e3), traffic);
            (bin, part) = least > bin ? (least, 1) : (bin, part);
        }

        if (bin == 0 && part >= 1)
        {
            return made;
        }

        bool isNone = bin == ValueHistogram.Bins;
        made.IsByValue = true;
        made.Threshold = isNone ? double.PositiveInfinity : ValueHistogram.LowOf(bin);
        made.ThresholdAbove = isNone ? double.PositiveInfinity : ValueHistogram.HighOf(bin);
        made.Between = (long)(part * (1L << 32));
        return made;
    }

    private double Level(double unit)
    {
        double prior = PriorRequests * unit;
        return prior + expected > 0 ? (prior + seen) / (prior + expected) : 1;
    }

    private double RestOf(double before) => Math.Max(1 - before - finishEarly, (1 - before) / 4);

    // What is in flight is on its way to be used, and counts for the curve too.
    private PacePlan UpTo(double goal) => new()
    {
        Ceiling = Above(0, Math.Max(0, (counter.Limit * goal) - ExpectedInFlight)),
        IsByCurve = true,
    };

    // Which part of the budget may be used until the minute is over.
    private double Goal(in Minute minute)
    {
        CalendarPeriod window = forecast.Window;
        double clock = (minute.Until - window.Start).TotalSeconds / (window.End - window.Start).TotalSeconds;
        return terms.Mode switch
        {
            PacingMode.FrontLoaded => clock >= 1 ? 1 : 1 - Math.Exp((1.05 * Math.Log(1 - clock)) - (0.35 * clock)),
            PacingMode.Learned => minute.ShareNext,
            PacingMode.Ahead => Math.Min(1, (1 + (double)terms.Ahead.Fraction) * minute.ShareNext),
            PacingMode.Custom => Between(terms.Points, clock),
            _ => clock,
        };
    }

    private static double Between(ValueList<PacingPoint> points, double clock)
    {
        (double x, double y) = (0, 0);
        foreach (PacingPoint point in points)
        {
            (double nextX, double nextY) = ((double)point.Window.Fraction, (double)point.Budget.Fraction);
            if (clock <= nextX)
            {
                return y + ((nextY - y) * (clock - x) / (nextX - x));
            }

            (x, y) = (nextX, nextY);
        }

        return y + ((1 - y) * (clock - x) / (1 - x));
    }

    private static long Above(long used, double more)
    {
        double sum = used + more;
        return sum >= 1e18 ? long.MaxValue : (long)sum;
    }

    private PacerState Saved() => new()
    {
        Window = forecast.Window.Key,
        Seen = seen,
        Expected = expected,
        Cost = cost,
        Requests = count,
        Control = control,
        Worth = worthBefore + (bought / 1e3),
        Turn = tally.Turn & uint.MaxValue,
        PlannedAt = foldedAt == Instant.MinValue ? null : foldedAt,
        UsedThen = Math.Clamp(usedBefore, 0, BudgetCounter.AmountMax),
        FreshCost = Math.Clamp(unchecked(tally.Plain - plainFolded), 0, BudgetCounter.AmountMax),
        FreshRequests = Math.Max(0, tally.Requests - requestsFolded),
        FreshValues = NoneOr(values.Fresh()),
        Values = NoneOr(values.Stored()),
    };

    private static ValueList<T> NoneOr<T>(T[] numbers)
        where T : struct, IEquatable<T> =>
        numbers.AsSpan().ContainsAnyExcept(default(T)) ? numbers.ToValueList() : [];

    private void Restore(PacerState state)
    {
        bool isSameWindow = state.Window == forecast.Window.Key;
        seen = state.Seen;
        expected = state.Expected;
        cost = state.Cost;
        count = state.Requests;
        tally.Turn = state.Turn & uint.MaxValue;
        control = isSameWindow || terms.Mode == PacingMode.Dual ? state.Control : 0;
        worthBefore = isSameWindow ? state.Worth : 0;
        usedBefore = isSameWindow ? state.UsedThen : counter.Used;
        values.Restore(state.Values, state.FreshValues);
        tally.Plain = state.FreshCost;
        tally.Requests = state.FreshRequests;
        foldedAt = isSameWindow && state.PlannedAt is { } at && forecast.Window.Contains(at) ? at : Instant.MinValue;
        share = forecast.ShareBefore(foldedAt);
        if (!isSameWindow && state.PlannedAt is { } last && last < forecast.Window.Start)
        {
            Fade((long)Math.Min((forecast.Window.Start - last).TotalMinutes, FadedAfter));
        }
    }

    // What was learned in an earlier window is as old as that.
    private void Fade(long minutes)
    {
        double level = DecayOver(LevelDecay, minutes);
        double value = DecayOver(ValueDecay, minutes);
        values.Fade(value);
        (seen, expected) = (seen * level, expected * level);
        (cost, count) = (cost * value, count * value);
    }

    private readonly record struct Minute(
        Instant From, Instant Until, double Share, double ShareNext, long Used, double Left)
    {
        public bool IsAgain { get; init; }
    }
}
