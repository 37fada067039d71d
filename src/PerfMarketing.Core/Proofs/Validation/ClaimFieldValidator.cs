using FluentValidation;
using PerfMarketing.Proofs.Claims;

namespace PerfMarketing.Proofs.Validation;

/// <summary>Says what is wrong with a <see cref="ClaimField"/>.</summary>
public sealed class ClaimFieldValidator : AbstractValidator<ClaimField>
{
    /// <summary>Sets up the rules.</summary>
    public ClaimFieldValidator()
    {
        RuleFor(static f => f.Claim).Must(static name => name is { Length: > 0 and <= EvidenceClaim.LengthMax })
            .WithErrorCode(ProofCodes.FieldInvalid).WithMessage("A field makes a claim that has a name.");
        RuleFor(static f => f.From).Must(static from => !from.IsUnset)
            .WithErrorCode(ProofCodes.FieldInvalid).WithMessage("A field is somewhere in the evidence.");
        RuleFor(static f => f.Unit).Must(static unit => Enum.IsDefined(unit))
            .WithErrorCode(ProofCodes.FieldInvalid).WithMessage("There is no such unit.");
        RuleFor(static f => f.Currency)
            .Must(static (field, currency) => currency is not { } named
                || (!named.IsUnset && field.Unit == ClaimUnit.Minor))
            .WithErrorCode(ProofCodes.FieldInvalid).WithMessage("Only minor units ask for a currency.");
    }
}
