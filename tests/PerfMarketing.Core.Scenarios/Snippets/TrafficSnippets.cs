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
using PerfMarketing.Proofs.Validation;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/invalid-traffic.md.</summary>
public sealed class TrafficSnippets
{
    private const string Terms = """
        {
          "rules": [
            { "rule": "too-fast", "outcomes": ["install"], "score": 60, "within": "10s" },
            { "rule": "country-mismatch", "score": 30 },
            { "rule": "classified", "score": 100, "values": ["data-centre", "known-bot"] },
            { "rule": "repeated", "score": 40, "within": "7d", "max": 1, "of": "device-pseudonym" },
            { "rule": "velocity", "score": 40, "within": "1h", "max": 100 }
          ],
          "holdAt": 50,
          "rejectAt": 100
        }
        """;

    [Fact]
    public void Filter_and_restore()
    {
        Instant now = Instant.FromUtc(2026, 3, 3, 12, 0);
        Instant click = now - Duration.FromSeconds(3);
        PartnerId partner = new("p-blog");
        Outcome install = new() { Id = new("o1"), At = now, Kind = "install", Customer = new CustomerId("c1") };
        TrafficTerms terms = TermJson.Parse(Terms, TrafficTerms.Read);
        new TrafficTermsValidator().Validate(terms).IsValid.Should().BeTrue();
        Contract contract = Draft(terms).Build();

        CampaignRun run = Start(terms, partner, click);
        run.Process(new CampaignInput.OfOutcome(install));
        run.State.Find(install.Id)!.Decision!.Qualification.Should().BeOfType<Qualification.Pending>();

        #region flag
        TrafficSignal panel = new(40, TrafficAction.Accept, new Reason("acme.panel"));
        EvidenceVerdict flagged = TrafficEvidence.Flag(new("f-1"), [panel], now);
        run.Process(new CampaignInput.OfEvidence(install.Id, flagged));
        #endregion

        run.State.Find(install.Id)!.Decision!.Qualification.Should().BeOfType<Qualification.Rejected>();
        #region clear
        EvidenceVerdict cleared = TrafficEvidence.Clear(new("c-1"), now);
        run.Process(new CampaignInput.OfEvidence(install.Id, cleared));
        #endregion

        #region funnel
        Funnel funnel = Funnel.Of(run.State);
        string counts = $"{funnel.Received} gross, {funnel.Filtered} filtered, {funnel.Net} net";
        #endregion

        #region report
        TrafficLine blog = TrafficReport.Of(run.State).Lines[0];
        string invalid = $"{blog.Counts}";                                  // 1 gross, 0 held, 0 rejected, 1 net
        #endregion

        #region statement
        Statement statement = run.Statements(now)[0];
        TrafficCount paidFor = statement.Traffic!.Net;
        #endregion

        paidFor.Should().Be(new TrafficCount(1, 1));
        invalid.Should().Be("1 gross, 0 held, 0 rejected, 1 net");
        run.Entries.Should().ContainSingle().Which.Amount.Should().Be(2.Eur);
        counts.Should().Be("1 gross, 0 filtered, 1 net");
    }

    [Fact]
    public async Task Ask_lists()
    {
        Instant asOf = Instant.FromUtc(2026, 3, 3, 12, 0);
        TrafficTerms terms = TermJson.Parse(Terms, TrafficTerms.Read);
        MemoryTrafficClassifier lists = new();
        lists.Put("192.0.2.7", "known-bot");
        MemoryCampaigns campaigns = new(Draft(terms).ToCampaign().Build());
        MemoryJourneys journeys = new();
        Touchpoint click = new()
        {
            Id = new("t1"), At = asOf - Duration.FromHours(1), RecordedAt = asOf, Partner = new("p-blog"),
            Customer = new CustomerId("c1"),
        };
        await new TouchpointWorkflow(journeys).RecordAsync([click], CancellationToken.None);
        WorkflowPorts ports = new() { Campaigns = campaigns, Journeys = journeys, Ledger = new MemoryLedger() };
        ConversionWorkflow workflow = new(ports, new EvidenceVerifier(new MemoryProofKeys())) { Traffic = lists };
        Outcome install = new() { Id = new("o1"), At = asOf, Kind = "install", Customer = new CustomerId("c1") };
        CampaignId campaign = new("acme-2026");
        (string address, string agent) = ("192.0.2.7", "curl/8.0");
        CancellationToken token = CancellationToken.None;

        #region lists
        await workflow.ProcessAsync(campaign, install, evidence: [], new TrafficSource(address, agent), asOf, token);
        #endregion

        ConversionReport report = await workflow.ReviewAsync(campaign, install.Id, asOf, token);
        report.Qualification.Should().BeOfType<Qualification.Rejected>();
    }

    private static CampaignRun Start(TrafficTerms terms, PartnerId partner, Instant click)
    {
        JourneyTouch touch = new()
        {
            Id = new("t1"), At = click, RecordedAt = click, Partner = partner, Kind = TouchpointKind.Click,
        };
        return new(Draft(terms).ToCampaign().Build(), new Touches(touch));
    }

    private static ContractDraft Draft(TrafficTerms terms)
    {
        ContractDraft draft = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Pays("install", Pay.Fixed(2.Eur));
        return draft with { Traffic = terms };
    }

    private sealed class Touches(JourneyTouch touch) : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new[] { touch });
    }
}
