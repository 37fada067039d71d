using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Amounts;
using PerfMarketing.Time;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/fast-amounts.md.</summary>
public sealed class FastAmountsSnippets
{
    [Fact]
    public void Settle_columns()
    {
        Campaign campaign = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(10.Percent)).ToCampaign()
            .AttributedBy(new LastTouch { Lookback = LookbackWindow.Days(30) }).Build();
        List<string> lines = [];

        #region columns
        ValueList<PartnerId> partners = [new("p-blog"), new("p-mail")];
        if (!AmountRun.TryCreate(
            campaign, "sale", partners, Currency.Eur, out AmountRun? run, out ValueList<Reason> unsupported))
        {
            throw new InvalidOperationException(string.Join("; ", unsupported));
        }

        TouchColumns touches = new(
            customers: [0, 1, 0],
            ticks: [Ticks(3, 1), Ticks(3, 2), Ticks(3, 5)],
            partners: [0, 1, 1]);
        OutcomeColumns sales = new(
            customers: [0, 0, 1],
            ticks: [Ticks(3, 4), Ticks(3, 9), Ticks(4, 20)],
            values: [100_00, 50_00, 80_00]);
        foreach (AmountLine line in run.Settle(touches, sales))
        {
            lines.Add($"{line.Partner} {line.Month}: {line.Amount} for {line.Outcomes}");
        }
        #endregion

        lines.Should().Equal("p-blog 2026-03: 10.00 EUR for 1", "p-mail 2026-03: 5.00 EUR for 1");
    }

    private static long Ticks(int month, int day) => Instant.FromUtc(2026, month, day, 12, 0).ToUnixTimeTicks();
}
