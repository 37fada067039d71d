using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Measurement;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

public sealed class TrafficTests
{
    private static readonly TrafficRule Fast =
        new(TrafficRuleKind.TooFast) { Within = Duration.FromSeconds(10), Score = 60 };

    private static readonly TrafficTerms Holding = new()
    {
        Rules = [Fast, new(TrafficRuleKind.Velocity) { Within = Duration.FromHours(1), Max = 9, Score = 60 }],
        HoldAt = 50,
        RejectAt = 100,
    };

    private static readonly TrafficTerms Rejecting = Holding with { HoldAt = null, RejectAt = 50 };

    [Fact]
    public void A_contract_without_rules_filters_nothing_and_rules_alone_only_note()
    {
        Decided(Start(null), "o1").Should().BeOfType<Qualification.Qualified>();
        CampaignRun noted = Start(Holding with { HoldAt = null, RejectAt = null });
        Decided(noted, "o1").Should().BeOfType<Qualification.Qualified>();

        noted.State.Find(new("o1"))!.Decision!.Legs.Single().Notes.Select(static n => n.ToString())
            .Should().Equal("traffic.too-fast (delay: 3s, within: 10s)");
        noted.Entries.Texts().Should().Equal("p-blog 10.00 EUR");
    }

    [Fact]
    public void What_is_rejected_names_its_codes_and_comes_back_when_it_is_cleared()
    {
        CampaignRun run = Start(Rejecting);

        Decided(run, "o1").Should().BeOfType<Qualification.Rejected>().Which.Reasons.Select(static r => r.Code)
            .Should().Equal(TrafficReasons.TooFast);
        run.Entries.Should().BeEmpty();
        Funnel funnel = Funnel.Of(run.State);
        (funnel.Received, funnel.Filtered, funnel.Net).Should().Be((2L, 1L, 1L));
        funnel.Lines.Should().Contain(
            static l => l.Stage == FunnelStage.Rejected && l.Reason == "traffic.too-fast" && l.Count == 1);

        run.Process(Evidence("o1", TrafficEvidence.Clear(new("c1"), At("2026-03-09T12:00:00Z"))));

        Decided(run, "o1").Should().BeOfType<Qualification.Qualified>();
        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR");
        Funnel.Of(run.State).Filtered.Should().Be(0);
    }

    [Fact]
    public void What_is_held_waits_for_a_clearing_and_is_rejected_by_more_findings()
    {
        CampaignRun run = Start(Holding);
        Qualification.Pending held = Decided(run, "o1").Should().BeOfType<Qualification.Pending>().Subject;
        held.Missing.Should().Equal(TrafficEvidence.Cleared);
        held.Reasons.Select(static r => r.Code).Should().Equal(TrafficReasons.TooFast);
        Funnel.Of(run.State).CountOf(FunnelStage.Pending).Should().Be(1);

        TrafficSignal velocity = new(0, TrafficAction.Accept, new Reason(TrafficReasons.Velocity));
        EvidenceVerdict flagged = TrafficEvidence.Flag(new("f1"), [velocity], At("2026-03-05T12:00:00Z"));
        run.Process(Evidence("o1", flagged));

        Decided(run, "o1").Should().BeOfType<Qualification.Rejected>().Which.Reasons.Select(static r => r.Code)
            .Should().Equal(TrafficReasons.TooFast, TrafficReasons.Velocity);
        run.Process(Evidence("o1", TrafficEvidence.Clear(
            new("c1"), At("2026-03-06T12:00:00Z"), TrafficReasons.Velocity)));
        Decided(run, "o1").Should().BeOfType<Qualification.Pending>("the other finding still stands");
        run.Process(Evidence("o1", TrafficEvidence.Clear(new("c2"), At("2026-03-07T12:00:00Z"))));
        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR");
    }

    [Fact]
    public void A_person_may_approve_what_was_filtered()
    {
        foreach (TrafficTerms terms in (TrafficTerms[])[Rejecting, Holding])
        {
            CampaignRun run = Start(terms);

            run.Process(Of(new Approval
            {
                Id = new("a1"),
                Outcome = new("o1"),
                At = At("2026-03-05T12:00:00Z"),
                Contract = new("acme-2026"),
                Author = "anna",
            }));

            Decided(run, "o1").Should().BeOfType<Qualification.Qualified>();
            run.Entries.Texts().Should().Equal("p-blog 10.00 EUR");
        }
    }

    [Fact]
    public void What_was_earned_is_not_taken_back_by_a_finding()
    {
        CampaignRun run = Start(Rejecting with { Rules = [.. Rejecting.Rules.Skip(1)] });
        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR");

        TrafficSignal velocity = new(0, TrafficAction.Accept, new Reason(TrafficReasons.Velocity));
        run.Process(Evidence("o1", TrafficEvidence.Flag(new("f1"), [velocity], At("2026-03-05T12:00:00Z"))));

        Decided(run, "o1").Should().BeOfType<Qualification.Qualified>("that takes a correction");
        run.Entries.Should().HaveCount(1);
    }

    [Fact]
    public void Proof_is_still_asked_for()
    {
        ContractDraft contract = Contract(
            Pay.Fixed(10.Eur),
            static c => c with { Proof = ProofPolicy.TrustHost("order-paid") });
        CampaignRun run = Run((contract with { Traffic = Holding }).ToCampaign(), Clicked);
        run.Process(Of(Sale("o1", "2026-03-03T12:00:03Z", 100.Eur)));

        Decided(run, "o1").Should().BeOfType<Qualification.Pending>().Which.Missing
            .Should().BeEquivalentTo(new EvidenceKind[] { "order-paid", TrafficEvidence.Cleared });
        run.Process(Proof("o1", "2026-03-04T12:00:00Z"));
        Decided(run, "o1").Should().BeOfType<Qualification.Pending>().Which.Missing
            .Should().Equal(TrafficEvidence.Cleared);
    }

    private static JourneyTouch Clicked => Touch("p-blog", "2026-03-03T12:00:00Z");

    private static Qualification Decided(CampaignRun run, string id) =>
        run.State.Find(new(id))!.Decision!.Qualification;

    private static CampaignInput.OfEvidence Evidence(string outcome, EvidenceVerdict verdict) =>
        new(new OutcomeId(outcome), verdict);

    private static CampaignRun Start(TrafficTerms? terms)
    {
        ContractDraft contract = Contract(Pay.Fixed(10.Eur)) with { Traffic = terms };
        CampaignRun run = Run(contract.ToCampaign(), Clicked);
        run.Process(Of(Sale("o1", "2026-03-03T12:00:03Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-02-03T12:00:03Z", 100.Eur)));
        return run;
    }
}
