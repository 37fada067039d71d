using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tests.Workflows;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>The host's own word without a document has no content but what it says.</summary>
public sealed class HostsWordTests
{
    private static readonly EvidenceVerdict First =
        EvidenceVerdict.Asserted("order-paid", new("psp-1"), At("2026-03-04T12:00:00Z"));

    private static CampaignDraft Terms => Contract(
        Pay.Fixed(10.Eur), static c => c.TrustingHost("order-paid", within: Duration.FromDays(10))).ToCampaign();

    public static TheoryData<string, EvidenceVerdict> Others => new()
    {
        { "kind", First with { Kind = "order-shipped" } },
        { "time", First with { AssertedAt = First.AssertedAt + Duration.FromHours(1) } },
        { "claims", First with { Claims = [new("amount", "12.00 EUR")] } },
        { "state", First with { State = "sent" } },
        { "strength", First with { Strength = ProofStrength.Mac } },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Other_content_under_its_id_is_kept_and_changes_nothing(string what, EvidenceVerdict verdict)
    {
        EvidenceVerdict other = verdict with { ReceivedAt = At("2026-03-05T12:00:00Z") };
        other.Said.Should().NotBe(First.Said, what);
        CampaignInput[] inputs = [Of(Sale("o1", "2026-03-03T12:00:00Z")), Proof(First), Proof(other), Proof(other)];

        (LiveHost live, Decision[] batch) = await PlayAsync(inputs);
        ConversionReport again = await live.TakeAsync(Proof(other));

        batch.Select(static d => d.Answer).Should().Equal(
            DecisionAnswer.Decided, DecisionAnswer.Decided, DecisionAnswer.Conflict, DecisionAnswer.Conflict);
        batch[2].Reason.Should().Be(Reason.Of(ProofReasons.ReplayConflict, ("evidence", "psp-1")));
        batch[2].Records.Should().Equal(new ConflictReceived
        {
            OutcomeId = new("o1"),
            DecidedAt = other.ReceivedAt,
            Original = First.Said,
            Content = other.Said,
            Evidence = First.ReplayKey,
        });
        batch[3].Records.Should().BeEmpty();
        batch[3].Outcome.Verdicts.Should().Equal(First);
        batch[3].Outcome.Earnings.Single().Net.Should().Be(10.Eur);
        again.Answer.Should().Be(DecisionAnswer.Conflict);
        again.Reason.Should().Be(batch[2].Reason);
    }

    [Fact]
    public async Task The_same_again_is_a_repetition_whenever_it_is_received()
    {
        EvidenceVerdict later = First with { ReceivedAt = At("2026-03-06T12:00:00Z") };
        CampaignInput[] inputs = [Of(Sale("o1", "2026-03-03T12:00:00Z")), Proof(First), Proof(later)];

        (_, Decision[] batch) = await PlayAsync(inputs);

        later.Said.Should().Be(First.Said);
        batch[2].Answer.Should().Be(DecisionAnswer.Replayed);
        batch[2].Outcome.Verdicts.Should().Equal(First);
    }

    // That is no other content but a contradiction, and whichever came first makes no difference.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_where_it_said_yes_holds_the_money(bool isYesFirst)
    {
        EvidenceVerdict no = First with
        {
            Finding = EvidenceFinding.Failed,
            ReceivedAt = First.ReceivedAt + (isYesFirst ? Duration.FromHours(1) : -Duration.FromHours(1)),
        };
        CampaignInput[] inputs =
        [
            Of(Sale("o1", "2026-03-03T12:00:00Z")), Proof(isYesFirst ? First : no), Proof(isYesFirst ? no : First),
        ];

        (_, Decision[] batch) = await PlayAsync(inputs);

        batch[2].Outcome.Verdicts.Should().HaveCount(2);
        batch[2].Outcome.Decision!.Qualification.Should().BeOfType<Qualification.Disputed>();
    }

    [Fact]
    public async Task What_comes_with_the_outcome_counts_as_it_was_given_first_too()
    {
        EvidenceVerdict other = First with { Kind = "order-shipped" };
        LiveHost live = new(Terms);
        await live.RecordAsync(LiveHost.Click("p-blog", "2026-03-01T09:00:00Z"));

        ConversionReport report = await live.Conversions.ProcessAsync(
            live.Campaign.Id,
            Sale("o1", "2026-03-03T12:00:00Z"),
            [
                LiveHost.Evidence("psp-1", "2026-03-04T12:00:00Z"),
                LiveHost.Evidence("psp-1", "2026-03-04T12:00:00Z", "order-shipped"),
            ],
            First.ReceivedAt,
            CancellationToken.None);

        report.State.Verdicts.Should().Equal(First);
        report.State.Conflicts.Single().Should().Be(new ConflictReceived
        {
            OutcomeId = new("o1"),
            DecidedAt = First.ReceivedAt,
            Original = First.Said,
            Content = other.Said,
            Evidence = First.ReplayKey,
        });
        report.Posted.Should().ContainSingle();
    }

    [Fact]
    public void A_document_is_its_content_whatever_is_said_of_it()
    {
        EvidenceVerdict shown = First with { Content = Digest.Of([1]) };

        shown.Said.Should().Be(Digest.Of([1]));
        (shown with { Kind = "order-shipped" }).Said.Should().Be(shown.Said);
        (First with { Content = default }).Said.Should().Be(default(Digest), "it was erased");
    }

    private static CampaignInput.OfEvidence Proof(EvidenceVerdict verdict) => new(new("o1"), verdict);

    // Live, one call after the other, comes to the same as the batch.
    private static async Task<(LiveHost Live, Decision[] Batch)> PlayAsync(CampaignInput[] inputs)
    {
        CampaignRun run = Run(Terms, Touch("p-blog", "2026-03-01T09:00:00Z"));
        LiveHost live = new(Terms);
        await live.RecordAsync(LiveHost.Click("p-blog", "2026-03-01T09:00:00Z"));
        List<Decision> decisions = [];
        foreach (CampaignInput input in inputs)
        {
            Decision decision = run.Process(input);
            ConversionReport report = await live.TakeAsync(input);
            report.Answer.Should().Be(decision.Answer);
            report.State.Verdicts.Should().Equal(decision.Outcome.Verdicts);
            report.State.Conflicts.Should().Equal(decision.Outcome.Conflicts);
            decisions.Add(decision);
        }

        return (live, [.. decisions]);
    }
}
