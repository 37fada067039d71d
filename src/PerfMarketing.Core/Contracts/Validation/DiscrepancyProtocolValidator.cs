using FluentValidation;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says what is wrong with a <see cref="DiscrepancyProtocol"/>.</summary>
public sealed class DiscrepancyProtocolValidator : AbstractValidator<DiscrepancyProtocol>
{
    /// <summary>Sets up the rules.</summary>
    public DiscrepancyProtocolValidator()
    {
        RuleFor(static p => p.Tolerance).Must(static t => t.Fraction is >= 0 and <= 1)
            .WithErrorCode(DiscrepancyCodes.Tolerance).WithMessage("A tolerance is from 0 to 100 %.");
        RuleFor(static p => p.Controlling).IsInEnum()
            .WithErrorCode(DiscrepancyCodes.Choice).WithMessage("The payer's or the payee's count controls.");
        RuleFor(static p => p.ToleranceOf).IsInEnum()
            .WithErrorCode(DiscrepancyCodes.Choice).WithMessage("A tolerance is a percentage of one of the counts.");
        RuleFor(static p => p.Beyond).IsInEnum()
            .WithErrorCode(DiscrepancyCodes.Choice).WithMessage("A policy says what counts beyond the tolerance.");
    }
}
