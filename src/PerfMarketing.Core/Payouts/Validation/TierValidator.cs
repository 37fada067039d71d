using FluentValidation;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with one <see cref="Tier"/> of a model.</summary>
internal sealed class TierValidator : AbstractValidator<Tier>
{
    public TierValidator(Tiered model)
    {
        bool isForward = model.Mode == TierMode.Forward;
        RuleFor(static t => t.Price).Must(static p => p is not { Amount: < 0 })
            .WithErrorCode(PayoutCodes.PriceNegative).WithMessage("A price is not below zero.");
        RuleFor(static t => t.Flat).Must(static p => p is not { Amount: < 0 })
            .WithErrorCode(PayoutCodes.PriceNegative).WithMessage("A flat amount is not below zero.");
        RuleFor(static t => t.Rate).Must(static r => r is not ({ Fraction: < 0 } or { Fraction: > 1 }))
            .WithErrorCode(PayoutCodes.RateOutOfRange).WithMessage("A rate lies between 0% and 100%.");
        RuleFor(static t => t)
            .Must(static t => t.Price is null ? t.Rate is not null || t.Flat is not null : t.Rate is null)
            .OverridePropertyName(nameof(Tier.Price))
            .WithErrorCode(PayoutCodes.TierPays).WithMessage("A tier has a price or a rate, a flat amount, or both.");
        RuleFor(static t => t.Size).Must(static s => s is null or > 0)
            .WithErrorCode(PayoutCodes.SizeNotPositive).WithMessage("A block has more than no unit.");
        RuleFor(static t => t.Size)
            .Must(s => s is null
                || (!isForward && (model.Mode == TierMode.Volume || model.On is null || model.On == model.Of)))
            .WithErrorCode(PayoutCodes.TierTerm)
            .WithMessage("Blocks are counted by what the tiers count, and not forward only.");
        RuleFor(static t => t.Full).Must(static (t, full) => !full || t.Size is not null)
            .WithErrorCode(PayoutCodes.TierTerm).WithMessage("Only a block can be full.");
        RuleFor(static t => t.Flat).Must(f => f is null || !isForward)
            .WithErrorCode(PayoutCodes.TierTerm).WithMessage("Looking forward only, no tier is entered.");
        RuleFor(static t => t.UpToValue).Must(e => e is null || model.Mode != TierMode.Graduated)
            .WithErrorCode(PayoutCodes.TierTerm).WithMessage("Graduated tiers have one end.");
        RuleFor(static t => t.Rate)
            .Must(r => r is null || model.On is not { Kind: MeasureKind.Count or MeasureKind.Quantity })
            .WithErrorCode(PayoutCodes.MeasureRefused).WithMessage("A rate is one of an amount.");
    }
}
