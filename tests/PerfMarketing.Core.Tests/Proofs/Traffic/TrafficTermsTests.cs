using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Proofs.Validation;
using PerfMarketing.Serialization;
using static PerfMarketing.Tests.Proofs.Traffic.Traffic;

namespace PerfMarketing.Tests.Proofs.Traffic;

public sealed class TrafficTermsTests
{
    private static readonly TrafficTerms Sample = new()
    {
        Rules =
        [
            new(TrafficRuleKind.TooFast) { Outcomes = ["install"], Within = Duration.FromSeconds(10), Score = 70 },
            new(TrafficRuleKind.Velocity) { Within = Duration.FromHours(1), Max = 9, Then = TrafficAction.Reject },
            new(TrafficRuleKind.LongTail)
            {
                Within = Duration.FromDays(7), After = Duration.FromHours(2), Max = 20, Share = 50.Percent,
            },
            new(TrafficRuleKind.Classified) { Values = ["bot"], Score = 40 },
        ],
        HoldAt = 50,
        RejectAt = 100,
    };

    [Theory]
    [InlineData(TrafficAction.Accept, new[] { 49 })]
    [InlineData(TrafficAction.Hold, new[] { 25, 25 })]
    [InlineData(TrafficAction.Hold, new[] { 99 })]
    [InlineData(TrafficAction.Reject, new[] { 50, 50 })]
    public void Scores_lead_where_the_contract_says(TrafficAction action, int[] scores)
    {
        TrafficSignal[] signals = [.. scores.Select(static (score, i) => Signal($"traffic.s{i}", score))];

        Sample.Decide(signals).Action.Should().Be(action);
        Sample.Decide(signals.Reverse().Concat(signals)).Should().BeEquivalentTo(Sample.Decide(signals));
        (Sample with { HoldAt = null, RejectAt = null }).Decide(signals).Action
            .Should().Be(TrafficAction.Accept, "nothing is filtered that the contract does not name");
    }

    [Fact]
    public void A_rule_may_lead_by_itself()
    {
        TrafficDecision decision = Sample.Decide(
            [Signal("traffic.velocity", 10), Signal("traffic.repeated", 0, TrafficAction.Reject)]);

        decision.Action.Should().Be(TrafficAction.Reject);
        decision.Score.Should().Be(10);
        decision.Reasons.Select(static r => r.Code).Should().Equal("traffic.repeated", "traffic.velocity");
    }

    [Fact]
    public void Findings_come_as_evidence_and_are_cleared_by_evidence_in_any_order()
    {
        EvidenceVerdict flagged = TrafficEvidence.Flag(
            new("f1"), [Signal("traffic.too-fast", 1), Signal("acme.panel", 30)], Noon);
        EvidenceVerdict cleared = TrafficEvidence.Clear(
            new("c1"), Noon.Plus(Duration.FromHours(1)), "traffic.too-fast");
        EvidenceVerdict again = flagged with { ReplayKey = new("f2"), ReceivedAt = Noon.Plus(Duration.FromHours(2)) };
        Instant late = Noon.Plus(Duration.FromDays(1));

        TrafficSignal[] found = Standing([flagged], late);
        found.Sum(static s => s.Score).Should().Be(100, "the contract's rule says what its code counts: 70");
        found.Select(static s => s.Code).Should().Equal("traffic.too-fast", "traffic.reported");
        Codes(Standing([flagged, cleared], late)).Should().Equal("traffic.reported");
        Codes(Standing([cleared, flagged], late)).Should().Equal("traffic.reported");
        Standing([flagged, cleared], Noon).Should().HaveCount(2, "the clearing is not known yet");
        Standing([flagged, cleared, again], late).Should().HaveCount(3, "what is found afterwards stands again");
        Standing([flagged, TrafficEvidence.Clear(new("c2"), Noon)], late).Should().BeEmpty("all was cleared");
        EvidenceVerdict own = TrafficEvidence.Clear(new("c3"), Noon);
        own = own with { Scheme = SchemeId.Pm1, Party = new("p-blog") };
        Standing([flagged, own], late).Should().HaveCount(2, "who is accused does not clear himself");
        Standing([flagged with { Authenticity = Authenticity.Invalid }], late).Should().BeEmpty();
    }

    [Fact]
    public void Terms_survive_being_written_and_read()
    {
        TermJson.Parse(TermJson.Write(Sample), TrafficTerms.Read).Should().Be(Sample);
        new TrafficTermsValidator().Validate(Sample).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        TrafficTerms wrong = new()
        {
            Rules =
            [
                new(TrafficRuleKind.TooFast) { Score = 101 },
                new(TrafficRuleKind.Velocity) { Within = Duration.FromHours(1), Max = 0 },
                new(TrafficRuleKind.ExactIntervals) { Max = 2 },
                new(TrafficRuleKind.Repeated) { Of = "Device", Within = Duration.FromHours(1), Max = 1 },
                new(TrafficRuleKind.CurrencyMismatch) { Values = ["EUR", "EUR"] },
                new((TrafficRuleKind)99),
            ],
            HoldAt = 100,
            RejectAt = 50,
        };

        new TrafficTermsValidator().Validate(wrong).Errors.Select(static e => $"{e.PropertyName} {e.ErrorCode}")
            .Should().BeEquivalentTo(
                "Rules[0].Score traffic.score-out-of-range", "Rules[0] traffic.thresholds-invalid",
                "Rules[1] traffic.thresholds-invalid", "Rules[2] traffic.thresholds-invalid",
                "Rules[3] traffic.thresholds-invalid", "Rules[4] traffic.thresholds-invalid",
                "Rules[5].Rule traffic.rule-undefined", "HoldAt traffic.scores-invalid");
        new TrafficTermsValidator().Validate(new TrafficTerms { Rules = [] }).Errors.Single().ErrorCode
            .Should().Be(TrafficCodes.RuleCount);
    }

    private static TrafficSignal[] Standing(EvidenceVerdict[] verdicts, Instant asOf) =>
        [.. TrafficEvidence.Standing(Sample, [], verdicts, asOf)];

    private static TrafficSignal Signal(string code, int score, TrafficAction then = TrafficAction.Accept) =>
        new(score, then, new Reason(code));
}
