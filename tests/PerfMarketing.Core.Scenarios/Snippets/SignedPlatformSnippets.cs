using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/signed-postbacks-of-platforms.md.</summary>
public sealed class SignedPlatformSnippets : IDisposable
{
    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_800_000_000);

    private readonly ECDsa sender = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => sender.Dispose();

    [Fact]
    public void Verify_a_jws()
    {
        string publicKeyPem = sender.ExportSubjectPublicKeyInfoPem();
        byte[] compactJws = Jws("""{"jti":"e-1","iat":1800000000,"order":"o-7"}""");

        #region jws
        KeyRing keys = new(JsonWebSignature.Key(new("shop-2026"), ProofPublicKey.FromText(publicKeyPem)));
        EvidenceInput input = new()
        {
            Kind = "order-paid",
            Scheme = SchemeId.Jws,
            Body = compactJws,
            ReceivedAt = Now,
        };

        EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(input, keys);
        #endregion

        verdict.Reason.Should().BeNull();
        verdict.Claims.Should().Contain(new EvidenceClaim("order", "o-7"));
    }

    [Fact]
    public void Verify_events()
    {
        byte[] body = """[{"event":"delivered","sg_event_id":"a"},{"event":"open","sg_event_id":"b"}]"""u8.ToArray();
        string verificationKey = Convert.ToBase64String(sender.ExportSubjectPublicKeyInfo());
        byte[] signature = sender.SignData(
            [.. "1800000000"u8, .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        EvidenceInput input = new()
        {
            Kind = "email-delivered",
            Scheme = SchemeId.SendGrid,
            Body = body,
            Headers =
            [
                new(SendGridEvents.TimestampHeader, "1800000000"),
                new(SendGridEvents.SignatureHeader, Convert.ToBase64String(signature)),
            ],
            ReceivedAt = Now,
        };

        #region sendgrid
        ProofKey key = SendGridEvents.Key(new("sendgrid"), verificationKey) with { Party = new PartyId("sendgrid") };
        KeyRing keys = new(key);

        ValueList<EvidenceVerdict> events = SendGridEvents.Instance.VerifyEach(input, keys);
        #endregion

        events.Select(static e => e.Finding).Should()
            .Equal(EvidenceFinding.Happened, EvidenceFinding.Undecided);
    }

    [Fact]
    public void Verify_an_install()
    {
        // Source: Apple, "Combining parameters for SKAdNetwork postbacks", version 4.0.
        byte[] postback =
            """
            {
              "version": "4.0", "ad-network-id": "com.example", "source-identifier": "5239", "app-id": 525463029,
              "transaction-id": "6aafb7a5-0170-41b5-bbe4-fe71dedf1e30", "redownload": false,
              "source-domain": "example.com", "fidelity-type": 1, "did-win": true, "conversion-value": 63,
              "postback-sequence-index": 0, "attribution-signature":
              "MEUCIGRmSMrqedNu6uaHyhVcifs118R5z/AB6cvRaKrRRHWRAiEAv96ne3dKQ5kJpbsfk4eYiePmrZUU6sQmo+7zfP/1Bxo="
            }
            """u8.ToArray();

        #region skadnetwork
        KeyRing keys = new([.. AppleKeys.SkAdNetwork]);
        EvidenceInput input = new()
        {
            Kind = "install",
            Scheme = SchemeId.SkAdNetwork,
            Body = postback,
            ReceivedAt = Now,
        };

        EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(input, keys);
        #endregion

        verdict.Finding.Should().Be(EvidenceFinding.Happened);
        verdict.Uncovered.Should().Equal(new EvidenceClaim("conversion-value", "63"));
    }

    [Fact]
    public void Say_what_an_HTTP_signature_must_cover()
    {
        string publicKeyPem = sender.ExportSubjectPublicKeyInfoPem();

        #region rfc9421
        HttpMessageSignatures scheme = new("acme.postback", new HttpSignaturePolicy
        {
            MaxAgeSeconds = 60,
            ReplayField = "idempotency-key",
        });
        EvidenceSchemes schemes = EvidenceSchemes.Default.With(scheme);
        KeyRing keys = new(new ProofKey(new("acme-2026"), scheme.Id, ProofPublicKey.FromText(publicKeyPem)));
        #endregion

        schemes.Verify(new EvidenceInput { Kind = "order-paid", Scheme = scheme.Id, ReceivedAt = Now }, keys)
            .Reason!.Code.Should().Be(ProofReasons.MissingHeader);
    }

    [Fact]
    public void Verify_with_an_adapter()
    {
        ISignatureVerifier verifier = new NeverSure();
        byte[] subjectPublicKeyInfo = new byte[294];

        #region verifier
        EvidenceSchemes schemes = EvidenceSchemes.Default.WithVerifier(verifier);
        ProofKey key = JsonWebSignature.Key(
            new("bank-2026"), ProofForeignKey.FromBytes(SignatureAlgorithm.RsaPkcs1Sha256, subjectPublicKeyInfo));
        #endregion

        key.Material.IsUsable.Should().BeTrue();
        schemes.Ids.Should().Equal(EvidenceSchemes.Default.Ids);
    }

    private byte[] Jws(string payload)
    {
        string input = $"{Encode("""{"alg":"ES256"}""")}.{Encode(payload)}";
        byte[] signature = sender.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256);
        return Encoding.ASCII.GetBytes($"{input}.{Base64Url.EncodeToString(signature)}");
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private sealed class NeverSure : ISignatureVerifier
    {
        public SignatureAnswer Verify(SignatureQuestion question) => SignatureAnswer.Unsupported;
    }
}
