using System.Text;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs;

public sealed class JsonWebSignatureTests
{
    private const string Es256 = """{"alg":"ES256"}""";
    private const string Hs256 = """{"alg":"HS256"}""";
    private const string Sale = """{"jti":"e-1","iat":1800000000,"order":"o-7","amount":12.50,"paid":true}""";

    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_800_000_000);
    private static readonly ProofKey Public = JsonWebSignature.Key(new("public"), TestSigner.PublicKey);
    private static readonly ProofKey Secret = JsonWebSignature.Key(new("secret"), TestSigner.Secret);

    [Fact]
    public void A_valid_verdict_says_what_is_covered()
    {
        byte[] body = TestSigner.Es256(Es256, Sale);

        EvidenceVerdict verdict = Verify(body, Public with { Party = new PartyId("shop") });

        verdict.Should().Be(new EvidenceVerdict
        {
            Kind = "test-kind",
            Scheme = SchemeId.Jws,
            Authenticity = Authenticity.Valid,
            Strength = ProofStrength.Signature,
            Key = new KeyId("public"),
            Party = new PartyId("shop"),
            Covered = ["header", "payload", "id", "timestamp"],
            Claims =
            [
                new("jti", "e-1"), new("iat", "1800000000"), new("order", "o-7"), new("amount", "12.50"),
                new("paid", "true"),
            ],
            ReplayKey = new EvidenceId("e-1"),
            Content = Digest.Of(body.AsSpan(0, body.AsSpan().LastIndexOf((byte)'.'))),
            AssertedAt = Now,
            ReceivedAt = Now,
        });
    }

    [Theory]
    [InlineData("""{"jti":"e-1"}""", ProofStrength.WeakMac)]
    [InlineData("""{"jti":"e-1","iat":1800000000}""", ProofStrength.Mac)]
    [InlineData("""{"jti":"e-1","exp":1800000001}""", ProofStrength.Mac)]
    [InlineData("no JSON at all", ProofStrength.WeakMac)]
    public void A_code_over_no_time_is_weak(string payload, ProofStrength strength) =>
        Verify(TestSigner.Hs256(Hs256, payload), Secret).Strength.Should().Be(strength);

    [Theory]
    [InlineData("names a foreign algorithm", """{"alg":"none"}""", ProofReasons.AlgRefused)]
    [InlineData("names another key's algorithm", """{"alg":"HS256"}""", ProofReasons.AlgRefused)]
    [InlineData("writes it otherwise", """{"alg":"es256"}""", ProofReasons.AlgRefused)]
    [InlineData("names none", "{}", ProofReasons.Malformed)]
    [InlineData("names a number", """{"alg":256}""", ProofReasons.Malformed)]
    [InlineData("names it twice", """{"alg":"ES256","alg":"ES256"}""", ProofReasons.Malformed)]
    [InlineData("names it twice by an escape", """{"alg":"ES256","\u0061lg":"none"}""", ProofReasons.Malformed)]
    [InlineData("wants something understood", """{"alg":"ES256","crit":["exp"],"exp":1}""", ProofReasons.Malformed)]
    [InlineData("wants nothing understood", """{"alg":"ES256","crit":[]}""", ProofReasons.Malformed)]
    [InlineData("signs other bytes", """{"alg":"ES256","b64":false}""", ProofReasons.Malformed)]
    [InlineData("hides that it signs other bytes", """{"alg":"ES256","b64":"false"}""", ProofReasons.Malformed)]
    [InlineData("signs these bytes", """{"alg":"ES256","b64":true}""", null)]
    [InlineData("gives its key no text", """{"alg":"ES256","kid":1}""", ProofReasons.Malformed)]
    [InlineData("brings its own key", """{"alg":"ES256","jwk":{"kty":"EC"},"jku":"https://x.example"}""", null)]
    [InlineData("has half a character", """{"alg":"ES256","x":"\ud800"}""", ProofReasons.Malformed)]
    [InlineData("has a whole character", """{"alg":"ES256","x":"\ud83d\ude00"}""", null)]
    [InlineData("is an array", "[]", ProofReasons.Malformed)]
    [InlineData("has a comment", """{"alg":"ES256"/**/}""", ProofReasons.Malformed)]
    public void A_header_is_read_strictly_and_chooses_nothing(string because, string header, string? code) =>
        Code(TestSigner.Es256(header, Sale), Public).Should().Be(code, because);

    [Fact]
    public void A_public_key_is_no_secret()
    {
        byte[] forged = TestSigner.Hs256(Hs256, Sale);

        Code(forged, Public).Should().Be(ProofReasons.AlgRefused);
        Code(forged, Secret).Should().BeNull();
        Code(forged, Public, Secret).Should().BeNull("each key keeps its own algorithm");
        Code(forged, Secret with { Algorithm = ProofAlgorithm.HmacSha512 })
            .Should().Be(ProofReasons.ConfigurationError);
        Code(forged, Public with { Algorithm = ProofAlgorithm.HmacSha256 })
            .Should().Be(ProofReasons.ConfigurationError);
        Code(forged).Should().Be(ProofReasons.UnknownKey);
    }

    [Theory]
    [InlineData("issued when received", """{"iat":1800000000}""", null)]
    [InlineData("300 s old", """{"iat":1799999700}""", null)]
    [InlineData("301 s old", """{"iat":1799999699}""", ProofReasons.TooOld)]
    [InlineData("301 s old and a fraction", """{"iat":1799999699.999}""", ProofReasons.TooOld)]
    [InlineData("300 s ahead", """{"iat":1800000300}""", null)]
    [InlineData("301 s ahead", """{"iat":1800000301}""", ProofReasons.TooNew)]
    [InlineData("old but good for longer", """{"iat":1700000000,"exp":1800000001}""", null)]
    [InlineData("good until now", """{"iat":1700000000,"exp":1800000000}""", ProofReasons.TooOld)]
    [InlineData("ended within the fraction", """{"exp":1800000000.9}""", ProofReasons.TooOld)]
    [InlineData("ahead however long it is good", """{"iat":1800000301,"exp":1900000000}""", ProofReasons.TooNew)]
    [InlineData("not yet good", """{"nbf":1800000301,"exp":1900000000}""", ProofReasons.TooNew)]
    [InlineData("good by a slow clock", """{"nbf":1800000300,"exp":1900000000}""", null)]
    [InlineData("long good", """{"nbf":1700000000}""", null)]
    [InlineData("a time as text", """{"exp":"1900000000"}""", ProofReasons.BadTimestamp)]
    [InlineData("a negative time", """{"iat":-1}""", ProofReasons.BadTimestamp)]
    [InlineData("an exponent", """{"exp":1e30}""", ProofReasons.BadTimestamp)]
    [InlineData("no time", """{"iat":null}""", ProofReasons.BadTimestamp)]
    [InlineData("a time beyond all calendars", """{"exp":999999999999}""", ProofReasons.BadTimestamp)]
    public void Times_are_kept(string because, string payload, string? code) =>
        Code(TestSigner.Es256(Es256, payload), Public).Should().Be(code, because);

    [Theory]
    [InlineData("""{"jti":""}""", ProofReasons.BadId)]
    [InlineData("""{"jti":7}""", ProofReasons.BadId)]
    [InlineData("""{"jti":"ümlaut"}""", ProofReasons.BadId)]
    [InlineData("""{"amount":1,"amount":999}""", ProofReasons.Malformed)]
    [InlineData(" {", ProofReasons.Malformed)]
    [InlineData("""{"a":"\udc00"}""", ProofReasons.Malformed)]
    [InlineData("[1]", null)]
    [InlineData("", null)]
    public void A_payload_has_one_meaning(string payload, string? code) =>
        Code(TestSigner.Es256(Es256, payload), Public).Should().Be(code);

    [Fact]
    public void Without_an_id_the_content_is_the_replay_key()
    {
        byte[] first = TestSigner.Es256(Es256, "{}");
        byte[] second = TestSigner.Es256(Es256, "{}");

        first.Should().NotEqual(second, "a signature is made anew each time, so it is no id");
        Verify(first, Public).ReplayKey.Should().Be(Verify(second, Public).ReplayKey)
            .And.NotBe(Verify(TestSigner.Es256(Es256, "{} "), Public).ReplayKey);
    }

    [Fact]
    public void Claims_are_bounded()
    {
        string many = string.Join(',', Enumerable.Range(0, 100).Select(static i => $"\"c{i}\":{i}"));
        string wide = new('x', EvidenceClaim.LengthMax + 1);

        Verify(TestSigner.Es256(Es256, $"{{{many}}}"), Public).Claims.Should().HaveCount(EvidenceClaim.CountMax);
        string odd = $$"""{"a":"{{wide}}","{{wide}}":1,"n":null,"o":{"p":1},"l":[1],"b":2}""";
        Verify(TestSigner.Es256(Es256, odd), Public).Claims.Should().Equal(new EvidenceClaim("b", "2"));
    }

    [Fact]
    public void A_name_of_the_ring_picks_its_key_and_four_are_tried_at_most()
    {
        ProofKey[] others = [.. Enumerable.Range(0, 4).Select(static i => JsonWebSignature.Key(
            new($"other-{i}"), ProofPublicKey.FromSpki(Convert.FromBase64String(AppleSample.ProductionKey))))];
        byte[] unnamed = TestSigner.Es256(Es256, Sale);

        Code(TestSigner.Es256("""{"alg":"ES256","kid":"public"}""", Sale), [.. others, Public]).Should().BeNull();
        Code(TestSigner.Es256("""{"alg":"ES256","kid":"other-1"}""", Sale), [.. others, Public])
            .Should().Be(ProofReasons.NoMatch);
        Code(TestSigner.Es256("""{"alg":"ES256","kid":"theirs"}""", Sale), [.. others[..3], Public]).Should().BeNull();
        Code(unnamed, [.. others[..3], Public]).Should().BeNull();
        Code(unnamed, [.. others, Public]).Should().Be(ProofReasons.ConfigurationError);
    }

    [Fact]
    public void Keys_count_in_their_time_and_for_their_purpose()
    {
        byte[] body = TestSigner.Es256(Es256, Sale);

        Code(body, Public with { State = ProofKeyState.Revoked }).Should().Be(ProofReasons.RetiredKey);
        Code(body, Public with { NotAfter = Now }).Should().Be(ProofReasons.RetiredKey);
        Code(body, Public with { Purpose = "test-kind" }).Should().BeNull();
        Code(body, Public with { Purpose = "other-kind" }).Should().Be(ProofReasons.UnknownKey);
        Code(body, Public with { Scheme = SchemeId.SendGrid }).Should().Be(ProofReasons.UnknownKey);
        Code(body, JsonWebSignature.Key(new("k"), ProofPublicKey.FromText("?")))
            .Should().Be(ProofReasons.ConfigurationError);
    }

    [Theory]
    [InlineData("\n", ProofReasons.Malformed)]
    [InlineData("=", ProofReasons.Malformed)]
    [InlineData(" ", ProofReasons.Malformed)]
    [InlineData(".", ProofReasons.Malformed)]
    [InlineData("AA", ProofReasons.NoMatch)]
    public void Nothing_follows_a_signature(string more, string code) =>
        Code([.. TestSigner.Es256(Es256, Sale), .. Encoding.ASCII.GetBytes(more)], Public).Should().Be(code);

    private static string? Code(byte[] body, params ReadOnlySpan<ProofKey> keys) => Verify(body, keys).Reason?.Code;

    private static EvidenceVerdict Verify(byte[] body, params ReadOnlySpan<ProofKey> keys) =>
        EvidenceSchemes.Default.Verify(ProofVectors.Input(SchemeId.Jws, body, Now), new KeyRing(keys));
}
