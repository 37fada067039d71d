using FluentValidation;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Time;

namespace PerfMarketing.Proofs.Validation;

/// <summary>Says what is wrong with a <see cref="TrafficRule"/>.</summary>
public sealed class TrafficRuleValidator : AbstractValidator<TrafficRule>
{
    /// <summary>Sets up the rules.</summary>
    public TrafficRuleValidator()
    {
        RuleFor(static r => r.Rule)
            .Must(static (r, rule) => Enum.IsDefined(rule) && r.Outcomes.Count <= TrafficRule.ValueCountMax
                && r.Outcomes.Distinct().Count() == r.Outcomes.Count && !r.Outcomes.Contains(default))
            .WithErrorCode(TrafficCodes.RuleUndefined)
            .WithMessage("A rule is one of those that exist, for kinds of results named once each.");
        RuleFor(static r => r.Score)
            .Must(static (r, score) => score is >= 0 and <= TrafficRule.ScoreMax && Enum.IsDefined(r.Then))
            .WithErrorCode(TrafficCodes.ScoreOutOfRange)
            .WithMessage($"A score is from 0 to {TrafficRule.ScoreMax}, and a consequence one that exists.");
        RuleFor(static r => r).Must(static r => !Enum.IsDefined(r.Rule) || HasThresholds(r))
            .WithErrorCode(TrafficCodes.ThresholdsInvalid)
            .WithMessage(static r => $"The rule has exactly the thresholds that it needs: {NeedsOf(r.Rule)}.");
    }

    private static string NeedsOf(TrafficRuleKind rule) => rule switch
    {
        TrafficRuleKind.BeforeTouch => "within, if any",
        TrafficRuleKind.TooFast or TrafficRuleKind.OutsideLookback => "within",
        TrafficRuleKind.CountryMismatch => "values, if any",
        TrafficRuleKind.CurrencyMismatch or TrafficRuleKind.Classified => "values",
        TrafficRuleKind.Repeated => "of, within, and max from 0 on",
        TrafficRuleKind.ExactIntervals => "max from 3 on, and within, if any",
        TrafficRuleKind.LongTail => "within, after, max from 1 on, and share",
        _ => "within, and max from 1 on",
    };

    private static bool HasThresholds(TrafficRule r) => AreSound(r) && r.Rule switch
    {
        TrafficRuleKind.BeforeTouch => Uses(r, within: r.Within is not null),
        TrafficRuleKind.TooFast or TrafficRuleKind.OutsideLookback => Uses(r, within: true),
        TrafficRuleKind.CountryMismatch => Uses(r, values: r.Values.Count > 0),
        TrafficRuleKind.CurrencyMismatch or TrafficRuleKind.Classified => Uses(r, values: true),
        TrafficRuleKind.Repeated => Uses(r, within: true, max: true, of: true),
        TrafficRuleKind.ExactIntervals => r.Max >= 3 && Uses(r, within: r.Within is not null, max: true),
        TrafficRuleKind.LongTail => r.Max >= 1 && r.After is not null && r.Share is not null
            && Uses(r with { After = null, Share = null }, within: true, max: true),
        _ => r.Max >= 1 && Uses(r, within: true, max: true),
    };

    private static bool Uses(
        TrafficRule r, bool within = false, bool max = false, bool of = false, bool values = false) =>
        r.Within is not null == within && r.Max is not null == max && r.Of is not null == of
        && r.Values.Count > 0 == values && r.After is null && r.Share is null;

    private static bool AreSound(TrafficRule r) => IsTime(r.Within) && IsTime(r.After)
        && (!r.LooksBeside || r.Rule == TrafficRuleKind.ExactIntervals || r.Within is not { } w || w > Duration.Zero)
        && (r.Max is null || (r.Max >= 0 && r.Max <= MaxOf(r.Rule)))
        && r.Share is null or { Fraction: >= 0 and <= 1 }
        && (r.Of is null || Fact.IsName(r.Of))
        && r.Values.Count <= TrafficRule.ValueCountMax && r.Values.Distinct().Count() == r.Values.Count
        && r.Values.All(static v => v is { Length: > 0 and <= EvidenceClaim.LengthMax });

    private static int MaxOf(TrafficRuleKind rule) =>
        rule == TrafficRuleKind.ClickFlood ? TrafficRule.ClicksMax : TrafficHistory.CountMax;

    private static bool IsTime(Duration? time) => time is not { } value
        || (value >= Duration.Zero && value <= Duration.FromDays(DurationText.DaysMax)
            && value.NanosecondOfDay % NodaConstants.NanosecondsPerSecond == 0);
}
