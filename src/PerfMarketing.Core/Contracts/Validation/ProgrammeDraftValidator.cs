using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Contracts.Programmes;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says everything that is wrong with a <see cref="ProgrammeDraft"/>, with codes and paths.</summary>
/// <remarks>
/// The template is checked as the contract of a partner without a group, and each group as the contract of one of its
/// partners.
/// </remarks>
public sealed class ProgrammeDraftValidator : AbstractValidator<ProgrammeDraft>
{
    private static readonly PartnerId Somebody = new("partner");

    private readonly ContractDraftValidator contracts;

    /// <summary>Sets up the rules.</summary>
    /// <param name="catalog">The kinds of term that may be used.</param>
    public ProgrammeDraftValidator(TermCatalog catalog)
    {
        contracts = new(catalog);
        RuleFor(static p => p.Version).GreaterThanOrEqualTo(1)
            .WithErrorCode(ProgrammeCodes.Version).WithMessage("Versions count from 1.");
        RuleFor(static p => p.Contract).Must(static c => c.Partners.Count == 0 && c.Programme is null)
            .WithErrorCode(ProgrammeCodes.TemplateNamesPartners)
            .WithMessage("A template names no partner and cites no programme: enrolment does.");
        RuleFor(static p => p.Groups)
            .Must(static g => g.Count <= Programme.GroupCountMax && g.DistinctBy(static x => x.Id).Count() == g.Count
                && g.All(static x => !x.Id.IsUnset))
            .WithErrorCode(ProgrammeCodes.Groups)
            .WithMessage($"There are at most {Programme.GroupCountMax} groups, each with a name of its own.");
        AddEnrolmentRules();
        RuleFor(static p => p).Custom((programme, context) =>
        {
            foreach (ValidationFailure failure in Template(programme).Concat(Groups(programme)))
            {
                failure.PropertyName = context.PropertyChain.BuildPropertyPath(failure.PropertyName);
                context.AddFailure(failure);
            }
        });
    }

    /// <summary>Says which lists have gaps; nothing else is asked of such a draft.</summary>
    /// <param name="context">What is validated.</param>
    /// <param name="result">Where failures go.</param>
    protected override bool PreValidate(ValidationContext<ProgrammeDraft> context, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        return !context.HasGaps(context.InstanceToValidate);
    }

    private void AddEnrolmentRules()
    {
        RuleFor(static p => p.Enrolment.DefaultGroup)
            .Must(static (p, group) => group is not { } id || p.Groups.Any(g => g.Id == id))
            .WithErrorCode(ProgrammeCodes.DefaultGroupUnknown)
            .WithMessage("The default group is one of the programme's.");
        RuleFor(static p => p.Enrolment.Invited)
            .Must(static (p, list) => IsList(list)
                && (list.Count == 0 || p.Enrolment.Opening == EnrolmentOpening.Invitation))
            .WithErrorCode(ProgrammeCodes.Partners)
            .WithMessage($"At most {EnrolmentRules.PartnerCountMax} partners are invited, each once, by invitation.");
        RuleFor(static p => p.Enrolment.Denied).Must(static list => IsList(list))
            .WithErrorCode(ProgrammeCodes.Partners)
            .WithMessage($"At most {EnrolmentRules.PartnerCountMax} partners are denied, each once.");
    }

    private static bool IsList(ValueList<PartnerId> list) =>
        list.Count <= EnrolmentRules.PartnerCountMax && list.Distinct().Count() == list.Count;

    private IEnumerable<ValidationFailure> Template(ProgrammeDraft programme) =>
        At(nameof(programme.Contract), Check(programme.Contract));

    private IEnumerable<ValidationFailure> Groups(ProgrammeDraft programme)
    {
        for (int i = 0; i < Math.Min(programme.Groups.Count, Programme.GroupCountMax); i++)
        {
            ClauseOverlay terms = programme.Groups[i].Terms;
            string path = $"{nameof(programme.Groups)}[{InvariantText.Of(i)}].{nameof(PartnerGroup.Terms)}";
            if (IsContradictory(terms))
            {
                yield return new(path, "An overlay has each clause once and removes none of its own.")
                {
                    ErrorCode = ProgrammeCodes.OverlayContradiction,
                };
            }

            if (terms.Removes.Except(programme.Contract.Clauses.Select(static c => c.Id)).Any())
            {
                yield return new($"{path}.{nameof(terms.Removes)}", "The programme has no such clause to remove.")
                {
                    ErrorCode = ProgrammeCodes.ClauseUnknown,
                };
            }

            foreach (ValidationFailure failure in At(path, Own(programme.Contract, terms)))
            {
                yield return failure;
            }
        }
    }

    // What is wrong with the clauses of the overlay itself; or, without them, that none is left.
    private IEnumerable<ValidationFailure> Own(ContractDraft template, ClauseOverlay terms)
    {
        if (terms.Clauses.Count > 0)
        {
            return Check(template with { Clauses = terms.Clauses })
                .Where(static f => f.PropertyName.StartsWith("Clauses[", StringComparison.Ordinal));
        }

        return terms.Removes.Count > 0 && new ClauseLayers(template.Clauses).Lay(terms, string.Empty).Clauses.Count == 0
            ? Check(template with { Clauses = [] })
                .Where(static f => f.ErrorCode == ContractCodes.ClauseCount)
            : [];
    }

    private static bool IsContradictory(ClauseOverlay terms) =>
        terms.Clauses.DistinctBy(static c => c.Id).Count() != terms.Clauses.Count
        || terms.Clauses.Select(static c => c.Id).Intersect(terms.Removes).Any();

    private List<ValidationFailure> Check(ContractDraft template) =>
        contracts.Validate(template with { Partners = [Somebody] }).Errors;

    private static IEnumerable<ValidationFailure> At(string path, IEnumerable<ValidationFailure> failures)
    {
        foreach (ValidationFailure failure in failures)
        {
            failure.PropertyName = $"{path}.{failure.PropertyName}";
            yield return failure;
        }
    }
}
