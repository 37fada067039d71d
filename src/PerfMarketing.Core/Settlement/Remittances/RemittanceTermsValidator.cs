using FluentValidation;
using PerfMarketing.Monetary;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>Says what is wrong with the terms of a payee.</summary>
public sealed class RemittanceTermsValidator : AbstractValidator<RemittanceTerms>
{
    /// <summary>Makes the validator.</summary>
    public RemittanceTermsValidator()
    {
        RuleFor(static t => t.Payee).Must(static p => !p.IsUnset)
            .WithErrorCode(RemittanceCodes.PayeeMissing).WithMessage("Somebody is paid.");
        RuleFor(static t => t.Currency).Must(static c => !c.IsUnset)
            .WithErrorCode(RemittanceCodes.CurrencyMissing).WithMessage("A payment has a currency.");
        RuleFor(static t => t.Minimum).Must(static (t, m) => IsAmountOf(t, m))
            .WithErrorCode(RemittanceCodes.AmountInvalid)
            .WithMessage("The minimum is an amount in the currency, not below zero.");
        RuleFor(static t => t.Fee).Must(static (t, f) => f is null || (IsAmountOf(t, f.Fixed) && IsAmountOf(t, f.Free)))
            .WithErrorCode(RemittanceCodes.AmountInvalid)
            .WithMessage("The fee's amounts are in the currency, not below zero.");
        RuleFor(static t => t.Fee)
            .Must(static (t, f) => f?.Below is not { } least || (IsAmountOf(t, least) && least.MinorUnits > 0))
            .WithErrorCode(RemittanceCodes.AmountInvalid)
            .WithMessage("Payments are free of a fee from an amount above zero, in the currency.");
        RuleFor(static t => t.Fee).Must(static f => f?.Rate is not { } rate || rate.Fraction is >= 0 and <= 1)
            .WithErrorCode(RemittanceCodes.RateOutOfRange)
            .WithMessage("The fee's rate is from 0 to 100 %.");
        RuleFor(static t => t.Fee).Must(static f => f is null || Enum.IsDefined(f.Bearer))
            .WithErrorCode(RemittanceCodes.BearerUnknown)
            .WithMessage("The payer or the payee bears the fee.");
    }

    private static bool IsAmountOf(RemittanceTerms terms, Money? amount) =>
        amount is not { } found || (found.Currency == terms.Currency && found.MinorUnits >= 0);
}
