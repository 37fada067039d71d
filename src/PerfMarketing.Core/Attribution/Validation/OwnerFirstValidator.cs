using FluentValidation;
using PerfMarketing.Attribution.Rules;

namespace PerfMarketing.Attribution.Validation;

/// <summary>Says what is wrong with an <see cref="OwnerFirst"/>, the rule inside aside.</summary>
public sealed class OwnerFirstValidator : AbstractValidator<OwnerFirst>
{
    /// <summary>Sets up the rules.</summary>
    public OwnerFirstValidator() =>
        RuleFor(static r => r.Claims).NotEmpty()
            .WithErrorCode(AttributionCodes.ClaimsMissing)
            .WithMessage("A rule about owners names the claims that make one.");
}
