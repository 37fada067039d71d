using FluentValidation;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Validation;

/// <summary>Says what is wrong with a <see cref="Fitted"/>.</summary>
public sealed class FittedValidator : AbstractValidator<Fitted>
{
    /// <summary>Sets up the rules.</summary>
    public FittedValidator()
    {
        RuleFor(static r => r.Model).NotNull()
            .WithErrorCode(AttributionCodes.ModelInvalid).WithMessage("A fitted rule has a model.");
        RuleFor(static r => r.Model)
            .Must(static m => m is null || (!string.IsNullOrEmpty(m.Name) && m.Version >= 1))
            .WithErrorCode(AttributionCodes.ModelInvalid).WithMessage("A model has a name, and a version from 1.");
        RuleFor(static r => r.Model)
            .Must(static m => m is null || m.Weights.All(static w =>
                !w.Channel.IsUnset && w.Weight is >= 0 and <= FittedModel.WeightMax))
            .WithErrorCode(AttributionCodes.ModelWeightOutOfRange)
            .WithMessage("Each weight is of a channel, and from 0 to 1,000,000,000,000.");
        RuleFor(static r => r.Model)
            .Must(static m => m is null || IsSorted(m.Weights))
            .WithErrorCode(AttributionCodes.ModelNotSorted)
            .WithMessage("Each channel has one weight, in the order of the channels' texts.");
        RuleFor(static r => r.Model)
            .Must(static m => m is null || m.Weights.Any(static w => w.Weight > 0))
            .WithErrorCode(AttributionCodes.ModelWeighsNothing).WithMessage("Some channel weighs more than 0.");
    }

    private static bool IsSorted(ValueList<FittedWeight> weights)
    {
        for (int i = 1; i < weights.Count; i++)
        {
            if (weights[i].Channel <= weights[i - 1].Channel)
            {
                return false;
            }
        }

        return true;
    }
}
