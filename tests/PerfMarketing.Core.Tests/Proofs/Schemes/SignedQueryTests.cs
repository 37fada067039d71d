using System.Security.Cryptography;
using System.Text;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs.Schemes;

#pragma warning disable CA5350 // What Twilio signs with.
public sealed class SignedQueryTests
{
    private const string OAuth =
        "code=0907a61c0c8d55e99db179b68161bc00&hmac=700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf"
        + "&shop=some-shop.myshopify.com&state=0.6784241404160823&timestamp=1337178173";

    private const string Proxy =
        "extra=1&extra=2&shop=shop-name.myshopify.com&logged_in_customer_id=1&path_prefix=%2Fapps%2Fawesome_reviews"
        + "&timestamp=1317327555&signature=4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb";

    private const string Sms =
        "api_key=fake_api_key&to=14155550100&from=AcmeInc&text=Test+From+Nexmo&type=text&timestamp=1540924779&sig=";

    private const string Token = "a token of 32 letters and digits";
    private const string VonageSecret = "71efab63122f1d179f51c46bac838fb5";
    private const string Callback = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private const string Call = "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212"
        + "&Caller=%2B14158675309";

    // Source: vectors/signed-query.json, those in a query. Columns: name, scheme, secret, algorithm that the key names,
    // query, signed time, strength where legacy algorithms are allowed (null: not valid), and the reason where not.
    public static TheoryData<string, string, string, ProofAlgorithm, string, long, ProofStrength?, string?> Queries =>
    new()
    {
        {
            "shopify-oauth-query", "shopify-oauth", "hush", ProofAlgorithm.HmacSha256, OAuth, 1_337_178_173,
            ProofStrength.Mac, null
        },
        {
            "shopify-oauth-tampered", "shopify-oauth", "hush", ProofAlgorithm.HmacSha256,
            OAuth.Replace("some-shop", "evil-shop", StringComparison.Ordinal), 1_337_178_173, null, ProofReasons.NoMatch
        },
        {
            "shopify-oauth-reordered", "shopify-oauth", "hush", ProofAlgorithm.HmacSha256,
            string.Join('&', OAuth.Split('&').Reverse()), 1_337_178_173, ProofStrength.Mac, null
        },
        {
            "shopify-app-proxy-logged-in", "shopify-app-proxy", "hush", ProofAlgorithm.HmacSha256, Proxy, 1_317_327_555,
            ProofStrength.WeakMac, null
        },
        {
            "shopify-app-proxy-anonymous", "shopify-app-proxy", "hush", ProofAlgorithm.HmacSha256,
            "extra=1&extra=2&shop=shop-name.myshopify.com&logged_in_customer_id=&path_prefix=%2Fapps%2Fawesome_reviews"
            + "&timestamp=1317327555&signature=e072b6d7e6622d85912a5214b860d3100dc1e73d9bc29f43796ac8c9ff8093cb",
            1_317_327_555, ProofStrength.WeakMac, null
        },
        {
            "app-proxy-concat-ambiguity", "shopify-app-proxy", "hush", ProofAlgorithm.HmacSha256,
            "extra=1&extra=2&logged_in_customer_id=1"
            + "&path_prefix=%2Fapps%2Fawesome_reviewsshop%3Dshop-name.myshopify.com"
            + "&timestamp=1317327555&signature=4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb",
            1_317_327_555, ProofStrength.WeakMac, null
        },
        {
            "vonage-sms-md5", "vonage", VonageSecret, ProofAlgorithm.HmacMd5, Sms + "51CDAFEBB4BBCE9525B195C1617CB8D2",
            1_540_924_779, ProofStrength.WeakMac, ProofReasons.WeakAlgRefused
        },
        {
            "vonage-sms-sha1", "vonage", VonageSecret, ProofAlgorithm.HmacSha1,
            Sms + "0162AEC64BC183B2E1256545951FE5639DC98020", 1_540_924_779, ProofStrength.WeakMac,
            ProofReasons.WeakAlgRefused
        },
        {
            "vonage-sms-sha256", "vonage", VonageSecret, ProofAlgorithm.HmacSha256,
            Sms + "9FEC5EF6D0F2B3D2BB7558B6E4042569823CAB9EA0DD30503472B7B304601975", 1_540_924_779, ProofStrength.Mac,
            null
        },
        {
            "vonage-sms-sha512", "vonage", VonageSecret, ProofAlgorithm.HmacSha512,
            Sms + "40BD12B9A4B6000AD1138EEFD24FFE9FBD72AEE13C3FA04B32BB69DBC256AD0A"
            + "04A463B1A9AF6660D10F6E1E769EE14B9CFF6A635502E93AFCD0BFAB29F38F87",
            1_540_924_779, ProofStrength.Mac, null
        },
        {
            "vonage-md5hash", "vonage", "secret", ProofAlgorithm.Md5Suffix,
            "a=1&b=2&timestamp=1461605396&sig=6af838ef94998832dbfc29020b564830", 1_461_605_396, ProofStrength.WeakMac,
            ProofReasons.WeakAlgRefused
        },
        {
            "bitlabs-url-hmac", "bitlabs", "JLOIAUNMHFli7ZJOQVEzm98rzqnm9", ProofAlgorithm.HmacSha1,
            "uid=8cc877ee-af19-488d-b28d-216fb866b996&val=500&hash=dbcd6bb8ca677344592842a52b4fca9bec36cd4b",
            1_700_000_000, ProofStrength.WeakMac, ProofReasons.WeakAlgRefused
        },
    };

