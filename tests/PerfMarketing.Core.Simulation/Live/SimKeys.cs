using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Live;

/// <summary>The keys as the host keeps them: those that were revoked until now stand as revoked.</summary>
internal sealed class SimKeys(WorldPlan world) : IProofKeys
{
    private readonly ProofSecret[] secrets = [.. world.Keys.Select(static k => ProofSecret.FromBytes(k.Secret))];

    /// <summary>The present.</summary>
    public Instant Now { get; set; }

    public ValueTask<KeyRing> FindAsync(SchemeId scheme, EvidenceKind? kind, CancellationToken cancellationToken) =>
        new(RingAt(Now));

    public KeyRing RingAt(Instant at) => new([.. world.Keys.Select((key, i) =>
        new ProofKey(new(key.Id), SchemeId.StandardWebhooks, secrets[i])
        {
            Party = new PartyId("psp"),
            NotBefore = key.From,
            NotAfter = key.To,
            State = key.RevokedAt <= at ? ProofKeyState.Revoked : ProofKeyState.Active,
        })]);
}
