using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

public sealed class EvidenceReplayTests
{
    private const string Later = "2026-03-04T12:00:00Z";

    private static CampaignDraft Proven => Contract(
        Pay.Fixed(10.Eur), c => c.TrustingHost("order-paid", within: Duration.FromDays(10))).ToCampaign();

    [Fact]
    public async Task One_piece_of_evidence_proves_one_outcome()
    {
        LiveHost host = await TwoSales();

        ConversionReport first = await host.ProveAsync("o1", Evidence("psp-1", Later));
        ConversionReport second = await host.ProveAsync("o2", Evidence("psp-1", Later));

        first.Qualification.Should().BeOfType<Qualification.Qualified>();
        Qualification.Pending waits = second.Qualification.Should().BeOfType<Qualification.Pending>().Subject;
        waits.Reasons.Select(static r => r.ToString()).Should().Equal("proof.replay (outcome: o1)");
        second.State.Verdicts.Should().ContainSingle().Which.Strength.Should().Be(ProofStrength.None);
        host.Ledger.Entries.Should().ContainSingle();
        host.Streams().Count(static s => s.Contains("/evidence/", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task Other_content_under_a_used_id_is_a_conflict()
    {
        LiveHost host = await TwoSales();
        EvidenceVerdict paid = EvidenceVerdict.Asserted("order-paid", new("psp-1"), At(Later));
        EvidenceVerdict other = paid with { Content = Digest.Of([1]) };

        await AddAsync(host, "o1", paid);
        ConversionReport elsewhere = await AddAsync(host, "o2", other);
        host.Ledger.Entries.Should().ContainSingle();
        ConversionReport same = await AddAsync(host, "o1", other);

        elsewhere.Qualification.Should().BeOfType<Qualification.Pending>().Which.Reasons
            .Select(static r => r.Code).Should().Equal(ProofReasons.ReplayConflict);
        elsewhere.Posted.Should().BeEmpty();
        same.State.Verdicts.Should().HaveCount(2, "both are kept");
        same.Qualification.Should().BeOfType<Qualification.Disputed>();
    }

    [Fact]
    public async Task Another_party_may_use_the_same_id()
    {
        LiveHost host = await TwoSales();
        EvidenceVerdict paid = EvidenceVerdict.Asserted("order-paid", new("psp-1"), At(Later));

        await AddAsync(host, "o1", paid with { Party = new PartyId("shop") });
        await AddAsync(host, "o2", paid with { Party = new PartyId("bank") });

        host.Ledger.Entries.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_repetition_gets_the_original_answer_and_adds_nothing()
    {
        LiveHost host = await TwoSales();
        await host.ProveAsync("o1", Evidence("psp-1", Later));
        await host.ProveAsync("o2", Evidence("psp-1", Later));
        string[] before = host.Streams();

        ConversionReport used = await host.ProveAsync("o1", Evidence("psp-1", Later));
        ConversionReport refused = await host.ProveAsync("o2", Evidence("psp-1", Later));

        used.Answer.Should().Be(DecisionAnswer.Replayed);
        refused.Answer.Should().Be(DecisionAnswer.Replayed);
        host.Streams().Should().Equal(before);
    }

    [Fact]
    public async Task What_a_test_outcome_shows_takes_nothing_from_real_ones()
    {
        LiveHost host = await TwoSales();
        await host.ProcessAsync(
            Sale("o0", "2026-03-03T11:00:00Z") with { IsTest = true }, Evidence("psp-1", "2026-03-03T11:00:00Z"));

        ConversionReport real = await host.ProveAsync("o1", Evidence("psp-1", Later));

        real.Posted.Should().ContainSingle();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_test_showed_gets_its_first_answer_after_a_real_outcome_used_it(bool isTogether)
    {
        LiveHost host = await TwoSales();
        Outcome test = Sale("o0", Later) with { IsTest = true };
        ConversionReport first = isTogether
            ? await host.ProcessAsync(test, Evidence("psp-1", Later))
            : await host.ProcessAsync(test);
        first = isTogether ? first : await host.ProveAsync("o0", Evidence("psp-1", Later));
        ConversionReport real = await host.ProveAsync("o1", Evidence("psp-1", Later));
        string[] before = host.Streams();

        ConversionReport again = await host.ProveAsync("o0", Evidence("psp-1", Later));

        real.Posted.Should().ContainSingle();
        again.Answer.Should().Be(DecisionAnswer.Replayed);
        again.Receipt.Should().NotBeNull().And.Be(first.Receipt);
        again.State.Verdicts.Should().ContainSingle().Which.IsValid.Should().BeTrue();
        host.Streams().Should().Equal(before);
    }

    [Fact]
    public async Task Of_two_calls_at_once_one_is_paid()
    {
        LiveHost host = await TwoSales();

        await Task.WhenAll(
            Task.Run(() => host.ProveAsync("o1", Evidence("psp-1", Later))),
            Task.Run(() => host.ProveAsync("o2", Evidence("psp-1", Later))));

        host.Ledger.Entries.Should().ContainSingle();
    }

    [Fact]
    public void In_a_batch_the_first_is_paid()
    {
        Campaign campaign = Proven.Build();
        CampaignState state = new(campaign);
        EvidenceVerdict paid = EvidenceVerdict.Asserted("order-paid", new("psp-1"), At(Later));
        CampaignInput[] inputs =
        [
            Of(Sale("o1", "2026-03-03T12:00:00Z")), Of(Sale("o2", "2026-03-03T13:00:00Z")),
            new CampaignInput.OfEvidence(new("o2"), paid), new CampaignInput.OfEvidence(new("o1"), paid),
        ];
        JourneyTouch[] touches = [Touch("p-blog", "2026-03-01T09:00:00Z")];

        foreach (CampaignInput input in inputs)
        {
            CampaignDecider decider = new(campaign);
            _ = input switch
            {
                CampaignInput.OfOutcome of => decider.Receive(state, of.Outcome, [], new(touches), of.RecordedAt),
                CampaignInput.OfEvidence of =>
                    decider.AddEvidence(state, of.Outcome, of.Verdict, new(touches), of.RecordedAt),
                _ => throw new InvalidOperationException(),
            };
        }

        state.Find(new("o2"))!.Earnings.Should().ContainSingle();
        state.Find(new("o1"))!.Earnings.Should().BeEmpty();
    }

    [Fact]
    public void In_a_batch_what_a_test_showed_is_told_again_after_a_real_outcome_used_it()
    {
        Campaign campaign = Proven.Build();
        CampaignState state = new(campaign);
        CampaignDecider decider = new(campaign);
        EvidenceVerdict paid = EvidenceVerdict.Asserted("order-paid", new("psp-1"), At(Later));
        JourneyTouch[] touches = [Touch("p-blog", "2026-03-01T09:00:00Z")];
        decider.Receive(state, Sale("o0", Later) with { IsTest = true }, [paid], new(touches), At(Later));
        decider.Receive(state, Sale("o1", Later), [paid], new(touches), At(Later));

        Decision again = decider.AddEvidence(
            state, new("o0"), paid with { ReceivedAt = At(Later) + Duration.FromHours(1) }, new(touches), At(Later));

        again.Answer.Should().Be(DecisionAnswer.Replayed);
        again.Records.Should().BeEmpty();
        state.Find(new("o1"))!.Earnings.Should().ContainSingle();
    }

    [Fact]
    public void The_record_of_a_use_reads_back()
    {
        EvidenceUsed used = new()
        {
            OutcomeId = new("o1"),
            DecidedAt = At(Later),
            Scheme = SchemeId.Stripe,
            Party = new PartyId("shop"),
            ReplayKey = new("evt_1"),
            Content = Digest.Of([1]),
        };
        TermFailures failures = [];

        TermReader.Read(TermNode.Of(used), failures, CampaignRecord.Read).Should().Be(used);
        TermReader.Read(TermNode.Of(used with { Party = null }), failures, CampaignRecord.Read)
            .Should().Be(used with { Party = null });
        failures.Should().BeEmpty();
    }

    private static async Task<LiveHost> TwoSales()
    {
        LiveHost host = new(Proven);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z"));
        await host.ProcessAsync(Sale("o2", "2026-03-03T13:00:00Z"));
        return host;
    }

    private static async Task<ConversionReport> AddAsync(LiveHost host, string outcome, EvidenceVerdict verdict) =>
        await host.Conversions.AddVerdictAsync(
            host.Campaign.Id, new(outcome), verdict, verdict.ReceivedAt, CancellationToken.None);
}
