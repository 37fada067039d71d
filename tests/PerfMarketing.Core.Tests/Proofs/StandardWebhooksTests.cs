using System.Text;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs;

public sealed class StandardWebhooksTests
{
    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_614_265_330);
    private static readonly ProofKey Key = StandardWebhooks.Key(new("current"), StandardWebhooksVectors.Secret);

    private const string OpenKey = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";

    private static readonly EvidenceSchemes WithEd25519 = EvidenceSchemes.Default.WithVerifier(new ManagedEd25519());

    [Theory]
    [MemberData(nameof(StandardWebhooksVectors.Symmetric), MemberType = typeof(StandardWebhooksVectors))]
    public void Vectors_of_v1_are_judged_as_they_say(
        string name,
        string secrets,
        string? id,
        string? timestamp,
        string body,
        string? signatures,
        long now,
        string? code)
    {
        ProofKey[] keys = [.. secrets.Split(' ').Select(static (s, i) => StandardWebhooks.Key(new($"key-{i}"), s))];

        EvidenceVerdict verdict = Verify(
            Input(id, timestamp, signatures, body, Instant.FromUnixTimeSeconds(now)), new KeyRing(keys));

        (verdict.Reason?.Code).Should().Be(code, name);
        verdict.Authenticity.Should().Be(
            code switch
            {
                null => Authenticity.Valid,
                ProofReasons.ConfigurationError => Authenticity.Indeterminate,
                _ => Authenticity.Invalid,
            },
            name);
    }

    [Theory]
    [MemberData(nameof(StandardWebhooksVectors.Ed25519), MemberType = typeof(StandardWebhooksVectors))]
    public void Vectors_of_v1a_are_unsupported(
        string name, string key, string id, string body, string signatures, string code)
    {
        EvidenceInput input = Input(id, StandardWebhooksVectors.Sent, signatures, body, Now);

        Verify(input, new KeyRing(Key)).Reason!.Code.Should().Be(code, name);
        Verify(input, new KeyRing(Key)).Authenticity.Should().Be(
            code == ProofReasons.Unsupported ? Authenticity.Indeterminate : Authenticity.Invalid, name);
        StandardWebhooks.Key(new("asymmetric"), key).Material.IsUsable.Should()
            .Be(key.StartsWith("whpk_", StringComparison.Ordinal), name);
    }

    // The same vectors with a verifier: those that should verify do, and no other.
    [Theory]
    [MemberData(nameof(StandardWebhooksVectors.Ed25519), MemberType = typeof(StandardWebhooksVectors))]
    public void Vectors_of_v1a_are_judged_as_they_say_where_a_verifier_is(
        string name, string key, string id, string body, string signatures, string code)
    {
        EvidenceInput input = Input(id, StandardWebhooksVectors.Sent, signatures, body, Now);
        bool valid = name is "v1a-known-answer" or "v1a-mixed-with-v1";
        KeyRing keys = new(StandardWebhooks.Key(new("asymmetric"), key) with { Party = new PartyId("shop") });

        EvidenceVerdict verdict = WithEd25519.Verify(input, keys);

        verdict.IsValid.Should().Be(valid, $"{name}: {code}");
        if (valid)
        {
            verdict.Should().Be(new EvidenceVerdict
            {
                Kind = "order-paid",
                Scheme = SchemeId.StandardWebhooks,
                Authenticity = Authenticity.Valid,
                Strength = ProofStrength.Signature,
                Key = new KeyId("asymmetric"),
                Party = new PartyId("shop"),
                Covered = ["id", "timestamp", "body"],
                ReplayKey = new EvidenceId(id),
                Content = Digest.Of(Encoding.UTF8.GetBytes(body)),
                AssertedAt = Now,
                ReceivedAt = Now,
            });
        }
    }

    // The verdict is all that is made: the goal is three objects. Code that is not compiled to the end yet makes more.
    [Fact]
    public async Task Verifying_a_message_allocates_its_verdict_alone()
    {
        EvidenceInput message = Received(StandardWebhooks.Sign(Key, new("m-1"), Now, new byte[300]), new byte[300]);
        KeyRing keys = new(Key);
        Verify(message, keys).IsValid.Should().BeTrue();
        Verify(message, keys).IsValid.Should().BeTrue("the second makes the hash that is kept");

        long each = long.MaxValue;
        for (int round = 0; round < 200 && each >= 256; round++)
        {
            each = AllocatedBy(() => EvidenceSchemes.Default.Verify(message, keys));
            await Task.Delay(20);
        }

        each.Should().BeLessThan(256, "a verdict is one object of about 200 bytes");
    }

    private static long AllocatedBy(Func<EvidenceVerdict> verify)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            _ = verify();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }

    [Fact]
    public void A_public_key_beside_a_secret_takes_nothing_from_it()
    {
        ProofKey open = StandardWebhooks.Key(new("open"), OpenKey);
        EvidenceInput both = Message(
            signatures: $"{StandardWebhooksVectors.Asymmetric} {StandardWebhooksVectors.Signature}");
        EvidenceInput one = Message(signatures: StandardWebhooksVectors.Asymmetric);

        WithEd25519.Verify(both, new(open, Key)).Strength.Should().Be(ProofStrength.Mac);
        WithEd25519.Verify(one, new(open, Key)).Key.Should().Be(new KeyId("open"));
        WithEd25519.Verify(one, new(Key)).Reason!.Code.Should()
            .Be(ProofReasons.AlgRefused, "a secret is no public key");
        WithEd25519.Verify(one, new(open with { State = ProofKeyState.Revoked })).Reason!.Code.Should()
            .Be(ProofReasons.RetiredKey);
        WithEd25519.Verify(one, new(StandardWebhooks.Key(new("short"), "whpk_AAAA"))).Reason!.Code.Should()
            .Be(ProofReasons.ConfigurationError);
        Verify(one, new KeyRing(open)).Reason!.ToString().Should().Be("proof.unsupported (version: v1a)");
        Verify(Message(signatures: "v1,g0hM9"), new KeyRing(open)).Reason!.Code.Should().Be(ProofReasons.UnknownKey);
        Verify(Message(signatures: "v1,g0hM9"), new KeyRing(open, Key)).Reason!.Code.Should().Be(ProofReasons.NoMatch);
    }

    [Fact]
    public void At_most_eight_public_signatures_are_tried()
    {
        string many = string.Join(' ', Enumerable.Repeat("v1a,AAAA", 8).Append(StandardWebhooksVectors.Asymmetric));
        string few = string.Join(' ', Enumerable.Repeat("v1a,AAAA", 7).Append(StandardWebhooksVectors.Asymmetric));
        KeyRing keys = new(StandardWebhooks.Key(new("open"), OpenKey));

        WithEd25519.Verify(Message(signatures: few), keys).IsValid.Should().BeTrue();
        WithEd25519.Verify(Message(signatures: many), keys).IsValid.Should().BeFalse();
    }

    [Fact]
    public void A_full_ring_of_public_keys_is_tried_to_the_last()
    {
        ProofKey[] others =
        [
            .. Enumerable.Range(1, KeyRing.KeysPerSchemeMax - 1).Select(static i => StandardWebhooks.Key(
                new($"k{i}"), "whpk_" + Convert.ToBase64String(Enumerable.Repeat((byte)i, 32).ToArray()))),
        ];
        ProofKey open = StandardWebhooks.Key(new("open"), OpenKey);

        WithEd25519.Verify(Message(signatures: StandardWebhooksVectors.Asymmetric), new([.. others, open])).Key
            .Should().Be(new KeyId("open"));
    }

    [Fact]
    public void A_v1_signature_beside_v1a_counts() =>
        Verify(Message(signatures: $"{StandardWebhooksVectors.Asymmetric} {StandardWebhooksVectors.Signature}"))
            .IsValid.Should().BeTrue();

    [Fact]
    public void A_valid_verdict_says_what_is_covered_and_by_whom()
    {
        EvidenceVerdict verdict = Verify(Message(), new KeyRing(Key with { Party = new PartyId("shop-1") }));

        verdict.Should().Be(new EvidenceVerdict
        {
            Kind = "order-paid",
            Scheme = SchemeId.StandardWebhooks,
            Authenticity = Authenticity.Valid,
            Strength = ProofStrength.Mac,
            Key = new KeyId("current"),
            Party = new PartyId("shop-1"),
            Covered = ["id", "timestamp", "body"],
            ReplayKey = new EvidenceId(StandardWebhooksVectors.Id),
            Content = Digest.Of(Encoding.UTF8.GetBytes(StandardWebhooksVectors.Body)),
            AssertedAt = Now,
            ReceivedAt = Now,
        });
    }

    [Fact]
    public void A_refused_message_proves_nothing_about_itself()
    {
        EvidenceVerdict verdict = Verify(Message(signatures: "v1,g0hM9"));

        verdict.Strength.Should().Be(ProofStrength.None);
        verdict.ReplayKey.Should().BeNull();
        verdict.AssertedAt.Should().BeNull();
        verdict.Key.Should().BeNull();
        verdict.Covered.Should().BeEmpty();
    }

    [Fact]
    public void What_is_signed_here_verifies_here()
    {
        byte[] body = [0, 255, 10];
        ValueList<EvidenceHeader> headers = StandardWebhooks.Sign(Key, new("m-1"), Now, body);

        Verify(Received(headers, body)).IsValid.Should().BeTrue();
        Verify(Received(headers, new byte[] { 0, 255, 11 })).Reason!.Code.Should().Be(ProofReasons.NoMatch);
        headers[2].Value.Should().Be(
            StandardWebhooks.Sign(Key, new("m-1"), Now + Duration.FromMilliseconds(999), body)[2].Value);
    }

    [Theory]
    [InlineData("a retiring key", ProofKeyState.Retiring, StandardWebhooksVectors.Secret, "m-1")]
    [InlineData("a revoked key", ProofKeyState.Revoked, StandardWebhooksVectors.Secret, "m-1")]
    [InlineData("a secret of 23 bytes", ProofKeyState.Active, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", "m-1")]
    [InlineData("an id with a dot", ProofKeyState.Active, StandardWebhooksVectors.Secret, "m.1")]
    public void Nothing_else_signs(string because, ProofKeyState state, string secret, string id)
    {
        ProofKey key = StandardWebhooks.Key(new("k"), secret) with { State = state };

        FluentActions.Invoking(() => StandardWebhooks.Sign(key, new(id), Now, [])).Should()
            .Throw<ArgumentException>(because);
    }

    [Theory]
    [InlineData("revoked", ProofKeyState.Revoked, null, null, ProofReasons.RetiredKey)]
    [InlineData("retiring", ProofKeyState.Retiring, null, null, null)]
    [InlineData("begins at receipt", ProofKeyState.Active, 0, null, null)]
    [InlineData("begins a second later", ProofKeyState.Active, 1, null, ProofReasons.RetiredKey)]
    [InlineData("ended at receipt", ProofKeyState.Active, null, 0, ProofReasons.RetiredKey)]
    [InlineData("ends a second later", ProofKeyState.Active, null, 1, null)]
    public void Keys_count_in_their_time(string because, ProofKeyState state, int? from, int? to, string? code)
    {
        ProofKey key = Key with
        {
            State = state,
            NotBefore = from is { } f ? Now + Duration.FromSeconds(f) : null,
            NotAfter = to is { } t ? Now + Duration.FromSeconds(t) : null,
        };

        (Verify(Message(), new KeyRing(key)).Reason?.Code).Should().Be(code, because);
    }

    [Fact]
    public void A_good_key_counts_beside_a_retired_and_a_broken_one()
    {
        ProofKey retired = StandardWebhooks.Key(new("old"), StandardWebhooksVectors.Secret) with
        {
            State = ProofKeyState.Revoked,
        };
        ProofKey broken = StandardWebhooks.Key(new("broken"), "whsec_!");

        Verify(Message(), new KeyRing(broken, retired, Key)).Key.Should().Be(new KeyId("current"));
        Verify(Message(), new KeyRing(broken)).Reason!.ToString()
            .Should().Be("proof.configuration-error (key: broken)");
        Verify(Message(), KeyRing.Empty).Reason!.Code.Should().Be(ProofReasons.UnknownKey);
        Verify(Message(), new KeyRing(Key with { Scheme = "acme.other" })).Reason!.Code
            .Should().Be(ProofReasons.UnknownKey);
    }

    [Fact]
    public void Bounds_hold()
    {
        string many = string.Join(' ', Enumerable.Repeat("v2,x", StandardWebhooks.SignaturesMax - 1));

        Verify(Message(signatures: $"{many} {StandardWebhooksVectors.Signature}")).IsValid.Should().BeTrue();
        Verify(Message(signatures: $"{many} v2,y {StandardWebhooksVectors.Signature}")).Reason!.Code
            .Should().Be(ProofReasons.TooManySignatures);
        Verify(Message(signatures: StandardWebhooksVectors.Signature + new string(' ', EvidenceInput.HeaderLengthMax)))
            .Reason!.Code.Should().Be(ProofReasons.TooLarge);

        byte[] large = new byte[EvidenceInput.BodyLengthMax + 1];
        EvidenceVerdict tooLarge = Verify(Received([], large));
        tooLarge.Reason!.Code.Should().Be(ProofReasons.TooLarge);
        tooLarge.Content.Should().Be(default(Digest));
        byte[] largest = large[1..];
        Verify(Received(StandardWebhooks.Sign(Key, new("m"), Now, largest), largest)).IsValid.Should().BeTrue();
    }

    [Fact]
    public void A_header_stands_once_and_has_a_name_in_any_case()
    {
        EvidenceInput message = Message();
        ValueList<EvidenceHeader> upper = message.Headers
            .Select(static h => h with { Name = h.Name.ToUpperInvariant() })
            .ToValueList();

        Verify(Received(upper, message.Body)).IsValid.Should().BeTrue();
        Verify(Received(upper.Add(upper[0]), message.Body)).Reason!.ToString()
            .Should().Be("proof.duplicate-header (header: webhook-id)");
        Verify(Received(upper.Add(default), message.Body)).IsValid.Should().BeTrue();
    }

    [Theory]
    [InlineData("canonical", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", true)]
    [InlineData("other trailing bits", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=", false)]
    [InlineData("no padding", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE", false)]
    [InlineData("the alphabet of addresses", "v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [InlineData("white space inside", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE\t", false)]
    [InlineData("a version in upper case", "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    public void A_signature_has_one_spelling(string because, string signatures, bool valid) =>
        Verify(Message(signatures: signatures)).IsValid.Should().Be(valid, because);

    [Fact]
    public void Nothing_shows_a_secret()
    {
        KeyRing ring = new(Key);

        $"{Key} {Key.Material} {ring} {Verify(Message(), ring)}".Should().NotContain("MfKQ").And.Contain("[secret]");
        typeof(ProofSecret).GetProperties().Should().OnlyContain(static p => p.PropertyType == typeof(bool));
    }

    [Fact]
    public void An_erased_secret_verifies_nothing()
    {
        ProofKey key = StandardWebhooks.Key(new("k"), StandardWebhooksVectors.Secret);
        Verify(Message(), new KeyRing(key)).IsValid.Should().BeTrue();

        ((ProofSecret)key.Material).Erase();

        Verify(Message(), new KeyRing(key)).Reason!.Code.Should().Be(ProofReasons.ConfigurationError);
    }

    private static EvidenceVerdict Verify(EvidenceInput input) => Verify(input, new KeyRing(Key));

    private static EvidenceVerdict Verify(EvidenceInput input, KeyRing keys) =>
        EvidenceSchemes.Default.Verify(input, keys);

    private static EvidenceInput Message(string signatures = StandardWebhooksVectors.Signature) => Input(
        StandardWebhooksVectors.Id, StandardWebhooksVectors.Sent, signatures, StandardWebhooksVectors.Body, Now);

    private static EvidenceInput Input(
        string? id, string? timestamp, string? signatures, string body, Instant at) => new()
        {
            Kind = "order-paid",
            Scheme = SchemeId.StandardWebhooks,
            Headers =
        [
            new(StandardWebhooks.IdHeader, id!),
            new(StandardWebhooks.TimestampHeader, timestamp!),
            new(StandardWebhooks.SignatureHeader, signatures!),
        ],
            Body = Encoding.UTF8.GetBytes(body),
            ReceivedAt = at,
        };

    private static EvidenceInput Received(ValueList<EvidenceHeader> headers, ReadOnlyMemory<byte> body) => new()
    {
        Kind = "order-paid",
        Scheme = SchemeId.StandardWebhooks,
        Headers = headers,
        Body = body,
        ReceivedAt = Now,
    };
}
