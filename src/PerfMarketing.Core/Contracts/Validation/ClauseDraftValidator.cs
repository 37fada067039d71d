using System.Globalization;
using FluentValidation;
using FluentValidation.Results;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Payouts.Validation;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says everything that is wrong with a <see cref="ClauseDraft"/> of a contract.</summary>
public sealed class ClauseDraftValidator : AbstractValidator<ClauseDraft>
{
    private readonly TermCatalog catalog;
    private readonly ContractDraft contract;

    /// <summary>Sets up the rules.</summary>
    /// <param name="catalog">The kinds of term that may be used.</param>
    /// <param name="contract">The contract.</param>
    public ClauseDraftValidator(TermCatalog catalog, ContractDraft contract)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(contract);
        this.catalog = catalog;
        this.contract = contract;

        // Few clauses have these, and to set their rules up costs more than to ask them.
        Lazy<CommissionableAmountValidator> commissionable = new(static () => new());
        Lazy<LimitValidator> limits = new(() => new(contract.Currency));
        this.Term(nameof(ClauseDraft.Id), static c => !c.Id.IsUnset)
            .WithErrorCode(ContractCodes.ClauseUnnamed).WithMessage("A clause has a name.");
        this.Term(nameof(ClauseDraft.Outcome), static c => !c.Outcome.IsUnset)
            .WithErrorCode(ContractCodes.OutcomeMissing).WithMessage("A clause names a kind of outcome.");
        this.Term(
                nameof(ClauseDraft.Within),
                static c => c.Within is not { } window || window.IsUnlimited || window.Length > Duration.Zero)
            .WithErrorCode(ContractCodes.Within).WithMessage("A window after the parent is longer than nothing.");
        this.Term(
                nameof(ClauseDraft.Hold),
                static c => c.Hold >= Duration.Zero && c.Hold <= Duration.FromDays(Contract.HoldDaysMax))
            .WithErrorCode(ContractCodes.HoldOutOfRange).WithMessage($"A hold is 0 to {Contract.HoldDaysMax} days.");
        RuleFor(static c => c.Locking).Must(static l => l is null || l.IsInRange)
            .WithErrorCode(ContractCodes.LockingOutOfRange)
            .WithMessage($"A locking is up to {Locking.MonthsMax} months and {Locking.DaysMax} days after a period.");
        this.Term(nameof(ClauseDraft.Rounding), static c => c.Rounding.IsSymmetric)
            .WithErrorCode(ContractCodes.RoundingNotSymmetric)
            .WithMessage("Floor and ceiling are not symmetric: a reversal would not mirror its credit.");
        this.Term(nameof(ClauseDraft.Corrections), static c => Enum.IsDefined(c.Corrections))
            .WithErrorCode(ContractCodes.Undefined).WithMessage("There is no such way to correct.");
        RuleFor(static c => c.Grades!).SetValidator(static _ => new GradeTermsValidator())
            .When(static c => c.Grades is not null);
        RuleFor(static c => c.Clawback!).SetValidator(static _ => new ClawbackScheduleValidator());
        this.Term(
                nameof(ClauseDraft.Rounding),
                static c => Enum.IsDefined(c.Rounding.Mode) && Enum.IsDefined(c.Rounding.At))
            .WithErrorCode(ContractCodes.Undefined).WithMessage("There is no such rounding.");
        RuleFor(static c => c.Tally).SetValidator(c => new TallyTermsValidator(c.Pays, contract))
            .When(static c => c.Tally != TallyTerms.Default);
        RuleFor(static c => c.Commissionable!).SetValidator(_ => commissionable.Value)
            .When(static c => c.Commissionable is not null);
        RuleFor(static c => c.Pays).Must(static p => p is null || !Asks(TermNode.Of(p), OutcomeFacts.Role.Name))
            .WithErrorCode(ContractCodes.RoleNotPriced)
            .WithMessage("A model prices all partners alike: a clause for each role has the role in its condition.");
        RuleFor(static c => c.Limits).HaveNames();
        RuleForEach(static c => c.Limits).SetValidator(_ => limits.Value);
    }

    /// <summary>Says what is wrong with the clause's model and proof policy, as the catalog knows them.</summary>
    /// <param name="context">What is validated.</param>
    /// <param name="result">Where failures go.</param>
    protected override bool PreValidate(ValidationContext<ClauseDraft> context, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ClauseDraft clause = context.InstanceToValidate;
        string pays = context.PropertyChain.BuildPropertyPath(nameof(ClauseDraft.Pays));
        Report(catalog.Models.Validate(clause.Pays, pays), context.AddFailure);
        if (clause.Pays is not null && !contract.Currency.IsUnset)
        {
            CheckAmounts(TermNode.Of(clause.Pays), pays, contract.Currency, clause, context.AddFailure);
        }

        if (clause.When is { } when)
        {
            string path = context.PropertyChain.BuildPropertyPath(nameof(ClauseDraft.When));
            Report(ConditionFailures.Of(when, path), context.AddFailure);
        }

        string proof = context.PropertyChain.BuildPropertyPath(nameof(ClauseDraft.Proof));
        Report(catalog.Proofs.Validate(clause.Proof, proof), context.AddFailure);
        return true;
    }

    private static bool Asks(TermNode node, string fact) =>
        (node.Kind == TermKind.Text && node.Text == fact) || node.Items.Any(item => Asks(item, fact));

    private static void Report(IEnumerable<ValidationFailure> failures, Action<ValidationFailure> add)
    {
        foreach (ValidationFailure failure in failures)
        {
            add(failure);
        }
    }

    // Every amount in the model's terms, whoever wrote the model: an amount is a text that reads as one. What a
    // condition compares with is no price.
    private static void CheckAmounts(
        TermNode node, string path, Currency currency, ClauseDraft clause, Action<ValidationFailure> add)
    {
        if (node.Find("condition") is not null)
        {
            return;
        }

        Ratio unit = UnitOf(node);
        for (int i = 0; i < node.Items.Count; i++)
        {
            TermNode item = node.Items[i];
            string child = node.Kind == TermKind.Object ? $"{path}.{Pascal(node.Names[i])}" : $"{path}[{i}]";
            if (item.Kind == TermKind.Text && Accrual.TryParse(item.Text, null, out Accrual amount))
            {
                CheckAmount(amount, (child, unit), currency, clause, add);
            }

            CheckAmounts(item, child, currency, clause, add);
        }
    }

    // A price may be for a thousand: what counts is what one of them costs.
    private static Ratio UnitOf(TermNode node) =>
        node.Find("model")?.Text == Fixed.TagName
        && long.TryParse(node.Find("size")?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
        && size > 0
            ? new(1, size)
            : Ratio.One;

    private static void CheckAmount(
        Accrual amount,
        (string Path, Ratio Unit) place,
        Currency currency,
        ClauseDraft clause,
        Action<ValidationFailure> add)
    {
        if (amount.Currency != currency)
        {
            string message = $"The contract pays in {currency}, not in {amount.Currency}.";
            add(new(place.Path, message) { ErrorCode = ContractCodes.CurrencyMismatch });
        }
        else if (amount.Quantise() != amount)
        {
            string message = $"Prices have at most {Accrual.Decimals} decimals.";
            add(new(place.Path, message) { ErrorCode = PayoutCodes.TooPrecise });
        }
        else if (clause.Rounding.At == RoundAt.Outcome && !clause.Pays.UsesTally
            && (IsOffGrid(amount) || IsOffGrid(amount.Share(place.Unit))))
        {
            const string Message = "A price off the currency's grid needs a clause that rounds per period.";
            add(new(place.Path, Message) { ErrorCode = ContractCodes.OffGridPrice });
        }
    }

    private static bool IsOffGrid(Accrual amount) => (Accrual)amount.Round() != amount;

    private static string Pascal(string name) =>
        name.Length == 0 ? name : string.Concat(char.ToUpperInvariant(name[0]).ToString(), name.AsSpan(1));
}
