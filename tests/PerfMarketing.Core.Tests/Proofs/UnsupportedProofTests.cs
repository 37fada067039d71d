using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs;

public sealed class UnsupportedProofTests
{
    [Theory]
    [InlineData("dkim")]
    [InlineData("rfc3161")]
    [InlineData("app-store-notification")]
    public void What_only_an_adapter_reads_is_indeterminate(string scheme)
    {
        EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(
            ProofVectors.Input(scheme, "anything"u8.ToArray(), ProofVectors.LongAgo), KeyRing.Empty);

        verdict.Authenticity.Should().Be(Authenticity.Indeterminate);
        verdict.Reason!.ToString().Should().Be($"proof.unknown-scheme (scheme: {scheme})");
    }

    [Fact]
    public void A_foreign_key_shows_nothing_and_is_bounded()
    {
        byte[] largest = new byte[ProofForeignKey.LengthMax];
        ProofForeignKey key = ProofForeignKey.FromBytes(SignatureAlgorithm.Ed25519, largest);

        $"{key}".Should().Be("[public key]");
        key.IsUsable.Should().BeTrue();
        ProofForeignKey.FromBytes(SignatureAlgorithm.Ed25519, []).IsUsable.Should().BeFalse();
        ProofForeignKey.FromBytes(SignatureAlgorithm.Ed25519, new byte[ProofForeignKey.LengthMax + 1]).IsUsable
            .Should().BeFalse();
        ProofForeignKey.FromBytes(string.Empty, new byte[1]).IsUsable.Should().BeFalse();
    }

    [Fact]
    public void The_algorithm_is_the_keys_and_never_the_messages()
    {
        byte[] body = TestSigner.Jws("""{"alg":"RS256"}""", "{}", static _ => new byte[256]);
        KeyRing keys = new(JsonWebSignature.Key(
            new("k"), ProofForeignKey.FromBytes(SignatureAlgorithm.Ed25519, new byte[44])));

        SignatureQuestion? asked = null;
        EvidenceVerdict verdict = EvidenceSchemes.Default.WithVerifier(new Listener(q => asked = q))
            .Verify(ProofVectors.Input(SchemeId.Jws, body, ProofVectors.LongAgo), keys);

        verdict.Reason!.Code.Should().Be(ProofReasons.AlgRefused);
        asked.Should().BeNull();
    }

    private sealed class Listener(Action<SignatureQuestion> listen) : ISignatureVerifier
    {
        public SignatureAnswer Verify(SignatureQuestion question)
        {
            listen(question);
            return SignatureAnswer.Valid;
        }
    }
}