    // Source: vectors/signed-query.json, Twilio. In the last, bodySHA256 is a field of the form, as the source has it.
    // Columns: name, form, signature, valid.
    public static TheoryData<string, string, string, bool> Twilio => new()
    {
        { "twilio-voice-known-answer", Call, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", true },
        { "twilio-bad-signature", Call, "NOTRSOYDt4T1cUTdK1PDd93/VVr8B8=", false },
        {
            "twilio-tampered-digits", Call.Replace("1234&From", "9999&From", StringComparison.Ordinal),
            "RSOYDt4T1cUTdK1PDd93/VVr8B8=", false
        },
        {
            "twilio-json-body", $"{Call}&bodySHA256=Ch%2F3Y02as7ldtcmi3%2BlBbkFQKyg6gMfPGWMmMvluZiA%3D",
            "lhN9sMASXtkij921mMLP/O8yo04=", true
        },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public void Vectors_of_queries_are_judged_as_they_say(
        string name,
        string scheme,
        string secret,
        ProofAlgorithm algorithm,
        string query,
        long at,
        ProofStrength? strength,
        string? reason)
    {
        KeyRing keys = new(Key(scheme, secret) with { Algorithm = algorithm });
        EvidenceInput input = Input(scheme, $"https://publisher.com/complete?{query}", at);

        EvidenceVerdict strict = EvidenceSchemes.Default.Verify(input, keys);
        EvidenceVerdict legacy = EvidenceSchemes.Default.AllowLegacy().Verify(input, keys);

        (strict.Reason?.Code).Should().Be(reason, name);
        legacy.IsValid.Should().Be(strength is not null, name);
        legacy.Strength.Should().Be(strength ?? ProofStrength.None, name);
    }

    [Theory]
    [MemberData(nameof(Twilio))]
    public void Vectors_of_Twilio_are_judged_as_they_say(string name, string form, string signature, bool valid)
    {
        EvidenceVerdict verdict = VerifyTwilio(Callback, form, signature, "12345");

        verdict.IsValid.Should().Be(valid, name);
        (verdict.Reason?.Code).Should().Be(valid ? null : ProofReasons.NoMatch, name);
        EvidenceSchemes.Default.Verify(TwilioInput(Callback, form, signature), new(Key("twilio", "12345"))).Reason!.Code
            .Should().Be(ProofReasons.WeakAlgRefused, name);
    }

    [Fact]
    public void What_a_query_fixes_is_covered()
    {
        EvidenceVerdict oauth = Verify("shopify-oauth", "hush", OAuth, 1_337_178_173);
        EvidenceVerdict sms = Verify(
            "vonage",
            VonageSecret,
            Sms + "9FEC5EF6D0F2B3D2BB7558B6E4042569823CAB9EA0DD30503472B7B304601975",
            1_540_924_779);

        oauth.Covered.Should().Equal(oauth.Claims.Select(static c => $"query:{c.Name}")).And.NotContain("query:hmac");
        oauth.Claims.Should().Contain(new EvidenceClaim("shop", "some-shop.myshopify.com"));
        oauth.Claims.Should().NotContain(static claim => claim.Name == "hmac");
        oauth.AssertedAt.Should().Be(Instant.FromUnixTimeSeconds(1_337_178_173));
        sms.Claims.Select(static c => c.Name).Should().Equal("from", "text", "timestamp", "to", "type");
        sms.Uncovered.Should().Equal([new EvidenceClaim("api_key", "fake_api_key")], "fake&api=key signs the same");
        sms.Covered.Should().Equal("query:from", "query:text", "query:timestamp", "query:to", "query:type");
    }

    [Fact]
    public void Fields_that_could_be_others_cover_nothing()
    {
        EvidenceVerdict proxy = Verify("shopify-app-proxy", "hush", Proxy, 1_317_327_555);

        proxy.IsValid.Should().BeTrue();
        proxy.Covered.Should().BeEmpty();
        proxy.Claims.Should().BeEmpty();
        proxy.Uncovered.Should().Contain(new EvidenceClaim("extra", "1,2"));
    }

    [Theory]
    [InlineData("names of the provider only", "MessageSid=SM1&MessageStatus=delivered&To=%2B18005551212", true)]
    [InlineData("a name of somebody else", "MessageSid=SM1&MessageStatus=delivered&To=%2B1800&zz=1", false)]
    [InlineData("a name in a text", "Body=MessageStatusdelivered&MessageSid=SM1", false)]
    [InlineData("what follows a text may be a part of it", "Body=Hi&MessageSid=SM1&MessageStatus=delivered", false)]
    [InlineData("a name that begins another", "Caller=CityBerlin&MessageSid=SM1", false)]
    public void A_form_without_marks_is_covered_when_it_reads_one_way(string because, string form, bool covered)
    {
        EvidenceVerdict verdict = VerifyTwilio(Callback, form, SignTwilio(Callback, form), Token);

        verdict.IsValid.Should().BeTrue(because);
        (verdict.Claims.Count > 0).Should().Be(covered, because);
        (verdict.Uncovered.Count > 0).Should().Be(!covered, because);
        verdict.Covered.Should().Equal(covered ? ["url", "form"] : [], because);
    }

    [Fact]
    public void A_body_of_Twilio_is_covered_by_its_digest_in_the_address()
    {
        const string body = "{\"property\": \"value\", \"boolean\": true}";
        string url = $"{Callback}&bodySHA256={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}";
        string signature = SignTwilio(url, string.Empty);

        EvidenceVerdict verdict = VerifyTwilio(url, body, signature, Token);
        EvidenceVerdict other = VerifyTwilio(url, body + " ", signature, Token);

        verdict.IsValid.Should().BeTrue();
        verdict.Covered.Should().Equal("url", "body");
        other.Reason!.Code.Should().Be(ProofReasons.NoMatch);
    }

    [Theory]
    [InlineData("301 s late", 301, ProofReasons.TooOld)]
    [InlineData("300 s late", 300, null)]
    [InlineData("300 s early", -300, null)]
    [InlineData("301 s early", -301, ProofReasons.TooNew)]
    public void A_signed_time_has_a_window(string because, long seconds, string? code) =>
        (Verify("shopify-oauth", "hush", OAuth, 1_337_178_173 + seconds).Reason?.Code).Should().Be(code, because);

    [Theory]
    [InlineData("no query", "", ProofReasons.Malformed)]
    [InlineData("no signature", "shop=x&timestamp=1337178173", ProofReasons.Malformed)]
    [InlineData("two signatures", "hmac=a&hmac=b&timestamp=1337178173", ProofReasons.Malformed)]
    [InlineData("a field twice", "hmac=a&shop=1&shop=2&timestamp=1337178173", ProofReasons.Malformed)]
    [InlineData("half an escape", "hmac=a&shop=%4&timestamp=1337178173", ProofReasons.Malformed)]
    [InlineData("no UTF-8", "hmac=a&shop=%FF&timestamp=1337178173", ProofReasons.Malformed)]
    [InlineData("raw letters of others", "hmac=a&shop=é&timestamp=1337178173", ProofReasons.Malformed)]
    [InlineData("a name with a mark", "hmac=a&sh%3Dop=1&timestamp=1337178173", ProofReasons.Malformed)]
    [InlineData("a field without a name", "hmac=a&=1&timestamp=1337178173", ProofReasons.Malformed)]
    [InlineData("no time", "hmac=a&shop=1", ProofReasons.BadTimestamp)]
    [InlineData("no number", "hmac=a&shop=1&timestamp=now", ProofReasons.BadTimestamp)]
    public void What_is_not_well_written_is_not_believed(string because, string query, string code) =>
        Verify("shopify-oauth", "hush", query, 1_337_178_173).Reason!.Code.Should().Be(code, because);

    [Fact]
    public void Without_the_request_nothing_is_signed()
    {
        foreach (string scheme in new[] { "shopify-oauth", "shopify-app-proxy", "vonage", "bitlabs", "twilio" })
        {
            EvidenceInput input = new() { Kind = "order-paid", Scheme = scheme, ReceivedAt = default };

            EvidenceVerdict verdict = EvidenceSchemes.Default.AllowLegacy().Verify(input, new(Key(scheme, "hush")));

            verdict.IsValid.Should().BeFalse(scheme);
        }
    }

    // A sender that tries again signs anew: under its own id that is the same, and only another value is a conflict.
    [Fact]
    public void A_repetition_that_is_signed_anew_says_the_same()
    {
        SignedQuery scheme = new("acme.sorted", new(QueryForm.SortedPairs, "mac") { IdField = "tx", TimeField = "t" });
        EvidenceVerdict first = Says(1_000_000, 5);

        first.ReplayKey.Should().Be(new EvidenceId("77"));
        Says(1_000_100, 5).Content.Should().Be(first.Content);
        Says(1_000_100, 6).Content.Should().NotBe(first.Content);

        EvidenceVerdict Says(long at, int value)
        {
            string query = $"t={at}&tx=77&val={value}";
            byte[] mac = HMACSHA256.HashData("a secret of the acme company"u8, Encoding.ASCII.GetBytes(query));
            EvidenceVerdict verdict = EvidenceSchemes.Default.With(scheme).Verify(
                Input("acme.sorted", $"https://host.example/p?{query}&mac={Convert.ToHexString(mac)}", at),
                new(scheme.Key(new("a"), "a secret of the acme company")));
            verdict.IsValid.Should().BeTrue(verdict.Reason?.ToString());
            return verdict;
        }
    }

    [Fact]
    public void A_host_signs_addresses_with_an_algorithm_that_holds()
    {
        SignedQuery scheme = new("acme.clicks", new(QueryForm.RawAddress, "mac") { IdField = "tx" });
        const string url = "https://host.example/p?tx=77&val=500";
        ProofKey key = scheme.Key(new("a"), "a secret of the acme company");
        byte[] mac = HMACSHA256.HashData("a secret of the acme company"u8, Encoding.ASCII.GetBytes(url));
        EvidenceSchemes schemes = EvidenceSchemes.Default.With(scheme);

        EvidenceVerdict verdict = schemes.Verify(
            Input("acme.clicks", $"{url}&mac={Convert.ToHexString(mac)}", 0), new(key));

        verdict.Strength.Should().Be(ProofStrength.WeakMac, "no time is signed");
        verdict.Covered.Should().Equal("query:tx", "query:val");
        verdict.ReplayKey.Should().Be(new EvidenceId("77"));
        schemes.Verify(Input("acme.clicks", $"{url}&mac={Convert.ToHexString(mac)}&val=9", 0), new(key)).IsValid
            .Should().BeFalse("nothing follows the signature");
    }

    private static ProofKey Key(string scheme, string secret) =>
        new(new("k"), scheme, ProofSecret.FromText(secret, lengthMin: 4));

    private static EvidenceVerdict Verify(string scheme, string secret, string query, long at) =>
        EvidenceSchemes.Default.Verify(Input(scheme, $"https://host.example/?{query}", at), new(Key(scheme, secret)));

    private static EvidenceInput Input(string scheme, string url, long at) => new()
    {
        Kind = "order-paid",
        Scheme = scheme,
        ReceivedAt = Instant.FromUnixTimeSeconds(at),
        Request = new("GET", url),
    };

    private static EvidenceVerdict VerifyTwilio(string url, string form, string signature, string secret) =>
        EvidenceSchemes.Default.AllowLegacy().Verify(TwilioInput(url, form, signature), new(Key("twilio", secret)));

    private static EvidenceInput TwilioInput(string url, string form, string signature) => new()
    {
        Kind = "order-paid",
        Scheme = SchemeId.Twilio,
        ReceivedAt = Instant.FromUnixTimeSeconds(0),
        Request = new("POST", url),
        Headers = [new("X-Twilio-Signature", signature)],
        Body = Encoding.ASCII.GetBytes(form),
    };

    // Fields without escapes but %2B, in their order.
    private static string SignTwilio(string url, string form)
    {
        string[] pairs = form.Replace("%2B", "+", StringComparison.Ordinal).Split('&');
        string fields = string.Concat(pairs.Order(StringComparer.Ordinal));
        string text = url + fields.Replace("=", string.Empty, StringComparison.Ordinal);
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.ASCII.GetBytes(Token), Encoding.ASCII.GetBytes(text)));
    }
}
