using PerfMarketing.Contracts;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/compare-two-versions.md and docs/json-schema.md.</summary>
public sealed class DiffSnippets
{
    private static ContractDraft Before => ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p1")
        .In(Currency.Eur, "Europe/Berlin").EffectiveFrom(new(2026, 1, 1))
        .Pays("sale", Pay.RevenueShare(12.Percent));

    [Fact]
    public void Compare_two_versions()
    {
        ContractDraft before = Before;
        ContractDraft after = Before with
        {
            Version = 2,
            Effective = new(new(2026, 4, 1), null),
            Clauses = [Before.Clauses[0] with { Pays = Pay.RevenueShare(10.Percent).CappedAt(80.Eur) }],
        };

        List<string> log = [];

        #region compare
        ContractDiff diff = ContractDiff.Between(before, after);

        string text = diff.ToString();   // sale: 12% → 10% from 2026-04-01; new cap 80.00 EUR
        foreach (TermChange change in diff.Changes)
        {
            log.Add(change.Path);   // $.clauses[0].pays
        }
        #endregion

        text.Should().Be("sale: 12% → 10% from 2026-04-01; new cap 80.00 EUR");
        log.Should().Contain("$.clauses[0].pays");

        #region apply
        ValueList<TermChange> changes = TermDiff.Between(before, after);
        TermNode made = TermDiff.Apply(TermNode.Of(before), changes);
        #endregion

        TermDigest.Of(made).Should().Be(TermDigest.Of(after));
    }

    [Fact]
    public void Write_a_schema()
    {
        #region schema
        string campaigns = JsonSchema.OfCampaign();
        string contracts = JsonSchema.OfContract(TermCatalog.Default);   // with an integrator's models, if there are
        #endregion

        campaigns.Should().Contain("\"title\": \"Campaign\"");
        contracts.Should().Contain("payout-model.capped");
    }
}
