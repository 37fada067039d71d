using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs.Hostile;

/// <summary>A valid message of every scheme. Signatures are constants, so that every run is the same.</summary>
#pragma warning disable CA5350 // What some providers sign with.
internal static class SignedSamples
{
    private const string HttpSignatureText =
        "A7Fj9ww1VGOh577748zov8SdS45F2iCVFevjAEcsWfnbAuOwTLAKHjzdG8Yr5m1XvymDEOpxHvjUCjU8lYL9gw==";

    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_800_000_000);
    private static readonly byte[] Body = """{"id":"o-7","amount":"49.90","currency":"EUR"}"""u8.ToArray();
    private static readonly byte[] TextSecret = "a secret of many letters"u8.ToArray();

    /// <summary>Those whose signature is a shared secret's code.</summary>
    internal static ValueList<SignedSample> Codes =>
    [
        StandardWebhook(), StripeWebhook(), GitHubWebhook(), ShopifyWebhook(), ShopifyOAuth(), ShopifyProxy(), Vonage(),
        BitLabs(), TwilioForm(), Postback(), Hs256(), HttpCode(),
    ];

    /// <summary>Those whose signature is by ECDSA.</summary>
    internal static ValueList<SignedSample> Signatures =>
    [
        Es256(), SendGrid(), SkAdNetwork30(), SkAdNetwork40(), AdAttribution(), HttpSignature(),
    ];

    /// <summary>Those that cover no content, or nothing but a token: what is changed in them may stay valid.</summary>
    internal static ValueList<SignedSample> Tokens => [OptIn(), Bearer(), FoundReceipt()];

    /// <summary>The public key of a sample, as its provider hands it out.</summary>
    internal static string PublicText(string name)
    {
        if (name == "sendgrid")
        {
            return ProofVectors.Text(
                ProofVectors.ByName(ProofVectors.File("sendgrid-event-webhook"), "name")["csharp-known-answer"],
                "publicKeySpkiBase64");
        }

        JsonElement jwk = ProofVectors.ByName(ProofVectors.File("jws"), "name")["rfc7515-A.3-ES256"].GetProperty("jwk");
        return TestSigner.TextOf(new()
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new()
            {
                X = Base64Url.DecodeFromChars(ProofVectors.Text(jwk, "x")),
                Y = Base64Url.DecodeFromChars(ProofVectors.Text(jwk, "y")),
            },
        });
    }

    private static SignedSample StandardWebhook()
    {
        ProofKey key = StandardWebhooks.Key(new("k"), StandardWebhooksVectors.Secret);
        return new(
            "standard-webhooks",
            Input(SchemeId.StandardWebhooks, Body, headers: [.. StandardWebhooks.Sign(key, new("m-1"), Now, Body)]),
            new(key));
    }

    private static SignedSample StripeWebhook()
    {
        byte[] code = HMACSHA256.HashData(TextSecret, (byte[])[.. "1800000000."u8, .. Body]);
        return new(
            "stripe",
            Input(
                SchemeId.Stripe,
                Body,
                headers: [new("Stripe-Signature", $"t=1800000000,v1={Convert.ToHexStringLower(code)}")]),
            Text(SchemeId.Stripe));
    }

    private static SignedSample GitHubWebhook()
    {
        string code = Convert.ToHexStringLower(HMACSHA256.HashData(TextSecret, Body));
        return new(
            "github",
            Input(SchemeId.GitHub, Body, headers: [new("X-Hub-Signature-256", $"sha256={code}")]),
            Text(SchemeId.GitHub));
    }

    private static SignedSample ShopifyWebhook()
    {
        string code = Convert.ToBase64String(HMACSHA256.HashData(TextSecret, Body));
        return new(
            "shopify",
            Input(SchemeId.Shopify, Body, headers: [new("X-Shopify-Hmac-Sha256", code)]),
            Text(SchemeId.Shopify));
    }

    private static SignedSample ShopifyOAuth()
    {
        const string Query = "shop=some-shop.myshopify.com&timestamp=1800000000";
        string code = Convert.ToHexStringLower(HMACSHA256.HashData(TextSecret, Encoding.ASCII.GetBytes(Query)));
        return Address(SchemeId.ShopifyOAuth, $"https://host.example/?{Query}&hmac={code}");
    }

    private static SignedSample ShopifyProxy()
    {
        byte[] fields = "shop=some-shop.myshopify.comtimestamp=1800000000"u8.ToArray();
        string code = Convert.ToHexStringLower(HMACSHA256.HashData(TextSecret, fields));
        return Address(
            SchemeId.ShopifyAppProxy,
            $"https://host.example/?shop=some-shop.myshopify.com&timestamp=1800000000&signature={code}");
    }

    private static SignedSample Vonage()
    {
        byte[] fields = "&status=delivered&timestamp=1800000000&to=14155550100"u8.ToArray();
        string code = Convert.ToHexStringLower(HMACSHA256.HashData(TextSecret, fields));
        return Address(
            SchemeId.Vonage,
            $"https://host.example/?status=delivered&timestamp=1800000000&to=14155550100&sig={code}");
    }

    private static SignedSample BitLabs()
    {
        const string Url = "https://host.example/?uid=8cc877ee&val=500";
        string code = Convert.ToHexStringLower(HMACSHA1.HashData(TextSecret, Encoding.ASCII.GetBytes(Url)));
        return Address(SchemeId.BitLabs, $"{Url}&hash={code}");
    }

    private static SignedSample TwilioForm()
    {
        const string Url = "https://host.example/call?foo=1";
        string code = Convert.ToBase64String(
            HMACSHA1.HashData(TextSecret, Encoding.ASCII.GetBytes($"{Url}CallSidCA123CallStatuscompleted")));
        return new(
            "twilio",
            Input(
                SchemeId.Twilio,
                "CallSid=CA123&CallStatus=completed"u8.ToArray(),
                Url,
                new EvidenceHeader("X-Twilio-Signature", code)),
            Text(SchemeId.Twilio),
            AddressFrom: Url.IndexOf('?', StringComparison.Ordinal));
    }

    // A colon needs no escape here, and an escape has two spellings: %3A and %3a are the same field.
    private static SignedSample Postback()
    {
        ProofKey key = Pm1.Key(new("k"), Convert.ToBase64String(TestSigner.SecretBytes));
        string form = Pm1.Sign(key, new Pm1Message
        {
            Contract = new("c-1"),
            Kind = "test-kind",
            EventId = new("e-1"),
            OccurredAt = Now,
            IssuedAt = Now,
            Nonce = "0123456789abcdef",
            Fields = [new("amount", "4990"), new("currency", "EUR")],
        });
        string plain = form.Replace("%3A", ":", StringComparison.Ordinal);
        return new("pm1", Input(SchemeId.Pm1, Encoding.ASCII.GetBytes(plain)), new(key));
    }

    private static SignedSample OptIn()
    {
        ProofKey key = DoubleOptIn.Key(new("k"), TestSigner.Secret);
        string token = DoubleOptIn.Sign(key, new("news", "c-1", Now - Duration.FromHours(1), new("0123456789abcdef")));
        return new(
            "double-opt-in",
            Input(SchemeId.DoubleOptIn, Encoding.ASCII.GetBytes(token), "https://host.example/confirm"),
            new(key));
    }

    private static SignedSample Bearer() => new(
        "bearer-token",
        Input(
            SchemeId.BearerToken,
            Body,
            "https://host.example/?order=o-7&amount=49.90",
            new EvidenceHeader("Authorization", "Bearer a secret of many letters")),
        Text(SchemeId.BearerToken));

    private static SignedSample FoundReceipt() => new(
        "receipt",
        new()
        {
            Kind = "test-kind",
            Scheme = SchemeId.Receipt,
            Id = new("inv-1"),
            ReceivedAt = Now,
            Body = "amount=19999&currency=EUR&order=o%2D7"u8.ToArray(),
        },
        KeyRing.Empty);

    private static SignedSample Hs256() => new(
        "jws-hs256",
        Input(
            SchemeId.Jws,
            TestSigner.Hs256("""{"alg":"HS256"}""", """{"jti":"e-1","iat":1800000000,"order":"o-7"}""")),
        new(JsonWebSignature.Key(new("k"), TestSigner.Secret)));

    private static SignedSample HttpCode() => new(
        "rfc9421-hmac",
        WithSignature(HttpInput("secret"), text: null),
        new(HttpMessageSignatures.Key(new("secret"), TestSigner.Secret)),
        AddressFrom: "https://Shop.example:8443".Length);

    // Source: RFC 7515 appendix A.3.
    private static SignedSample Es256()
    {
        JsonElement vector = ProofVectors.ByName(ProofVectors.File("jws"), "name")["rfc7515-A.3-ES256"];
        return new(
            "jws-es256",
            Input(
                SchemeId.Jws, Encoding.ASCII.GetBytes(ProofVectors.Text(vector, "jws")), at: ProofVectors.LongAgo),
            new(JsonWebSignature.Key(new("k"), ProofVectors.Material(vector.GetProperty("jwk")))));
    }

    // Source: vectors/sendgrid-event-webhook.json.
    private static SignedSample SendGrid()
    {
        JsonElement vector =
            ProofVectors.ByName(ProofVectors.File("sendgrid-event-webhook"), "name")["csharp-known-answer"];
        string timestamp = ProofVectors.Text(vector, "timestamp");
        return new(
            "sendgrid",
            ProofVectors.Input(
                SchemeId.SendGrid,
                Encoding.UTF8.GetBytes(ProofVectors.Text(vector, "body")),
                Instant.FromUnixTimeSeconds(1_588_788_367),
                new(SendGridEvents.TimestampHeader, timestamp),
                new(SendGridEvents.SignatureHeader, ProofVectors.Text(vector, "signatureDerBase64"))),
            new(SendGridEvents.Key(new("k"), ProofVectors.Text(vector, "publicKeySpkiBase64"))));
    }

    // Source: vectors/skadnetwork.json.
    private static SignedSample SkAdNetwork30() => new(
        "skadnetwork-3.0",
        Input(SchemeId.SkAdNetwork, SkAdNetworkTests.Body("apple-3.0-nonwinning")),
        new([.. AppleKeys.SkAdNetwork]));

    // The conversion value is left out, because anybody may change it.
    private static SignedSample SkAdNetwork40()
    {
        string body = Encoding.UTF8.GetString(SkAdNetworkTests.Body("apple-4.0-web-low-tier"))
            .Replace("\"coarse-conversion-value\":\"high\",", string.Empty, StringComparison.Ordinal);
        return new(
            "skadnetwork-4.0",
            Input(SchemeId.SkAdNetwork, Encoding.UTF8.GetBytes(body)),
            new([.. AppleKeys.SkAdNetwork]));
    }

    // Source: vectors/adattributionkit.json; Apple publishes no sample that verifies under its production key.
    private static SignedSample AdAttribution()
    {
        JsonElement vector =
            ProofVectors.ByName(ProofVectors.File("adattributionkit"), "id")["apple-development-sample"];
        return new(
            "ad-attribution-kit",
            Input(
                SchemeId.AdAttributionKitDevelopment,
                Encoding.ASCII.GetBytes($$"""{"jws-string":"{{ProofVectors.Text(vector, "jws")}}"}""")),
            new([.. AppleKeys.AdAttributionKitDevelopment]));
    }

    // Made with the key of TestSigner; only a constant is the same each time.
    private static SignedSample HttpSignature() => new(
        "rfc9421-ecdsa",
        WithSignature(HttpInput("public"), HttpSignatureText),
        new(HttpMessageSignatures.Key(new("public"), TestSigner.PublicKey)),
        AddressFrom: "https://Shop.example:8443".Length);

    private static EvidenceInput HttpInput(string key) => HttpMessageSignaturesTests.Signed(
        "\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\"",
        $";created=1800000000;keyid=\"{key}\"");

    // The note is left out, because it is not signed.
    private static EvidenceInput WithSignature(EvidenceInput input, string? text) => new()
    {
        Kind = input.Kind,
        Scheme = input.Scheme,
        ReceivedAt = input.ReceivedAt,
        Request = input.Request,
        Body = input.Body,
        Headers = input.Headers.Where(static h => h.Name != "X-Note")
            .Select(h => h.Name == "Signature" && text is not null ? h with { Value = $"sig=:{text}:" } : h)
            .ToValueList(),
    };

    private static SignedSample Address(SchemeId scheme, string url) => new(
        scheme.ToString(),
        Input(scheme, [], url),
        Text(scheme),
        AddressFrom: url.IndexOf('?', StringComparison.Ordinal));

    private static KeyRing Text(SchemeId scheme) =>
        new(new ProofKey(new KeyId("k"), scheme, ProofSecret.FromText("a secret of many letters")));

    private static EvidenceInput Input(
        SchemeId scheme,
        byte[] body,
        string? url = null,
        EvidenceHeader? header = null,
        ValueList<EvidenceHeader>? headers = null,
        Instant? at = null) => new()
        {
            Kind = "test-kind",
            Scheme = scheme,
            ReceivedAt = at ?? Now,
            Body = body,
            Request = url is null ? null : new("POST", url),
            Headers = headers ?? (header is { } one ? [one] : []),
        };
}
