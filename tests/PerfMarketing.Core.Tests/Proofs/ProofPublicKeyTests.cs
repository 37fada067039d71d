using System.Security.Cryptography;
using PerfMarketing.Proofs;

namespace PerfMarketing.Tests.Proofs;

public sealed class ProofPublicKeyTests
{
    private const DSASignatureFormat Der = DSASignatureFormat.Rfc3279DerSequence;

    // Apple's published key for SKAdNetwork 2.1 and later.
    private const string Spki =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWdp8GPcGqmhgzEFj9Z2nSpQVddayaPe4FMzqM9wib1+a"
        + "HaaIzoHoLN9zW4K8y4SPykE3YVK3sVqW6Af0lfx3gg==";

    [Fact]
    public void A_key_verifies_what_its_pair_signed_and_nothing_else()
    {
        using ECDsa pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] content = [1, 2, 3];
        byte[] signature = pair.SignData(content, HashAlgorithmName.SHA256, Der);
        ProofPublicKey[] keys =
        [
            ProofPublicKey.FromSpki(pair.ExportSubjectPublicKeyInfo()),
            ProofPublicKey.FromText(pair.ExportSubjectPublicKeyInfoPem()),
            ProofPublicKey.FromText(Convert.ToBase64String(pair.ExportSubjectPublicKeyInfo())),
            ProofPublicKey.FromPoint(pair.ExportSubjectPublicKeyInfo().AsSpan(26)),
        ];

        foreach (ProofPublicKey key in keys)
        {
            key.IsUsable.Should().BeTrue();
            key.Verify(content, signature, Der).Should().BeTrue();
            key.Verify([1, 2, 4], signature, Der).Should().BeFalse();
            key.Verify(content, signature.AsSpan(1), Der).Should().BeFalse();
            key.Verify(content, [], Der).Should().BeFalse();
            key.Verify(content, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation).Should().BeFalse();
            key.ToString().Should().Be("[public key]");
        }
    }

    [Fact]
    public void Threads_may_share_a_key()
    {
        using ECDsa pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ProofPublicKey key = ProofPublicKey.FromSpki(pair.ExportSubjectPublicKeyInfo());
        byte[] signature = pair.SignData([7], HashAlgorithmName.SHA256, Der);

        int valid = ParallelEnumerable.Range(0, 400)
            .Count(i => key.Verify([(byte)(i % 2 == 0 ? 7 : 8)], signature, Der));

        valid.Should().Be(200);
    }

    [Fact]
    public void What_is_no_key_is_not_usable()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        byte[] offCurve = Convert.FromBase64String(Spki);
        offCurve[^1] ^= 1;
        ProofPublicKey[] keys =
        [
            ProofPublicKey.FromSpki(offCurve),
            ProofPublicKey.FromSpki([.. Convert.FromBase64String(Spki), 0]),
            ProofPublicKey.FromSpki(other.ExportSubjectPublicKeyInfo()),
            ProofPublicKey.FromText(other.ExportSubjectPublicKeyInfoPem()),
            ProofPublicKey.FromText("-----BEGIN CERTIFICATE-----\n" + Spki + "\n-----END CERTIFICATE-----"),
            ProofPublicKey.FromText("not base64"),
            ProofPublicKey.FromText(new string('A', 4_000)),
            ProofPublicKey.FromPoint([]),
            ProofPublicKey.FromPoint(new byte[65]),
        ];

        keys.Should().OnlyContain(static key => !key.IsUsable && !key.Verify(new byte[1], new byte[8], Der));
        ProofPublicKey.FromText(Spki).IsUsable.Should().BeTrue();
    }
}
