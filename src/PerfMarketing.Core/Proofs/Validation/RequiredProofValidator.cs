using FluentValidation;
using NodaTime;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Time;

namespace PerfMarketing.Proofs.Validation;

/// <summary>Says what is wrong with a <see cref="RequiredProof"/>.</summary>
public sealed class RequiredProofValidator : AbstractValidator<RequiredProof>
{
    /// <summary>Sets up the rules.</summary>
    public RequiredProofValidator()
    {
        RuleFor(static p => p.Kind).Must(static kind => !kind.IsUnset)
            .WithErrorCode(ProofCodes.KindMissing).WithMessage("A policy says which kind of evidence it asks for.");
        RuleFor(static p => p.MinStrength)
            .Must(static strength => strength is > ProofStrength.None and <= ProofStrength.PlatformAttested)
            .WithErrorCode(ProofCodes.StrengthUndefined).WithMessage("A policy asks for evidence of some strength.");
        RuleFor(static p => p.Schemes)
            .Must(static schemes => schemes.Count <= RequiredProof.SchemeCountMax
                && schemes.Distinct().Count() == schemes.Count && !schemes.Contains(default))
            .WithErrorCode(ProofCodes.SchemesInvalid)
            .WithMessage($"A policy names at most {RequiredProof.SchemeCountMax} schemes, each once.");
        RuleFor(static p => p.Within).Must(static within => within is not { } wait || IsWait(wait))
            .WithErrorCode(ProofCodes.WaitNotPositive)
            .WithMessage($"A wait is of whole seconds, above zero and at most {DurationText.DaysMax} days.");
        RuleFor(static p => p.PastDue)
            .Must(static (policy, pastDue) => pastDue == PastDue.Reject
                || (pastDue == PastDue.Approve && policy.Within is not null))
            .WithErrorCode(ProofCodes.PastDueWithoutEnd)
            .WithMessage("Silence approves only when the wait has an end.");
    }

    private static bool IsWait(Duration wait) => wait > Duration.Zero && wait <= Duration.FromDays(DurationText.DaysMax)
        && wait.NanosecondOfDay % NodaConstants.NanosecondsPerSecond == 0;
}
