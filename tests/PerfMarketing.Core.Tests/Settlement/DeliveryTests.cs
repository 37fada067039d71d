using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Proofs.Delivery;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

public sealed class DeliveryTests
{
    private static readonly DeliveryTerms Dlr = new("dlr-text", "delivery-status") { Kind = "sms-status" };

    [Theory]
    [InlineData("DELIVRD", "qualified")]
    [InlineData("ENROUTE", "pending")]
    [InlineData("ACCEPTD", "pending")]
    [InlineData("SOMETHING", "pending")]
    [InlineData("UNDELIV", "rejected")]
    public void The_contract_says_which_status_is_a_delivery(string status, string expected)
    {
        CampaignRun run = Start(Dlr);

        run.Process(Report("r1", status, minute: 5));

        Decided(run).Should().Be(expected);
    }

    [Fact]
    public void Accepted_is_paid_only_where_it_is_named()
    {
        CampaignRun run = Start(Dlr with { Counts = [DeliveryOutcome.Accepted, DeliveryOutcome.Delivered] });

        run.Process(Report("r1", "ACCEPTD", minute: 5));

        Decided(run).Should().Be("qualified");
        run.Entries.Texts().Should().Equal("p-blog 0.05 EUR");
    }

    [Fact]
    public void A_failure_is_ended_by_a_later_delivery_in_whatever_order_they_come()
    {
        DeliveryReports.Read([Dlr], Fields, [Verdict("r1", "EXPIRED", 5), Verdict("r2", "DELIVRD", 6)])
            .Select(static v => v.Finding).Should().Equal(EvidenceFinding.Undecided, EvidenceFinding.Happened);
        DeliveryReports.Read([Dlr], Fields, [Verdict("r2", "DELIVRD", 6), Verdict("r1", "EXPIRED", 5)])
            .Select(static v => v.Finding).Should().Equal(EvidenceFinding.Happened, EvidenceFinding.Undecided);
        DeliveryReports.Read([Dlr], Fields, [Verdict("r1", "EXPIRED", 6), Verdict("r2", "DELIVRD", 6)])
            .Select(static v => v.Finding).Should().Equal(EvidenceFinding.Failed, EvidenceFinding.Happened);
        DeliveryReports.Read([Dlr], Fields, [Verdict("r1", "DELIVRD", 5) with { Kind = "other" }]).Single().State
            .Should().BeNull("it is of another kind");
    }

    [Fact]
    public void Terms_are_of_the_contract()
    {
        ContractDraft draft = Draft(Dlr);

        ContractDraft read = TermJson.Parse(
            TermJson.Write(draft), static terms => ContractDraft.Read(terms, TermCatalog.Default));

        read.Deliveries.Should().Equal(Dlr);
        (draft with { Deliveries = [Dlr, Dlr with { Table = "smtp" }] }).TryBuild(out _, out var result)
            .Should().BeFalse();
        result.Errors.Select(static e => e.ErrorCode).Should().BeEquivalentTo(
            DeliveryCodes.KindsInvalid, DeliveryCodes.TableUnknown);
    }

    private static ValueList<ClaimField> Fields => [new("delivery-status", ClaimSource.Parse("form:stat"))];

    private static string Decided(CampaignRun run) => run.State.Find(new("o1"))!.Decision!.Qualification.Match(
        static _ => "qualified", static _ => "pending", static _ => "rejected", static _ => "disputed");

    private static ContractDraft Draft(DeliveryTerms terms) =>
        Contract(
            Pay.Fixed(0.05m.Eur),
            static c => c with { Proof = ProofPolicy.TrustHost("sms-status") }) with
        {
            Claims = Fields,
            Deliveries = [terms],
        };

    private static CampaignRun Start(DeliveryTerms terms)
    {
        CampaignRun run = Run(Draft(terms).ToCampaign(), Touch("p-blog", "2026-03-03T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));
        return run;
    }

    private static CampaignInput.OfEvidence Report(string id, string status, int minute) =>
        new CampaignInput.OfEvidence(new OutcomeId("o1"), Verdict(id, status, minute));

    private static EvidenceVerdict Verdict(string id, string status, int minute) =>
        EvidenceVerdict.Asserted(
            "sms-status", new(id), At("2026-03-03T12:00:00Z").Plus(Duration.FromMinutes(minute))) with
        {
            Claims = [new("form:stat", status)],
        };
}
