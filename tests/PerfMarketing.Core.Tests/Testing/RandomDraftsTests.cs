using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Tallies;
using PerfMarketing.Testing;

namespace PerfMarketing.Tests.Testing;

public sealed class RandomDraftsTests
{
    private const int SeedCount = 400;

    [Fact]
    public void Contracts_and_campaigns_have_nothing_wrong_and_read_back_as_they_were()
    {
        foreach (RandomDrafts drafts in Drafts())
        {
            ContractDraft contract = drafts.Contract();
            CampaignDraft campaign = drafts.Campaign();
            CampaignDraft several = drafts.CampaignOf(contracts: 3);

            contract.Validate().Errors.Should().BeEmpty();
            campaign.Validate().Errors.Should().BeEmpty();
            several.Validate().Errors.Should().BeEmpty();
            CampaignJson.ParseCampaign(TermJson.Write(several)).Should().Be(several);
            CampaignJson.ParseContract(TermJson.Write(contract)).Should().Be(contract);
        }
    }

    [Fact]
    public void Same_seed_gives_the_same_and_another_seed_does_not()
    {
        Digest[] first = [.. Drafts().Select(static d => TermDigest.Of(d.Campaign()))];
        Digest[] again = [.. Drafts().Select(static d => TermDigest.Of(d.Campaign()))];

        again.Should().Equal(first).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Models_of_all_kinds_occur()
    {
        IEnumerable<ClauseDraft> clauses = Drafts().SelectMany(static d => d.Contract().Clauses);
        IEnumerable<Type> models = clauses.Select(static c => c.Pays.GetType());

        models.Distinct().Should().Contain(
        [
            typeof(Fixed), typeof(RevenueShare), typeof(Capped), typeof(Sum), typeof(BestOf), typeof(Floored),
            typeof(Tiered), typeof(Multiplied), typeof(Drip), typeof(Recurring), typeof(ByTenure), typeof(Banded),
        ]);
        Drafts().SelectMany(static d => d.Contract().Periods).Select(static p => p.Pays.Tag).Distinct()
            .Should().HaveCountGreaterThanOrEqualTo(5);
        Drafts().Select(static d => d.Campaign().Attribution.Tag).Distinct().Should().HaveCountGreaterThanOrEqualTo(8);
    }

    [Fact]
    public void Campaigns_of_several_contracts_choose_clauses_in_every_way()
    {
        CampaignDraft[] campaigns = [.. Drafts().Select(static (d, i) => d.CampaignOf(1 + (i % 3)))];

        campaigns.Select(static c => c.Contracts.Count).Distinct().Should().BeEquivalentTo([1, 2, 3]);
        campaigns.SelectMany(static c => c.Contracts).Select(static c => c.Precedence).Distinct()
            .Should().BeEquivalentTo(Enum.GetValues<Precedence>());
        campaigns.Should().AllSatisfy(static c => c.Contracts.Select(static k => k.Id).Should().OnlyHaveUniqueItems());
        FluentActions.Invoking(static () => new RandomDrafts(new(1)).CampaignOf(0))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Logs_have_rulings_grades_and_evidence_that_contradicts_itself()
    {
        CampaignInput[] inputs = [.. Drafts().Take(50).SelectMany(static (d, i) =>
            RandomLog.Make(new((ulong)i), d.Campaign().Build(), outcomeCount: 40).Inputs)];

        inputs.OfType<CampaignInput.OfCorrection>().Select(static c => c.Correction.GetType()).Distinct()
            .Should().Contain([typeof(Approval), typeof(Rejection), typeof(Graded), typeof(Retraction)]);
        inputs.OfType<CampaignInput.OfEvidence>().Select(static e => e.Verdict.Finding)
            .Should().Contain(EvidenceFinding.Failed);
    }

    // Whatever comes in, and whoever decides by hand: limits are never exceeded, and the books are at zero.
    [Fact]
    public void Caps_hold_and_books_balance_at_every_prefix()
    {
        HashSet<string> seen = [];
        foreach (Campaign campaign in Campaigns(150))
        {
            AccountBook book = new(campaign);
            HashSet<LimitKey> touched = [];
            void Take(CampaignRecord record)
            {
                seen.Add(record.Tag);
                book.Post(record);
                touched.UnionWith(record is LimitMoved moved ? [moved.Key] : []);
            }

            RandomLog log = RandomLog.Make(new((ulong)seen.Count), campaign, outcomeCount: 30);
            CampaignRun run = new(campaign, log) { Recorded = Take };
            foreach (CampaignInput input in log.Inputs)
            {
                run.Process(input);
                foreach (LimitKey key in touched)
                {
                    Limit limit = LimitOf(campaign.Contracts.First(c => c.Id == key.Contract), key);
                    run.State.LimitOf(key)!.Taken.Should()
                        .BeLessThanOrEqualTo(limit.Count ?? limit.Amount!.Value.Amount, "{0} of {1}", key, campaign.Id);
                }
            }

            run.Expire(NodaTime.Instant.FromUtc(2028, 1, 1, 0, 0));
            book.ToTrialBalance().IsBalanced.Should().BeTrue();
        }

        seen.Should().Contain(
            [LimitMoved.TagName, PeriodEarning.TagName, Adjustment.TagName, DisputeHold.TagName, Repricing.TagName]);
    }

    private static Limit LimitOf(Contract contract, LimitKey key) =>
        (key.Clause.IsUnset ? contract.Limits : contract.FindClause(key.Clause)!.Limits).First(l => l.Id == key.Limit);

    [Fact]
    public void Logs_are_settled_and_statements_tie_to_the_ledger()
    {
        int posted = 0;
        foreach (Campaign campaign in Campaigns(100))
        {
            RandomLog log = RandomLog.Make(new((ulong)posted), campaign, outcomeCount: 40);
            CampaignRun run = new(campaign, log);
            foreach (CampaignInput input in log.Inputs)
            {
                run.Process(input);
            }

            NodaTime.Instant end = NodaTime.Instant.FromUtc(2028, 1, 1, 0, 0);
            run.Expire(end);
            ValueList<Statement> statements = run.Statements(end);
            Money none = Money.Zero(campaign.Contracts[0].Currency);
            statements.Aggregate(none, static (sum, s) => sum + s.Total)
                .Should().Be(run.Entries.Aggregate(none, static (sum, e) => sum + e.Amount));
            posted += run.Entries.Count;
        }

        posted.Should().BeGreaterThan(1_000);
    }

    // Each second one is of several contracts.
    private static IEnumerable<Campaign> Campaigns(int count) => Drafts().Take(count)
        .Select(static (d, i) => (i % 2 == 0 ? d.Campaign() : d.CampaignOf(1 + (i / 2 % 3))).Build());

    private static IEnumerable<RandomDrafts> Drafts() =>
        Enumerable.Range(0, SeedCount).Select(static seed => new RandomDrafts(new((ulong)seed)));
}
