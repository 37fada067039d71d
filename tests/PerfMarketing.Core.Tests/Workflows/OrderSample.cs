using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>An order that two campaigns of one advertiser are handed.</summary>
internal static class OrderSample
{
    public const string Noon = "2026-03-03T12:00:00Z";

    public static readonly Outcome Order = Sale("o1", Noon, 100.Eur) with { OrderId = new("A-1") };

    public static CampaignDraft DraftOf(
        string id,
        Func<ClauseDraft, ClauseDraft>? terms = null,
        string advertiser = "acme",
        string kind = "sale") =>
        ContractDraft.For(id).PaidBy(advertiser).WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin").Pays(kind, Pay.Fixed(10.Eur), terms).ToCampaign();

    // Two campaigns over one store.
    public static async Task<(LiveHost A, LiveHost B)> HostsAsync(
        CampaignDraft? first = null, CampaignDraft? second = null)
    {
        LiveHost a = new(first ?? DraftOf("camp-a"));
        LiveHost b = new(second ?? DraftOf("camp-b"), ledger: a.Ledger);
        await a.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await b.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        return (a, b);
    }

    public static async Task<OrderClaimed[]> ClaimsAsync(LiveHost host) =>
        [.. (await host.StoredAsync()).Select(static r => r.Record).OfType<OrderClaimed>()];

    public static string Text(ConversionReport report) => string.Join("; ", report.Reasons);
}
