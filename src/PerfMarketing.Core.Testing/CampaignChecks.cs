using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>The promises of <see cref="ICampaignStore"/>, as checks that a host runs against its own store.</summary>
/// <remarks>Switch caches off: the checks ask for what was put there a moment ago.</remarks>
public static class CampaignChecks
{
    private static readonly ContractDraft Contract = ContractDraft.For("acme-2026").PaidBy("acme")
        .WithPartner("p-blog").WithPartner("p-mail").In(Currency.Eur, "Europe/Berlin").EffectiveFrom(new(2026, 3, 1))
        .Pays("sale", Pay.RevenueShare(12.5m.Percent).CappedAt(80.Eur), static c => c.RequiringProof("order-paid"));

    /// <summary>All checks.</summary>
    public static PortChecks<FilledPort<ICampaignStore, Campaign>> All { get; } = new(
        Campaign_that_is_unknown_is_not_found,
        Campaign_is_found_as_it_was_put_there,
        Newest_version_is_found,
        Versions_that_an_earning_may_cite_stay_part_of_it,
        Campaign_ids_differ_by_every_character,
        Many_readers_find_the_same_campaign,
        Cancelled_search_of_a_campaign_throws_or_answers);

    private static async Task Campaign_that_is_unknown_is_not_found(
        FilledPort<ICampaignStore, Campaign> store, CancellationToken token)
    {
        await store.AddAsync(Make("known")).ConfigureAwait(false);
        Campaign? found = await store.Port.FindAsync(new("unknown"), token).ConfigureAwait(false);
        Expect.Equal(null, found, "Nobody put it there.");
    }

    private static async Task Campaign_is_found_as_it_was_put_there(
        FilledPort<ICampaignStore, Campaign> store, CancellationToken token)
    {
        Campaign made = Make("known");
        await store.AddAsync(made).ConfigureAwait(false);
        await SameAsync(store, made, token).ConfigureAwait(false);
    }

    private static async Task Newest_version_is_found(
        FilledPort<ICampaignStore, Campaign> store, CancellationToken token)
    {
        Campaign second = (Make("known").ToDraft() with { Version = 2 }).BudgetedAt(monthly: 100.Eur).Build();
        await store.AddAsync(Make("known")).ConfigureAwait(false);
        await store.AddAsync(second).ConfigureAwait(false);
        await SameAsync(store, second, token).ConfigureAwait(false);
    }

    private static async Task Versions_that_an_earning_may_cite_stay_part_of_it(
        FilledPort<ICampaignStore, Campaign> store, CancellationToken token)
    {
        ContractDraft later = Contract.Amend(
            new(2026, 4, 1),
            static terms => terms with { Clauses = [terms.Clauses[0] with { Pays = Pay.Fixed(3.Eur) }] });
        Campaign made = CampaignDraft.For("known", "acme").With(Contract).With(later).Build();
        await store.AddAsync(made).ConfigureAwait(false);
        Campaign? found = await store.Port.FindAsync(made.Id, token).ConfigureAwait(false);
        Expect.Equal(
            true, found?.FindContract(new("acme-2026"), 1) is not null, "The first version is cited for years.");
        Expect.Equal(true, found?.FindContract(new("acme-2026"), 2) is not null, "The second is in force.");
    }

    private static async Task Campaign_ids_differ_by_every_character(
        FilledPort<ICampaignStore, Campaign> store, CancellationToken token)
    {
        foreach (string id in new[] { "acme", "Acme", "acme-", "acme_" })
        {
            await store.AddAsync(Make(id)).ConfigureAwait(false);
        }

        foreach (string id in new[] { "acme", "Acme", "acme-", "acme_" })
        {
            await SameAsync(store, Make(id), token).ConfigureAwait(false);
        }
    }

    private static async Task Many_readers_find_the_same_campaign(
        FilledPort<ICampaignStore, Campaign> store, CancellationToken token)
    {
        Campaign made = Make("known");
        await store.AddAsync(made).ConfigureAwait(false);
        await ReadChecks.RaceAsync(() => DigestAsync(store, made.Id, token), token).ConfigureAwait(false);
    }

    private static async Task Cancelled_search_of_a_campaign_throws_or_answers(
        FilledPort<ICampaignStore, Campaign> store, CancellationToken token)
    {
        Campaign made = Make("known");
        await store.AddAsync(made).ConfigureAwait(false);
        await ReadChecks.CancelAsync(t => DigestAsync(store, made.Id, t), token).ConfigureAwait(false);
    }

    private static Campaign Make(string id) => CampaignDraft.For(id, "acme").With(Contract).Build();

    private static async Task SameAsync(
        FilledPort<ICampaignStore, Campaign> store, Campaign expected, CancellationToken token) => Expect.Equal(
        expected.Digest.ToString(),
        await DigestAsync(store, expected.Id, token).ConfigureAwait(false),
        "Its terms are those that were put there.");

    private static async Task<string?> DigestAsync(
        FilledPort<ICampaignStore, Campaign> store, CampaignId id, CancellationToken token) =>
        (await store.Port.FindAsync(id, token).ConfigureAwait(false))?.Digest.ToString();
}
