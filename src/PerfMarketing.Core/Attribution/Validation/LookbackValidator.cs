using FluentValidation;
using NodaTime;

namespace PerfMarketing.Attribution.Validation;

/// <summary>Says what is wrong with the terms that every attribution rule has.</summary>
internal sealed class LookbackValidator : AbstractValidator<AttributionRule>
{
    public LookbackValidator() =>
        RuleFor(static r => r.Lookback).Must(static lookback => lookback.Length != Duration.Zero)
            .WithErrorCode(AttributionCodes.LookbackEmpty).WithMessage("A lookback window is longer than zero.");
}
