using PerfMarketing.Contracts;
using PerfMarketing.Monetary;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/discrepancies.md.</summary>
public sealed class DiscrepancySnippets
{
    [Fact]
    public void Resolve_two_counts()
    {
        #region resolve
        DiscrepancyProtocol protocol = new(CountingParty.Payer) { Beyond = DiscrepancyPolicy.Average };

        DiscrepancyResolution resolution = protocol.Resolve(payer: 1_000_000, payee: 1_250_000);
        Money? amount = resolution.AmountAt(unitPrice: Accrual.Parse("0.00315 EUR"));
        #endregion

        amount.Should().Be(3_543.75m.Eur);
        resolution.Reason.ToString().Should().Be(
            "discrepancy.beyond (controlling: 1000000, other: 1250000, difference: 250000, tolerated: 100000, "
            + "policy: average)");
    }

    [Theory]
    [InlineData(DiscrepancyPolicy.Dispute, null, null)]
    [InlineData(DiscrepancyPolicy.Controlling, 1000, 1000)]
    [InlineData(DiscrepancyPolicy.ControllingPlusTolerance, 1100, 1000)]
    [InlineData(DiscrepancyPolicy.Average, 1100, 900)]
    [InlineData(DiscrepancyPolicy.Lower, 1000, 800)]
    public void Table_of_policies_is_right(DiscrepancyPolicy policy, int? higher, int? lower)
    {
        DiscrepancyProtocol protocol = ContractPages.Contract("docs/discrepancies.md", 0).Discrepancy!
            with
        { Beyond = policy };

        protocol.Resolve(1_000, 1_200).Count.Should().Be(higher);
        protocol.Resolve(1_000, 800).Count.Should().Be(lower);
    }
}
