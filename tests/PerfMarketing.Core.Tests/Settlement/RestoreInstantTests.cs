using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Several things of one instant, settled again over closed statements.</summary>
public sealed class RestoreInstantTests
{
    private const string Noon = "2026-03-10T12:00:00Z";

    // At noon the second sale finds the budget used up; then the first is taken back, and gives it free.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_comes_later_in_an_instant_gives_no_room_before(bool isAsked)
    {
        Campaign campaign = Contract(Pay.Fixed(8.Eur)).ToCampaign()
            .BudgetedBy(new Budget(new("month"), 10.Eur, PeriodUnit.Month) { AtCap = CapBehavior.StopAndReject })
            .Build();
        CampaignInput[] log =
        [
            Of(Sale("o1", "2026-03-03T12:00:00Z")), Of(Sale("o2", Noon)), Of(Retracted("r1", "o1", Noon)),
        ];
        CampaignRun Decide(IEnumerable<Statement> closed)
        {
            CampaignRun run = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
            run.Restore(closed);
            foreach (CampaignInput input in log)
            {
                if (isAsked)
                {
                    // What is due is decided before what comes in: no instant is over by that.
                    run.Expire(input.RecordedAt);
                }

                run.Process(input);
            }

            return run;
        }

        CampaignRun whole = Decide([]);
        ValueList<Statement> closed = whole.Statements(At("2026-04-01T12:00:00Z"));
        CampaignRun again = Decide(closed);

        whole.Entries.Texts().Should().Equal("p-blog 8.00 EUR", "p-blog -8.00 EUR");
        again.Statements(At("2026-05-01T12:00:00Z")).Should().Equal(whole.Statements(At("2026-05-01T12:00:00Z")));
        again.State.Find(new("o2"))!.Decision.Should().Be(whole.State.Find(new("o2"))!.Decision);
        again.State.Find(new("o2"))!.Decision!.Qualification.Should().BeOfType<Qualification.Rejected>();
    }

    // A sale waits for proof; at the same instant a person approves it at another amount, whose time is later.
    [Fact]
    public void An_approval_earns_and_not_what_came_before_it()
    {
        CampaignRun whole = Approve([]);

        CampaignRun again = Approve(whole.Statements(At("2026-04-01T12:00:00Z")));

        whole.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-blog 20.00 EUR");
        whole.Entries.OfType<Earning>().Single().Approval.Should().Be(new CorrectionId("r1"));
        again.State.Find(new("o1"))!.Decision.Should().Be(whole.State.Find(new("o1"))!.Decision);
        again.State.Find(new("o1"))!.Decision!.Qualification.Should().BeOfType<Qualification.Qualified>()
            .Which.At.Should().Be(At("2026-03-10T14:00:00Z"));
    }

    // The first partner's place in the limit is free again when a late touch gives the sale to another.
    [Fact]
    public void A_late_touch_takes_the_room_of_its_partner_along()
    {
        Campaign campaign = Contract(Pay.Fixed(10.Eur), static c => c.TrustingHost("order-paid")
            .LimitedTo(Limit.Outcomes(5, PeriodUnit.Month, LimitScope.Partner))).ToCampaign().Build();
        CampaignInput[] log = [Of(Sale("o1", "2026-03-03T12:00:00Z")), Proof("o1", "2026-03-25T12:00:00Z")];
        List<LimitKey> keys = [];
        CampaignRun Decide(IEnumerable<Statement> closed)
        {
            CampaignRun run = new(campaign, new Journeys(
                Touch("p-blog", "2026-03-01T09:00:00Z"),
                Touch("p-mail", "2026-03-02T09:00:00Z", recordedAt: "2026-03-05T09:00:00Z")))
            {
                Recorded = record => keys.AddRange(record is LimitMoved moved ? [moved.Key] : []),
            };
            run.Restore(closed);
            Array.ForEach(log, i => run.Process(i));
            run.Expire(At("2026-05-01T12:00:00Z"));
            return run;
        }

        CampaignRun whole = Decide([]);
        CampaignRun again = Decide(whole.Statements(At("2026-04-01T12:00:00Z")));

        keys.Select(static k => k.Partner.ToString()).Distinct().Should().BeEquivalentTo("p-blog", "p-mail");
        keys.Distinct().Select(k => again.State.LimitOf(k)!.Taken).Should()
            .Equal(keys.Distinct().Select(k => whole.State.LimitOf(k)!.Taken)).And.BeEquivalentTo([0m, 1m]);
    }

