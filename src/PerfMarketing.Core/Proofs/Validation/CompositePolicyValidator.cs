using FluentValidation;
using PerfMarketing.Proofs.Policies;

namespace PerfMarketing.Proofs.Validation;

/// <summary>
/// Says what is wrong with a <see cref="CompositePolicy"/>; the policies inside are validated by the catalog.
/// </summary>
/// <typeparam name="T">The policy.</typeparam>
public sealed class CompositePolicyValidator<T> : AbstractValidator<T>
    where T : CompositePolicy
{
    /// <summary>Sets up the rules.</summary>
    public CompositePolicyValidator()
    {
        RuleFor(static p => p.Needed).Must(static (policy, needed) => needed >= 1 && needed <= policy.Of.Count)
            .OverridePropertyName(nameof(CompositePolicy.Of))
            .WithErrorCode(ProofCodes.NeededOutOfRange)
            .WithMessage("Of several policies, at least one is needed and at most all of them.");
        RuleFor(static p => p.CoveredClaims).Must(static c => Enum.IsDefined(c))
            .WithErrorCode(ProofCodes.CoverageUndefined).WithMessage("There is no such way to require covered claims.");
    }
}
