using FluentValidation;
using PerfMarketing.Attribution.Rules;

namespace PerfMarketing.Attribution.Validation;

/// <summary>Says what is wrong with a <see cref="Participation"/>.</summary>
public sealed class ParticipationValidator : AbstractValidator<Participation>
{
    /// <summary>Sets up the rules.</summary>
    public ParticipationValidator()
    {
        RuleFor(static r => r.Introducer).InclusiveBetween(0, 1)
            .WithErrorCode(AttributionCodes.ShareOutOfRange).WithMessage("A share of the credit lies between 0 and 1.");
        RuleFor(static r => r.Assist).InclusiveBetween(0, 1)
            .WithErrorCode(AttributionCodes.ShareOutOfRange).WithMessage("A share of the credit lies between 0 and 1.");
        RuleFor(static r => r.Closer).InclusiveBetween(0, 1)
            .WithErrorCode(AttributionCodes.ShareOutOfRange).WithMessage("A share of the credit lies between 0 and 1.");
        RuleFor(static r => r)
            .Must(static r => Shares.IsFine(r.Introducer) && Shares.IsFine(r.Assist) && Shares.IsFine(r.Closer))
            .WithErrorCode(AttributionCodes.ShareTooFine).WithMessage("A share of the credit has at most 9 decimals.");
        RuleFor(static r => r.Closer).Must(static (rule, closer) => closer <= 1 - rule.Introducer - rule.Assist)
            .When(static r => r.Introducer is >= 0 and <= 1 && r.Assist is >= 0 and <= 1 && r.Closer is >= 0 and <= 1)
            .WithErrorCode(AttributionCodes.SharesAboveOne).WithMessage("The shares add up to at most 1.");
        RuleFor(static r => r.Closer)
            .Must(static (rule, closer) => closer != 0 || rule.Introducer != 0 || rule.Assist != 0)
            .WithErrorCode(AttributionCodes.NoShare).WithMessage("At least one role has a share.");
    }
}
