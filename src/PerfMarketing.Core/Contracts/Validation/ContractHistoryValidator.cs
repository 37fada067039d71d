using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says which events of a <see cref="ContractHistory"/> the contract's lifecycle refuses.</summary>
public sealed class ContractHistoryValidator : AbstractValidator<ContractHistory>
{
    private readonly ValueList<ContractDraft> contracts;

    /// <summary>Sets up the rules.</summary>
    /// <param name="contracts">The contracts among which the history's is; others are ignored.</param>
    public ContractHistoryValidator(ValueList<ContractDraft> contracts)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        this.contracts = contracts;
        RuleFor(static h => h).Must(IsBounded).OverridePropertyName(nameof(ContractHistory.Events))
            .WithErrorCode(LifecycleCodes.EventCount)
            .WithMessage($"At most {ContractHistory.EventCountMax} events, and "
                + $"{ContractHistory.SharedEventCountMax} for every partner.");
    }

    /// <summary>Folds the history and notes what is refused.</summary>
    /// <param name="context">What is validated.</param>
    /// <param name="result">Where failures go.</param>
    protected override bool PreValidate(ValidationContext<ContractHistory> context, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ContractHistory history = context.InstanceToValidate;
        ContractDraft[] versions = [.. contracts.Where(c => c.Id == history.Contract)];
        if (versions.Length == 0 || !IsBounded(history))
        {
            return true;
        }

        foreach (RefusedContractEvent refused in ContractLifecycles.Fold(versions, history).Refused)
        {
            string path = context.PropertyChain.BuildPropertyPath($"{nameof(history.Events)}[{refused.Index}]");
            context.AddFailure(new ValidationFailure(path, refused.Reason.ToString())
            {
                ErrorCode = refused.Reason.Code,
                AttemptedValue = history.Events[refused.Index],
            });
        }

        return true;
    }

    private bool IsBounded(ContractHistory history) => history.Events.Count <= ContractHistory.EventCountMax
        && (contracts.FirstOrDefault(c => c.Id == history.Contract) is not { } contract
            || history.Events.Count(e => e.Partner is null && e.By == contract.Payer)
                <= ContractHistory.SharedEventCountMax);
}
