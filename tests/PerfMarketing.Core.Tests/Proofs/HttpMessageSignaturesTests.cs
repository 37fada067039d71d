using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs;

public sealed class HttpMessageSignaturesTests
{
    private const string Whole = "\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\"";
    private const string Params = ";created=1800000000;keyid=\"secret\"";

    private static readonly JsonElement All = ProofVectors.File("rfc9421");
    private static readonly Dictionary<string, JsonElement> Vectors = ProofVectors.ByName(All, "name");
    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_800_000_000);
    private static readonly byte[] Body = "{\"order\":\"o-7\"}"u8.ToArray();

    private static readonly KeyRing Keys = new(
        HttpMessageSignatures.Key(new("secret"), TestSigner.Secret),
        HttpMessageSignatures.Key(new("public"), TestSigner.PublicKey));

    private static readonly HttpSignaturePolicy Lax = new() { Required = [], MaxAgeSeconds = 86_400 };

    public static TheoryData<string> Names => [.. Vectors.Keys];

    // Source: vectors/rfc9421.json, by a policy that requires nothing. Ed25519 is an adapter's.
    [Theory]
    [MemberData(nameof(Names))]
    public void Vectors_are_judged_as_they_say(string name)
    {
        JsonElement vector = Vectors[name];

        EvidenceVerdict verdict = Verify(vector, Lax);

        bool isForeign = ProofVectors.Text(vector, "alg") == "ed25519";
        verdict.IsValid.Should().Be(
            ProofVectors.Text(vector, "expect") == "valid" && !isForeign, verdict.Reason?.ToString());
        if (isForeign)
        {
            verdict.Reason!.ToString().Should().Be("proof.unsupported (version: ed25519)");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Signature_bases_are_the_published_ones(string name)
    {
        JsonElement vector = Vectors[name];
        EvidenceInput input = Input(vector, out int? status);
        HttpSignatureInput signature = HttpSignatureInput.Read(SignatureInput(vector), 1)!.Single();

        bool isWhole = new HttpSignatureBase(input, status).TryLines(signature, out string lines, out _);

        (isWhole ? $"{lines}\"@signature-params\": {signature.Serialized}" : null)
            .Should().Be(vector.GetProperty("signatureBase").GetString());
    }

    [Fact]
    public void A_signature_that_leaves_the_path_open_needs_a_policy()
    {
        JsonElement vector = Vectors["uncovered-path-changed-still-valid"];

        Verify(vector, Lax).IsValid.Should().BeTrue();
        Verify(vector, Lax).Covered.Should().NotContain("body").And.NotContain("@path");
        Verify(vector, Lax with { Required = ["@path"] }).Reason!.ToString()
            .Should().Be("proof.claim-not-covered (claim: @path)");
    }

    [Fact]
    public void A_valid_verdict_says_what_is_covered()
    {
        EvidenceVerdict verdict = Verify(Signed(Whole, Params + ";nonce=\"n-1\""));

        verdict.Reason.Should().BeNull();
        verdict.Strength.Should().Be(ProofStrength.Mac);
        verdict.Key.Should().Be(new KeyId("secret"));
        verdict.Covered.Should().Equal(
            "@method", "@authority", "@path", "@query", "header:content-digest", "timestamp", "body", "query");
        verdict.Claims.Take(4).Should().Equal(
            new EvidenceClaim("@method", "POST"), new EvidenceClaim("@authority", "shop.example:8443"),
            new EvidenceClaim("@path", "/Hook"), new EvidenceClaim("@query", "?A=%41"));
        verdict.ReplayKey.Should().Be(new EvidenceId("n-1"));
        verdict.AssertedAt.Should().Be(Now);
    }

    [Theory]
    [InlineData("no nonce", Params, null)]
    [InlineData("its own algorithm", Params + ";alg=\"hmac-sha256\"", null)]
    [InlineData("another algorithm", Params + ";alg=\"ecdsa-p256-sha256\"", ProofReasons.AlgRefused)]
    [InlineData("another's key", ";created=1800000000;keyid=\"public\"", ProofReasons.NoMatch)]
    [InlineData("no such key", ";created=1800000000;keyid=\"other\"", ProofReasons.UnknownKey)]
    [InlineData("no key", ";created=1800000000", ProofReasons.Malformed)]
    [InlineData("no time", ";keyid=\"secret\"", ProofReasons.Malformed)]
    [InlineData("300 s old", ";created=1799999700;keyid=\"secret\"", null)]
    [InlineData("301 s old", ";created=1799999699;keyid=\"secret\"", ProofReasons.TooOld)]
    [InlineData("301 s ahead", ";created=1800000301;keyid=\"secret\"", ProofReasons.TooNew)]
    [InlineData("good for a second more", Params + ";expires=1800000001", null)]
    [InlineData("ended now", Params + ";expires=1800000000", ProofReasons.TooOld)]
    [InlineData("two times", Params + ";created=1800000000", ProofReasons.Malformed)]
    [InlineData("a fraction", ";created=1800000000.0;keyid=\"secret\"", ProofReasons.Malformed)]
    [InlineData("a time as text", ";created=\"1800000000\";keyid=\"secret\"", ProofReasons.Malformed)]
    [InlineData("a leading zero", ";created=01800000000;keyid=\"secret\"", ProofReasons.Malformed)]
    [InlineData("an unknown parameter", Params + ";x=\"1\"", ProofReasons.Malformed)]
    [InlineData("an id that is none", Params + ";nonce=\"\"", ProofReasons.BadId)]
    [InlineData("an escape", Params + ";nonce=\"a\\\\b\\\"c\"", null)]
    [InlineData("a bad escape", Params + ";nonce=\"a\\n\"", ProofReasons.Malformed)]
    public void Parameters_are_read_strictly(string because, string parameters, string? code) =>
        (Verify(Signed(Whole, parameters)).Reason?.Code).Should().Be(code, because);

    [Theory]
    [InlineData(
        "leaves the body open", "\"@method\" \"@authority\" \"@path\" \"@query\"", ProofReasons.ClaimNotCovered)]
    [InlineData("covers nothing", "", ProofReasons.ClaimNotCovered)]
    [InlineData("covers a field that is missing", Whole + " \"date\"", ProofReasons.MissingHeader)]
    [InlineData("covers what only an answer has", Whole + " \"@status\"", ProofReasons.MissingHeader)]
    [InlineData("covers what nobody knows", Whole + " \"@nothing\"", ProofReasons.MissingHeader)]
    [InlineData("covers a thing twice", Whole + " \"@path\"", ProofReasons.Malformed)]
    [InlineData("covers a name in upper case", Whole + " \"Content-Digest\"", ProofReasons.Malformed)]
    [InlineData("covers a part of a field", Whole + " \"content-digest\";key=\"sha-256\"", ProofReasons.Malformed)]
    [InlineData("covers more", Whole + " \"@target-uri\" \"@scheme\" \"@request-target\" \"x-note\"", null)]
    public void Components_are_read_strictly(string because, string components, string? code) =>
        (Verify(Signed(components, Params)).Reason?.Code).Should().Be(code, because);

    [Fact]
    public void A_changed_body_is_seen_by_its_digest()
    {
        EvidenceInput signed = Signed(Whole, Params);

        (Verify(With(signed, "{}"u8.ToArray(), signed.Headers)).Reason?.Code).Should().Be(ProofReasons.DigestMismatch);
        (Verify(With(signed, [], signed.Headers)).Reason?.Code).Should().Be(ProofReasons.DigestMismatch);
    }

    [Theory]
    [InlineData("sha-256=:AAAA:", ProofReasons.DigestMismatch)]
    [InlineData("md5=:AAAA:", ProofReasons.DigestMismatch)]
    [InlineData("no digest", ProofReasons.DigestMismatch)]
    [InlineData("", ProofReasons.DigestMismatch)]
    public void A_signed_digest_is_the_bodys(string digest, string code) =>
        Verify(Signed(Whole, Params, digest)).Reason!.Code.Should().Be(code);

    [Fact]
    public void Every_known_digest_is_the_bodys()
    {
        string both = $"{Digest(Body)}, sha-512=:{Convert.ToBase64String(SHA512.HashData(Body))}:";
        string contradictory = $"{Digest(Body)}, sha-512=:{Convert.ToBase64String(SHA512.HashData([]))}:";

        Verify(Signed(Whole, Params, both)).IsValid.Should().BeTrue();
        Verify(Signed(Whole, Params, $"md5=:AAAA:, {Digest(Body)}")).IsValid.Should().BeTrue();
        Verify(Signed(Whole, Params, contradictory)).Reason!.Code.Should().Be(ProofReasons.DigestMismatch);
    }

    [Fact]
    public void A_request_without_a_body_needs_no_digest_until_somebody_adds_a_body()
    {
        EvidenceInput bare = Sign(
            With(Signed(Whole, Params), [], []), "\"@method\" \"@authority\" \"@path\" \"@query\"", Params);

        Verify(bare).IsValid.Should().BeTrue();
        Verify(With(bare, Body, bare.Headers)).Reason!.Code.Should().Be(ProofReasons.ClaimNotCovered);
    }

    [Fact]
    public void A_line_end_cannot_begin_another_line()
    {
        EvidenceInput input = Signed(Whole + " \"x-note\"", Params);
        EvidenceHeader[] headers = [.. input.Headers];
        int at = Array.FindIndex(headers, static h => h.Name == "X-Note");
        headers[at] = headers[at] with { Value = "a\n\"@path\": /other" };

        Verify(With(input, input.Body.ToArray(), ValueList.Create<EvidenceHeader>(headers))).Reason!.ToString()
            .Should().Be("proof.missing-header (header: x-note)");
    }

    [Fact]
    public void A_field_that_stands_twice_is_signed_as_one()
    {
        EvidenceInput input = Signed(Whole + " \"x-note\"", Params);
        EvidenceInput twice = Sign(
            With(input, Body, input.Headers.Add(new("x-note", "\tc "))), Whole + " \"x-note\"", Params);

        Verify(twice).Claims.Should().Contain(new EvidenceClaim("x-note", "a b, c"));
        Verify(With(twice, Body, twice.Headers.Add(new("x-note", "d")))).Reason!.Code.Should().Be(ProofReasons.NoMatch);
    }

    [Fact]
    public void Of_several_signatures_the_first_that_counts_is_taken()
    {
        EvidenceInput input = Signed(Whole, Params);
        string inputs = input.Headers.Single(static h => h.Name == "Signature-Input").Value;
        string signatures = input.Headers.Single(static h => h.Name == "Signature").Value;
        EvidenceVerdict Beside(string otherInput, string otherSignature) => Verify(With(input, Body, input.Headers
            .Where(static h => !h.Name.StartsWith("Signature", StringComparison.Ordinal))
            .Append(new("Signature-Input", otherInput))
            .Append(new("Signature", otherSignature)).ToValueList()));

        Beside($"x=();created=1;keyid=\"k\", {inputs}", $"x=:AAAA:,{signatures}").IsValid.Should().BeTrue();
        Beside($"{inputs}, x=()", signatures).IsValid.Should().BeTrue();
        Beside("x=()", signatures).Reason!.Code.Should().Be(ProofReasons.Malformed);
        Beside($"{inputs}, {inputs}", signatures).Reason!.Code.Should().Be(ProofReasons.Malformed);
        Beside($"{inputs},", signatures).Reason!.Code.Should().Be(ProofReasons.Malformed);
        Beside($"a=(), b=(), c=(), d=(), {inputs}", signatures).Reason!.Code.Should().Be(ProofReasons.Malformed);
    }

    [Fact]
    public void A_hosts_policy_asks_for_what_it_needs()
    {
        HttpMessageSignatures scheme = new("acme.postback", new() { ReplayField = "x-note", Tag = "pay" });
        KeyRing keys = new(new ProofKey(new("secret"), "acme.postback", TestSigner.Secret));
        EvidenceVerdict Judge(string components, string parameters) => EvidenceSchemes.Default.With(scheme).Verify(
            Signed(components, parameters, scheme: "acme.postback"), keys);

        Judge(Whole + " \"x-note\"", Params + ";tag=\"pay\"").ReplayKey.Should().Be(new EvidenceId("a b"));
        Judge(Whole, Params + ";tag=\"pay\"").Reason!.ToString().Should().Be("proof.claim-not-covered (claim: x-note)");
        Judge(Whole + " \"x-note\"", Params).Reason!.Code.Should().Be(ProofReasons.Malformed);
    }

    [Theory]
    [InlineData("https://Shop.Example:443", "shop.example", "/", "?")]
    [InlineData("http://shop.example:80/?", "shop.example", "/", "?")]
    [InlineData("http://shop.example:443/a//b/../c?x=?&y=/", "shop.example:443", "/a//b/../c", "?x=?&y=/")]
    [InlineData("https://shop.example?x", "shop.example", "/", "?x")]
    [InlineData("https://user@shop.example/", null, null, null)]
    [InlineData("https://shop.example/#f", null, null, null)]
    [InlineData("ftp://shop.example/", null, null, null)]
    [InlineData("/path", null, null, null)]
    [InlineData("https:///path", null, null, null)]
    [InlineData("https://shop.example/a b", null, null, null)]
    public void An_address_is_taken_apart_without_decoding(
        string address, string? authority, string? path, string? query)
    {
        HttpSignatureBase message = new(new EvidenceInput
        {
            Kind = "k",
            Scheme = "s",
            ReceivedAt = Now,
            Request = new("GET", address),
        }, status: null);

        message.ValueOf("@authority").Should().Be(authority);
        message.ValueOf("@path").Should().Be(path);
        message.ValueOf("@query").Should().Be(query);
    }

    internal static EvidenceInput Signed(
        string components, string parameters, string? digest = null, string scheme = "rfc9421") => Sign(
        new EvidenceInput
        {
            Kind = "test-kind",
            Scheme = scheme,
            ReceivedAt = Now,
            Request = new("POST", "https://Shop.example:8443/Hook?A=%41"),
            Body = Body,
            Headers = [new("Content-Digest", digest ?? Digest(Body)), new("X-Note", " a b\t")],
        },
        components,
        parameters);

    private static string Digest(byte[] body) => $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:";

    // Signs with the secret whatever the parameters say, so that only the parameters decide.
    private static EvidenceInput Sign(EvidenceInput input, string components, string parameters)
    {
        string text = $"({components}){parameters}";
        HttpSignatureBase message = new(input, status: null);
        IEnumerable<string> lines = components.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(c => $"{c}: {message.ValueOf(c.Trim('"'))}\n");
        byte[] code = HMACSHA256.HashData(
            TestSigner.SecretBytes, Encoding.ASCII.GetBytes($"{string.Concat(lines)}\"@signature-params\": {text}"));
        ValueList<EvidenceHeader> headers = input.Headers
            .Where(static h => !h.Name.StartsWith("Signature", StringComparison.Ordinal))
            .Append(new("Signature-Input", $"sig={text}"))
            .Append(new("Signature", $"sig=:{Convert.ToBase64String(code)}:"))
            .ToValueList();
        return With(input, input.Body.ToArray(), headers);
    }

    private static EvidenceInput With(EvidenceInput input, byte[] body, ValueList<EvidenceHeader> headers) => new()
    {
        Kind = input.Kind,
        Scheme = input.Scheme,
        ReceivedAt = input.ReceivedAt,
        Request = input.Request,
        Body = body,
        Headers = headers,
    };

    private static EvidenceVerdict Verify(EvidenceInput input) => EvidenceSchemes.Default.Verify(input, Keys);

    private static EvidenceVerdict Verify(JsonElement vector, HttpSignaturePolicy policy)
    {
        JsonElement keys = All.GetProperty("keys");
        KeyRing ring = new(
            HttpMessageSignatures.Key(
                new("test-shared-secret"), ProofSecret.FromBase64(ProofVectors.Text(keys, "hmac-sha256 (base64)"))),
            HttpMessageSignatures.Key(
                new("test-key-ecc-p256"),
                ProofPublicKey.FromText(ProofVectors.Text(keys, "ecdsa-p256-sha256 (spki base64)"))),
            HttpMessageSignatures.Key(
                new("test-key-ed25519"),
                ProofForeignKey.FromBytes(
                    SignatureAlgorithm.Ed25519,
                    Convert.FromBase64String(ProofVectors.Text(keys, "ed25519 (spki base64)")))));
        EvidenceInput input = Input(vector, out int? status);
        return new HttpMessageSignatures(SchemeId.HttpSignatures, policy).Verify(input, ring, status);
    }

    private static string SignatureInput(JsonElement vector)
    {
        IEnumerable<string> components = vector.GetProperty("components").EnumerateArray()
            .Select(static c => $"\"{c.GetString()}\"");
        return $"sig=({string.Join(' ', components)}){ProofVectors.Text(vector, "signatureParams")}";
    }

    private static EvidenceInput Input(JsonElement vector, out int? status)
    {
        JsonElement message = vector.GetProperty("message");
        bool isRequest = ProofVectors.Text(vector, "kind") == "request";
        status = isRequest ? null : message.GetProperty("status").GetInt32();
        IEnumerable<EvidenceHeader> fields = message.GetProperty("fields").EnumerateObject()
            .Select(static f => new EvidenceHeader(f.Name, f.Value.GetString()!));
        string Part(string name) => ProofVectors.Text(message, name);
        return new()
        {
            Kind = "test-kind",
            Scheme = SchemeId.HttpSignatures,
            ReceivedAt = Instant.FromUnixTimeSeconds(1_618_884_473),
            Body = Encoding.UTF8.GetBytes(Part("body")),
            Request = isRequest
                ? new(Part("method"), $"https://{Part("authority")}{Part("path")}{Part("query")}")
                : null,
            Headers = fields
                .Append(new("signature-input", SignatureInput(vector)))
                .Append(new("signature", $"sig=:{ProofVectors.Text(vector, "signature")}:"))
                .ToValueList(),
        };
    }
}
