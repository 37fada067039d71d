using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs;

public sealed class SkAdNetworkTests
{
    private static readonly JsonElement All = ProofVectors.File("skadnetwork");
    private static readonly Dictionary<string, JsonElement> Vectors = ProofVectors.ByName(All, "id");
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 12, 0);
    private static readonly KeyRing Tests = new(new ProofKey(new("test"), SchemeId.SkAdNetwork, TestSigner.PublicKey));

    public static TheoryData<string> Names => [.. Vectors.Keys];

    // Source: vectors/skadnetwork.json. Version 2.0 is signed on P-192, which not every platform has:
    // it is unsupported.
    [Theory]
    [MemberData(nameof(Names))]
    public void Vectors_are_judged_as_they_say(string name)
    {
        JsonElement vector = Vectors[name];
        bool isOld = name.StartsWith("test-2.0", StringComparison.Ordinal);

        EvidenceVerdict verdict = Verify(vector);

        verdict.IsValid.Should().Be(
            ProofVectors.Text(vector, "expect") == "valid" && !isOld, verdict.Reason?.ToString());
        if (isOld)
        {
            verdict.Reason!.ToString().Should().Be("proof.unsupported (version: 2.0)");
        }
    }

    [Theory]
    [InlineData("test-2.3-unknown-version", ProofReasons.UnsupportedVersion)]
    [InlineData("neg-txn-changed", ProofReasons.NoMatch)]
    [InlineData("neg-domain-as-app", ProofReasons.Malformed)]
    [InlineData("neg-redownload-casing", ProofReasons.Malformed)]
    [InlineData("neg-sig-truncated", ProofReasons.Malformed)]
    [InlineData("neg-missing-did-win", ProofReasons.Malformed)]
    public void Refusals_say_why(string name, string code) => Verify(Vectors[name]).Reason!.Code.Should().Be(code);

    [Fact]
    public void Conversion_values_are_not_covered()
    {
        EvidenceVerdict verdict = Verify(Vectors["neg-cv-changed-still-valid"]);

        verdict.IsValid.Should().BeTrue();
        verdict.Uncovered.Should().Equal(new EvidenceClaim("conversion-value", "1"));
        verdict.Claims.Should().NotContain(static c => c.Name == "conversion-value");
        verdict.Covered.Should().Equal(verdict.Claims.Select(static c => c.Name)).And.Equal(
            "version", "ad-network-id", "source-identifier", "app-id", "transaction-id", "redownload", "source-domain",
            "fidelity-type", "did-win", "postback-sequence-index");
        verdict.Content.Should().Be(Verify(Vectors["apple-4.0-web-high-tier"]).Content, "the same is signed");
    }

    [Theory]
    [InlineData(
        "apple-4.0-web-high-tier", EvidenceFinding.Happened, "did-win", "6aafb7a5-0170-41b5-bbe4-fe71dedf1e30/0")]
    [InlineData("apple-3.0-winning", EvidenceFinding.Happened, "did-win", "6aafb7a5-0170-41b5-bbe4-fe71dedf1e28")]
    [InlineData("apple-3.0-nonwinning", EvidenceFinding.Failed, "did-not-win", "f9ac267a-a889-44ce-b5f7-0166d11461f0")]
    [InlineData("apple-2.2", EvidenceFinding.Happened, "did-win", "6aafb7a5-0170-41b5-bbe4-fe71dedf1e28")]
    public void A_postback_says_who_won(string name, EvidenceFinding finding, string state, string replayKey)
    {
        EvidenceVerdict verdict = Verify(Vectors[name]);

        verdict.Finding.Should().Be(finding);
        verdict.State.Should().Be(state);
        verdict.ReplayKey.Should().Be(new EvidenceId(replayKey));
        verdict.Strength.Should().Be(ProofStrength.PlatformAttested);
        verdict.Party.Should().Be(new PartyId("apple"));
        verdict.Key.Should().Be(new KeyId("apple-skadnetwork"));
    }

    [Fact]
    public void The_three_postbacks_of_one_install_are_told_apart() =>
        new[] { "test-4.0-seq0", "test-4.0-seq1", "test-4.0-seq2" }.Select(n => Verify(Vectors[n]).ReplayKey)
            .Should().OnlyHaveUniqueItems();

    // Three messages of one install are three ids: they prove one install, and no second or third.
    [Fact]
    public void The_later_postbacks_of_an_install_prove_no_other_install()
    {
        ProofPolicy policy = ProofPolicies.Install;
        EvidenceVerdict[] three = [.. new[] { "test-4.0-seq0", "test-4.0-seq1", "test-4.0-seq2" }
            .Select(static n => Verify(Vectors[n]) with { Kind = "install-postback", Party = new PartyId("apple") })];

        three.Select(static v => v.State).Should().Equal(SkAdNetwork.Won, SkAdNetwork.Later, SkAdNetwork.Later);
        three.Select(v => policy.Judge(Now, [v], Now).GetType().Name).Should().Equal(
            nameof(Qualification.Qualified), nameof(Qualification.Pending), nameof(Qualification.Pending));
        policy.Judge(Now, three, Now).Should().BeOfType<Qualification.Qualified>("they contradict nothing");
    }

    [Theory]
    [InlineData("moves a domain to an app", "source-domain", null, "source-app-id", "\"example.com\"")]
    [InlineData("moves an app to a domain", "source-app-id", null, "source-domain", "\"7\"")]
    [InlineData("holds a separator", "ad-network-id", "\"a\u2063b\"", null, null)]
    [InlineData("has a fraction", "app-id", "1.0", null, null)]
    [InlineData("has an exponent", "app-id", "1e3", null, null)]
    [InlineData("is null", "did-win", "null", null, null)]
    [InlineData("is an object", "app-id", "{}", null, null)]
    [InlineData("counts on", "postback-sequence-index", "3", null, null)]
    [InlineData("has no text", "transaction-id", "\"\"", null, null)]
    [InlineData("has a slash", "transaction-id", "\"a/0\"", null, null)]
    public void A_field_has_one_form(string because, string name, string? value, string? other, string? otherValue)
    {
        JsonObject postback = Postback();
        _ = postback.Remove(name);
        Set(postback, value is null ? null : name, value);
        Set(postback, other, otherValue);

        Code(Sign(postback)).Should().Be(ProofReasons.Malformed, because);
    }

    [Fact]
    public void A_made_up_postback_verifies_under_its_own_key_alone()
    {
        JsonObject postback = Sign(Postback());

        Code(postback).Should().BeNull();
        Verify(postback.ToJsonString(), new KeyRing([.. AppleKeys.SkAdNetwork])).Reason!.Code
            .Should().Be(ProofReasons.NoMatch);
        Verify(postback.ToJsonString(), KeyRing.Empty).Reason!.Code.Should().Be(ProofReasons.UnknownKey);
        Verify($"{postback.ToJsonString()[..^1]},\"did-win\":true}}", Tests).Reason!.Code
            .Should().Be(ProofReasons.Malformed, "a name stands once");
    }

    // White space is not signed: the postback stays what it is, and only its length differs.
    [Theory]
    [InlineData(0, null)]
    [InlineData(1, ProofReasons.Malformed)]
    public void A_postback_has_at_most_16_kB(int more, string? code)
    {
        string text = Sign(Postback()).ToJsonString();
        string padded = new string(' ', SkAdNetwork.BodyLengthMax - Encoding.UTF8.GetByteCount(text) + more) + text;

        Verify(padded, Tests).Reason?.Code.Should().Be(code);
        Verify(padded, Tests).IsValid.Should().Be(code is null);
    }

    [Fact]
    public void Apples_key_is_data_with_a_date()
    {
        AppleKeys.AsOf.Should().Be(new LocalDate(2026, 11, 21));
        AppleKeys.SkAdNetwork.Should().OnlyContain(static k => k.Material.IsUsable);
        SkAdNetwork.Key(new("k"), "nonsense").Material.IsUsable.Should().BeFalse();
    }

    internal static byte[] Body(string name) =>
        Encoding.UTF8.GetBytes(Vectors[name].GetProperty("postback").GetRawText());

    internal static ProofKey Key(string name) =>
        SkAdNetwork.Key(new(name), ProofVectors.Text(All.GetProperty("keysSpkiBase64"), name));

    private static EvidenceVerdict Verify(JsonElement vector)
    {
        string key = ProofVectors.Text(vector, "key");
        return Verify(
            vector.GetProperty("postback").GetRawText(),
            key == "apple-p256" ? new KeyRing([.. AppleKeys.SkAdNetwork]) : new KeyRing(Key(key)));
    }

    private static EvidenceVerdict Verify(string body, KeyRing keys) => EvidenceSchemes.Default.Verify(
        ProofVectors.Input(SchemeId.SkAdNetwork, Encoding.UTF8.GetBytes(body), Now), keys);

    private static string? Code(JsonObject postback) => Verify(postback.ToJsonString(), Tests).Reason?.Code;

    private static void Set(JsonObject postback, string? name, string? json)
    {
        if (name is not null && json is not null)
        {
            postback[name] = JsonNode.Parse(json);
        }
    }

    private static JsonObject Postback() => JsonNode.Parse(
        """
        {
          "version": "4.0", "ad-network-id": "com.example", "source-identifier": "5239", "app-id": 525463029,
          "transaction-id": "t-1", "redownload": false, "source-app-id": 7, "fidelity-type": 1, "did-win": true,
          "postback-sequence-index": 0
        }
        """)!.AsObject();

    // Signs the texts in the order of version 4.0, whatever they are.
    private static JsonObject Sign(JsonObject postback)
    {
        string[] order =
        [
            "version", "ad-network-id", "source-identifier", "app-id", "transaction-id", "redownload", "source-app-id",
            "source-domain", "fidelity-type", "did-win", "postback-sequence-index",
        ];
        IEnumerable<string> texts = order.Where(postback.ContainsKey).Select(n => postback[n]?.ToString() ?? "null");
        postback["attribution-signature"] = TestSigner.Der(Encoding.UTF8.GetBytes(string.Join('\u2063', texts)));
        return postback;
    }
}
