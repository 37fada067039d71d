using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;
using PerfMarketing.Tests.Proofs;
using PerfMarketing.Tests.Proofs.Hostile;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Commands;

public sealed class VerifyActionTests
{
    private const string Pm1Secret = "cG0xLXZlY3RvcnMtc2VjcmV0LTMyLWJ5dGVzLWxvbmc=";

    private const string Pm1Query =
        "amount=19999&contract=acme-2026&currency=EUR&event-id=order-1001&issued-at=2026-03-03T12%3A00%3A00Z"
        + "&key-id=partner-7-2026&kind=order-paid&nonce=3q2-7wAAAAAAAAAA&occurred-at=2026-03-03T11%3A59%3A00Z"
        + "&sig=fbdc07ed24968fb242e69a9c40c2b8e68f734241eae3e3adb25a87a4f1415985";

    [Fact]
    public void A_webhook_is_authentic_or_not()
    {
        using ToolRun tool = new();
        tool.Write("key", StandardWebhooksVectors.Secret + "\n");
        tool.Write("body", StandardWebhooksVectors.Body);
        tool.Write("other", StandardWebhooksVectors.Body + " ");
        string[] words =
        [
            "verify", "--scheme", "standard-webhooks", "--key-file", "@key",
            "--header", $"webhook-id: {StandardWebhooksVectors.Id}",
            "--header", $"webhook-timestamp: {StandardWebhooksVectors.Sent}",
            "--header", $"webhook-signature: {StandardWebhooksVectors.Signature}",
            "--at", "2021-02-25T15:02:10Z",
        ];

        tool.Run([.. words, "@body"]).Should().Be(ExitCodes.Done, tool.Complained);
        tool.Printed.Should().StartWith("verdict     valid\nstrength    mac\n")
            .And.Contain("covered     id, timestamp, body").And.NotContain("MfKQ");

        tool.Run([.. words, "@other"]).Should().Be(ExitCodes.BadInput);
        tool.Printed.Should().Contain("verdict     invalid").And.Contain(ProofReasons.NoMatch);

        tool.Run([.. words, "@body", "--json"]).Should().Be(ExitCodes.Done);
        tool.Json.GetProperty("covered").GetArrayLength().Should().Be(3);
        tool.Json.GetProperty("authenticity").GetString().Should().Be("valid");

        tool.Run([.. words[..^2], "@body"]).Should().Be(ExitCodes.BadInput, "now it is too old");
        tool.Printed.Should().Contain(ProofReasons.TooOld);
    }

    [Fact]
    public void A_postback_shows_its_claims()
    {
        using ToolRun tool = new();
        tool.Write("key", Pm1Secret);

        tool.Run(
            "verify", "--scheme", "pm1", "--key-file", "@key", "--key-id", "partner-7-2026", "--kind", "order-paid",
            "--url", $"https://host.example/postback?{Pm1Query}", "--method", "GET", "--at", "2026-03-03T12:00:10Z")
            .Should().Be(ExitCodes.Done, tool.Printed);

        tool.Printed.Should().Contain("claim       amount: 19999").And.Contain("claim       currency: EUR");
    }

    [Fact]
    public void Legacy_and_algorithms_are_asked_for()
    {
        using ToolRun tool = new();
        tool.Write("key", "71efab63122f1d179f51c46bac838fb5");
        string[] words =
        [
            "verify", "--scheme", "vonage", "--key-file", "@key", "--at", "2018-10-30T18:39:39Z",
            "--url", "https://host.example/?api_key=fake_api_key&to=14155550100&from=AcmeInc&text=Test+From+Nexmo"
                + "&type=text&timestamp=1540924779&sig=0162AEC64BC183B2E1256545951FE5639DC98020",
        ];

        tool.Run([.. words, "--algorithm", "hmac-sha1"]).Should().Be(ExitCodes.BadInput);
        tool.Printed.Should().Contain(ProofReasons.WeakAlgRefused);
        tool.Run([.. words, "--algorithm", "hmac-sha1", "--allow-legacy"]).Should().Be(ExitCodes.Done, tool.Printed);
        tool.Printed.Should().Contain("weak-mac").And.Contain("not covered api_key: fake_api_key");
    }

