using FluentValidation;
using PerfMarketing.Payouts;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says what is wrong with what a clause counts together.</summary>
internal sealed class TallyTermsValidator : AbstractValidator<TallyTerms>
{
    public TallyTermsValidator(PayoutModel? pays, ContractDraft contract)
    {
        bool reprices = pays is { MayReprice: true };
        RuleFor(static t => t.Per)
            .Must(p => p != PeriodUnit.Flight || contract.Effective is { To: not null })
            .WithErrorCode(ContractCodes.TallyPeriod)
            .WithMessage("The flight of a clause is its contract's, which needs a first and a last day.");
        RuleFor(static t => t.RollingDays)
            .Must(static (t, days) => t.Per == PeriodUnit.Rolling
                ? days is > 0 and <= ContractCalendar.RollingDaysMax
                : days is null)
            .WithErrorCode(ContractCodes.TallyPeriod)
            .WithMessage($"A rolling period, and no other, has 1 to {ContractCalendar.RollingDaysMax} days.");
        RuleFor(static t => t.Per)
            .Must((t, _) => !t.IsListed || pays is not { UsesTally: true } || IsForward(pays))
            .WithErrorCode(ContractCodes.TallyListed)
            .WithMessage("What drops out of a tally or enters it later only decides on the price of what comes next.");
        RuleFor(static t => t.Scope)
            .Must(s => !reprices || s is TallyScope.Partner or TallyScope.Customer)
            .WithErrorCode(ContractCodes.TallyRepricing)
            .WithMessage("What several partners tally together cannot be priced again for one of them.");
        RuleFor(static t => t.Credit)
            .Must(c => !reprices || c == TallyCredit.Credited)
            .WithErrorCode(ContractCodes.TallyRepricing)
            .WithMessage("What is priced again is counted by credit.");
        RuleFor(static t => t.Corrections)
            .Must((t, c) => c == TallyCorrections.Frozen
                || (pays is { IsOrderFree: true } && t is { Credit: TallyCredit.Credited, IsListed: false }
                    && t.Scope is TallyScope.Partner or TallyScope.Customer))
            .WithErrorCode(ContractCodes.TallyCorrections)
            .WithMessage("What is evaluated again follows from the tally alone, of one partner, counted by credit.");
    }

    private static bool IsForward(PayoutModel model) =>
        (!model.ReadsTally || model is Payouts.Models.Tiered { Mode: Payouts.Models.TierMode.Forward })
        && model.Parts.All(static p => p.Model is null || IsForward(p.Model));
}
