using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>How much evidence an outcome takes, and what becomes of the rest.</summary>
public sealed class EvidenceBoundsTests
{
    private static readonly Instant Sold = At("2026-03-03T12:00:00Z");

    [Fact]
    public void A_repetition_is_answered_as_the_first_one_was_and_not_kept()
    {
        CampaignRun run = Waiting();
        EvidenceVerdict first = Says("a", 60);

        Answer(run, first).Should().Be(DecisionAnswer.Decided);
        Answer(run, first with { ReceivedAt = first.ReceivedAt + Duration.FromMinutes(5) }).Should()
            .Be(DecisionAnswer.Replayed);
        Answer(run, first with
        {
            ReceivedAt = first.ReceivedAt + Duration.FromMinutes(5),
            Uncovered = [new("delivery-id", "another")],
        }).Should().Be(DecisionAnswer.Replayed, "what is not covered makes no difference");
        Answer(run, first with { Content = Digest.Of("other"u8) }).Should()
            .Be(DecisionAnswer.Decided, "other content is a contradiction");
        run.State.Find(new("o1"))!.Verdicts.Should().HaveCount(2);
    }

    [Fact]
    public void What_is_not_valid_has_a_bound_and_takes_no_room_from_what_is()
    {
        CampaignRun run = Waiting();
        for (int i = 0; i < CampaignDecider.RefusedVerdictCountMax; i++)
        {
            Answer(run, Forged(i)).Should().Be(DecisionAnswer.Decided);
        }

        Decision beyond = Add(run, Forged(99));

        beyond.Answer.Should().Be(DecisionAnswer.Conflict);
        beyond.Reason!.Code.Should().Be(SettlementReasons.EvidenceFull);
        beyond.Records.Should().BeEmpty();
        Add(run, Says("a", 60)).Posted.Texts().Should().Equal("p-blog 10.00 EUR");
    }

    [Fact]
    public void What_one_party_says_has_a_bound_and_pushes_out_nobody_else()
    {
        CampaignRun run = Waiting();
        EvidenceVerdict Flood(int i) => Says($"f{i}", 60) with { Party = new PartyId("p-blog") };
        for (int i = 0; i < CampaignDecider.VerdictCountMax; i++)
        {
            Answer(run, Flood(i)).Should().Be(DecisionAnswer.Decided);
        }

        Decision beyond = Add(run, Flood(999));

        beyond.Answer.Should().Be(DecisionAnswer.Conflict);
        beyond.Reason!.Code.Should().Be(SettlementReasons.EvidenceFull);
        ConflictReceived kept = beyond.Records.Should().ContainSingle().Which.Should().BeOfType<ConflictReceived>()
            .Subject;
        kept.Evidence.Should().Be(new EvidenceId("f999"));
        run.State.Find(new("o1"))!.Conflicts.Should().Equal(kept);
        TermJson.Parse(TermJson.Write(kept), CampaignRecord.Read).Should().Be(kept);
        Add(run, Says("a", 61) with { Party = new PartyId("shop") }).Posted.Texts().Should().Equal("p-blog 10.00 EUR");
        Add(run, Says("b", 62) with { Party = new PartyId("bank"), Finding = EvidenceFinding.Failed }).Outcome.Decision!
            .Qualification.Should().BeOfType<Qualification.Disputed>("nobody was pushed out");
    }

    [Fact]
    public void What_comes_with_the_outcome_has_the_same_bounds()
    {
        CampaignRun run = Empty();
        EvidenceVerdict[] many =
        [
            .. Enumerable.Range(0, CampaignDecider.VerdictCountMax + 3).Select(static i => Says($"e{i}", 0)),
            .. Enumerable.Range(0, CampaignDecider.RefusedVerdictCountMax + 3).Select(Forged),
        ];

        Decision decision = new CampaignDecider(run.State.Campaign).Receive(
            run.State, Sale("o1", "2026-03-03T12:00:00Z", 100.Eur), [.. many, .. many], default, Sold);

        decision.Outcome.Verdicts.Count(static v => v.IsValid).Should().Be(CampaignDecider.VerdictCountMax);
        decision.Outcome.Verdicts.Count(static v => !v.IsValid).Should().Be(CampaignDecider.RefusedVerdictCountMax);
        decision.Outcome.Conflicts.Select(static c => c.Evidence!.Value.Value).Distinct().Should()
            .Equal("e64", "e65", "e66");
    }

    private static CampaignRun Empty() => Run(
        Contract(Pay.Fixed(10.Eur), static c => c.RequiringProof("order-paid")).ToCampaign(),
        Touch("p-blog", "2026-03-01T00:00:00Z"));

    private static CampaignRun Waiting()
    {
        CampaignRun run = Empty();
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        return run;
    }

    private static Decision Add(CampaignRun run, EvidenceVerdict verdict) =>
        run.Process(new CampaignInput.OfEvidence(new("o1"), verdict));

    private static DecisionAnswer Answer(CampaignRun run, EvidenceVerdict verdict) => Add(run, verdict).Answer;

    private static EvidenceVerdict Says(string id, int minutes) =>
        EvidenceVerdict.Asserted("order-paid", new(id), Sold + Duration.FromMinutes(minutes)) with
        {
            Strength = ProofStrength.Mac,
            Content = Digest.Of(System.Text.Encoding.ASCII.GetBytes(id)),
        };

    private static EvidenceVerdict Forged(int number) => Says($"x{number}", 0) with
    {
        Authenticity = Authenticity.Invalid,
        Reason = new(ProofReasons.NoMatch),
        Strength = ProofStrength.None,
        ReplayKey = null,
    };
}
