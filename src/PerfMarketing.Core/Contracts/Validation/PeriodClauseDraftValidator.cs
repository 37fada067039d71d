using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says everything that is wrong with a <see cref="PeriodClauseDraft"/> by itself.</summary>
public sealed class PeriodClauseDraftValidator : AbstractValidator<PeriodClauseDraft>
{
    private readonly TermCatalog catalog;
    private readonly Currency currency;

    /// <summary>Sets up the rules.</summary>
    /// <param name="catalog">The kinds of term that may be used.</param>
    /// <param name="currency">The contract's currency.</param>
    public PeriodClauseDraftValidator(TermCatalog catalog, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        this.catalog = catalog;
        this.currency = currency;
        RuleFor(static c => c.Id).Must(static id => !id.IsUnset)
            .WithErrorCode(ContractCodes.ClauseUnnamed).WithMessage("A clause has a name.");
        RuleFor(static c => c.Per)
            .Must(static per => per is PeriodUnit.Day or PeriodUnit.Week or PeriodUnit.HalfMonth or PeriodUnit.Month
                or PeriodUnit.Quarter or PeriodUnit.Year)
            .WithErrorCode(ContractCodes.PeriodUnit).WithMessage("Periods are days, weeks, half months … or years.");
        RuleFor(static c => c.Per)
            .Must(static (c, per) => per is PeriodUnit.Month or PeriodUnit.Quarter or PeriodUnit.Year
                || c.Pays?.Proration is not (PeriodProration.Fixed30 or PeriodProration.Fixed28))
            .WithErrorCode(ContractCodes.PeriodProration)
            .WithMessage("Months of 30 or 28 days are counted in months, quarters and years.");
        RuleFor(static c => c.Partners).Must(static p => p.Distinct().Count() == p.Count)
            .WithErrorCode(PeriodCodes.NamedTwice).WithMessage("Each name stands once.");
    }

    /// <summary>Says what is wrong with the clause's payout, as the catalog knows it.</summary>
    /// <param name="context">What is validated.</param>
    /// <param name="result">Where failures go.</param>
    protected override bool PreValidate(ValidationContext<PeriodClauseDraft> context, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        PeriodPayout? pays = context.InstanceToValidate.Pays;
        string path = context.PropertyChain.BuildPropertyPath(nameof(PeriodClauseDraft.Pays));
        foreach (ValidationFailure failure in catalog.Periods.Validate(pays, path))
        {
            context.AddFailure(failure);
        }

        if (pays is not null && !currency.IsUnset)
        {
            CheckAmounts(TermNode.Of(pays), path, context.AddFailure);
        }

        return true;
    }

    // Every amount in the payout's terms, whoever wrote the kind: an amount is a text that reads as one.
    private void CheckAmounts(TermNode node, string path, Action<ValidationFailure> add)
    {
        if (node.Kind == TermKind.Text && Accrual.TryParse(node.Text, null, out Accrual amount)
            && amount.Currency != currency)
        {
            string message = $"The contract pays in {currency}, not in {amount.Currency}.";
            add(new(path, message) { ErrorCode = ContractCodes.CurrencyMismatch });
        }

        for (int i = 0; i < node.Items.Count; i++)
        {
            CheckAmounts(
                node.Items[i],
                node.Kind == TermKind.Object ? $"{path}.{Pascal(node.Names[i])}" : $"{path}[{i}]",
                add);
        }
    }

    private static string Pascal(string name) =>
        name.Length == 0 ? name : string.Concat(char.ToUpperInvariant(name[0]).ToString(), name.AsSpan(1));
}
