using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>The rules that look at one result alone: pure functions of the result, its touch and the terms.</summary>
public static class TrafficScreen
{
    /// <summary>What the rules of some terms find in a result; those that look beside it find nothing here.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="traffic">The result.</param>
    public static IEnumerable<TrafficSignal> Judge(TrafficTerms terms, TrafficCase traffic)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(traffic);
        foreach (TrafficRule rule in terms.Rules.ToArray())
        {
            if (rule.LooksAt(traffic.Outcome.Kind) && Judge(rule, traffic) is { } signal)
            {
                yield return signal;
            }
        }
    }

    private static TrafficSignal? Judge(TrafficRule rule, TrafficCase traffic) => rule.Rule switch
    {
        TrafficRuleKind.BeforeTouch => BeforeTouch(rule, traffic),
        TrafficRuleKind.TooFast => TooFast(rule, traffic),
        TrafficRuleKind.OutsideLookback => OutsideLookback(rule, traffic),
        TrafficRuleKind.CountryMismatch => CountryMismatch(rule, traffic),
        TrafficRuleKind.CurrencyMismatch => CurrencyMismatch(rule, traffic),
        TrafficRuleKind.Classified => Classified(rule, traffic),
        _ => null,
    };

    private static TrafficSignal? BeforeTouch(TrafficRule rule, TrafficCase traffic) =>
        traffic.Delay is { } delay && -delay > (rule.Within ?? Duration.Zero)
            ? rule.Found(("touch", traffic.TouchAt!.Value), ("outcome", traffic.Outcome.At))
            : null;

    // What came before its touch is another rule's.
    private static TrafficSignal? TooFast(TrafficRule rule, TrafficCase traffic) =>
        traffic.Delay is { } delay && delay >= Duration.Zero && delay < rule.Within
            ? rule.Found(("delay", TextOf(delay)), ("within", TextOf(rule.Within.Value)))
            : null;

    private static TrafficSignal? OutsideLookback(TrafficRule rule, TrafficCase traffic) =>
        traffic.Delay is { } delay && delay >= rule.Within
            ? rule.Found(("delay", TextOf(delay)), ("within", TextOf(rule.Within.Value)))
            : null;

    // A country that is not known is no mismatch: rules find what is there.
    private static TrafficSignal? CountryMismatch(TrafficRule rule, TrafficCase traffic)
    {
        if (!traffic.Outcome.Facts.TryGet(Facts.Country, out string? country))
        {
            return null;
        }

        if (rule.Values.Count > 0)
        {
            return rule.Values.Contains(country)
                ? null
                : rule.Found(("country", country), ("expected", string.Join(' ', rule.Values)));
        }

        return traffic.TouchFacts.TryGet(Facts.Country, out string? from) && from != country
            ? rule.Found(("country", country), ("expected", from))
            : null;
    }

    private static TrafficSignal? CurrencyMismatch(TrafficRule rule, TrafficCase traffic) =>
        OrderValues.ValueOf(traffic.Outcome) is { Currency.IsUnset: false } value
            && !rule.Values.Contains(value.Currency.Code)
            ? rule.Found(("currency", value.Currency.Code))
            : null;

    private static TrafficSignal? Classified(TrafficRule rule, TrafficCase traffic)
    {
        if (traffic.Classes.FirstOrDefault(rule.Values.Contains) is { } listed)
        {
            return rule.Found(("class", listed));
        }

        foreach (FactSet facts in (FactSet[])[traffic.Outcome.Facts, traffic.TouchFacts])
        {
            if (facts.TryGet(Facts.TrafficClasses, out ValueList<string>? classes)
                && classes.FirstOrDefault(rule.Values.Contains) is { } found)
            {
                return rule.Found(("class", found));
            }
        }

        return null;
    }

    // Parts of a second are cut off: a reason is for reading.
    internal static DurationText TextOf(Duration duration)
    {
        Duration whole = Duration.FromSeconds(duration.TotalSecondsOf());
        return new(Duration.Min(Duration.Max(whole, Duration.Zero), Duration.FromDays(DurationText.DaysMax)));
    }

    private static long TotalSecondsOf(this Duration duration) =>
        (duration.Days * 86_400L) + (duration.NanosecondOfDay / NodaConstants.NanosecondsPerSecond);
}
