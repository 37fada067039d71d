using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Evidence on invalid traffic that was erased: what was found or cleared stays so.</summary>
public sealed class TrafficErasureTests
{
    private static readonly ProofSecret Secret = ProofSecret.FromBytes([7, .. new byte[31]]);

    private static readonly TrafficTerms Rejecting = new()
    {
        Rules = [new(TrafficRuleKind.TooFast) { Within = Duration.FromSeconds(10), Score = 60 }],
        RejectAt = 50,
    };

    // o1 is reported by the host, o2 is too fast and cleared of another finding, o3 is cleared of that one.
    [Theory]
    [InlineData("o1", "acme.farm 60", null, false)]
    [InlineData("o2", null, "acme.farm", false)]
    [InlineData("o3", null, TrafficReasons.TooFast, true)]
    [InlineData("o4", "acme.farm 60", "acme.farm", true)]
    public void What_was_found_or_cleared_stays_so(string id, string? flagged, string? cleared, bool isPaid)
    {
        EvidenceVerdict[] verdicts =
        [
            .. flagged is null ? [] : new[]
            {
                TrafficEvidence.Flag(
                    new("flag"),
                    [new(60, TrafficAction.Accept, new Reason(flagged.Split(' ')[0]))],
                    At("2026-03-03T13:00:00Z")),
            },
            .. cleared is null ? [] : new[]
            {
                TrafficEvidence.Clear(new("clear"), At("2026-03-03T14:00:00Z"), cleared),
            },
        ];

        string[] paid = [Paid(id, verdicts), Paid(id, [.. verdicts.Select(Erased)])];

        paid.Should().Equal(isPaid ? ["10.00 EUR", "10.00 EUR"] : ["", ""]);
    }

    [Fact]
    public void Codes_and_classes_stay_and_nothing_else_does()
    {
        EvidenceVerdict found = TrafficEvidence.Flag(
            new("flag"), [new(60, TrafficAction.Accept, new Reason("acme.farm"))], At("2026-03-03T13:00:00Z"));
        found = found with { Claims = found.Claims.Add(new("email", "a@example.org")) };
        EvidenceVerdict classes = TrafficEvidence.Classify(new("list"), ["data-centre"], At("2026-03-03T13:00:00Z"));

        Erased(found).Claims.Select(static c => $"{c.Name} {c.Value}").Should().Equal("acme.farm 60");
        Erased(classes).Claims.Should().Equal(classes.Claims);
        CommittedVerdict kept = CommittedVerdict.Of(found, EvidenceSalt.Of(Secret, found));
        CommittedVerdict erased = kept.Erase();
        erased.ChainContent.Should().Be(kept.ChainContent);
        erased.Holds().Should().BeTrue();
        TermJson.Parse(TermJson.Write(erased), CommittedVerdict.Read).Should().Be(erased);
    }

    private static EvidenceVerdict Erased(EvidenceVerdict verdict) =>
        CommittedVerdict.Of(verdict, EvidenceSalt.Of(Secret, verdict)).Erase().Verdict;

    // What the sale earns: o1 and o4 come an hour after their touch, the others within three seconds.
    private static string Paid(string id, EvidenceVerdict[] verdicts)
    {
        CampaignDraft campaign = (Contract(Pay.Fixed(10.Eur)) with { Traffic = Rejecting }).ToCampaign();
        JourneyTouch touch = Touch(
            "p-blog", id is "o1" or "o4" ? "2026-03-03T11:00:00Z" : "2026-03-03T11:59:57Z");
        CampaignRun run = Run(campaign, touch);
        Array.ForEach(verdicts, v => run.Process(new CampaignInput.OfEvidence(new(id), v)));
        run.Process(Of(Sale(id, "2026-03-03T12:00:00Z") with { RecordedAt = At("2026-03-03T15:00:00Z") }));
        return run.Entries.Count == 0 ? string.Empty : run.Entries.Single().Amount.ToString();
    }
}
