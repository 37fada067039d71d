using System.Globalization;
using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

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
        RuleFor(static m => m.Of)
            .Must(static (m, of) => of.Kind is not MeasureKind.Leg
                && (of.Kind is not MeasureKind.Payout || m.Mode == TierMode.Forward))
            .WithErrorCode(PayoutCodes.MeasureRefused)
            .WithMessage("Tiers count what the tally holds; by payout they only look back.");
        RuleFor(static m => m.On).Must(static on => on?.Kind is not (MeasureKind.Leg or MeasureKind.Payout))
            .WithErrorCode(PayoutCodes.MeasureRefused).WithMessage("Tiers price what the tally holds.");
        RuleForEach(static m => m.Tiers).SetValidator(m => new TierValidator(m));
    }

    /// <summary>Says which tiers end where they must not.</summary>
    /// <param name="context">What is validated.</param>
    /// <param name="result">Where failures go.</param>
    protected override bool PreValidate(ValidationContext<Tiered> context, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        Tiered model = context.InstanceToValidate;
        CheckEnds(model.Tiers, static t => t.UpTo, context.AddFailure);
        if (model.Mode != TierMode.Graduated && model.Tiers.Any(static t => t.UpToValue is not null))
        {
            CheckEnds(model.Tiers, static t => t.UpToValue, context.AddFailure);
        }

        return true;
    }

    private static void CheckEnds(ValueList<Tier> tiers, Func<Tier, decimal?> endOf, Action<ValidationFailure> add)
    {
        decimal start = 0;
        for (int i = 0; i < tiers.Count; i++)
        {
            if (endOf(tiers[i]) is not { } end)
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
