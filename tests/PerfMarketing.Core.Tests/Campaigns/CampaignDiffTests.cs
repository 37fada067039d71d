using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Campaigns;

public sealed class CampaignDiffTests
{
    private static ContractDraft Terms => ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p1")
        .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(12.Percent)).Pays("lead", Pay.Fixed(4.Eur));

    private static CampaignDraft Old => CampaignDraft.For("spring", "acme").In("Europe/Berlin")
        .Flying(new LocalDate(2026, 3, 1), new LocalDate(2026, 6, 1))
        .With(Terms)
        .AttributedBy(new PositionBased(0.4m, 0.4m) { Lookback = Duration.FromDays(30) });

    private static ContractDraft Newer => Terms with
    {
        Version = 2,
        Effective = new(new(2026, 4, 1), null),
        Clauses = [Terms.Clauses[0] with { Pays = Pay.RevenueShare(10.Percent) }, Terms.Clauses[1]],
    };

    private static Budget Monthly => new(new("monthly"), 25_000.Eur, PeriodUnit.Month);

    [Fact]
    public void Changes_read_as_a_person_would_write_them()
    {
        IEnumerable<string> texts = Edits().Select(static edit =>
            $"# {edit.Name}\n{CampaignDiff.Between(edit.Before, edit.After)}\n");

        Golden.Compare(
            "tests/PerfMarketing.Core.Tests/Campaigns/campaign-diffs.golden.txt", string.Join('\n', texts))
            .Should().BeNull();
    }

    [Fact]
    public void Issue_text_is_met() =>
        CampaignDiff.Between(Old, Old.BudgetedBy(Monthly) with { Contracts = [Newer] }).Lines.Should().Equal(
            "new budget monthly, limit 25,000.00 EUR per month",
            "acme-2026, sale: 12% → 10% from 2026-04-01");

    [Fact]
    public void Every_change_leads_there_and_back()
    {
        foreach ((string name, CampaignDraft before, CampaignDraft after) in Edits())
        {
            ValueList<TermChange> changes = CampaignDiff.Between(before, after).Changes;

            TermDigest.Of(TermDiff.Apply(TermNode.Of(before), TermDiff.Between(before, after)))
                .Should().Be(TermDigest.Of(after), name);
            CampaignDiff.Between(after, before).Changes.Select(static c => c.Mirrored()).Should().Equal(changes, name);
            CampaignDiff.Between(after, after).Changes.Should().BeEmpty(name);
            CampaignDiff.Between(after, after).Lines.Should().BeEmpty(name);
        }
    }

    private static IEnumerable<(string Name, CampaignDraft Before, CampaignDraft After)> Edits() =>
    [
        ("new budget", Old, Old.BudgetedBy(Monthly)),
        ("another limit", Old.BudgetedBy(Monthly), Old.BudgetedBy(Monthly with { Limit = 30_000.Eur })),
        ("another overflow", Old.BudgetedBy(Monthly), Old.BudgetedBy(
            Monthly with { OnExceeded = LimitOverflow.PayRemainder })),
        ("no budget", Old.BudgetedBy(Monthly), Old),
        ("attribution", Old, Old.AttributedBy(new PositionBased(0.3m, 0.4m) { Lookback = Duration.FromDays(30) })),
        ("lookback", Old, Old.AttributedBy(new PositionBased(0.4m, 0.4m) { Lookback = Duration.FromDays(7) })),
        ("cutting", Old, Old.AttributedBy(new PositionBased(0.4m, 0.4m)
        {
            Lookback = Duration.FromDays(30),
            CutAtConversion = true,
        })),
        ("another rule", Old, Old.AttributedBy(new LastTouch())),
        ("flight", Old, Old.Flying(new(2026, 3, 1), new(2026, 7, 1))),
        ("zone", Old, Old.In("Etc/UTC")),
        ("a contract amended in place", Old, Old with { Contracts = [Newer] }),
        ("one more version of a contract", Old, Old.With(Newer)),
        ("new contract", Old, Old.With(Terms with { Id = new("coupons"), Partners = [new("p2"), new("p3")] })),
        ("a contract less", Old.With(Terms with { Id = new("coupons") }), Old),
        ("contracts in another order", Old.With(Terms with { Id = new("coupons") }), Old with
        {
            Contracts = [Terms with { Id = new("coupons") }, Terms],
        }),
        ("several things", Old, Old.BudgetedBy(Monthly).In("Etc/UTC") with { Version = 2, Contracts = [Newer] }),
    ];
}
