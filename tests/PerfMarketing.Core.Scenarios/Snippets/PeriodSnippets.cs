using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Testing;
using PerfMarketing.Time;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/periods.md.</summary>
public sealed class PeriodSnippets
{
    [Fact]
    public void Contract_pays_for_periods()
    {
        #region draft
        ContractDraft draft = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-agent")
            .In(Currency.Eur, timeZone: "Europe/Berlin").EffectiveFrom(new(2026, 3, 1))
            .Pays("sale", Pay.RevenueShare(10.Percent))
            .PaysPer(PeriodUnit.Week, new PerformanceBonus(2.Percent, Above: 200.Eur))
            .PaysPer(PeriodUnit.Month, new Draw(2_400.Eur));
        #endregion

        // 250.00 for the sale, 5.00 for the week, and the rest as an advance.
        new ContractScenario(draft).At("2026-03-03 09:00").Click("p-agent", "c1")
            .Outcome("sale", "c1", 2_500.Eur).At("2026-04-01 00:00").ExpectStatement("2026-03", "2400.00 EUR");
    }
}
