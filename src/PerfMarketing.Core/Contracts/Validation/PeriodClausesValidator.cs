using FluentValidation;
using PerfMarketing.Identity;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says what is wrong with the clauses of periods as a part of their <see cref="ContractDraft"/>.</summary>
public sealed class PeriodClausesValidator : AbstractValidator<ContractDraft>
{
    /// <summary>Sets up the rules.</summary>
    /// <param name="catalog">The kinds of term that may be used.</param>
    public PeriodClausesValidator(TermCatalog catalog)
    {
        RuleFor(static c => c.Periods).Must(static p => p.Count <= Contract.ClauseCountMax)
            .WithErrorCode(ContractCodes.ClauseCount)
            .WithMessage($"There are at most {Contract.ClauseCountMax} clauses of periods.");
        RuleFor(static c => c.Periods)
            .Must(static (contract, periods) =>
                periods.Select(static p => p.Id).Concat(contract.Clauses.Select(static c => c.Id)).Distinct().Count()
                    == periods.Count + contract.Clauses.Select(static c => c.Id).Distinct().Count())
            .WithErrorCode(ContractCodes.ClauseDuplicate).WithMessage("Each clause has a name of its own.");
        RuleForEach(static c => c.Periods).SetValidator(c => new PeriodClauseDraftValidator(catalog, c.Currency));
        RuleForEach(static c => c.Periods)
            .Must(static (contract, period) => NamesKnownPartners(contract, period))
            .WithErrorCode(ContractCodes.PeriodPartner).WithMessage("A clause names partners of the contract.");
        RuleForEach(static c => c.Periods)
            .Must(static (contract, period) => NamesEarlierClauses(contract, period))
            .WithErrorCode(ContractCodes.PeriodClauseNamed)
            .WithMessage("A clause of periods counts clauses of outcomes, and those of earlier stages.");
    }

    private static bool NamesKnownPartners(ContractDraft contract, PeriodClauseDraft period)
    {
        HashSet<PartnerId> known = [.. contract.Partners];
        return period.Partners.Concat(period.Pays?.NamedPartners ?? []).All(known.Contains);
    }

    private static bool NamesEarlierClauses(ContractDraft contract, PeriodClauseDraft period)
    {
        if (period.Pays is not { } pays)
        {
            return true;
        }

        HashSet<ClauseId> known = [.. contract.Clauses.Select(static c => c.Id)];
        known.UnionWith(contract.Periods.Where(p => p.Pays is { } other && other.Stage < pays.Stage)
            .Select(static p => p.Id));
        return pays.NamedClauses.All(known.Contains);
    }
}
