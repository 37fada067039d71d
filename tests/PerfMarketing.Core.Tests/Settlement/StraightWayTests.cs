using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Testing;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;
using Log = PerfMarketing.Testing.RandomLog;

namespace PerfMarketing.Tests.Settlement;

/// <summary>
/// Ordinary outcomes are decided on a straight way. A limit anywhere in a campaign sends all of them the long way: so a
/// campaign with a contract beside it, which pays nobody, must decide the same.
/// </summary>
public sealed class StraightWayTests
{
    [Fact]
    public void Straight_way_decides_what_the_long_way_decides()
    {
        int earned = 0;
        int unbrought = 0;
        for (int seed = 1; seed <= 60; seed++)
        {
            SeededRandom random = new((ulong)seed);
            CampaignDraft draft = new RandomDrafts(random).Campaign() with { Budgets = [] };
            draft = draft with { Contracts = [.. draft.Contracts.Select(Unlimited)] };
            Campaign campaign = draft.Build();
            Log log = Log.Make(random, campaign, 60);
            CampaignRun straight = new(campaign, log);
            CampaignRun other = new((draft with { Contracts = draft.Contracts.Add(Beside(draft)) }).Build(), log);
            foreach (CampaignInput input in log.Inputs)
            {
                Decision one = straight.Process(input);
                Decision two = other.Process(input);
                TextOf(one).Should().Be(TextOf(two), "seed {0}", seed);
                one.Should().Be(two);
                (one.Outcome with { }).Should().Be(two.Outcome);
                earned += one.Earned is null ? 0 : 1;
                unbrought += one is { IsStraight: true, Earned: null } ? 1 : 0;
                two.IsStraight.Should().BeFalse();
            }

            straight.State.Outcomes.OrderBy(static o => o.Id).Should()
                .Equal(other.State.Outcomes.OrderBy(static o => o.Id));
            straight.Entries.Should().Equal(other.Entries);
        }

        earned.Should().BeGreaterThan(1_000);
        unbrought.Should().BeGreaterThan(100);
    }

    [Fact]
    public void What_follows_from_an_earning_stays_when_more_comes_to_be_known()
    {
        CampaignRun run = Run(Contract(Pay.RevenueShare(10.Percent)).ToCampaign(), LimitSample.Blog);
        OutcomeState known = run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.04m.Eur))).Outcome;
        OutcomeState corrected = known.With(new CorrectionReceived
        {
            OutcomeId = known.Id,
            DecidedAt = known.Outcome!.RecordedAt,
            Correction = Returned("r1", "o1", "2026-03-04T12:00:00Z", 40.Eur),
        });
        OutcomeState without = known with { Earnings = [] };

        corrected.Decision.Should().Be(known.Decision);
        without.Decision.Should().Be(known.Decision);
        known.Decision!.Legs.Single().Amount.Should().Be(10.Eur);
        Earning halved = known.Earnings.Single().Earning with { Amount = 5.Eur };
        halved.Lines.Should().Equal(known.Earnings.Single().Earning.Lines).And.HaveCount(2);
    }

    [Fact]
    public void Outcome_that_nobody_brought_is_refused_straight_with_the_reason()
    {
        CampaignRun run = Run(Contract(Pay.RevenueShare(10.Percent)).ToCampaign(), []);

        Decision decision = run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));

        decision.IsStraight.Should().BeTrue();
        decision.Records.Should().HaveCount(2);
        decision.Outcome.Decision!.Qualification.Should().BeOfType<Qualification.Rejected>()
            .Which.Reasons.Single().ToString().Should().Be("attribution.no-touch (touches: 0)");
        run.Entries.Should().BeEmpty();
    }

    [Fact]
    public void What_was_decided_straight_is_corrected_as_ever()
    {
        CampaignRun run = Run(Contract(Pay.RevenueShare(10.Percent)).ToCampaign(), LimitSample.Blog);
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));

        Decision decision = run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 40.Eur)));

        decision.Posted.Texts().Should().Equal("p-blog -4.00 EUR");
        decision.Outcome.Earnings.Single().Net.Should().Be(6.Eur);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Whoever_finds_ahead_who_brought_outcomes_the_records_are_the_same(int threads)
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            SeededRandom random = new((ulong)seed);
            Campaign campaign = new RandomDrafts(random).Campaign().Build();
            Log log = Log.Make(random, campaign, 60);
            List<Digest> expected = [];
            List<Digest> actual = [];
            CampaignRun plain = new(campaign, log) { Recorded = r => expected.Add(DigestOf(r)) };
            CampaignRun ahead = new(campaign, log) { Recorded = r => actual.Add(DigestOf(r)) };
            FoundCredit[] found = [.. log.Inputs.AsParallel().AsOrdered().WithDegreeOfParallelism(threads)
                .Select(ahead.Credits.Find)];
            for (int i = 0; i < found.Length; i++)
            {
                plain.Process(log.Inputs[i]);
                ahead.Process(log.Inputs[i], found[i]);
            }

            actual.Should().Equal(expected);
            ahead.Entries.Should().Equal(plain.Entries);
        }
    }

    [Fact]
    public void What_was_found_of_another_input_is_refused()
    {
        CampaignRun run = Run(Contract(Pay.RevenueShare(10.Percent)).ToCampaign(), LimitSample.Blog);
        FoundCredit found = run.Credits.Find(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));

        Action act = () => run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z", 100.Eur)), found);

        found.Attribution!.Credits.Single().Partner.Should().Be(new PartnerId("p-blog"));
        act.Should().Throw<ArgumentException>();
        run.Entries.Should().BeEmpty();
    }

    private static ContractDraft Unlimited(ContractDraft contract) => contract with
    {
        Limits = [],
        Clauses = [.. contract.Clauses.Select(static c => c with { Limits = [] })],
    };

    private static ContractDraft Beside(CampaignDraft draft) => draft.Contracts[0] with
    {
        Id = new ContractId("beside"),
        Partners = [new PartnerId("nobody")],
        Periods = [],
        Limits = [Limit.Outcomes(1, PeriodUnit.Month, LimitScope.Partner)],
    };

    private static string TextOf(Decision decision) =>
        string.Join('\n', decision.Records.Select(DigestOf));

    private static Digest DigestOf(CampaignRecord record) => TermDigest.Of(TermNode.Of(record));
}
