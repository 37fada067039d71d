using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>
/// Decisions on which a credited partner got nothing stand in a second stream too: an older one there never takes the
/// place of the newest.
/// </summary>
public sealed class NewestDecisionTests
{
    private const string SaleAt = "2026-03-04T10:00:00Z";

    // Another contract names p2, and pays it for leads only.
    private static CampaignDraft Campaign
    {
        get
        {
            ContractDraft sales = Contract(
                Pay.Fixed(10.Eur), static c => c.TrustingHost("order-paid", within: Duration.FromDays(10))
                    .GradedBy(GradeTerms.None.Accept("A").Reverse("C")));
            ContractDraft leads = sales with
            {
                Id = new("leads"),
                Partners = [new("p2")],
                Clauses = [.. sales.Clauses.Select(static c => c with { Outcome = "lead" })],
            };
            return (sales with { Partners = [new("p1")] }).ToCampaign().With(leads).AttributedBy(new Linear());
        }
    }

    [Fact]
    public async Task An_approval_of_what_is_disputed_is_recorded()
    {
        LiveHost host = await SoldAsync();
        await host.ProveAsync("o1", Evidence("psp-1", "2026-03-04T11:00:00Z"));
        EvidenceVerdict other = EvidenceVerdict.Asserted("order-paid", new("psp-1"), At("2026-03-05T10:00:00Z"))
            with
        { Content = Digest.Of([7]) };
        await host.Conversions.AddVerdictAsync(
            host.Campaign.Id, new("o1"), other, other.ReceivedAt, CancellationToken.None);

        ConversionReport approved = await host.CorrectAsync(new Approval
        {
            Id = new("a1"),
            Outcome = new("o1"),
            At = At("2026-03-06T10:00:00Z"),
        });

        approved.Qualification.Should().BeOfType<Qualification.Qualified>();
        approved.Records.OfType<OutcomeDecided>().Should().ContainSingle()
            .Which.Qualification.Should().BeOfType<Qualification.Qualified>();
        host.Ledger.Entries.Select(static e => $"{e.Tag} {e.Amount}").Should()
            .Equal("earning 5.00 EUR", "dispute-hold -5.00 EUR", "adjustment 0.00 EUR", "dispute-hold 5.00 EUR");

        ConversionReport later = await host.ReviewAsync("o1", "2026-03-07T10:00:00Z");
        later.Records.Should().BeEmpty();
    }

    [Fact]
    public async Task What_a_grade_opened_again_is_rejected_at_the_end_of_its_wait()
    {
        LiveHost host = await SoldAsync();
        await host.CorrectAsync(Grade("g1", "C", "2026-03-05T10:00:00Z"));
        await host.CorrectAsync(Grade("g2", "A", "2026-03-06T10:00:00Z"));

        ConversionReport over = await host.ReviewAsync("o1", "2026-03-14T10:00:00Z");

        over.Qualification.Should().BeOfType<Qualification.Rejected>()
            .Which.Reasons.Should().ContainSingle().Which.Code.Should().Be(ProofReasons.Expired);
    }

    private static async Task<LiveHost> SoldAsync()
    {
        LiveHost host = new(Campaign);
        await host.RecordAsync(Click("p1", "2026-03-03T10:00:00Z"), Click("p2", "2026-03-03T11:00:00Z"));
        ConversionReport sold = await host.ProcessAsync(Sale("o1", SaleAt));
        sold.Qualification.Should().BeOfType<Qualification.Pending>();
        return host;
    }

    private static Graded Grade(string id, string grade, string at) => new()
    {
        Id = new(id),
        Outcome = new("o1"),
        At = At(at),
        Grade = grade,
    };
}
