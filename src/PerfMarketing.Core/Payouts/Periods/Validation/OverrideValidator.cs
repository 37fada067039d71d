using FluentValidation;

namespace PerfMarketing.Payouts.Periods.Validation;

/// <summary>Says what is wrong with a <see cref="Override"/>.</summary>
public sealed class OverrideValidator : AbstractValidator<Override>
{
    /// <summary>Sets up the rules.</summary>
    public OverrideValidator()
    {
        RuleFor(static p => p.Rate).IsShare();
        RuleFor(static p => p.Of).IsAmount();
        RuleFor(static p => p.Partners).AreNamedOnce();
        RuleFor(static p => p.Clauses).AreNamedOnce();
    }
}
