using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Testing;

/// <summary>The promises of <see cref="IProofKeys"/>, as checks that a host runs against its own vault.</summary>
/// <remarks>Switch caches off. The keys are of the scheme <c>pm1</c> and of no use to anybody.</remarks>
public static class ProofKeyChecks
{
    private static readonly SchemeId Scheme = new("pm1");

    /// <summary>All checks.</summary>
    public static PortChecks<FilledPort<IProofKeys, ProofKey>> All { get; } = new(
        Ring_is_empty_at_first,
        Key_is_found_as_it_was_added,
        Keys_of_other_schemes_are_not_found,
        Key_that_was_revoked_or_retires_stays_in_the_ring,
        Key_without_a_purpose_serves_every_kind,
        Many_readers_find_the_same_ring,
        Cancelled_search_of_keys_throws_or_answers);

    private static async Task Ring_is_empty_at_first(FilledPort<IProofKeys, ProofKey> vault, CancellationToken token) =>
        Expect.Equal([], await FindAsync(vault, token).ConfigureAwait(false), "Nobody has a key.");

    private static async Task Key_is_found_as_it_was_added(
        FilledPort<IProofKeys, ProofKey> vault, CancellationToken token)
    {
        await vault.AddAsync(Key("k1")).ConfigureAwait(false);
        Expect.Equal(["k1 Active"], await FindAsync(vault, token).ConfigureAwait(false), "It verifies.");
    }

    private static async Task Keys_of_other_schemes_are_not_found(
        FilledPort<IProofKeys, ProofKey> vault, CancellationToken token)
    {
        await vault.AddAsync(Key("k1")).ConfigureAwait(false);
        KeyRing other = await vault.Port.FindAsync(new("body-mac"), null, token).ConfigureAwait(false);
        Expect.Equal(
            false,
            other.Keys.AsEnumerable().Any(static k => k.Scheme == Scheme),
            "A key verifies what is signed by its own scheme.");
    }

    private static async Task Key_that_was_revoked_or_retires_stays_in_the_ring(
        FilledPort<IProofKeys, ProofKey> vault, CancellationToken token)
    {
        await vault.AddAsync(Key("k1")).ConfigureAwait(false);
        await vault.AddAsync(Key("k2") with { State = ProofKeyState.Retiring }).ConfigureAwait(false);
        await vault.AddAsync(Key("k3") with { State = ProofKeyState.Revoked }).ConfigureAwait(false);
        Expect.Equal(
            ["k1 Active", "k2 Retiring", "k3 Revoked"],
            await FindAsync(vault, token).ConfigureAwait(false),
            "What they signed may still come, and is refused by their state.");
    }

    private static async Task Key_without_a_purpose_serves_every_kind(
        FilledPort<IProofKeys, ProofKey> vault, CancellationToken token)
    {
        await vault.AddAsync(Key("k1")).ConfigureAwait(false);
        KeyRing ring = await vault.Port.FindAsync(Scheme, new("order-paid"), token).ConfigureAwait(false);
        Expect.Equal(1, ring.Keys.Count, "It is asked for by kind, too.");
    }

    private static async Task Many_readers_find_the_same_ring(
        FilledPort<IProofKeys, ProofKey> vault, CancellationToken token)
    {
        await vault.AddAsync(Key("k1")).ConfigureAwait(false);
        await ReadChecks.RaceAsync(() => FindAsync(vault, token), token).ConfigureAwait(false);
    }

    private static async Task Cancelled_search_of_keys_throws_or_answers(
        FilledPort<IProofKeys, ProofKey> vault, CancellationToken token)
    {
        await vault.AddAsync(Key("k1")).ConfigureAwait(false);
        await ReadChecks.CancelAsync(t => FindAsync(vault, t), token).ConfigureAwait(false);
    }

    private static ProofKey Key(string id) => new(new(id), Scheme, ProofSecret.FromBytes(new byte[32]));

    // Secrets are compared by nobody: a ring says its keys by their ids.
    private static async Task<ValueList<string>> FindAsync(
        FilledPort<IProofKeys, ProofKey> vault, CancellationToken token)
    {
        KeyRing ring = await vault.Port.FindAsync(Scheme, null, token).ConfigureAwait(false);
        return
        [
            .. ring.Keys.AsEnumerable().Select(static k => $"{k.Id.Value} {k.State}").Order(StringComparer.Ordinal),
        ];
    }
}
