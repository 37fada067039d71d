using FluentValidation;
using PerfMarketing.Attribution.Rules;

namespace PerfMarketing.Attribution.Validation;

/// <summary>Says what is wrong with a <see cref="LastNonDirect"/>.</summary>
public sealed class LastNonDirectValidator : AbstractValidator<LastNonDirect>
{
    /// <summary>Sets up the rules.</summary>
    public LastNonDirectValidator() =>
        RuleFor(static r => r.Ignored).Must(static list => list.Count is > 0 and <= TouchFilter.CountMax)
            .WithErrorCode(AttributionCodes.CountOutOfRange)
            .WithMessage("From 1 to 1,000 channels are ignored; without any, use last-touch.");
}
