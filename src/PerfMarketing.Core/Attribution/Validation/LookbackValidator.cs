using FluentValidation;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Validation;

/// <summary>Says what is wrong with the terms that every attribution rule has.</summary>
internal sealed class LookbackValidator : AbstractValidator<AttributionRule>
{
    public LookbackValidator()
    {
        this.Term(nameof(AttributionRule.Lookback), static r => r.Lookback.Length != Duration.Zero)
            .WithErrorCode(AttributionCodes.LookbackEmpty).WithMessage("A lookback window is longer than zero.");
        RuleFor(static r => r.Windows).Must(static w => w.Count <= AttributionRule.WindowCountMax)
            .WithErrorCode(AttributionCodes.CountOutOfRange).WithMessage("A rule has at most 100 windows.");
        RuleForEach(static r => r.Windows).ChildRules(static window =>
        {
            window.RuleFor(static w => w.Lookback).Must(static lookback => lookback.Length != Duration.Zero)
                .WithErrorCode(AttributionCodes.LookbackEmpty).WithMessage("A lookback window is longer than zero.");
            window.RuleFor(static w => w.Touches).SetValidator(new TouchFilterValidator());
        });
        this.Term(
                nameof(AttributionRule.MaxTouches),
                static r => r.MaxTouches is null or (>= 1 and <= Attributor.TouchCountMax))
            .WithErrorCode(AttributionCodes.CountOutOfRange).WithMessage("From 1 to 65,536 touches are weighed.");
        RuleFor(static r => r.Claims).Must(static c => c.Count <= AttributionRule.ClaimCountMax)
            .WithErrorCode(AttributionCodes.CountOutOfRange).WithMessage("A rule names at most 16 kinds of claims.");
        AddStageRules();
    }

    private void AddStageRules()
    {
        RuleFor(static r => r.Stage).ChildRules(static stage =>
        {
            stage.RuleFor(static s => s!.Fact).Must(Fact.IsName)
                .WithErrorCode(AttributionCodes.FactName).WithMessage("A fact's name is kebab-case.");
            stage.RuleFor(static s => s!.Within).Must(static within => within.Length != Duration.Zero)
                .WithErrorCode(AttributionCodes.LookbackEmpty).WithMessage("A window is longer than zero.");
        });
        RuleFor(static r => r.Returning).ChildRules(static returning =>
        {
            returning.RuleFor(static t => t!.Fact).Must(Fact.IsName)
                .WithErrorCode(AttributionCodes.FactName).WithMessage("A fact's name is kebab-case.");
            returning.RuleFor(static t => t!.Window).Must(static window => window.Length != Duration.Zero)
                .WithErrorCode(AttributionCodes.LookbackEmpty).WithMessage("A window is longer than zero.");
            returning.RuleFor(static t => t!.Retargeting).SetValidator(new TouchFilterValidator());
        });
    }
}
