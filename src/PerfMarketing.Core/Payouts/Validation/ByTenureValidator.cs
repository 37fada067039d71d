using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Payouts.Models;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="ByTenure"/>; its models are validated by the catalog.</summary>
public sealed class ByTenureValidator : AbstractValidator<ByTenure>
{
    /// <summary>Sets up the rules.</summary>
    public ByTenureValidator()
    {
        RuleFor(static m => m.Bands.Count).InclusiveBetween(1, ByTenure.BandCountMax)
            .OverridePropertyName(nameof(ByTenure.Bands))
            .WithErrorCode(PayoutCodes.BandCount).WithMessage($"There are 1 to {ByTenure.BandCountMax} bands.");
        RuleForEach(static m => m.Bands).Must(static b => b.Months is null or (>= 1 and <= ByTenure.MonthsMax))
            .WithErrorCode(PayoutCodes.TermOutOfRange)
            .WithMessage($"A band ends after 1 to {ByTenure.MonthsMax} months.");
    }

    /// <summary>Says which bands end where they must not.</summary>
    /// <param name="context">What is validated.</param>
    /// <param name="result">Where failures go.</param>
    protected override bool PreValidate(ValidationContext<ByTenure> context, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        decimal?[] ends = [.. context.InstanceToValidate.Bands.Select(static b => (decimal?)b.Months)];
        foreach (ValidationFailure failure in BandEnds.Failures(ends, nameof(TenureBand.Months)))
        {
            context.AddFailure(failure);
        }

        return true;
    }
}
