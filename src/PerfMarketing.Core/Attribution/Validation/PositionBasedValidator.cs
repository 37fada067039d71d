using FluentValidation;
using PerfMarketing.Attribution.Rules;

namespace PerfMarketing.Attribution.Validation;

/// <summary>Says what is wrong with a <see cref="PositionBased"/>.</summary>
public sealed class PositionBasedValidator : AbstractValidator<PositionBased>
{
    /// <summary>Sets up the rules.</summary>
    public PositionBasedValidator()
    {
        RuleFor(static r => r.First).InclusiveBetween(0, 1)
            .WithErrorCode(AttributionCodes.ShareOutOfRange).WithMessage("A share of the credit lies between 0 and 1.");
        RuleFor(static r => r.Last).InclusiveBetween(0, 1)
            .WithErrorCode(AttributionCodes.ShareOutOfRange).WithMessage("A share of the credit lies between 0 and 1.");
        RuleFor(static r => r.First).Must(Shares.IsFine)
            .WithErrorCode(AttributionCodes.ShareTooFine).WithMessage("A share of the credit has at most 9 decimals.");
        RuleFor(static r => r.Last).Must(Shares.IsFine)
            .WithErrorCode(AttributionCodes.ShareTooFine).WithMessage("A share of the credit has at most 9 decimals.");
        RuleFor(static r => r.Last).Must(static (rule, last) => last <= 1 - rule.First)
            .When(static r => r.First is >= 0 and <= 1)
            .WithErrorCode(AttributionCodes.SharesAboveOne)
            .WithMessage("The first and the last share add up to at most 1.");
    }
}