    // The first sale takes all of p-blog's room. Two more wait for the end of March, which pays p-mail alone for them.
    // A part of the last came back before.
    [Fact]
    public void Whoever_waits_for_the_end_of_a_closed_month_has_the_same_turn_when_it_was_corrected_before()
    {
        Limit held = Limit.Outcomes(1, PeriodUnit.Month, LimitScope.Partner).Or(LimitOverflow.Hold);
        Campaign campaign = Contract(
                Pay.Tiered(new(4.Eur, UpTo: 1.5m), new(2.Eur)),
                c => c.LimitedTo(held).TalliedPer(PeriodUnit.Month, TallyScope.Contract))
            .ToCampaign().AttributedBy(new Linear()).Build();
        CampaignInput[] log =
        [
            Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)), Of(Sale("o2", "2026-03-05T12:00:00Z", 100.Eur)),
            Of(Sale("o3", "2026-03-06T12:00:00Z", 100.Eur)), Of(Returned("r3", "o3", "2026-03-20T12:00:00Z", 10.Eur)),
        ];
        CampaignRun Decide(IEnumerable<Statement> closed)
        {
            CampaignRun run = Run(
                campaign, Touch("p-blog", "2026-03-01T09:00:00Z"), Touch("p-mail", "2026-03-04T09:00:00Z"));
            run.Restore(closed);
            Array.ForEach(log, i => run.Process(i));
            run.Expire(At("2026-05-01T12:00:00Z"));
            return run;
        }

        CampaignRun whole = Decide([]);
        CampaignRun again = Decide(whole.Statements(At("2026-04-01T12:00:00Z")));

        whole.Entries.Select(static e => $"{e.OutcomeId} {e.Partner} {e.Amount} {e.DecidedAt}").Should().Equal(
            "o1 p-blog 4.00 EUR 2026-03-03T12:00:00Z",
            "o2 p-mail 2.00 EUR 2026-03-31T22:00:00Z",
            "o3 p-mail 1.00 EUR 2026-03-31T22:00:00Z");
        again.Statements(At("2026-05-01T12:00:00Z")).Should().Equal(whole.Statements(At("2026-05-01T12:00:00Z")));
    }

    // One contract takes the first proof, the other waits for a stronger one and is paid when its time has run out. The
    // first is in dispute by then.
    [Fact]
    public void A_leg_whose_time_runs_out_during_a_dispute_counts_from_then()
    {
        CampaignRun whole = Dispute([]);

        CampaignRun again = Dispute(whole.Statements(At("2026-04-01T12:00:00Z")));

        whole.Entries.OfType<Earning>().Select(static e => $"{e.Contract} {e.Amount}").Should().BeEquivalentTo(
            "quick 10.00 EUR", "slow 5.00 EUR");
        again.State.Find(new("o1"))!.Decision.Should().Be(whole.State.Find(new("o1"))!.Decision);
        again.State.Find(new("o1"))!.Decision!.Legs.Select(static l => (l.Qualification as Qualification.Qualified)?.At)
            .Distinct().Should().HaveCount(2);
    }

    private static CampaignRun Approve(IEnumerable<Statement> closed)
    {
        Campaign campaign = Contract(Pay.Fixed(10.Eur), static c => c.TrustingHost("order-paid")).ToCampaign().Build();
        CampaignRun run = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Restore(closed);
        run.Process(Of(Sale("o1", "2026-03-09T12:00:00Z") with { RecordedAt = At(Noon) }));
        run.Process(Of(new Approval
        {
            Id = new("r1"),
            Outcome = new("o1"),
            At = At("2026-03-10T14:00:00Z"),
            RecordedAt = At(Noon),
            Contract = new("acme-2026"),
            Amount = 30.Eur,
        }));
        run.Expire(At("2026-05-01T12:00:00Z"));
        return run;
    }

    private static CampaignRun Dispute(IEnumerable<Statement> closed)
    {
        Campaign campaign = CampaignDraft.For("c", "acme")
            .With(Terms("quick", 10, static c => c.TrustingHost("order-paid")))
            .With(Terms("slow", 5, static c => c with
            {
                Proof = new RequiredProof("order-paid")
                {
                    MinStrength = ProofStrength.Mac,
                    Within = Duration.FromDays(5),
                    PastDue = PastDue.Approve,
                },
            })).Build();
        CampaignRun run = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Restore(closed);
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));
        run.Process(Proof("o1", "2026-03-05T12:00:00Z"));
        run.Process(new CampaignInput.OfEvidence(
            new("o1"),
            EvidenceVerdict.Asserted("order-paid", new("psp-o1"), At("2026-03-06T12:00:00Z")) with
            {
                Content = Digest.Of("other"u8),
            }));
        run.Process(Of(new Approval { Id = new("r1"), Outcome = new("o1"), At = At("2026-03-20T12:00:00Z") }));
        run.Expire(At("2026-05-01T12:00:00Z"));
        return run;
    }

    private static ContractDraft Terms(string id, int pays, Func<ClauseDraft, ClauseDraft> terms) =>
        ContractDraft.For(id).PaidBy("acme").WithPartner("p-blog").In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", Pay.Fixed(pays.Eur), terms);

    private sealed class Journeys(params JourneyTouch[] touches) : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(touches);
    }
}
