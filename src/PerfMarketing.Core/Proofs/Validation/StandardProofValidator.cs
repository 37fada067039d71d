using FluentValidation;
using NodaTime;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Time;

namespace PerfMarketing.Proofs.Validation;

/// <summary>Says what is wrong with a <see cref="StandardProof"/>.</summary>
public sealed class StandardProofValidator : AbstractValidator<StandardProof>
{
    /// <summary>Sets up the rules.</summary>
    public StandardProofValidator()
    {
        RuleFor(static p => p.Of).Must(static (policy, of) => StandardPolicies.IsKnown(of, policy.Version))
            .WithErrorCode(ProofCodes.StandardUnknown).WithMessage("No standard policy has this name and version.");
        RuleFor(static p => p.Within)
            .Must(static within => within is not { } wait || (wait > Duration.Zero
                && wait <= Duration.FromDays(DurationText.DaysMax)
                && wait.NanosecondOfDay % NodaConstants.NanosecondsPerSecond == 0))
            .WithErrorCode(ProofCodes.WaitNotPositive)
            .WithMessage($"A wait is of whole seconds, above zero and at most {DurationText.DaysMax} days.");
        RuleFor(static p => p.CoveredClaims).Must(static c => Enum.IsDefined(c))
            .WithErrorCode(ProofCodes.CoverageUndefined).WithMessage("There is no such way to require covered claims.");
    }
}
