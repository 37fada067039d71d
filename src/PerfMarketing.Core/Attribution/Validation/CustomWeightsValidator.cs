using FluentValidation;
using PerfMarketing.Attribution.Rules;

namespace PerfMarketing.Attribution.Validation;

/// <summary>Says what is wrong with a <see cref="CustomWeights"/>.</summary>
public sealed class CustomWeightsValidator : AbstractValidator<CustomWeights>
{
    /// <summary>Sets up the rules.</summary>
    public CustomWeightsValidator()
    {
        RuleFor(static r => r.Weights).Must(static list => list.Count is > 0 and <= CustomWeights.EntryCountMax)
            .WithErrorCode(AttributionCodes.CountOutOfRange).WithMessage("There are 1 to 1,000 weights.");
        RuleForEach(static r => r.Weights).ChildRules(static entry =>
        {
            entry.RuleFor(static e => e.Weight).InclusiveBetween(0, CustomWeights.WeightMax)
                .WithErrorCode(AttributionCodes.WeightOutOfRange)
                .WithMessage("A weight lies between 0 and 1,000,000,000.");
            entry.RuleFor(static e => e.Touches).SetValidator(new TouchFilterValidator());
        });
        RuleFor(static r => r.Otherwise).InclusiveBetween(0, CustomWeights.WeightMax)
            .WithErrorCode(AttributionCodes.WeightOutOfRange)
            .WithMessage("A weight lies between 0 and 1,000,000,000.");
        RuleFor(static r => r).Must(static r => r.Otherwise != 0 || r.Weights.Any(static w => w.Weight != 0))
            .When(static r => r.Weights.Count > 0)
            .WithErrorCode(AttributionCodes.WeightOutOfRange).WithMessage("At least one weight is above 0.");
    }
}
