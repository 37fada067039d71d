using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Calls;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>The rules that look beside a result, at what was seen before it.</summary>
internal static class TrafficRules
{
    /// <summary>What all rules find that look through one lens.</summary>
    internal static ValueList<TrafficSignal> Judge(TrafficSubject subject, TrafficLens lens, TrafficWindow window)
    {
        TrafficView view = new(subject, lens, window);
        List<TrafficSignal>? signals = null;
        foreach (TrafficRule rule in subject.Terms?.Rules ?? [])
        {
            if (rule.LooksBeside && TrafficLens.Counts(rule, subject.Case.Outcome.Kind)
                && TrafficLens.Shared(rule, subject.Case.Outcome, subject.Partner) == lens
                && Judge(rule, view) is { } signal)
            {
                (signals ??= []).Add(signal);
            }
        }

        if (TrafficLens.Of(subject.Calls, subject.Case.Outcome) == lens && RepeatedCaller(view) is { } repeated)
        {
            (signals ??= []).Add(repeated);
        }

        return signals?.ToValueList() ?? [];
    }

    private static TrafficSignal? Judge(TrafficRule rule, TrafficView view) => rule.Rule switch
    {
        TrafficRuleKind.Repeated => Repeated(rule, view),
        TrafficRuleKind.ExactIntervals => ExactIntervals(rule, view),
        TrafficRuleKind.Velocity => Velocity(rule, view),
        TrafficRuleKind.LongTail => LongTail(rule, view),
        TrafficRuleKind.ClickFlood => ClickFlood(rule, view),
        _ => null,
    };

    // The value itself is a pseudonym, and stays out of the reason.
    private static TrafficSignal? Repeated(TrafficRule rule, TrafficView view)
    {
        int max = rule.Max ?? 0;
        long count = view.CountBefore();
        return count > max ? rule.Found(("of", rule.Of ?? string.Empty), ("count", count), ("max", max)) : null;
    }

    private static TrafficSignal? ExactIntervals(TrafficRule rule, TrafficView view)
    {
        int count = rule.Max ?? int.MaxValue;
        Instant later = view.One.At;
        Duration? least = null;
        Duration? most = null;
        int seen = 1;
        foreach (TrafficSighting earlier in view.Before().Take(count - 1))
        {
            Duration gap = later - earlier.At;
            least = least is { } low ? Duration.Min(low, gap) : gap;
            most = most is { } high ? Duration.Max(high, gap) : gap;
            later = earlier.At;
            seen++;
            if (least == Duration.Zero || most - least > (rule.Within ?? Duration.Zero))
            {
                // Results of one instant are a batch, and no clockwork.
                return null;
            }
        }

        return seen == count && least is { } interval
            ? rule.Found(("count", count), ("interval", TrafficScreen.TextOf(interval)))
            : null;
    }

    private static TrafficSignal? Velocity(TrafficRule rule, TrafficView view)
    {
        int max = rule.Max ?? int.MaxValue;
        return view.CountBefore() + 1 > max
            ? rule.Found(("max", max), ("within", TrafficScreen.TextOf(rule.Within.GetValueOrDefault())))
            : null;
    }

    private static TrafficSignal? LongTail(TrafficRule rule, TrafficView view)
    {
        (long late, long count) = view.DelaysBefore(rule.After ?? Duration.MaxValue);
        count += view.One.Delay is null ? 0 : 1;
        late += view.One.Delay > rule.After ? 1 : 0;
        return rule.Share is { } share && count > 0 && count >= rule.Max && late > count * share.Fraction
            ? rule.Found(("late", late), ("of", count), ("share", share))
            : null;
    }

    private static TrafficSignal? ClickFlood(TrafficRule rule, TrafficView view)
    {
        decimal clicks = view.ClicksBefore(rule);
        long outcomes = view.CountBefore() + 1;
        return rule.Max is { } max && clicks > (decimal)outcomes * max
            ? rule.Found(("clicks", clicks), ("outcomes", outcomes), ("max", max))
            : null;
    }

    private static TrafficSignal? RepeatedCaller(TrafficView view) => view.OldestBefore() is { } call
        ? new(0, TrafficAction.Reject, CallReasons.Repeated(call.Outcome.ToString(), call.At))
        : null;

    /// <summary>A result with what was seen before it: the room that it is in, and the one before that.</summary>
    private readonly struct TrafficView(TrafficSubject subject, TrafficLens lens, TrafficWindow window)
    {
        private readonly TrafficHistory? own = window.HistoryOf(subject.RoomOf(lens));
        private readonly TrafficHistory? earlier = window.HistoryOf(subject.RoomOf(lens).Before);
        private readonly Duration length = lens.Length;

        public TrafficSighting One { get; } = subject.Sighting;

        public IEnumerable<TrafficSighting> Before() =>
            (own?.Before(One, length) ?? []).Concat(earlier?.Before(One, length) ?? []);

        public long CountBefore() =>
            (own?.CountBefore(One, length) ?? 0) + (earlier?.CountBefore(One, length) ?? 0);

        public (long Late, long Count) DelaysBefore(Duration after)
        {
            (long late, long count) = own?.DelaysBefore(One, length, after) ?? default;
            (long Late, long Count) more = earlier?.DelaysBefore(One, length, after) ?? default;
            return (late + more.Late, count + more.Count);
        }

        public TrafficSighting? OldestBefore() =>
            earlier?.OldestBefore(One, length) ?? own?.OldestBefore(One, length);

        public decimal ClicksBefore(TrafficRule rule)
        {
            TrafficRoom clicks = subject.RoomOf(TrafficLens.OfClicks(rule, subject.Partner));
            return (window.HistoryOf(clicks)?.QuantityUntil(One.At, length) ?? 0)
                + (window.HistoryOf(clicks.Before)?.QuantityUntil(One.At, length) ?? 0);
        }
    }
}
