using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Serialization;
using PerfMarketing.Testing;
using PerfMarketing.Tests.Settlement;

namespace PerfMarketing.Tests.Proofs;

public sealed class CoveredClaimsTests
{
    private static readonly RequiredProof Covering = ProofPolicy.Require("order-paid");

    [Fact]
    public void A_clause_uses_what_it_pays_and_decides_by()
    {
        Uses(Pay.Fixed(10.Eur)).Should().BeEmpty();
        Uses(Pay.RevenueShare(Percentage.Parse("5%"))).Should().Equal("amount", "currency");
        Uses(Pay.Fixed(10.Eur), c => c.If(When.Fact(Facts.CallSeconds).AtLeast(60))).Should().Equal("call-seconds");
        Uses(Pay.Fixed(10.Eur), c => c.If(When.Fact(OutcomeFacts.Value).AtLeast(60.Eur))).Should()
            .Equal("amount", "currency");
    }

    [Fact]
    public void A_share_of_a_value_that_nobody_signed_is_not_paid()
    {
        ContractScenario scenario = Sold();

        scenario.Proven(Paid([new("currency", "EUR")])).ExpectPending("order-paid").ExpectEarned("p-blog", "nothing");
        scenario.State.Find(new OutcomeId("outcome-1"))!.Decision!.Qualification.Should()
            .BeOfType<Qualification.Pending>().Which.Reasons.Select(static r => r.ToString()).Should()
            .Equal("proof.claim-not-covered (claim: amount)");
        scenario.Proven(Paid([new("currency", "EUR"), new("body:/sum", "10000")]) with { ReplayKey = new("b") })
            .ExpectEarned("p-blog", "5.00 EUR");
    }

    [Fact]
    public void Another_sum_than_the_one_that_is_claimed_holds_the_money()
    {
        ContractScenario scenario = Sold()
            .Proven(Paid([new("currency", "EUR"), new("body:/sum", "9000")])).ExpectEarned("p-blog", "nothing");

        scenario.State.Find(new OutcomeId("outcome-1"))!.Decision!.Qualification.Should()
            .BeOfType<Qualification.Disputed>().Which.Reasons.Select(static r => r.ToString()).Should()
            .Equal("proof.claim-differs (claim: amount)");
    }

    [Fact]
    public void Fields_survive_json_and_wrong_ones_are_named()
    {
        ContractDraft draft = Draft();

        CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft);
        Codes(draft.Reading(draft.Claims[0])).Should().Equal(ProofCodes.FieldsInvalid);
        Codes(draft.Reading(new("", "body:/a"))).Should().Equal(ProofCodes.FieldInvalid);
        Codes(draft.Reading(new("a", default))).Should().Equal(ProofCodes.FieldInvalid);
        Codes(draft.Reading(new("a", "form:a") { Currency = Currency.Eur })).Should().Equal(ProofCodes.FieldInvalid);
        Codes(draft.Reading(new("a", "form:a") { Unit = (ClaimUnit)9 })).Should().Equal(ProofCodes.FieldInvalid);
    }

    private static IEnumerable<string> Codes(ContractDraft draft) =>
        draft.Validate().Errors.Select(static e => e.ErrorCode);

    private static ValueList<string> Uses(PayoutModel pays, Func<ClauseDraft, ClauseDraft>? with = null) =>
        Sample.Contract(pays, with ?? (static c => c)).Build().Clauses[0].Uses;

    private static ContractDraft Draft() => Sample
        .Contract(Pay.RevenueShare(Percentage.Parse("5%")), c => c with { Proof = Covering })
        .Reading(new("amount", "body:/sum") { Kind = "order-paid", Unit = ClaimUnit.Minor });

    private static ContractScenario Sold() => new ContractScenario(Draft())
        .At("2026-03-01 09:00").Click("p-blog", "c1").Outcome("sale", "c1", 100.Eur).ExpectPending("order-paid");

    private static EvidenceVerdict Paid(EvidenceClaim[] claims) => new()
    {
        Kind = "order-paid",
        Scheme = SchemeId.StandardWebhooks,
        Authenticity = Authenticity.Valid,
        Strength = ProofStrength.Mac,
        Claims = [.. claims],
        ReplayKey = new EvidenceId("a"),
        ReceivedAt = Instant.FromUtc(2026, 3, 1, 8, 0),
    };
}
