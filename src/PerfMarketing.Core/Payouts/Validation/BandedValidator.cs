using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="Banded"/>; its models are validated by the catalog.</summary>
public sealed class BandedValidator : AbstractValidator<Banded>
{
    /// <summary>Sets up the rules.</summary>
    public BandedValidator()
    {
        RuleFor(static m => m.Of)
            .Must(static of => of.Kind is not (MeasureKind.Count or MeasureKind.Payout))
            .WithErrorCode(PayoutCodes.MeasureRefused)
            .WithMessage("Bands are of the value, the quantity, a fact or another leg.");
        RuleFor(static m => m.Bands.Count).InclusiveBetween(1, Banded.BandCountMax)
            .OverridePropertyName(nameof(Banded.Bands))
            .WithErrorCode(PayoutCodes.BandCount).WithMessage($"There are 1 to {Banded.BandCountMax} bands.");
    }

    /// <summary>Says which bands end where they must not.</summary>
    /// <param name="context">What is validated.</param>
    /// <param name="result">Where failures go.</param>
    protected override bool PreValidate(ValidationContext<Banded> context, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        decimal?[] ends = [.. context.InstanceToValidate.Bands.Select(static b => b.UpTo)];
        foreach (ValidationFailure failure in BandEnds.Failures(ends, nameof(Band.UpTo)))
        {
            context.AddFailure(failure);
        }

        return true;
    }
}
