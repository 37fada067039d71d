using System.Security.Cryptography;
using System.Text;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs.Schemes;

public sealed class BodyMacTests
{
    private const string Known = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    private const string GitHubSecret = "It's a Secret to Everybody";
    private const string Order = "{\"id\":1234567890,\"email\":\"customer@example.com\",\"total_price\":\"123.45\"}";
    private const string OrderMac = "QNyObTlKbMx2qDlPF/ZOZcBqg5OgPg+2oky3zldc0Gw=";

    private static readonly Instant Now = Instant.FromUtc(2026, 3, 3, 12, 0);
    private static readonly ProofKey ShopKey = BodyMac.Shopify.Key(new("shop"), "test-webhook-secret") with
    {
        Party = new PartyId("shop"),
    };

    // Source: vectors/body-hmac.json. Columns: name, provider, secret, body, signature, reason (null: valid).
    public static TheoryData<string, string, string, string, string, string?> Vectors => new()
    {
        { "known-answer", "github", GitHubSecret, "Hello, World!", Known, null },
        { "tampered", "github", GitHubSecret, "Hello, World?", Known, ProofReasons.NoMatch },
        { "missing-prefix", "github", GitHubSecret, "Hello, World!", Known[7..], ProofReasons.NoSupportedScheme },
        {
            "sha1-prefix-downgrade", "github", GitHubSecret, "Hello, World!",
            "sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59", ProofReasons.NoSupportedScheme
        },
        { "length-extension-short", "github", GitHubSecret, "Hello, World!", Known[..^2], ProofReasons.NoMatch },
        { "known-answer", "shopify", "hush", "Info", "6ufKn53YDwFjg+2HbePaB4Yy4MIOwKA30/gtUW5JHTE=", null },
        { "order-json", "shopify", "test-webhook-secret", Order, OrderMac, null },
        {
            "order-total-tampered", "shopify", "test-webhook-secret",
            Order.Replace("123.45", "923.45", StringComparison.Ordinal), OrderMac, ProofReasons.NoMatch
        },
        {
            "hex-instead-of-base64", "shopify", "test-webhook-secret", Order,
            "40dc8e6d394a6ccc76a8394f17f64e65c06a8393a03e0fb6a24cb7ce575cd06c", ProofReasons.NoMatch
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Vectors_are_judged_as_they_say(
        string name, string provider, string secret, string body, string signature, string? code)
    {
        // The providers' examples use secrets shorter than a host should accept.
        ProofKey key = new(new("k"), provider, ProofSecret.FromText(secret, lengthMin: 4));
        string header = provider == "github" ? "X-Hub-Signature-256" : "X-Shopify-Hmac-Sha256";

        EvidenceVerdict verdict = Verify(provider, body, new(key), new EvidenceHeader(header, signature));

        (verdict.Reason?.Code).Should().Be(code, name);
        verdict.Authenticity.Should().Be(code is null ? Authenticity.Valid : Authenticity.Invalid, name);
    }

    [Fact]
    public void The_body_is_covered_and_no_time_is()
    {
        EvidenceVerdict verdict = Verify(
            "shopify",
            Order,
            new(ShopKey),
            new("X-Shopify-Hmac-Sha256", OrderMac),
            new("X-Shopify-Webhook-Id", "b54557e4"));

        verdict.Strength.Should().Be(ProofStrength.WeakMac);
        verdict.Covered.Should().Equal("body");
        verdict.Party.Should().Be(new PartyId("shop"));
        verdict.AssertedAt.Should().BeNull();
        verdict.Uncovered.Should().Equal(new EvidenceClaim("delivery-id", "b54557e4"));
        verdict.ReplayKey.Should().Be(new EvidenceId("1234567890"), "the id in the signed body, not the header's");
    }

    [Fact]
    public void A_new_delivery_id_makes_no_new_evidence()
    {
        EvidenceHeader mac = new("X-Hub-Signature-256", Known);
        KeyRing keys = new(BodyMac.GitHub.Key(new("g"), GitHubSecret));

        EvidenceVerdict first = Verify("github", "Hello, World!", keys, mac, new("X-GitHub-Delivery", "1"));
        EvidenceVerdict again = Verify("github", "Hello, World!", keys, mac, new("X-GitHub-Delivery", "2"));

        first.ReplayKey.Should().Be(new EvidenceId($"sha256:{Digest.Of("Hello, World!"u8)}"));
        again.ReplayKey.Should().Be(first.ReplayKey);
        again.Content.Should().Be(first.Content);
    }

    [Theory]
    [InlineData("a text", "{\"x\":{\"id\":1},\"id\":\"o-1\"}", "o-1")]
    [InlineData("a number", "{\"id\":-12,\"y\":[{\"id\":3}]}", "-12")]
    [InlineData("two of them", "{\"id\":1,\"id\":2}", null)]
    [InlineData("an escaped second", "{\"id\":1,\"\\u0069d\":2}", null)]
    [InlineData("a fraction", "{\"id\":1.5}", null)]
    [InlineData("an object", "{\"id\":{\"id\":\"x\"}}", null)]
    [InlineData("null", "{\"id\":null}", null)]
    [InlineData("none", "{}", null)]
    [InlineData("a list", "[{\"id\":1}]", null)]
    [InlineData("no id's text", "{\"id\":\"caf\u00e9\"}", null)]
    [InlineData("half a document", "{\"id\":1", null)]
    [InlineData("a lone surrogate", "{\"id\":\"\\ud800\"}", null)]
    [InlineData("nothing", "", null)]
    [InlineData("deep", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", null)]
    public void The_id_is_the_one_of_the_body_or_its_digest(string because, string body, string? id)
    {
        string mac = Convert.ToBase64String(HMACSHA256.HashData("test-webhook-secret"u8, Encoding.UTF8.GetBytes(body)));
        EvidenceHeader header = new("x-shopify-hmac-sha256", mac);

        EvidenceVerdict verdict = Verify("shopify", body, new(ShopKey), header);

        verdict.IsValid.Should().BeTrue(because);
        verdict.ReplayKey.Should().Be(new EvidenceId(id ?? $"sha256:{verdict.Content}"), because);
    }

    [Theory]
    [InlineData("SHA-384 in hex", ProofAlgorithm.HmacSha384, MacEncoding.Hex)]
    [InlineData("SHA-384 in base64", ProofAlgorithm.HmacSha384, MacEncoding.Base64)]
    [InlineData("SHA-512 in hex", ProofAlgorithm.HmacSha512, MacEncoding.Hex)]
    [InlineData("SHA-512 in base64", ProofAlgorithm.HmacSha512, MacEncoding.Base64)]
    public void A_host_makes_a_scheme_of_data(string because, ProofAlgorithm algorithm, MacEncoding encoding)
    {
        BodyMacProfile profile = new("X-Acme") { Algorithm = algorithm, Encoding = encoding, Prefix = "v=" };
        BodyMac scheme = new("acme.orders", profile);
        byte[] secret = Encoding.UTF8.GetBytes("a secret of the acme company");
        byte[] mac = algorithm == ProofAlgorithm.HmacSha384
            ? HMACSHA384.HashData(secret, "{}"u8)
            : HMACSHA512.HashData(secret, "{}"u8);
        string text = encoding == MacEncoding.Hex ? Convert.ToHexString(mac) : Convert.ToBase64String(mac);
        KeyRing keys = new(scheme.Key(new("a"), "a secret of the acme company"));
        EvidenceSchemes schemes = EvidenceSchemes.Default.With(scheme);

        bool[] valid =
        [
            .. new[] { $"v={text}", text, $"v= {text}", $"v={text}=", "v=", $"v={text[..^4]}", $"v={text}\n" }
                .Select(value => Input("acme.orders", "{}", new EvidenceHeader("X-Acme", value)))
                .Select(input => schemes.Verify(input, keys).IsValid),
        ];

        valid.Should().Equal([true, false, false, false, false, false, false], because);
    }

    [Fact]
    public void Base64_has_one_spelling()
    {
        string loose = OrderMac[..^2] + "x=";

        Convert.FromBase64String(loose).Should().Equal(Convert.FromBase64String(OrderMac));
        EvidenceHeader header = new("X-Shopify-Hmac-Sha256", loose);
        Verify("shopify", Order, new(ShopKey), header).IsValid.Should().BeFalse();
    }

    [Fact]
    public void Headers_stand_once()
    {
        EvidenceHeader mac = new("X-Shopify-Hmac-Sha256", OrderMac);

        Verify("shopify", Order, new(ShopKey), mac, mac).Reason!.Code.Should().Be(ProofReasons.DuplicateHeader);
        Verify("shopify", Order, new(ShopKey)).Reason!.Code.Should().Be(ProofReasons.MissingHeader);
    }

    [Fact]
    public void A_key_is_for_its_purpose_and_algorithm()
    {
        EvidenceHeader mac = new("X-Shopify-Hmac-Sha256", OrderMac);

        Verify("shopify", Order, new(ShopKey with { Purpose = "order-paid" }), mac).IsValid.Should().BeTrue();
        Verify("shopify", Order, new(ShopKey with { Purpose = "refund" }), mac).Reason!.Code
            .Should().Be(ProofReasons.UnknownKey);
        Verify("shopify", Order, new(ShopKey with { Algorithm = ProofAlgorithm.HmacSha256 }), mac).IsValid
            .Should().BeTrue();
        Verify("shopify", Order, new(ShopKey with { Algorithm = ProofAlgorithm.HmacSha512 }), mac).Reason!.Code
            .Should().Be(ProofReasons.ConfigurationError);
        Verify("shopify", Order, new(ShopKey with { Material = ProofPublicKey.FromPoint([]) }), mac).Reason!.Code
            .Should().Be(ProofReasons.ConfigurationError);
    }

    [Theory]
    [InlineData("a signature's algorithm", ProofAlgorithm.EcdsaP256Sha256, "X")]
    [InlineData("a broken algorithm", ProofAlgorithm.HmacSha1, "X")]
    [InlineData("no header", ProofAlgorithm.HmacSha256, "")]
    public void A_profile_that_cannot_be_is_refused(string because, ProofAlgorithm algorithm, string header) =>
        FluentActions.Invoking(() => new BodyMac("acme.x", new(header) { Algorithm = algorithm }))
            .Should().Throw<ArgumentException>(because);

    [Theory]
    [InlineData("nothing", "", false)]
    [InlineData("15 bytes", "aaaaaaaaaaaaaaa", false)]
    [InlineData("16 bytes", "aaaaaaaaaaaaaaaa", true)]
    [InlineData("16 bytes of 8 letters", "éééééééé", true)]
    public void A_secret_in_text_has_a_length(string because, string text, bool usable)
    {
        ProofSecret.FromText(text).IsUsable.Should().Be(usable, because);
        ProofSecret.FromText(new string('a', 256)).IsUsable.Should().BeTrue();
        ProofSecret.FromText(new string('a', 20) + '\ud800').IsUsable.Should().BeFalse("a lone surrogate has no bytes");
        ProofSecret.FromText(new string('a', 257)).IsUsable.Should().BeFalse();
        ProofSecret.FromText(string.Empty, lengthMin: 0).IsUsable.Should().BeFalse();
    }

    private static EvidenceVerdict Verify(
        SchemeId scheme, string body, KeyRing keys, params EvidenceHeader[] headers) =>
        EvidenceSchemes.Default.Verify(Input(scheme, body, headers), keys);

    private static EvidenceInput Input(SchemeId scheme, string body, params EvidenceHeader[] headers) => new()
    {
        Kind = "order-paid",
        Scheme = scheme,
        ReceivedAt = Now,
        Headers = [.. headers],
        Body = Encoding.UTF8.GetBytes(body),
    };
}
