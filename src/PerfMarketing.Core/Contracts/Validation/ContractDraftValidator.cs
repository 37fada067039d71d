using System.Globalization;
using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Results;
using NodaTime;
using PerfMarketing.Contracts.Programmes;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Proofs.Delivery;
using PerfMarketing.Proofs.Validation;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says everything that is wrong with a <see cref="ContractDraft"/>, with codes and paths.</summary>
public sealed class ContractDraftValidator : AbstractValidator<ContractDraft>
{
    /// <summary>Sets up the rules.</summary>
    /// <param name="catalog">The kinds of term that may be used.</param>
    public ContractDraftValidator(TermCatalog catalog)
    {
        this.Term(nameof(ContractDraft.Version), static c => c.Version >= 1)
            .WithErrorCode(ContractCodes.Version).WithMessage("Versions count from 1.");
        this.Term(nameof(ContractDraft.Payer), static c => !c.Payer.IsUnset)
            .WithErrorCode(ContractCodes.PayerMissing).WithMessage("Somebody pays.");
        RuleFor(static c => c.Partners)
            .Must(static p => p.Count is > 0 and <= Contract.PartnerCountMax && p.Distinct().Count() == p.Count)
            .WithErrorCode(ContractCodes.Partners)
            .WithMessage($"1 to {Contract.PartnerCountMax} partners are named, each once.");
        RuleFor(static c => c.Downline).Must(static (contract, downline) => IsDownline(contract, downline))
            .WithErrorCode(ContractCodes.Downline)
            .WithMessage("A contract with a downline pays one partner, for what others bring, each named once.");
        this.Term(
                nameof(ContractDraft.Assists),
                static c => !c.Assists || c is { Partners.Count: 1, Downline.Count: 0 })
            .WithErrorCode(ContractCodes.Assists)
            .WithMessage("An assisting contract pays one partner, and has no downline.");
        this.Term(nameof(ContractDraft.Currency), static c => !c.Currency.IsUnset)
            .WithErrorCode(ContractCodes.CurrencyMissing).WithMessage("A currency is required.");
        RuleFor(static c => c.Conversion!).SetValidator(static _ => new ConversionTermsValidator());
        RuleFor(static c => c.Zone).Must(static z => ContractZone.TryFind(z, out _))
            .WithErrorCode(ContractCodes.ZoneUnknown).WithMessage("The tz database has no such zone.");
        RuleFor(static c => c.Clauses)
            .Must(static (contract, c) => c.Count <= Contract.ClauseCountMax && c.Count + contract.Periods.Count > 0)
            .WithErrorCode(ContractCodes.ClauseCount).WithMessage($"There are 1 to {Contract.ClauseCountMax} clauses.");
        RuleFor(static c => c.Clauses).Must(static c => c.DistinctBy(static x => x.Id).Count() == c.Count)
            .WithErrorCode(ContractCodes.ClauseDuplicate).WithMessage("Each clause has a name of its own.");
        RuleFor(static c => c.Clauses).Custom((clauses, context) => CheckClauses(catalog, clauses, context));
        this.Term(
                nameof(ContractDraft.NoticeDays),
                static c => c.NoticeDays is null or (>= 0 and <= Contract.NoticeDaysMax))
            .WithErrorCode(ContractCodes.NoticeOutOfRange)
            .WithMessage($"Notice is 0 to {Contract.NoticeDaysMax} days.");
        RuleFor(static c => c.Tail)
            .Must(static t => t.ChildMonths is null or (> 0 and <= TailTerms.ChildMonthsMax)
                && (t.TouchedFor is not { } time
                    || (time > Duration.Zero && time <= Duration.FromDays(DurationText.DaysMax))))
            .WithErrorCode(ContractCodes.TailOutOfRange)
            .WithMessage("A tail is above zero and at most a hundred years.");
        Include(new PeriodClausesValidator(catalog));
        AddRightsRules();
        AddLimitRules();
    }

    // One validator serves all clauses of the contract: to set its rules up costs more than to ask them.
    private static void CheckClauses(
        TermCatalog catalog, ValueList<ClauseDraft> clauses, ValidationContext<ContractDraft> context)
    {
        ClauseDraftValidator validator = new(catalog, context.InstanceToValidate);
        for (int i = 0; i < clauses.Count; i++)
        {
            PropertyChain place = new(context.PropertyChain);
            place.Add(nameof(ContractDraft.Clauses));
            place.AddIndexer(i);
            ValidationContext<ClauseDraft> clause = new(
                clauses[i], place, ValidatorOptions.Global.ValidatorSelectors.DefaultValidatorSelectorFactory());
            foreach (ValidationFailure failure in validator.Validate(clause).Errors)
            {
                context.AddFailure(failure);
            }
        }
    }

