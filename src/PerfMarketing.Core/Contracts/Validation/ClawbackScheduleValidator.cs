using FluentValidation;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says what is wrong with a <see cref="ClawbackSchedule"/>.</summary>
public sealed class ClawbackScheduleValidator : AbstractValidator<ClawbackSchedule>
{
    /// <summary>Sets up the rules.</summary>
    public ClawbackScheduleValidator()
    {
        RuleFor(static s => s.Steps).Must(Rise)
            .WithErrorCode(ClawbackCodes.Steps)
            .WithMessage($"1 to {ClawbackSchedule.StepCountMax} steps end later and later, the last after at most "
                + $"{ClawbackSchedule.DaysMax} days.");
        RuleForEach(static s => s.Steps).Must(static s => s.Part.Fraction is >= 0 and <= 1)
            .WithErrorCode(ClawbackCodes.Part).WithMessage("A part is from 0 to 100 %.");
        RuleFor(static s => s.Since).IsInEnum()
            .WithErrorCode(ClawbackCodes.Since).WithMessage("Days count since an outcome occurred or was payable.");
        RuleFor(static s => s.Exempt)
            .Must(static e => e.Count <= ReversalLimit.ExemptCountMax && e.Distinct().Count() == e.Count
                && !e.Contains(default))
            .WithErrorCode(ClawbackCodes.ExemptReasons)
            .WithMessage($"At most {ReversalLimit.ExemptCountMax} reasons are exempt, each named once.");
    }

    private static bool Rise(ValueList<ClawbackStep> steps)
    {
        int before = 0;
        foreach (ClawbackStep step in steps)
        {
            if (step.UpTo <= before)
            {
                return false;
            }

            before = step.UpTo;
        }

        return steps.Count is > 0 and <= ClawbackSchedule.StepCountMax && before <= ClawbackSchedule.DaysMax;
    }
}