    [Fact]
    public void A_list_of_events_has_a_verdict_for_each()
    {
        const string Body = """[{"event":"delivered","sg_event_id":"a"},{"event":"bounce","sg_event_id":"b"}]""";
        const string Timestamp = "1600112492";
        using ToolRun tool = new();
        tool.Write("key", TestSigner.PublicText);
        tool.Write("body", Body);
        string[] words =
        [
            "verify", "--scheme", "sendgrid", "--key-file", "@key", "--at", "2020-09-14T19:41:32Z",
            "--header", $"{SendGridEvents.TimestampHeader}: {Timestamp}",
            "--header", $"{SendGridEvents.SignatureHeader}: {TestSigner.Der(Encoding.UTF8.GetBytes(Timestamp + Body))}",
        ];

        tool.Run([.. words, "@body"]).Should().Be(ExitCodes.Done, tool.Printed);
        tool.Printed.Split("\n\n").Should().SatisfyRespectively(
            static first => first.Should().Contain("delivered").And.Contain("happened"),
            static second => second.Should().Contain("bounce").And.Contain("failed"));
        tool.Run([.. words, "--json", "@body"]).Should().Be(ExitCodes.Done);
        tool.Json.GetProperty("verdicts").EnumerateArray().Select(static v => v.GetProperty("state").GetString())
            .Should().Equal("delivered", "bounce");

        tool.Write("body", Body.Replace("bounce", "delivered", StringComparison.Ordinal));
        tool.Run([.. words, "--json", "@body"]).Should().Be(ExitCodes.BadInput);
        tool.Json.TryGetProperty("verdicts", out _).Should().BeFalse("a refused body has one verdict");
    }

    // What everybody signs with here: see SignedSamples.
    [Theory]
    [InlineData("standard-webhooks", StandardWebhooksVectors.Secret)]
    [InlineData("stripe", "a secret of many letters")]
    [InlineData("github", "a secret of many letters")]
    [InlineData("shopify", "a secret of many letters")]
    [InlineData("shopify-oauth", "a secret of many letters")]
    [InlineData("shopify-app-proxy", "a secret of many letters")]
    [InlineData("vonage", "a secret of many letters")]
    [InlineData("bitlabs", "a secret of many letters")]
    [InlineData("twilio", "a secret of many letters")]
    [InlineData("jws-es256", "public")]
    [InlineData("sendgrid", "sendgrid")]
    [InlineData("skadnetwork-3.0", "")]
    [InlineData("skadnetwork-4.0", "")]
    [InlineData("ad-attribution-kit", "")]
    [InlineData("rfc9421-ecdsa", "tests")]
    [InlineData("pm1", "secret")]
    public void A_message_of_every_scheme_is_found_authentic(string name, string key)
    {
        using ToolRun tool = new();
        SignedSample sample = SignedSamples.Codes.Concat(SignedSamples.Signatures).Single(s => s.Name == name);
        tool.Write("key", key switch
        {
            "public" => SignedSamples.PublicText("jws"),
            "sendgrid" => SignedSamples.PublicText("sendgrid"),
            "tests" => TestSigner.PublicText,
            "secret" => Convert.ToBase64String(TestSigner.SecretBytes),
            _ => key,
        });
        File.WriteAllBytes(tool.Write("body", string.Empty), sample.Input.Body.ToArray());
        List<string> words =
        [
            "verify", "--scheme", sample.Input.Scheme.ToString(), "--allow-legacy",
            "--at", InstantPattern.ExtendedIso.Format(sample.Input.ReceivedAt), "--kind", sample.Input.Kind.ToString(),
        ];
        words.AddRange(key.Length == 0 ? [] : ["--key-file", "@key", "--key-id", sample.Keys.Keys[0].Id.Value]);
        words.AddRange(sample.Input.Headers.SelectMany(static h => (string[])["--header", $"{h.Name}: {h.Value}"]));
        words.AddRange(sample.Input.Request is { Url: { } url, Method: var method }
            ? ["--url", url, "--method", method ?? "POST"]
            : []);

        tool.Run([.. words, "@body"]).Should().Be(ExitCodes.Done, $"{tool.Printed}{tool.Complained}");
        tool.Printed.Should().StartWith("verdict     valid");
    }

