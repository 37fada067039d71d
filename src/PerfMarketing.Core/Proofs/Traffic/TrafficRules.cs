using NodaTime;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>The rules that look beside a result.</summary>
internal static class TrafficRules
{
    /// <summary>Stands for the order id, which is no fact.</summary>
    internal const string OrderFact = "order-id";

    internal static string? FactOf(TrafficRule rule) => rule.Rule switch
    {
        TrafficRuleKind.DuplicateOrder => OrderFact,
        TrafficRuleKind.Repeated => rule.Of,
        _ => null,
    };

    // How far back the rule looks; an order id without a time is unique as far as the window remembers.
    internal static Duration LengthOf(TrafficRule rule) => rule.Rule switch
    {
        TrafficRuleKind.ExactIntervals => Duration.FromDays(Time.DurationText.DaysMax),
        _ => rule.Within ?? Duration.FromDays(Time.DurationText.DaysMax),
    };

    internal static TrafficSignal? Judge(TrafficRule rule, TrafficObservation observed, TrafficWindow window) =>
        rule.Rule switch
        {
            TrafficRuleKind.DuplicateOrder => DuplicateOrder(rule, observed, window),
            TrafficRuleKind.Repeated => Repeated(rule, observed, window),
            TrafficRuleKind.ExactIntervals => ExactIntervals(rule, observed, window),
            TrafficRuleKind.Velocity => Velocity(rule, observed, window),
            TrafficRuleKind.LongTail => LongTail(rule, observed, window),
            TrafficRuleKind.ClickFlood => ClickFlood(rule, observed, window),
            _ => null,
        };

    private static TrafficSignal? DuplicateOrder(TrafficRule rule, TrafficObservation observed, TrafficWindow window) =>
        TrafficWindow.ValueOf(observed, OrderFact) is { } order
            && Recent(rule, observed, window.Before(observed, OrderFact, order)).LastOrDefault() is { } first
            ? rule.Found(("order", order), ("first", first.Id))
            : null;

    private static TrafficSignal? Repeated(TrafficRule rule, TrafficObservation observed, TrafficWindow window)
    {
        if (rule.Of is not { } of || TrafficWindow.ValueOf(observed, of) is not { } value)
        {
            return null;
        }

        // The value itself is a pseudonym, and stays out of the reason.
        int max = rule.Max ?? 0;
        int count = Recent(rule, observed, window.Before(observed, of, value)).Take(max + 1).Count();
        return count > max ? rule.Found(("of", of), ("count", count), ("max", max)) : null;
    }

    private static TrafficSignal? ExactIntervals(TrafficRule rule, TrafficObservation observed, TrafficWindow window)
    {
        int count = rule.Max ?? int.MaxValue;
        Instant later = observed.At;
        Duration? least = null;
        Duration? most = null;
        int seen = 1;
        foreach (TrafficObservation earlier in window.Before(observed).Take(count - 1))
        {
            Duration gap = later - earlier.At;
            least = least is { } low ? Duration.Min(low, gap) : gap;
            most = most is { } high ? Duration.Max(high, gap) : gap;
            later = earlier.At;
            seen++;
        }

        // Results of one instant are a batch, and no clockwork.
        return seen == count && least > Duration.Zero && most - least <= (rule.Within ?? Duration.Zero)
            ? rule.Found(("count", count), ("interval", TrafficScreen.TextOf(least.Value)))
            : null;
    }

    private static TrafficSignal? Velocity(TrafficRule rule, TrafficObservation observed, TrafficWindow window)
    {
        int max = rule.Max ?? int.MaxValue;
        return Recent(rule, observed, window.Before(observed)).Take(max).Count() + 1 > max
            ? rule.Found(("max", max), ("within", TrafficScreen.TextOf(rule.Within.GetValueOrDefault())))
            : null;
    }

    private static TrafficSignal? LongTail(TrafficRule rule, TrafficObservation observed, TrafficWindow window)
    {
        long late = 0;
        long count = 0;
        foreach (TrafficObservation one in Recent(rule, observed, window.Before(observed)).Prepend(observed))
        {
            count += one.Case.Delay is null ? 0 : 1;
            late += one.Case.Delay > rule.After ? 1 : 0;
        }

        return rule.Share is { } share && count > 0 && count >= rule.Max && late > count * share.Fraction
            ? rule.Found(("late", late), ("of", count), ("share", share))
            : null;
    }

    private static TrafficSignal? ClickFlood(TrafficRule rule, TrafficObservation observed, TrafficWindow window)
    {
        long clicks = window.ClicksBefore(observed.Partner, From(rule, observed), observed.At);
        long outcomes = Recent(rule, observed, window.Before(observed)).LongCount() + 1;
        return rule.Max is { } max && clicks > outcomes * max
            ? rule.Found(("clicks", clicks), ("outcomes", outcomes), ("max", max))
            : null;
    }

    // Half-open: a result exactly as far back as the rule looks is out.
    private static IEnumerable<TrafficObservation> Recent(
        TrafficRule rule, TrafficObservation observed, IEnumerable<TrafficObservation> before) =>
        before.TakeWhile(other => !(observed.At - other.At >= rule.Within));

    private static Instant From(TrafficRule rule, TrafficObservation observed) =>
        rule.Within is { } within && observed.At - Instant.MinValue > within ? observed.At - within : Instant.MinValue;
}
