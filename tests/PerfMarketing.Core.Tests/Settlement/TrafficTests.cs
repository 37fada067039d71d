using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Measurement;
using PerfMarketing.Measurement.Reports;
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

    private static readonly TrafficTerms Beside = new()
    {
        Rules =
        [
            new(TrafficRuleKind.Velocity) { Within = Duration.FromHours(1), Max = 2, Score = 60 },
            new(TrafficRuleKind.Repeated)
            {
                Of = "device-pseudonym", Within = Duration.FromDays(7), Max = 0, Score = 50,
            },
        ],
        HoldAt = 50,
        RejectAt = 100,
    };

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

    // Three sales in an hour are one too many; the third comes from the same device as the first.
    [Fact]
    public void What_came_before_is_looked_at_and_a_clearing_pays_what_was_filtered()
    {
        CampaignRun run = Run((Contract(Pay.Fixed(10.Eur)) with { Traffic = Beside }).ToCampaign(), Clicked);
        run.Process(Of(On("o1", "2026-03-03T12:00:00Z", "d1")));
        run.Process(Of(On("o2", "2026-03-03T12:20:00Z", "d2")));
        run.Process(Of(On("o3", "2026-03-03T12:40:00Z", "d1")));

        Decided(run, "o3").Should().BeOfType<Qualification.Rejected>().Which.Reasons.Select(static r => r.ToString())
            .Should().Equal(
                "traffic.repeated (of: device-pseudonym, count: 1, max: 0)", "traffic.velocity (max: 2, within: 1h)");
        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-blog 10.00 EUR");

        run.Process(Evidence("o3", TrafficEvidence.Clear(
            new("c1"), At("2026-03-04T12:00:00Z"), TrafficReasons.Velocity)));
        Decided(run, "o3").Should().BeOfType<Qualification.Pending>("the device alone only holds");
        run.Process(Evidence("o3", TrafficEvidence.Clear(new("c2"), At("2026-03-05T12:00:00Z"))));
        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-blog 10.00 EUR", "p-blog 10.00 EUR");
    }

    [Fact]
    public void A_ruling_pays_what_was_filtered()
    {
        CampaignRun run = Flooded();
        Line(run).Should().Be("4 gross, 1 held, 2 rejected, 2 net: traffic.repeated 3, traffic.velocity 2");
        Funnel funnel = Funnel.Of(run.State);
        (funnel.Received, funnel.Filtered, funnel.Net).Should().Be((4L, 2L, 2L));

        run.Process(Of(new Approval
        {
            Id = new("a1"), Outcome = new("o4"), At = At("2026-03-05T12:00:00Z"), Author = "anna",
            Contract = new("acme-2026"),
        }));

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-blog 10.00 EUR");
        Line(run).Should().Be("4 gross, 1 held, 1 rejected, 3 net: traffic.repeated 2, traffic.velocity 1");
    }

    [Fact]
    public void Two_partners_who_share_a_device_are_seen_together_and_each_has_his_own_speed()
    {
        CampaignRun run = new(
            (Contract(Pay.Fixed(10.Eur)) with { Traffic = Beside }).ToCampaign().Build(), new ByCustomer());
        run.Process(Of(On("o1", "2026-03-03T12:00:00Z", "d1", "p-blog")));
        run.Process(Of(On("o2", "2026-03-03T12:10:00Z", "d2", "p-blog")));
        run.Process(Of(On("o3", "2026-03-03T12:20:00Z", "d3", "p-mail")));
        Decided(run, "o3").Should().BeOfType<Qualification.Qualified>("the speed is that of one partner");

        run.Process(Of(On("o4", "2026-03-03T12:30:00Z", "d1", "p-mail")));

        Decided(run, "o4").Should().BeOfType<Qualification.Pending>().Which.Reasons.Single().Code
            .Should().Be(TrafficReasons.Repeated, "the device is one, whoever sends it");
        TrafficReport.Of(run.State).Lines.Select(static l => $"{l.Partner} {l.Counts.Gross} {l.Counts.Held}")
            .Should().Equal("p-blog 2 0", "p-mail 2 1");
    }

    [Fact]
    public void What_is_refused_before_any_contract_is_asked_is_not_seen()
    {
        CampaignRun run = Run((Contract(Pay.Fixed(10.Eur)) with { Traffic = Beside }).ToCampaign(), Clicked);
        run.Process(Of(On("o1", "2026-03-03T12:00:00Z", "d1") with { IsTest = true }));
        run.Process(Of(On("o2", "2026-03-03T12:01:00Z", "d2") with { OrderId = new("A-1") }));
        run.Process(Of(On("o3", "2026-03-03T12:02:00Z", "d1") with { OrderId = new("A-1") }));
        Decided(run, "o3").Should().BeOfType<Qualification.Rejected>().Which.Reasons.Single().Code
            .Should().Be(SettlementReasons.DuplicateOrder, "an order id counts once, by every contract");

        run.Process(Of(On("o4", "2026-03-03T12:03:00Z", "d1")));

        Decided(run, "o4").Should().BeOfType<Qualification.Qualified>();
        run.State.Traffic.Rooms.Sum(r => run.State.Traffic.HistoryOf(r)!.Count).Should().Be(4);
    }

    [Fact]
    public void What_came_in_twice_is_seen_once_and_stays_as_it_was_found()
    {
        CampaignRun run = Flooded();
        foreach (string id in (string[])["o1", "o2", "o3", "o4"])
        {
            run.Process(Of(run.State.Find(new(id))!.Outcome!)).Answer.Should().Be(DecisionAnswer.Replayed);
            run.Process(Of(run.State.Find(new(id))!.Outcome! with { Value = 7.Eur })).Answer
                .Should().Be(DecisionAnswer.Conflict);
        }

        // Sixty sales more of the same hour: what was held or rejected is not found anew.
        for (int i = 0; i < 60; i++)
        {
            run.Process(Of(On($"later{i}", "2026-03-03T12:01:30Z", "d1")));
        }

        run.Process(Evidence("o2", EvidenceVerdict.Asserted("note", new("n1"), At("2026-03-09T12:00:00Z"))));
        Decided(run, "o2").Should().BeOfType<Qualification.Pending>("two of the hour had been seen");
    }

    private static CampaignRun Flooded()
    {
        CampaignRun run = Run((Contract(Pay.Fixed(10.Eur)) with { Traffic = Beside }).ToCampaign(), Clicked);
        for (int i = 1; i <= 4; i++)
        {
            run.Process(Of(On($"o{i}", $"2026-03-03T12:{i:00}:00Z", "d1")));
        }

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR");
        return run;
    }

    private static string Line(CampaignRun run)
    {
        TrafficLine line = TrafficReport.Of(run.State).Lines.Single();
        string found = string.Join(", ", line.Found.Select(static f => $"{f.Code} {f.Count}"));
        return $"{line.Counts}: {found}";
    }

    private static Outcome On(string id, string at, string device, string customer = "c1") =>
        Sale(id, at, 100.Eur, customer) with { Facts = FactSet.Create(Facts.DevicePseudonym.Of(device)) };

    // Every customer was sent by the partner of that name.
    private sealed class ByCustomer : IJourneySource
    {
        public Journey Find(Outcome outcome) =>
            new(new[] { Touch(outcome.Customer!.Value.Value, "2026-03-03T09:00:00Z") });
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
