using System.Globalization;
using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="Tiered"/>.</summary>
public sealed class TieredValidator : AbstractValidator<Tiered>
{
    /// <summary>Sets up the rules.</summary>
    public TieredValidator()
    {
        RuleFor(static m => m.Tiers.Count).InclusiveBetween(1, Tiered.TierCountMax)
            .OverridePropertyName(nameof(Tiered.Tiers))
            .WithErrorCode(PayoutCodes.TierCount).WithMessage($"There are 1 to {Tiered.TierCountMax} tiers.");
        RuleForEach(static m => m.Tiers).Must(static t => t.Price.Amount >= 0)
            .WithErrorCode(PayoutCodes.PriceNegative).WithMessage("A price is not below zero.");
    }

    /// <summary>Says which tiers end where they must not.</summary>
    /// <param name="context">What is validated.</param>
    /// <param name="result">Where failures go.</param>
    protected override bool PreValidate(ValidationContext<Tiered> context, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        CheckEnds(context.InstanceToValidate.Tiers, context.AddFailure);
        return true;
    }

    private static void CheckEnds(ValueList<Tier> tiers, Action<ValidationFailure> add)
    {
        decimal start = 0;
        for (int i = 0; i < tiers.Count; i++)
        {
            if (tiers[i].UpTo is not { } end)
            {
                if (i < tiers.Count - 1)
                {
                    add(Failure(i, PayoutCodes.TierEnd, "Only the last tier has no end."));
                }

                continue;
            }

            if (i == tiers.Count - 1)
            {
                add(Failure(i, PayoutCodes.TierEnd, "The last tier has no end."));
            }

            if (end <= start)
            {
                add(Failure(i, PayoutCodes.TiersNotAscending, "A tier ends above the one before it."));
            }

            start = end;
        }
    }

    private static ValidationFailure Failure(int index, string code, string message) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{nameof(Tiered.Tiers)}[{index}]"), message)
        {
            ErrorCode = code,
        };
}