    // Secrets are written as text in a file; signed with that text here.
    [Fact]
    public void Tokens_and_receipts_are_found_authentic()
    {
        const string Secret = "a secret of many more letters";
        ProofSecret secret = ProofSecret.FromText(Secret);
        using ToolRun tool = new();
        tool.Write("key", Secret + "\r\n");
        tool.Write("opt-in", DoubleOptIn.Sign(
            DoubleOptIn.Key(new("k"), secret),
            new("news", "c-1", Instant.FromUtc(2026, 3, 1, 12, 0), new("0123456789abcdef"))));
        tool.Write("jws", Encoding.ASCII.GetString(TestSigner.Jws(
            """{"alg":"HS256"}""",
            """{"jti":"e-1","iat":1772366400,"amount":"4.90"}""",
            static content => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), content))));
        tool.Write("form", "amount=490&currency=EUR");
        string[] at = ["--at", "2026-03-01T12:01:00Z", "--key-file", "@key"];

        tool.Run([.. at, "verify", "--scheme", "double-opt-in", "--url", "https://h.example/", "@opt-in"])
            .Should().Be(ExitCodes.WrongUsage, "the command comes first");
        tool.Run(["verify", "--scheme", "double-opt-in", "--url", "https://h.example/", .. at, "@opt-in"])
            .Should().Be(ExitCodes.Done, tool.Printed);
        tool.Printed.Should().Contain("claim       list: news");
        tool.Run(["verify", "--scheme", "jws", .. at, "@jws"]).Should().Be(ExitCodes.Done, tool.Printed);
        tool.Printed.Should().Contain("claim       amount: 4.90");
        tool.Run(["verify", "--scheme", "bearer-token", "--header", $"Authorization: Bearer {Secret}", .. at])
            .Should().Be(ExitCodes.Done, tool.Printed);
        tool.Printed.Should().Contain("strength    token").And.NotContain("covered");
        tool.Run("verify", "--scheme", "receipt", "--id", "inv-1", "@form").Should().Be(ExitCodes.Done, tool.Printed);
        tool.Printed.Should().Contain("claim       amount: 490").And.Contain("asserted");
        tool.Run("verify", "--scheme", "receipt", "@form").Should().Be(ExitCodes.BadInput, "it has no id");
    }

    [Fact]
    public void Every_scheme_can_be_named_and_reads_a_key()
    {
        using ToolRun tool = new();
        using ECDsa pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        tool.Write("secret", new string('k', 32));
        tool.Write("public", pair.ExportSubjectPublicKeyInfoPem());
        tool.Write("body", "{}");
        foreach (SchemeId scheme in EvidenceSchemes.Default.Ids)
        {
            foreach (string key in new[] { "@secret", "@public" })
            {
                tool.Run("verify", "--scheme", scheme.ToString(), "--key-file", key, "@body")
                    .Should().Be(ExitCodes.BadInput, scheme.ToString());
                tool.Printed.Should().Contain("reason      proof.", scheme.ToString());
            }
        }
    }

    [Theory]
    [InlineData("no such scheme", "verify", "--scheme", "acme.none")]
    [InlineData("no scheme", "verify", "--id", "1")]
    [InlineData("no name", "verify", "--scheme", "Pm 1")]
    [InlineData("no header", "verify", "--scheme", "pm1", "--header", "x")]
    [InlineData("no instant", "verify", "--scheme", "pm1", "--at", "today")]
    [InlineData("no algorithm", "verify", "--scheme", "pm1", "--algorithm", "rot13")]
    public void Words_that_make_no_sense_are_refused(string because, params string[] words)
    {
        using ToolRun tool = new();

        tool.Run(words).Should().Be(ExitCodes.WrongUsage, because);
        tool.Complained.Should().NotBeEmpty(because);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        using ToolRun tool = new();

        tool.Run("verify", "--scheme", "stripe", "--key-file", "@none").Should().Be(ExitCodes.WrongUsage);
        tool.Complained.Should().Contain("none");
        tool.Run("verify", "--scheme", "asserted", "--id", "psp-1").Should().Be(ExitCodes.Done);
    }
}
