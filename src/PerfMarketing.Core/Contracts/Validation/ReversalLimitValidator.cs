using FluentValidation;
using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says what is wrong with a <see cref="ReversalLimit"/>.</summary>
public sealed class ReversalLimitValidator : AbstractValidator<ReversalLimit>
{
    /// <summary>Sets up the rules.</summary>
    public ReversalLimitValidator()
    {
        RuleFor(static l => l.Max).Must(static max => max.Fraction is >= 0 and <= 1)
            .WithErrorCode(ReversalCodes.Max).WithMessage("A limit is from 0 to 100 %.");
        RuleFor(static l => l.Of).IsInEnum()
            .WithErrorCode(ReversalCodes.Choice).WithMessage("A limit counts outcomes or amounts.");
        RuleFor(static l => l.Cohort).IsInEnum()
            .WithErrorCode(ReversalCodes.Choice).WithMessage("A cohort is of outcomes that occurred or were decided.");
        RuleFor(static l => l.Rounding).IsInEnum()
            .WithErrorCode(ReversalCodes.Choice).WithMessage("A limit is rounded up, down or to the nearest.");
        RuleFor(static l => l.Per)
            .Must(static unit => unit is >= PeriodUnit.Hour and <= PeriodUnit.Lifetime
                and not (PeriodUnit.Flight or PeriodUnit.Rolling))
            .WithErrorCode(ReversalCodes.Period).WithMessage("A cohort is of a calendar period or of all time.");
        RuleFor(static l => l.Within).Must(static w => w is not { } time || IsTime(time))
            .WithErrorCode(ReversalCodes.Within)
            .WithMessage($"The time for reversals is of whole seconds, at most {DurationText.DaysMax} days.");
        RuleFor(static l => l.Exempt)
            .Must(static e => e.Count <= ReversalLimit.ExemptCountMax && e.Distinct().Count() == e.Count
                && !e.Contains(default))
            .WithErrorCode(ReversalCodes.ExemptReasons)
            .WithMessage($"At most {ReversalLimit.ExemptCountMax} reasons are exempt, each named once.");
    }

    private static bool IsTime(Duration time) => time >= Duration.FromSeconds(1)
        && time <= Duration.FromDays(DurationText.DaysMax)
        && time.NanosecondOfDay % NodaConstants.NanosecondsPerSecond == 0;
}
