using System.Text;
using System.Text.Json;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs;

public sealed class AdAttributionKitTests
{
    private const string Header = """{"kid":"test-key/0","alg":"ES256"}""";
    private const string Payload =
        """{"postback-identifier":"p-1","postback-sequence-index":0,"did-win":true,"source-identifier":"8344"}""";

    private static readonly Dictionary<string, JsonElement> Vectors =
        ProofVectors.ByName(ProofVectors.File("adattributionkit"), "id");

    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 12, 0);
    private static readonly EvidenceSchemes TestSchemes = EvidenceSchemes.Default.With(AdAttributionKit.Development);
    private static readonly KeyRing Keys = new(
    [
        .. AppleKeys.AdAttributionKit,
        .. AppleKeys.AdAttributionKitDevelopment,
        new ProofKey(new("test-key/0"), SchemeId.AdAttributionKit, TestSigner.PublicKey),
    ]);

    public static TheoryData<string, string?> Expected => new()
    {
        { "apple-production-doc-sample", ProofReasons.NoMatch },
        { "apple-development-sample", null },
        { "apple-development-sample-in-production", ProofReasons.DevKeyInProduction },
        { "neg-alg-none", ProofReasons.AlgRefused },
        { "neg-alg-hs256-confusion", ProofReasons.AlgRefused },
        { "neg-unknown-kid", ProofReasons.UnknownKey },
        { "neg-payload-tampered", ProofReasons.NoMatch },
        { "neg-sig-flipped", ProofReasons.NoMatch },
        { "neg-sig-all-zero", ProofReasons.NoMatch },
        { "neg-two-parts", ProofReasons.Malformed },
        { "neg-four-parts", ProofReasons.Malformed },
        { "neg-header-not-json", ProofReasons.Malformed },
        { "neg-der-signature-in-jws", ProofReasons.NoMatch },
    };

    // Source: vectors/adattributionkit.json.
    [Theory]
    [MemberData(nameof(Expected))]
    public void Vectors_are_judged_as_they_say(string name, string? code)
    {
        bool isDevelopment = Vectors[name].GetProperty("policy").GetProperty("allowDevelopmentKeys").GetBoolean();

        EvidenceVerdict verdict = Verify(
            isDevelopment ? SchemeId.AdAttributionKitDevelopment : SchemeId.AdAttributionKit,
            $$"""{"jws-string":"{{ProofVectors.Text(Vectors[name], "jws")}}"}""");

        (verdict.Reason?.Code).Should().Be(code, name);
        (code is null).Should().Be(ProofVectors.Text(Vectors[name], "expect") == "valid");
    }

    [Fact]
    public void Every_vector_is_judged() =>
        Expected.Select(static r => (string)r[0]).Should().BeEquivalentTo(Vectors.Keys);

    [Fact]
    public void A_postback_covers_its_payload_and_not_what_stands_beside_it()
    {
        EvidenceVerdict verdict = Verify(Body(Payload, ""","conversion-value":20,"country-code":"DE","x":{"y":1}"""));

        verdict.Reason.Should().BeNull();
        verdict.Strength.Should().Be(ProofStrength.PlatformAttested);
        verdict.Claims.Should().Equal(
            new("postback-identifier", "p-1"), new("postback-sequence-index", "0"), new("did-win", "true"),
            new("source-identifier", "8344"));
        verdict.Covered.Should().Equal(verdict.Claims.Select(static c => c.Name));
        verdict.Uncovered.Should().Equal(
            new EvidenceClaim("conversion-value", "20"), new EvidenceClaim("country-code", "DE"));
        verdict.ReplayKey.Should().Be(new EvidenceId("p-1/0"));
        verdict.Finding.Should().Be(EvidenceFinding.Happened);
        verdict.State.Should().Be("did-win");
    }

    [Fact]
    public void A_lost_attribution_is_authentic_and_failed()
    {
        EvidenceVerdict verdict = Verify(Body(Payload.Replace("true", "false", StringComparison.Ordinal)));

        verdict.IsValid.Should().BeTrue();
        verdict.Finding.Should().Be(EvidenceFinding.Failed);
        verdict.State.Should().Be("did-not-win");
    }

    [Theory]
    [InlineData("""{"postback-identifier":"p-1","postback-sequence-index":0}""")]
    [InlineData("""{"postback-identifier":"p-1","postback-sequence-index":0,"did-win":"true"}""")]
    [InlineData("""{"postback-identifier":"p-1","postback-sequence-index":"0","did-win":true}""")]
    [InlineData("""{"postback-identifier":"p-1","postback-sequence-index":3,"did-win":true}""")]
    [InlineData("""{"postback-identifier":"","postback-sequence-index":0,"did-win":true}""")]
    [InlineData("""{"postback-sequence-index":0,"did-win":true}""")]
    [InlineData("""{"postback-identifier":"p-1","postback-sequence-index":0,"did-win":false,"did-win":true}""")]
    [InlineData("[]")]
    public void A_signed_payload_says_who_won_and_which_it_is(string payload) =>
        Verify(Body(payload)).Reason!.Code.Should().Be(ProofReasons.Malformed);

    [Fact]
    public void Development_proves_nothing_of_customers()
    {
        string body = $$"""{"jws-string":"{{ProofVectors.Text(Vectors["apple-development-sample"], "jws")}}"}""";

        Verify(SchemeId.AdAttributionKitDevelopment, body).Strength.Should().Be(ProofStrength.Asserted);
        EvidenceSchemes.Default.Ids.Should().NotContain(SchemeId.AdAttributionKitDevelopment);
        EvidenceSchemes.Default.Verify(Input(SchemeId.AdAttributionKitDevelopment, body), Keys).Reason!.Code
            .Should().Be(ProofReasons.UnknownScheme);
    }

    [Fact]
    public void A_header_names_its_key() =>
        Verify($$"""{"jws-string":"{{Encoding.ASCII.GetString(TestSigner.Es256("""{"alg":"ES256"}""", Payload))}}"}""")
            .Reason!.Code.Should().Be(ProofReasons.Malformed);

    private static string Body(string payload, string beside = "") =>
        $$"""{"jws-string":"{{Encoding.ASCII.GetString(TestSigner.Es256(Header, payload))}}"{{beside}}}""";

    private static EvidenceVerdict Verify(string body) => Verify(SchemeId.AdAttributionKit, body);

    private static EvidenceVerdict Verify(SchemeId scheme, string body) =>
        TestSchemes.Verify(Input(scheme, body), Keys);

    private static EvidenceInput Input(SchemeId scheme, string body) =>
        ProofVectors.Input(scheme, Encoding.UTF8.GetBytes(body), Now);
}
