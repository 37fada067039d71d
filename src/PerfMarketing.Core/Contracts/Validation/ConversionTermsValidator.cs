using FluentValidation;
using PerfMarketing.Monetary;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says what is wrong with <see cref="ConversionTerms"/>.</summary>
public sealed class ConversionTermsValidator : AbstractValidator<ConversionTerms>
{
    /// <summary>Sets up the rules.</summary>
    public ConversionTermsValidator()
    {
        RuleFor(static c => c.Source)
            .Must(static s => s is { Length: > 0 and <= RateSnapshot.TextLengthMax }
                && s.All(static c => c is > ' ' and <= '~'))
            .WithErrorCode(ContractCodes.Conversion)
            .WithMessage("A source is 1 to 64 printable ASCII characters without spaces.");
        RuleFor(static c => c.Day).IsInEnum()
            .WithErrorCode(ContractCodes.Conversion).WithMessage("The day is that of event, decision or statement.");
        RuleFor(static c => c.DaysBack).InclusiveBetween(0, ConversionTerms.DaysBackMax)
            .WithErrorCode(ContractCodes.Conversion)
            .WithMessage($"A rate is of the day itself or up to {ConversionTerms.DaysBackMax} days before.");
    }
}
