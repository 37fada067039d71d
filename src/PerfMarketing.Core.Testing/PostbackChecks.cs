using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Postbacks;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>The promises of <see cref="IPostbackStore"/>, as checks that a host runs against its own store.</summary>
/// <remarks>All targets are added to the campaign <c>check</c>. Switch caches off.</remarks>
public static class PostbackChecks
{
    private static readonly CampaignId Campaign = new("check");

    /// <summary>All checks.</summary>
    public static PortChecks<FilledPort<IPostbackStore, PostbackTerms>> All { get; } = new(
        Nobody_is_told_at_first,
        Target_is_found_as_it_was_added,
        Several_targets_of_a_partner_are_all_found,
        Macros_are_kept_to_the_letter,
        Many_readers_find_the_same_targets,
        Cancelled_search_of_targets_throws_or_answers);

    private static async Task Nobody_is_told_at_first(
        FilledPort<IPostbackStore, PostbackTerms> store, CancellationToken token) =>
        Expect.Equal([], await FindAsync(store, token).ConfigureAwait(false), "Nobody asked to be told.");

    private static async Task Target_is_found_as_it_was_added(
        FilledPort<IPostbackStore, PostbackTerms> store, CancellationToken token)
    {
        PostbackTerms target = Target("p-blog-tracker", "https://track.example/?o={outcome}");
        await store.AddAsync(target).ConfigureAwait(false);
        Expect.Equal([target], await FindAsync(store, token).ConfigureAwait(false), "With all of its terms.");
    }

    private static async Task Several_targets_of_a_partner_are_all_found(
        FilledPort<IPostbackStore, PostbackTerms> store, CancellationToken token)
    {
        PostbackTerms[] targets =
            [.. Enumerable.Range(0, 5).Select(static i => Target($"t{i}", $"https://t{i}.example/"))];
        foreach (PostbackTerms target in targets)
        {
            await store.AddAsync(target).ConfigureAwait(false);
        }

        Expect.Equal<ValueList<PostbackTerms>>(
            [.. targets], await FindAsync(store, token).ConfigureAwait(false), "Each by its name.");
    }

    private static async Task Macros_are_kept_to_the_letter(
        FilledPort<IPostbackStore, PostbackTerms> store, CancellationToken token)
    {
        PostbackTerms target = Target("t", "https://track.example/a%20b/?o={outcome}&p={payout}&x=1+2");
        await store.AddAsync(target).ConfigureAwait(false);
        ValueList<PostbackTerms> found = await FindAsync(store, token).ConfigureAwait(false);
        Expect.Equal(
            target.Address.ToString(), found.Count == 0 ? null : found[0].Address.ToString(), "Nothing is decoded.");
    }

    private static async Task Many_readers_find_the_same_targets(
        FilledPort<IPostbackStore, PostbackTerms> store, CancellationToken token)
    {
        await store.AddAsync(Target("t", "https://track.example/")).ConfigureAwait(false);
        await ReadChecks.RaceAsync(() => FindAsync(store, token), token).ConfigureAwait(false);
    }

    private static async Task Cancelled_search_of_targets_throws_or_answers(
        FilledPort<IPostbackStore, PostbackTerms> store, CancellationToken token)
    {
        await store.AddAsync(Target("t", "https://track.example/")).ConfigureAwait(false);
        await ReadChecks.CancelAsync(t => FindAsync(store, t), token).ConfigureAwait(false);
    }

    private static PostbackTerms Target(string name, string address) => new()
    {
        Name = name,
        Partner = new("p-blog"),
        Address = PostbackTemplate.Parse(address),
        On = [PostbackState.Approved, PostbackState.Adjusted],
    };

    private static async Task<ValueList<PostbackTerms>> FindAsync(
        FilledPort<IPostbackStore, PostbackTerms> store, CancellationToken token) =>
        [.. (await store.Port.FindAsync(Campaign, token).ConfigureAwait(false)).AsEnumerable()
            .OrderBy(static t => t.Name, StringComparer.Ordinal)];
}
