using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;

namespace PerfMarketing.Scenarios.Stories;

/// <summary>The contract that the stories are about.</summary>
internal static class Acme
{
    public static readonly Instant Now = Instant.FromUtc(2026, 3, 20, 12, 0);

    public static CampaignDraft Draft() => ContractDraft.For("acme-2026").PaidBy("acme")
        .WithPartner("p-blog").WithPartner("p-mail")
        .In(Currency.Eur, timeZone: "Europe/Berlin")
        .Pays("sale", Pay.RevenueShare(12.Percent).CappedAt(80.Eur),
            sale => sale.TrustingHost("order-paid", holdFor: Duration.FromDays(14)))
        .AttributedBy(new PositionBased(First: 0.4m, Last: 0.4m) { Lookback = Duration.FromDays(30) });

    public static Touchpoint Click(string id, string partner, int daysAgo) => new()
    {
        Id = new(id),
        At = Now - Duration.FromDays(daysAgo),
        Customer = new("cust-1"),
        Partner = new(partner),
    };

    public static EvidenceInput Paid(string id) => new()
    {
        Kind = "order-paid",
        Scheme = SchemeId.Asserted,
        Id = new(id),
        ReceivedAt = Now,
    };
}
