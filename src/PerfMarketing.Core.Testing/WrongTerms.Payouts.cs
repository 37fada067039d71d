using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Proofs;

namespace PerfMarketing.Testing;

/// <content>What may be wrong with what a contract pays, and for which proof.</content>
internal sealed partial record WrongTerms
{
    public static readonly WrongTerms[] OfPayouts =
    [
        new(
            PeriodCodes.AmountNotPositive,
            TermPlace.Period,
            """
            { "pays": { "kind": "draw", "amount": "0.00 EUR" } }
            """),
        new(
            PeriodCodes.ThresholdNegative,
            TermPlace.Period,
            """
            { "pays": { "kind": "performance-bonus", "rate": "5%", "above": "-1.00 EUR" } }
            """),
        new(
            PeriodCodes.Measure,
            TermPlace.Period,
            """
            { "pays": { "kind": "performance-bonus", "rate": "5%", "above": "1.00 EUR", "of": "count" } }
            """),
        new(PeriodCodes.Steps, TermPlace.Period, """{ "pays": { "kind": "milestone", "steps": [] } }"""),
        new(
            PeriodCodes.Units,
            TermPlace.Period,
            """
            { "pays": { "kind": "every", "units": 0, "bonus": "1.00 EUR" } }
            """),
        new(PeriodCodes.Baseline, TermPlace.Period, """{ "pays": { "kind": "growth", "rate": "5%", "back": 0 } }"""),
        new(
            PeriodCodes.NamedTwice,
            TermPlace.Period,
            """
            { "pays": { "kind": "guarantee", "minimum": "9.00 EUR", "clauses": ["$CLAUSE", "$CLAUSE"] } }
            """),
        new(
            ProofCodes.StrengthUndefined,
            TermPlace.Proof,
            """
            { "proof": "require", "kind": "order-paid", "minStrength": "none" }
            """),
        new(
            ProofCodes.SchemesInvalid,
            TermPlace.Proof,
            """
            { "proof": "require", "kind": "order-paid", "schemes": ["asserted", "asserted"] }
            """),
        new(
            ProofCodes.WaitNotPositive,
            TermPlace.Proof,
            """
            { "proof": "require", "kind": "order-paid", "within": "0s" }
            """),
        new(
            ProofCodes.PastDueWithoutEnd,
            TermPlace.Proof,
            """
            { "proof": "require", "kind": "order-paid", "pastDue": "approve" }
            """),
        new(
            ProofCodes.StatesInvalid,
            TermPlace.Proof,
            """
            { "proof": "require", "kind": "order-paid", "states": ["paid", "paid"] }
            """),
        new(
            ProofCodes.ClaimsInvalid,
            TermPlace.Proof,
            """
            { "proof": "require", "kind": "order-paid", "claims": [ { "name": "" } ] }
            """),
        new(
            ProofCodes.PartiesOutOfRange,
            TermPlace.Proof,
            """
            { "proof": "require", "kind": "order-paid", "parties": 0 }
            """),
        new(
            ProofCodes.FromInvalid,
            TermPlace.Proof,
            """
            { "proof": "require", "kind": "order-paid", "from": ["a", "a"] }
            """),
        new(ProofCodes.NeededOutOfRange, TermPlace.Proof, """{ "proof": "all-of", "of": [] }"""),
        new(
            ProofCodes.StandardUnknown,
            TermPlace.Proof,
            """
            { "proof": "standard", "of": "nothing", "version": 1 }
            """),
        new(
            PayoutCodes.TierPays,
            TermPlace.Pays,
            """
            { "model": "tiered", "tiers": [ { "upTo": 10 }, { "price": "1.00 EUR" } ] }
            """),
        new(
            PayoutCodes.TierTerm,
            TermPlace.Pays,
            """
            { "model": "tiered", "tiers": [ { "price": "1.00 EUR", "full": true } ] }
            """),
        new(PayoutCodes.SizeNotPositive, TermPlace.Pays, """{ "model": "fixed", "price": "1.00 EUR", "size": 0 }"""),
        new(
            PayoutCodes.MeasureRefused,
            TermPlace.Pays,
            """
            { "model": "revenue-share", "rate": "10%", "of": "count" }
            """),
        new(
            PayoutCodes.AllowanceMissing,
            TermPlace.Pays,
            """
            { "model": "allowance", "inner": { "model": "fixed", "price": "1.00 EUR" } }
            """),
        new(
            PayoutCodes.TallyNested,
            TermPlace.Pays,
            """
            { "model": "allowance", "count": 1, "inner": { "model": "tiered", "tiers": [ { "price":
            "1.00 EUR" } ] } }
            """),
        new(PayoutCodes.LineRateCount, TermPlace.Pays, """{ "model": "by-line", "rates": [] }"""),
        new(
            PayoutCodes.LineRateUnnamed,
            TermPlace.Pays,
            """
            { "model": "by-line", "rates": [ { "pays": { "model": "revenue-share", "rate": "5%" } } ] }
            """),
        new(
            PayoutCodes.LineNameCount,
            TermPlace.Pays,
            """
            { "model": "by-line", "rates": [ { "skus": ["a", "a"], "pays": { "model": "revenue-share",
            "rate": "5%" } } ] }
            """),
        new(
            PayoutCodes.LineName,
            TermPlace.Pays,
            """
            { "model": "by-line", "rates": [ { "categories": [""], "pays": { "model": "revenue-share",
            "rate": "5%" } } ] }
            """),
        new(
            PayoutCodes.LineTally,
            TermPlace.Pays,
            """
            { "model": "by-line", "rates": [ { "brands": ["b"], "pays": { "model": "tiered", "tiers": [ {
            "price": "1.00 EUR" } ] } } ] }
            """),
        new(PayoutCodes.TooPrecise, TermPlace.Pays, """{ "model": "fixed", "price": "0.0000000000001 EUR" }"""),
        new(PayoutCodes.CaseCount, TermPlace.Pays, """{ "model": "first-match", "cases": [] }"""),
        new(
            PayoutCodes.InstalmentCount,
            TermPlace.Pays,
            """
            { "model": "drip", "instalments": 0, "every": "month", "inner": { "model": "fixed", "price":
            "1.00 EUR" } }
            """),
        new(
            PayoutCodes.DripPeriod,
            TermPlace.Pays,
            """
            { "model": "drip", "instalments": 3, "every": "hour", "inner": { "model": "fixed", "price":
            "1.00 EUR" } }
            """),
        new(
            PayoutCodes.DripDelay,
            TermPlace.Pays,
            """
            { "model": "drip", "instalments": 3, "every": "month", "delay": -1, "inner": { "model": "fixed",
            "price": "1.00 EUR" } }
            """),
        new(
            PayoutCodes.DripInside,
            TermPlace.Pays,
            """
            { "model": "capped", "cap": "1.00 EUR", "inner": { "model": "drip", "instalments": 3, "every":
            "month", "inner": { "model": "fixed", "price": "1.00 EUR" } } }
            """),
        new(PayoutCodes.BandCount, TermPlace.Pays, """{ "model": "banded", "of": "fact:seconds", "bands": [] }"""),
        new(
            PayoutCodes.BandsNotAscending,
            TermPlace.Pays,
            """
            { "model": "banded", "of": "fact:seconds", "bands": [ { "upTo": 90, "pays": { "model": "fixed",
            "price": "1.00 EUR" } }, { "upTo": 60, "pays": { "model": "fixed", "price": "1.00 EUR" } }, {
            "pays": { "model": "fixed", "price": "1.00 EUR" } } ] }
            """),
        new(
            PayoutCodes.BandEnd,
            TermPlace.Pays,
            """
            { "model": "banded", "of": "fact:seconds", "bands": [ { "upTo": 90, "pays": { "model": "fixed",
            "price": "1.00 EUR" } } ] }
            """),
        new(
            PayoutCodes.TermOutOfRange,
            TermPlace.Pays,
            """
            { "model": "recurring", "months": 0, "inner": { "model": "revenue-share", "rate": "5%" } }
            """),
    ];
}
