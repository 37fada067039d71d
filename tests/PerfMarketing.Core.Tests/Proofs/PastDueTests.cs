using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Proofs.Validation;
using PerfMarketing.Serialization;
using PerfMarketing.Testing;
using PerfMarketing.Tests.Settlement;

namespace PerfMarketing.Tests.Proofs;

public sealed class PastDueTests
{
    private static readonly RequiredProof Window = new("approval")
    {
        MinStrength = ProofStrength.Asserted,
        Within = Duration.FromDays(30),
        PastDue = PastDue.Approve,
    };

    private static ContractScenario Sold(RequiredProof proof) =>
        new ContractScenario(Sample.Contract(Pay.Fixed(10.Eur), c => c with { Proof = proof }))
            .At("2026-03-01 09:00").Click("p-blog", "c1").Outcome("sale", "c1", 100.Eur).ExpectPending("approval");

    // AWIN: not reviewed in the validation period is approved (reference/partner-platforms.md 3.2).
    [Fact]
    public void Silence_approves_at_the_end_of_the_window() =>
        Sold(Window)
            .At("2026-03-31 09:59").ExpectEarned("p-blog", "nothing")
            .At("2026-03-31 10:00").ExpectEarned("p-blog", "10.00 EUR");

    [Fact]
    public void Approval_within_the_window_does_not_wait_for_its_end() =>
        Sold(Window)
            .At("2026-03-05 09:00").Proven("approval", "a1").ExpectEarned("p-blog", "10.00 EUR");

    [Fact]
    public void Decline_within_the_window_is_a_retraction() =>
        Sold(Window)
            .At("2026-03-05 09:00").Retracted().ExpectRejected("outcome.retracted")
            .At("2026-05-05 09:00").ExpectEarned("p-blog", "nothing");

    [Fact]
    public void Silence_rejects_by_default() =>
        Sold(Window with { PastDue = PastDue.Reject })
            .At("2026-03-31 10:00").ExpectRejected(ProofReasons.Expired);

    [Fact]
    public void Late_approval_changes_nothing_and_contradiction_still_holds_the_money()
    {
        Instant sold = Instant.FromUtc(2026, 3, 1, 8, 0);
        Instant end = sold + Duration.FromDays(30);
        EvidenceVerdict late = EvidenceVerdict.Asserted("approval", new("a1"), end);
        EvidenceVerdict other = late with { Content = Digest.Of([1]), ReceivedAt = sold };

        Window.Judge(sold, [late], end).Should().Be(new Qualification.Qualified(end, []));
        Window.Judge(sold, [late, other], end).Should().BeOfType<Qualification.Disputed>();
        Window.Judge(sold, [], end - Duration.Epsilon).Should().BeOfType<Qualification.Pending>();
    }

    [Fact]
    public void Window_survives_json_and_needs_an_end()
    {
        ContractDraft draft = Sample.Contract(Pay.Fixed(10.Eur), c => c with { Proof = Window });

        CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft);
        new RequiredProofValidator().Validate(Window).Errors.Should().BeEmpty();
        new RequiredProofValidator().Validate(Window with { Within = null }).Errors.Select(f => f.ErrorCode)
            .Should().Equal(ProofCodes.PastDueWithoutEnd);
        new RequiredProofValidator().Validate(Window with { PastDue = (PastDue)7 }).Errors.Select(f => f.ErrorCode)
            .Should().Equal(ProofCodes.PastDueWithoutEnd);
    }
}
