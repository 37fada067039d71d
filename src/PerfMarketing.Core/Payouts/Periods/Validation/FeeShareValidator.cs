using FluentValidation;

namespace PerfMarketing.Payouts.Periods.Validation;

/// <summary>Says what is wrong with a <see cref="FeeShare"/>.</summary>
public sealed class FeeShareValidator : AbstractValidator<FeeShare>
{
    /// <summary>Sets up the rules.</summary>
    public FeeShareValidator()
    {
        RuleFor(static p => p.Rate).IsShare();
        RuleFor(static p => p.Of).IsAmount();
        RuleFor(static p => p.Clauses).AreNamedOnce();
    }
}
