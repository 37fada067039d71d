using PerfMarketing.Contracts;
using PerfMarketing.Proofs.Calls;
using PerfMarketing.Proofs.Delivery;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Tallies;

namespace PerfMarketing.Testing;

/// <content>What may be wrong with a contract and its clauses.</content>
internal sealed partial record WrongTerms
{
    public static readonly WrongTerms[] OfContracts =
    [
        new(ContractCodes.Partners, TermPlace.Contract, """{ "partners": ["p", "p"] }"""),
        new(ContractCodes.ZoneUnknown, TermPlace.Contract, """{ "zone": "+02:00" }"""),
        new(ContractCodes.NoticeOutOfRange, TermPlace.Contract, """{ "noticeDays": 100000 }"""),
        new(ContractCodes.TailOutOfRange, TermPlace.Contract, """{ "tail": { "childMonths": 0 } }"""),
        new(ContractCodes.Downline, TermPlace.Contract, """{ "downline": ["$PARTNER"] }"""),
        new(ContractCodes.Assists, TermPlace.Contract, """{ "partners": ["p", "q"], "assists": true }"""),
        new(ContractCodes.PlatformFee, TermPlace.Contract, """{ "platformFee": "101%" }"""),
        new(
            ContractCodes.PeriodUnit,
            TermPlace.Period,
            """
            { "per": "lifetime", "pays": { "kind": "retainer", "amount": "100.00 EUR" } }
            """),
        new(
            ContractCodes.PeriodPartner,
            TermPlace.Period,
            """
            { "partners": ["stranger"], "pays": { "kind": "retainer", "amount": "100.00 EUR" } }
            """),
        new(
            ContractCodes.PeriodClauseNamed,
            TermPlace.Period,
            """
            { "pays": { "kind": "guarantee", "minimum": "9.00 EUR", "clauses": ["nobody"] } }
            """),
        new(ContractCodes.LockingOutOfRange, TermPlace.Clause, """{ "locking": { "days": 30000 } }"""),
        new(ContractCodes.ExclusionName, TermPlace.Clause, """{ "commissionable": { "excludedSkus": [""] } }"""),
        new(
            ContractCodes.ExclusionCount,
            TermPlace.Clause,
            """
            { "commissionable": { "excludedCategories": ["gift", "gift"] } }
            """),
        new(ContractCodes.TallyPeriod, TermPlace.Clause, """{ "tally": { "per": "rolling", "rollingDays": 0 } }"""),
        new(ContractCodes.Within, TermPlace.Clause, """{ "within": "0s" }"""),
        new(ContractCodes.ClausePartners, TermPlace.Clause, """{ "partners": ["stranger"] }"""),
        new(PermissionCodes.Entries, TermPlace.Contract, """{ "permissions": { "channels": ["blog", "blog"] } }"""),
        new(
            PermissionCodes.Contradiction,
            TermPlace.Contract,
            """
            { "permissions": { "places": ["DE"], "deniedPlaces": ["DE"] } }
            """),
        new(
            PermissionCodes.MethodMalformed,
            TermPlace.Contract,
            """
            { "permissions": { "methods": ["Cash back"] } }
            """),
        new(
            ExclusivityCodes.PartnerNotNamed,
            TermPlace.Contract,
            """
            { "coupons": [ { "code": "SPRING", "partner": "stranger" } ] }
            """),
        new(
            ExclusivityCodes.CouponMalformed,
            TermPlace.Contract,
            """
            { "coupons": [ { "code": "SPRING ", "partner": "$PARTNER" } ] }
            """),
        new(ExclusivityCodes.GrantEmpty, TermPlace.Contract, """{ "exclusive": [ { "partner": "$PARTNER" } ] }"""),
        new(ReversalCodes.Max, TermPlace.Contract, """{ "reversalLimit": { "max": "101%", "of": "count" } }"""),
        new(
            ReversalCodes.Period,
            TermPlace.Contract,
            """
            { "reversalLimit": { "max": "10%", "of": "count", "per": "flight" } }
            """),
        new(
            ReversalCodes.Within,
            TermPlace.Contract,
            """
            { "reversalLimit": { "max": "10%", "of": "count", "within": "0s" } }
            """),
        new(
            ReversalCodes.ExemptReasons,
            TermPlace.Contract,
            """
            { "reversalLimit": { "max": "10%", "of": "count", "exempt": ["fraud", "fraud"] } }
            """),
        new(
            DiscrepancyCodes.Tolerance,
            TermPlace.Contract,
            """
            { "discrepancy": { "controlling": "payer", "tolerance": "101%" } }
            """),
        new(InsertionOrderCodes.Deliverables, TermPlace.Contract, """{ "insertionOrder": { "deliverables": [] } }"""),
        new(
            InsertionOrderCodes.ClauseUnknown,
            TermPlace.Contract,
            """
            { "insertionOrder": { "deliverables": [ { "outcome": "sale", "quantity": 9, "clause": "nobody" }
            ] } }
            """),
        new(
            InsertionOrderCodes.ClauseMismatch,
            TermPlace.Contract,
            """
            { "insertionOrder": { "deliverables": [ { "outcome": "other", "quantity": 9, "clause": "$CLAUSE"
            } ] } }
            """),
        new(
            InsertionOrderCodes.Quantity,
            TermPlace.Contract,
            """
            { "insertionOrder": { "deliverables": [ { "outcome": "$OUTCOME", "quantity": 0, "clause":
            "$CLAUSE" } ] } }
            """),
        new(
            InsertionOrderCodes.MaximumSpend,
            TermPlace.Contract,
            """
            { "insertionOrder": { "maximumSpend": "0.00 EUR", "deliverables": [] } }
            """),
        new(
            InsertionOrderCodes.CancellationDays,
            TermPlace.Contract,
            """
            { "insertionOrder": { "cancellationDays": -1, "deliverables": [] } }
            """),
        new(
            InsertionOrderCodes.Dates,
            TermPlace.Contract,
            """
            { "insertionOrder": { "dates": "2020-01-01/2020-02-01", "deliverables": [] } }
            """),
        new(
            InsertionOrderCodes.CounterNotThird,
            TermPlace.Contract,
            """
            { "insertionOrder": { "thirdPartyCounter": "$PARTNER", "deliverables": [] } }
            """),
        new(SettlementTermsCodes.Period, TermPlace.Contract, """{ "settlement": { "per": "day" } }"""),
        new(SettlementTermsCodes.Threshold, TermPlace.Contract, """{ "settlement": { "threshold": "0.00 EUR" } }"""),
        new(
            SettlementTermsCodes.Due,
            TermPlace.Contract,
            """
            { "settlement": { "due": { "rule": "net", "days": -1 } } }
            """),
        new(
            SettlementTermsCodes.Reserve,
            TermPlace.Contract,
            """
            { "settlement": { "reserve": { "part": "101%", "days": 30 } } }
            """),
        new(GradeCodes.Rules, TermPlace.Clause, """{ "grades": { "rules": [] } }"""),
        new(
            GradeCodes.HeldFor,
            TermPlace.Clause,
            """
            { "grades": { "heldFor": "0s", "rules": [ { "grade": "A", "action": "accept" } ] } }
            """),
        new(
            GradeCodes.Part,
            TermPlace.Clause,
            """
            { "grades": { "rules": [ { "grade": "A", "action": "scale" } ] } }
            """),
        new(
            GradeCodes.Action,
            TermPlace.Clause,
            """
            { "grades": { "others": "scale", "rules": [ { "grade": "A", "action": "accept" } ] } }
            """),
        new(ClawbackCodes.Steps, TermPlace.Clause, """{ "clawback": { "steps": [] } }"""),
        new(
            ClawbackCodes.Part,
            TermPlace.Clause,
            """
            { "clawback": { "steps": [ { "upTo": 30, "part": "101%" } ] } }
            """),
        new(
            ClawbackCodes.ExemptReasons,
            TermPlace.Clause,
            """
            { "clawback": { "steps": [ { "upTo": 30, "part": "50%" } ], "exempt": ["fraud", "fraud"] } }
            """),
        new(LimitCodes.Measure, TermPlace.Clause, """{ "limits": [ { "id": "l" } ] }"""),
        new(LimitCodes.Currency, TermPlace.Clause, """{ "limits": [ { "id": "l", "amount": "1.00 USD" } ] }"""),
        new(LimitCodes.Period, TermPlace.Clause, """{ "limits": [ { "id": "l", "count": 1, "per": "rolling" } ] }"""),
        new(LimitCodes.Months, TermPlace.Clause, """{ "limits": [ { "id": "l", "months": 12 } ] }"""),
        new(
            LimitCodes.Overflow,
            TermPlace.Clause,
            """
            { "limits": [ { "id": "l", "count": 1, "onExceeded": "pay-remainder" } ] }
            """),
        new(
            LimitCodes.Divert,
            TermPlace.Clause,
            """
            { "limits": [ { "id": "l", "count": 1, "onExceeded": "divert" } ] }
            """),
        new(
            LimitCodes.DivertTo,
            TermPlace.Clause,
            """
            { "limits": [ { "id": "l", "count": 1, "onExceeded": "divert", "divertTo": "nobody" } ] }
            """),
        new(
            LimitCodes.Names,
            TermPlace.Clause,
            """
            { "limits": [ { "id": "l", "count": 1 }, { "id": "l", "count": 2 } ] }
            """),
        new(TrafficCodes.RuleCount, TermPlace.Contract, """{ "traffic": { "rules": [] } }"""),
        new(
            TrafficCodes.RuleUndefined,
            TermPlace.Contract,
            """
            { "traffic": { "rules": [ { "rule": "too-fast", "within": "5s", "outcomes": ["a", "a"], "then":
            "reject" } ] } }
            """),
        new(
            TrafficCodes.ScoreOutOfRange,
            TermPlace.Contract,
            """
            { "traffic": { "rules": [ { "rule": "too-fast", "within": "5s", "score": -1 } ] } }
            """),
        new(
            TrafficCodes.ThresholdsInvalid,
            TermPlace.Contract,
            """
            { "traffic": { "rules": [ { "rule": "too-fast", "then": "reject" } ] } }
            """),
        new(
            TrafficCodes.ScoresInvalid,
            TermPlace.Contract,
            """
            { "traffic": { "holdAt": 9, "rejectAt": 5, "rules": [ { "rule": "too-fast", "within": "5s",
            "score": 1 } ] } }
            """),
        new(CallCodes.SecondsInvalid, TermPlace.Contract, """{ "calls": { "connectedSecondsMin": 0 } }"""),
        new(
            DeliveryCodes.TableUnknown,
            TermPlace.Contract,
            """
            { "deliveries": [ { "kind": "sms", "table": "nobody", "field": "status" } ] }
            """),
    ];
}
