using PerfMarketing.Attribution;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;

namespace PerfMarketing.Testing;

/// <content>What may be wrong with a campaign around its contracts.</content>
internal sealed partial record WrongTerms
{
    public static readonly WrongTerms[] OfCampaigns =
    [
        new(CampaignCodes.Version, TermPlace.Campaign, """{ "version": 0 }"""),
        new(CampaignCodes.ZoneUnknown, TermPlace.Campaign, """{ "zone": "Europe/Atlantis" }"""),
        new(CampaignCodes.ContractCount, TermPlace.Campaign, """{ "contracts": [] }"""),
        new(CampaignCodes.ScopeEntries, TermPlace.Campaign, """{ "scope": { "kinds": ["sale", "sale"] } }"""),
        new(CampaignCodes.BudgetPeriod, TermPlace.Budget, """{ "id": "b", "limit": "1.00 EUR", "per": "rolling" }"""),
        new(CampaignCodes.BudgetCurrency, TermPlace.Budget, """{ "id": "b", "limit": "1.00 USD", "per": "month" }"""),
        OfBudget(
            CampaignCodes.BudgetDivert,
            """
            "onExceeded": "divert", "divertTo": "nobody"
            """),
        new(
            CampaignCodes.OwnershipUnused,
            TermPlace.Campaign,
            """
            { "attribution": { "rule": "last-touch" }, "ownership": { "bindingMonths": 3 } }
            """),
        new(CampaignCodes.BindingMonths, TermPlace.Campaign, """{ "ownership": { "bindingMonths": 0 } }"""),
        new(
            CampaignCodes.TerritoryPartner,
            TermPlace.Campaign,
            """
            { "ownership": { "territories": [ { "partner": "stranger", "places": ["DE"] } ] } }
            """),
        new(
            CampaignCodes.TerritoryEntries,
            TermPlace.Campaign,
            """
            { "ownership": { "territories": [ { "partner": "$PARTNER" } ] } }
            """),
        new(BudgetCodes.LimitNotPositive, TermPlace.Budget, """{ "id": "b", "limit": "0.00 EUR", "per": "month" }"""),
        new(
            BudgetCodes.PeriodUnsupported,
            TermPlace.Budget,
            """
            { "id": "b", "limit": "1.00 EUR", "per": "rolling" }
            """),
        OfBudget(
            BudgetCodes.OverflowContradicts,
            """
            "onExceeded": "divert"
            """),
        OfBudget(
            BudgetCodes.ZoneUnknown,
            """
            "zone": "Mars/Olympus"
            """),
        OfBudget(
            BudgetCodes.ToleranceInvalid,
            """
            "tolerance": "101%"
            """),
        OfBudget(
            BudgetCodes.AlertsInvalid,
            """
            "alertAt": ["80%", "50%"]
            """),
        OfBudget(
            BudgetCodes.ReserveForInvalid,
            """
            "reserveFor": "0s"
            """),
        OfBudget(
            BudgetCodes.UsedBeforeInvalid,
            """
            "usedBefore": "1.00 EUR"
            """),
        OfBudget(
            BudgetCodes.ChangesInvalid,
            """
            "changes": [ { "at": "2026-03-01T00:00:00Z", "limit": "-1.00 EUR" } ]
            """),
        new(
            AttributionCodes.ShareOutOfRange,
            TermPlace.Attribution,
            """
            { "rule": "position-based", "first": -0.1, "last": 0.4 }
            """),
        new(
            AttributionCodes.ShareTooFine,
            TermPlace.Attribution,
            """
            { "rule": "position-based", "first": 0.1234567891, "last": 0.4 }
            """),
        new(
            AttributionCodes.SharesAboveOne,
            TermPlace.Attribution,
            """
            { "rule": "position-based", "first": 0.6, "last": 0.6 }
            """),
        new(
            AttributionCodes.HalfLifeNotPositive,
            TermPlace.Attribution,
            """
            { "rule": "time-decay", "halfLife": "0s" }
            """),
        new(AttributionCodes.LookbackEmpty, TermPlace.Attribution, """{ "rule": "last-touch", "lookback": "0s" }"""),
        new(AttributionCodes.CountOutOfRange, TermPlace.Attribution, """{ "rule": "last-touch", "maxTouches": 0 }"""),
        new(
            AttributionCodes.NoShare,
            TermPlace.Attribution,
            """
            { "rule": "participation", "introducer": 0, "assist": 0, "closer": 0 }
            """),
        new(
            AttributionCodes.WeightOutOfRange,
            TermPlace.Attribution,
            """
            { "rule": "custom-weights", "otherwise": -1, "weights": [ { "weight": 1, "touches": {} } ] }
            """),
        new(
            AttributionCodes.MarkUnclear,
            TermPlace.Attribution,
            """
            { "rule": "position-vector", "marks": [ { "share": 0.5 } ] }
            """),
        new(AttributionCodes.ClaimsMissing, TermPlace.Attribution, """{ "rule": "owner-first" }"""),
        new(
            AttributionCodes.InnerTerms,
            TermPlace.Attribution,
            """
            { "rule": "priority-groups", "groups": [ { "kinds": ["click"] } ], "of": { "rule": "last-touch",
            "lookback": "30d" } }
            """),
        new(
            AttributionCodes.FactName,
            TermPlace.Attribution,
            """
            { "rule": "custom-weights", "otherwise": 1, "weights": [ { "weight": 1, "touches": { "fact":
            "No fact" } } ] }
            """),
        new(
            CampaignCodes.Budgets,
            TermPlace.Campaign,
            """
            { "budgets": [ { "id": "b", "limit": "1.00 EUR", "per": "month" }, { "id": "b", "limit":
            "2.00 EUR", "per": "day" } ] }
            """),
        new(
            CampaignCodes.LegUnknown,
            TermPlace.Pays,
            """
            { "model": "revenue-share", "rate": "10%", "of": "leg:x" }
            """),
        new(
            CampaignCodes.LegCircle,
            TermPlace.Pays,
            """
            { "model": "revenue-share", "rate": "10%", "of": "leg:$CONTRACT" }
            """),
        new(CampaignCodes.UpstreamMissing, TermPlace.Contract, """{ "upstream": "back-to-back" }"""),
    ];

    // A budget of 1.00 EUR a month, with nothing wrong but what is added.
    private static WrongTerms OfBudget(string code, string terms) =>
        new(code, TermPlace.Budget, $$"""{ "id": "b", "limit": "1.00 EUR", "per": "month", {{terms}} }""");
}
