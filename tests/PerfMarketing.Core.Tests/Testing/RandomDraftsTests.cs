using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
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

            contract.Validate().Errors.Should().BeEmpty();
            campaign.Validate().Errors.Should().BeEmpty();
            CampaignJson.ParseContract(TermJson.Write(contract)).Should().Be(contract);
        }
    }

    [Fact]
    public void Wrong_contracts_tell_their_fault()
    {
        Dictionary<string, int> told = [];
        for (ulong seed = 0; seed < SeedCount; seed++)
        {
            InvalidDraft wrong = new RandomDrafts(new(seed)).InvalidContract();
            told[wrong.Code] = told.GetValueOrDefault(wrong.Code) + 1;

            IEnumerable<string> codes = wrong.Draft.Validate().Errors.Select(static e => e.ErrorCode);
            codes.Should().Contain(wrong.Code, "seed {0}", seed);
        }

        told.Should().HaveCountGreaterThan(20);
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
            typeof(Tiered),
        ]);
    }

    [Fact]
    public void Logs_are_settled_and_statements_tie_to_the_ledger()
    {
        int posted = 0;
        foreach (RandomDrafts drafts in Drafts().Take(100))
        {
            Campaign campaign = drafts.Campaign().Build();
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

    private static IEnumerable<RandomDrafts> Drafts() =>
        Enumerable.Range(0, SeedCount).Select(static seed => new RandomDrafts(new((ulong)seed)));
}
