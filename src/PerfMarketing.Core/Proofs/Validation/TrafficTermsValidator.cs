using FluentValidation;
using PerfMarketing.Proofs.Traffic;

namespace PerfMarketing.Proofs.Validation;

/// <summary>Says what is wrong with <see cref="TrafficTerms"/>.</summary>
public sealed class TrafficTermsValidator : AbstractValidator<TrafficTerms>
{
    /// <summary>Sets up the rules.</summary>
    public TrafficTermsValidator()
    {
        RuleFor(static t => t.Rules).Must(static r => r.Count is > 0 and <= TrafficTerms.RuleCountMax)
            .WithErrorCode(TrafficCodes.RuleCount).WithMessage($"There are 1 to {TrafficTerms.RuleCountMax} rules.");
        RuleForEach(static t => t.Rules).SetValidator(new TrafficRuleValidator());
        RuleFor(static t => t.HoldAt)
            .Must(static (t, hold) => hold is not <= 0 && t.RejectAt is not <= 0 && !(hold >= t.RejectAt))
            .WithErrorCode(TrafficCodes.ScoresInvalid)
            .WithMessage("Scores from which on results are held or rejected are above 0, and holding comes first.");
    }
}