    private void AddLimitRules()
    {
        RuleFor(static c => c.Limits).HaveNames();
        RuleForEach(static c => c.Limits).SetValidator(c => new LimitValidator(c.Currency));
        RuleForEach(static c => c.Limits).Must(static l => l.OnExceeded != LimitOverflow.Divert)
            .WithErrorCode(LimitCodes.Divert).WithMessage("The other clause would be under a contract's limit too.");
        RuleFor(static c => c).Must(LimitRules.LeadSomewhere).OverridePropertyName(nameof(ContractDraft.Clauses))
            .WithErrorCode(LimitCodes.DivertTo)
            .WithMessage("A limit diverts to another clause for the same kind of outcome, and never back.");
    }

    private void AddRightsRules()
    {
        RuleFor(static c => c.Permissions!).SetValidator(static _ => new PermissionsValidator());
        RuleFor(static c => c.Settlement!).SetValidator(static c => new SettlementTermsValidator(c.Currency))
            .When(static c => c.Settlement is not null);
        RuleFor(static c => c.ReversalLimit!).SetValidator(static _ => new ReversalLimitValidator());
        RuleFor(static c => c.Deliveries)
            .Must(static d => d.Count <= DeliveryTerms.CountMax && d.DistinctBy(static t => t.Kind).Count() == d.Count)
            .WithErrorCode(DeliveryCodes.KindsInvalid)
            .WithMessage($"A contract reads the statuses of at most {DeliveryTerms.CountMax} kinds, each once.");
        RuleForEach(static c => c.Deliveries).SetValidator(static _ => new DeliveryTermsValidator());
        RuleFor(static c => c.Traffic!).SetValidator(static _ => new TrafficTermsValidator());
        RuleFor(static c => c.Calls!).SetValidator(static _ => new CallTermsValidator());
        this.Term(
                nameof(ContractDraft.PlatformFee),
                static c => c.PlatformFee is null or { Fraction: >= 0 and <= 1 })
            .WithErrorCode(ContractCodes.PlatformFee).WithMessage("The fee of the platform is from 0 to 100 %.");
        RuleFor(static c => c.Programme).Must(static p => p is null || (!p.Id.IsUnset && p.Version >= 1))
            .WithErrorCode(ProgrammeCodes.Citation).WithMessage("A programme has a name and versions from 1.");
        RuleFor(static c => c.Claims)
            .Must(static c => c.Count <= ClaimField.CountMax
                && c.DistinctBy(static f => (f.Claim, f.Kind, f.Scheme)).Count() == c.Count)
            .WithErrorCode(ProofCodes.FieldsInvalid)
            .WithMessage($"A contract reads at most {ClaimField.CountMax} fields, each claim once a kind and scheme.");
        RuleForEach(static c => c.Claims).SetValidator(static _ => new ClaimFieldValidator());
        RuleFor(static c => c.Discrepancy!).SetValidator(static _ => new DiscrepancyProtocolValidator());
        RuleFor(static c => c).Custom(static (contract, context) =>
        {
            IEnumerable<ValidationFailure> failures =
                ContractRightsCheck.Of(contract).Concat(InsertionOrderCheck.Of(contract));
            foreach (ValidationFailure failure in failures)
            {
                failure.PropertyName = context.PropertyChain.BuildPropertyPath(failure.PropertyName);
                context.AddFailure(failure);
            }
        });
    }

    /// <summary>Says which clauses are for partners whom the contract does not name.</summary>
    /// <param name="context">What is validated.</param>
    /// <param name="result">Where failures go.</param>
    protected override bool PreValidate(ValidationContext<ContractDraft> context, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ContractDraft contract = context.InstanceToValidate;
        if (context.HasGaps(contract))
        {
            return false;
        }

        HashSet<PartnerId> named = [.. contract.Partners];
        for (int i = 0; i < contract.Clauses.Count; i++)
        {
            ValueList<PartnerId> partners = contract.Clauses[i].Partners;
            if (!partners.All(named.Contains) || partners.Distinct().Count() != partners.Count)
            {
                string path = context.PropertyChain.BuildPropertyPath(
                    string.Create(CultureInfo.InvariantCulture, $"Clauses[{i}].{nameof(ClauseDraft.Partners)}"));
                const string Message = "A clause is for partners whom the contract names, each once.";
                context.AddFailure(new ValidationFailure(path, Message) { ErrorCode = ContractCodes.ClausePartners });
            }
        }

        return true;
    }

    private static bool IsDownline(ContractDraft contract, ValueList<PartnerId> downline) => downline.Count == 0
        || (contract.Partners.Count == 1
            && !downline.Contains(contract.Partners[0])
            && downline.Count <= Contract.PartnerCountMax
            && downline.Distinct().Count() == downline.Count);
}
