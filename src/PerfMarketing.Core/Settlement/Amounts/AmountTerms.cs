using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement.Amounts;

/// <summary>Finds the terms of a campaign whose amounts cannot be computed from columns.</summary>
/// <remarks>
/// What is supported is listed, by the names of the written terms, and everything else is refused: a term that is new
/// to the library is refused until somebody lists it.
/// </remarks>
internal sealed class AmountTerms
{
    // These change nothing of an amount, or are looked at below.
    private static readonly string[] CampaignNames =
        ["format", "id", "version", "advertiser", "zone", "flight", "attribution", "children", "contracts"];

    private static readonly string[] RuleNames = ["rule", "lookback"];

    private static readonly string[] ContractNames =
    [
        "format", "id", "version", "payer", "partners", "currency", "zone", "effective", "clauses", "noticeDays",
        "reversalLimit", "platformFee", "programme",
    ];

    private static readonly string[] ClauseNames =
        ["id", "outcome", "partners", "pays", "hold", "locking", "corrections", "rounding"];

    private static readonly string[] TieredNames = ["model", "of", "tiers"];
    private static readonly string[] TierNames = ["price", "rate", "upTo"];
    private static readonly string[] FixedNames = ["model", "price"];
    private static readonly string[] ShareNames = ["model", "rate"];

    private readonly List<Reason> unsupported = [];

    private AmountTerms()
    {
    }

    /// <summary>One reason for each term that is not supported; empty when all are.</summary>
    public static ValueList<Reason> Check(Campaign campaign, OutcomeKind kind, Currency currency)
    {
        AmountTerms terms = new();
        CampaignDraft draft = campaign.ToDraft();
        terms.Allow(TermNode.Of(draft), CampaignNames, string.Empty);
        if (draft.Attribution is LastTouch { CutAtConversion: false } rule)
        {
            terms.Allow(TermNode.Of(rule), RuleNames, "attribution.");
        }
        else
        {
            terms.Refuse("attribution");
        }

        for (int i = 0; i < draft.Contracts.Count; i++)
        {
            string path = $"contracts[{InvariantText.Of(i)}].";
            terms.Check(draft.Contracts[i], kind, path);
            bool isAlone = draft.Contracts.Count(c => c.Id == draft.Contracts[i].Id) == 1;
            terms.Require(isAlone, $"{path}version");
            terms.Require(draft.Contracts[i].Currency == currency, $"{path}currency");
            terms.Require(campaign.AsPartner(draft.Contracts[i].Payer) is null, $"{path}payer");
        }

        return terms.unsupported.ToValueList();
    }

    private void Check(ContractDraft contract, OutcomeKind kind, string path)
    {
        Allow(TermNode.Of(contract), ContractNames, path);
        for (int i = 0; i < contract.Clauses.Count; i++)
        {
            ClauseDraft clause = contract.Clauses[i];
            string place = $"{path}clauses[{InvariantText.Of(i)}].";
            if (clause.Outcome == kind)
            {
                Allow(TermNode.Of(clause), ClauseNames, place);
                Check(clause, contract.Currency, $"{place}pays");
            }
        }
    }

    // A price or a rate of an outcome is exact with the decimals that amounts keep, so that sums are too.
    private void Check(ClauseDraft clause, Currency currency, string path)
    {
        TermNode terms = TermNode.Of(clause.Pays);
        switch (clause.Pays)
        {
            case Fixed model:
                Allow(terms, FixedNames, $"{path}.");
                Require(IsKept(model.Price), $"{path}.price");
                break;
            case RevenueShare model:
                Allow(terms, ShareNames, $"{path}.");
                Require(IsKept(model.Rate, currency), $"{path}.rate");
                break;
            case Tiered model:
                Allow(terms, TieredNames, $"{path}.");
                Require(model.IsOrderFree, $"{path}.of");
                CheckTiers(model, currency, path);
                break;
            default:
                Refuse(path);
                break;
        }
    }

    private void CheckTiers(Tiered model, Currency currency, string path)
    {
        for (int i = 0; i < model.Tiers.Count; i++)
        {
            Tier tier = model.Tiers[i];
            string place = $"{path}.tiers[{InvariantText.Of(i)}]";
            Allow(TermNode.Of(tier), TierNames, $"{place}.");
            Require(
                model.Of == Measure.Quantity && tier.Price is { } price ? IsKept(price)
                    : model.Of == Measure.Value && tier.Rate is { } rate && IsKept(rate, currency),
                place);
        }
    }

    private static bool IsKept(Accrual price) =>
        decimal.Round(price.Amount, Accrual.Decimals) == price.Amount;

    private static bool IsKept(Percentage rate, Currency currency) =>
        decimal.Round(rate.Fraction, Accrual.Decimals - currency.MinorDigits) == rate.Fraction;

    private void Allow(TermNode node, string[] known, string path)
    {
        foreach (string name in node.Names)
        {
            Require(known.Contains(name), path + name);
        }
    }

    private void Require(bool holds, string term)
    {
        if (!holds)
        {
            Refuse(term);
        }
    }

    private void Refuse(string term) => unsupported.Add(Reason.Of(AmountReasons.TermUnsupported, ("term", term)));
}
