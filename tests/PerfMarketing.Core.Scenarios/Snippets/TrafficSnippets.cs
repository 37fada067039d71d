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
using PerfMarketing.Proofs.Validation;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;

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
            { "rule": "velocity", "score": 40, "within": "1h", "max": 100 },
            { "rule": "duplicate-order", "then": "reject" }
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

        #region window
        TrafficWindow window = new(contract.Traffic!, capacity: 100_000);
        window.AddClicks(partner, at: install.At, count: 12);

        TrafficObservation seen = new(new(install) { TouchAt = click }, partner);
        ValueList<TrafficSignal> signals = window.Judge(seen);
        window.Add(seen);
        #endregion

        CampaignRun run = Start(terms, partner, click);
        run.Process(new CampaignInput.OfOutcome(install));
        run.State.Find(install.Id)!.Decision!.Qualification.Should().BeOfType<Qualification.Pending>();

        #region flag
        EvidenceVerdict flagged = TrafficEvidence.Flag(new("f-1"), signals, now);
        run.Process(new CampaignInput.OfEvidence(install.Id, flagged));
        #endregion

        #region clear
        EvidenceVerdict cleared = TrafficEvidence.Clear(new("c-1"), now, TrafficReasons.TooFast);
        run.Process(new CampaignInput.OfEvidence(install.Id, cleared));
        #endregion

        #region funnel
        Funnel funnel = Funnel.Of(run.State);
        string counts = $"{funnel.Received} gross, {funnel.Filtered} filtered, {funnel.Net} net";
        #endregion

        signals.Should().ContainSingle().Which.Code.Should().Be(TrafficReasons.TooFast);
        run.Entries.Should().ContainSingle().Which.Amount.Should().Be(2.Eur);
        counts.Should().Be("1 gross, 0 filtered, 1 net");
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
