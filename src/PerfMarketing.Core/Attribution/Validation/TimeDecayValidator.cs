using FluentValidation;
using NodaTime;
using PerfMarketing.Attribution.Rules;

namespace PerfMarketing.Attribution.Validation;

/// <summary>Says what is wrong with a <see cref="TimeDecay"/>.</summary>
public sealed class TimeDecayValidator : AbstractValidator<TimeDecay>
{
    /// <summary>Sets up the rules.</summary>
    public TimeDecayValidator() =>
        RuleFor(static r => r.HalfLife.Value).GreaterThan(Duration.Zero)
            .OverridePropertyName(nameof(TimeDecay.HalfLife))
            .WithErrorCode(AttributionCodes.HalfLifeNotPositive).WithMessage("A half-life is above zero.");
}
