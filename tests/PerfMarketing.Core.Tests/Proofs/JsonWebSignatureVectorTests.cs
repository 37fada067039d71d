using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs;

public sealed class JsonWebSignatureVectorTests
{
    private static readonly JsonElement All = ProofVectors.File("jws");
    private static readonly Dictionary<string, JsonElement> Vectors = ProofVectors.ByName(All, "name");

    public static TheoryData<string> Ours => Names(static a => a is "HS256" or "ES256");

    public static TheoryData<string> Foreign => Names(static a => a is not ("HS256" or "ES256"));

    // Source: vectors/jws.json, HS256 and ES256. Where the file differs from its source, docs/decisions/0004 says why.
    [Theory]
    [MemberData(nameof(Ours))]
    public void Vectors_are_judged_as_they_say(string name)
    {
        JsonElement vector = Vectors[name];

        EvidenceVerdict verdict = Verify(vector, ProofVectors.Material(vector.GetProperty("jwk")));

        verdict.IsValid.Should().Be(ProofVectors.Text(vector, "expect") == "valid", name);
        verdict.Strength.Should().Be(
            (verdict.IsValid, vector.GetProperty("pinnedAlg").GetString()) switch
            {
                (false, _) => ProofStrength.None,
                (true, "ES256") => ProofStrength.Signature,
                _ => name == "rfc7515-A.1-HS256" ? ProofStrength.Mac : ProofStrength.WeakMac,
            },
            name);
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Vectors_of_other_algorithms_are_never_valid_without_a_verifier(string name)
    {
        JsonElement vector = Vectors[name];

        EvidenceVerdict verdict = Verify(vector, ForeignKey(vector));

        verdict.IsValid.Should().BeFalse();
        if (ProofVectors.Text(vector, "expect") == "valid")
        {
            verdict.Authenticity.Should().Be(Authenticity.Indeterminate);
            verdict.Reason!.Code.Should().Be(ProofReasons.Unsupported);
        }
    }

    // The base class library has RSA and P-521: the tests' verifier stands for a host's adapter. Ed25519 it has not.
    [Theory]
    [MemberData(nameof(Foreign))]
    public void Vectors_of_other_algorithms_are_judged_by_a_verifier(string name)
    {
        JsonElement vector = Vectors[name];
        bool expected = ProofVectors.Text(vector, "expect") == "valid"
            && ProofVectors.Text(vector, "pinnedAlg") != "EdDSA";

        Verify(vector, ForeignKey(vector)).IsValid.Should().BeFalse();
        EvidenceSchemes.Default.WithVerifier(new PlatformVerifier()).Verify(Input(vector), Ring(ForeignKey(vector)))
            .IsValid.Should().Be(expected, name);
    }

    private static TheoryData<string> Names(Func<string, bool> takes) =>
    [
        .. Vectors.Values.Where(v => takes(ProofVectors.Text(v, "pinnedAlg")))
            .Select(static v => ProofVectors.Text(v, "name")),
    ];

    private static EvidenceVerdict Verify(JsonElement vector, ProofMaterial material) =>
        EvidenceSchemes.Default.Verify(Input(vector), Ring(material));

    private static EvidenceInput Input(JsonElement vector) => ProofVectors.Input(
        SchemeId.Jws, Encoding.UTF8.GetBytes(ProofVectors.Text(vector, "jws")), ProofVectors.LongAgo);

    private static KeyRing Ring(ProofMaterial material) => new(JsonWebSignature.Key(ProofVectors.Name(1), material));

    private static ProofForeignKey ForeignKey(JsonElement vector)
    {
        JsonElement jwk = vector.GetProperty("jwk");
        return ProofForeignKey.FromBytes(
            JsonWebSignature.PinnedName(ProofVectors.Text(vector, "pinnedAlg")),
            ProofVectors.Text(jwk, "kty") switch
            {
                "RSA" => Rsa(jwk),
                "EC" => P521(jwk),
                _ => Base64Url.DecodeFromChars(ProofVectors.Text(jwk, "x")),
            });
    }

    private static byte[] Rsa(JsonElement jwk)
    {
        using RSA rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(ProofVectors.Text(jwk, "n")),
            Exponent = Base64Url.DecodeFromChars(ProofVectors.Text(jwk, "e")),
        });
        return rsa.ExportSubjectPublicKeyInfo();
    }

    private static byte[] P521(JsonElement jwk)
    {
        using ECDsa key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP521,
            Q = new ECPoint
            {
                X = Base64Url.DecodeFromChars(ProofVectors.Text(jwk, "x")),
                Y = Base64Url.DecodeFromChars(ProofVectors.Text(jwk, "y")),
            },
        });
        return key.ExportSubjectPublicKeyInfo();
    }
}
