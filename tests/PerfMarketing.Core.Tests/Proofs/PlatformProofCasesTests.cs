using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Testing;
using PerfMarketing.Tests.Settlement;
using static PerfMarketing.Tests.Proofs.ProofPolicyTests;

namespace PerfMarketing.Tests.Proofs;

/// <summary>cases/platform-cases.json, area proof/*; mrc-large is with the standard policies.</summary>
public sealed class PlatformProofCasesTests
{
    private static readonly Instant Connected = Instant.FromUtc(2026, 3, 3, 12, 0);

    // support.ringba.com 30379541706775: a conversion is reported within 30 days after the call connected.
    [Theory]
    [InlineData("ringba-conversion-deadline", 30, 1, "rejected")]
    [InlineData("ringba-conversion-deadline", 30, 0, "rejected")]
    [InlineData("ringba-conversion-deadline", 29, 0, "qualified")]
    public void A_conversion_is_reported_in_time_or_not_at_all(string id, int days, int seconds, string expected)
    {
        ProofPolicy policy = ProofPolicy.Require("order-paid", within: Duration.FromDays(30));
        EvidenceVerdict report = Paid("call-1", 0) with
        {
            ReceivedAt = Connected + Duration.FromDays(days) + Duration.FromSeconds(seconds),
        };

        Name(policy.Judge(Connected, [report], Connected + Duration.FromDays(60))).Should().Be(expected, id);
    }

    // There, a second webhook about the same call is refused and the first stands. Ours refuses it as a correction too,
    // but keeps it: one id with two contents is a contradiction, and money does not move on it until somebody decides.
    [Fact]
    public void A_second_report_of_a_call_is_no_second_proof()
    {
        const string Id = "ringba-single-report";
        ProofPolicy policy = ProofPolicy.Require("order-paid");
        EvidenceVerdict first = Paid("call-1", 1);
        EvidenceVerdict again = first with { ReceivedAt = first.ReceivedAt + Duration.FromDays(1) };
        Instant asOf = Connected + Duration.FromDays(9);

        policy.Judge(Connected, [first, again], asOf).Should().Be(policy.Judge(Connected, [first], asOf), Id);
        Name(policy.Judge(Connected, [first, again with { Content = Digest.Of("other amount"u8) }], asOf)).Should()
            .Be("disputed", Id);
    }

    // converly.com s-conversion-points: past due, a pending conversion is left, approved or rejected.
    [Theory]
    [InlineData("converly-past-due", null, PastDue.Reject, "pending")]
    [InlineData("converly-past-due", 14, PastDue.Approve, "qualified")]
    [InlineData("converly-past-due", 14, PastDue.Reject, "rejected")]
    public void What_is_past_due_is_left_approved_or_rejected(string id, int? days, PastDue pastDue, string expected)
    {
        ProofPolicy policy = ProofPolicy.Require("approval") with
        {
            Within = days is { } wait ? Duration.FromDays(wait) : null,
            PastDue = pastDue,
        };

        Name(policy.Judge(Connected, [], Connected + Duration.FromDays(15))).Should().Be(expected, id);
    }

    // support.refersion.com 1749877: outside the cookie's days it is "unqualified": ours rejects it, with the reason.
    [Fact]
    public void What_no_touch_in_the_window_brought_is_unqualified()
    {
        LastTouch rule = new() { Lookback = Duration.FromDays(30) };
        CampaignDraft campaign = Sample.Contract(Pay.Fixed(10.Eur)).ToCampaign().AttributedBy(rule);
        ContractScenario scenario = new ContractScenario(campaign)
            .At("2026-03-01 09:00").Click("p-blog", "c1")
            .At("2026-06-15 09:00").Outcome("sale", "c1", 100.Eur).ExpectEarned("p-blog", "nothing");

        scenario.State.Find(new OutcomeId("outcome-1"))!.Decision!.Qualification.Should()
            .BeOfType<Qualification.Rejected>("refersion-unqualified")
            .Which.Reasons.Select(static r => r.Code).Should()
            .OnlyContain(static c => c.StartsWith("attribution.", StringComparison.Ordinal));
    }
}
