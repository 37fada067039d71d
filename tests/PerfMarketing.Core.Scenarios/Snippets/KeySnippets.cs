using System.Security.Cryptography;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/keys-and-rotation.md.</summary>
public sealed class KeySnippets
{
    [Fact]
    public void Hold_and_revoke()
    {
        Vault vault = new();
        Instant leakedAt = Instant.FromUtc(2026, 3, 1, 0, 0);

        #region hold
        byte[] bytes = vault.Read("shop-2026");
        ProofSecret secret = ProofSecret.FromBytes(bytes);
        CryptographicOperations.ZeroMemory(bytes);

        ProofKey key = new(new("shop-2026"), SchemeId.StandardWebhooks, secret) { Party = new PartyId("shop") };
        #endregion

        EvidenceVerdict verdict = EvidenceVerdict.Asserted("order-paid", new("e1"), leakedAt) with
        {
            Scheme = key.Scheme,
            Key = key.Id,
        };
        (OutcomeId, EvidenceVerdict)[] evidence = [(new("o1"), verdict)];

        #region revoke
        ProofKey revoked = key with { State = ProofKeyState.Revoked, DoubtedFrom = leakedAt };

        foreach (KeyReview review in KeyReview.Of(new KeyRing(revoked), evidence))
        {
            Console.WriteLine($"{review.Outcome}: {review.Evidence} of {review.ReceivedAt}, key {review.Key}");
        }
        #endregion

        secret.CanSign.Should().BeTrue();
        KeyReview.Of(new(revoked), evidence).Should().ContainSingle();
    }

    private sealed class Vault
    {
        // A real one draws its secrets.
        public byte[] Read(string name) => SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(name));
    }
}
