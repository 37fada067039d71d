using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Time;

namespace PerfMarketing.Attribution;

/// <summary>Whether a touch lies in its window, for rules that say more of windows than one lookback.</summary>
internal static class WindowTerms
{
    /// <summary>How far before a conversion a touch can count.</summary>
    public static LookbackWindow ReachOf(AttributionRule rule)
    {
        LookbackWindow longest = rule.Lookback;
        foreach (TouchWindow window in rule.Windows)
        {
            longest = Longer(Longer(longest, window.Lookback), window.AfterClick ?? window.Lookback);
        }

        return rule.Stage is { } stage ? Sum(longest, stage.Within) : longest;
    }

    /// <summary>What the windows say of a touch that nothing else rules out.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="touch">The touch.</param>
    /// <param name="conversion">The outcome.</param>
    /// <param name="hasClick">Whether an eligible click came before.</param>
    public static TouchFate FateOf(
        AttributionRule rule, in JourneyTouch touch, in ConversionPoint conversion, bool hasClick)
    {
        Instant end = conversion.At;
        if (rule.Stage is { } stage && InstantOf(conversion.Facts, stage.Fact) is { } step)
        {
            if (touch.At > step || !stage.Within.Contains(step, conversion.At))
            {
                return TouchFate.OutsideStage;
            }

            end = step;
        }

        if (!LookbackOf(rule, touch, hasClick).Contains(touch.At, end))
        {
            return TouchFate.OutsideLookback;
        }

        return rule.Returning is { } returning
            && InstantOf(conversion.Facts, returning.Fact) is { } first
            && returning.Window.Contains(first, conversion.At)
            && !returning.Retargeting.Matches(touch)
            ? TouchFate.NotRetargeting
            : TouchFate.Eligible;
    }

    /// <summary>The window of a touch.</summary>
    public static LookbackWindow LookbackOf(AttributionRule rule, in JourneyTouch touch, bool hasClick)
    {
        foreach (TouchWindow window in rule.Windows)
        {
            if (window.Touches.Matches(touch))
            {
                return hasClick && window.AfterClick is { } shorter ? shorter : window.Lookback;
            }
        }

        return rule.Lookback;
    }

    private static Instant? InstantOf(FactSet? facts, string name) =>
        facts is not null && facts.TryFind(name, out FactValue value) && value.TryAs(out Instant at) ? at : null;

    private static LookbackWindow Longer(LookbackWindow left, LookbackWindow right) =>
        left.Length is not { } first || right.Length is not { } second ? LookbackWindow.Unlimited
            : first >= second ? left : right;

    private static LookbackWindow Sum(LookbackWindow left, LookbackWindow right) =>
        left.Length is { } first && right.Length is { } second
            && first + second <= Duration.FromDays(DurationText.DaysMax)
            ? new(first + second)
            : LookbackWindow.Unlimited;
}
