using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs;

public sealed class KeyRotationTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 3, 12, 0);
    private static readonly ProofKey Old = StandardWebhooks.Key(new("2025"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static readonly ProofKey New = StandardWebhooks.Key(new("2026"), "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");

    // Columns: what is done, the state of the old key, whether its messages verify, whether it signs.
    [Theory]
    [InlineData("before the rotation", ProofKeyState.Active, true, true)]
    [InlineData("while the sender changes over", ProofKeyState.Retiring, true, false)]
    [InlineData("after the old key leaked", ProofKeyState.Revoked, false, false)]
    public void Keys_rotate_without_a_gap(string because, ProofKeyState state, bool verifies, bool signs)
    {
        ProofKey old = Old with { State = state };
        KeyRing keys = new(New, old);

        Verify(Old, keys).IsValid.Should().Be(verifies, because);
        Verify(New, keys).IsValid.Should().BeTrue(because);
        Verify(New, keys).Key.Should().Be(New.Id, because);
        Succeeds(() => StandardWebhooks.Sign(old, new("m"), Now, [])).Should().Be(signs, because);
    }

    [Theory]
    [InlineData("before it counts", -1, ProofReasons.RetiredKey)]
    [InlineData("at its beginning", 0, null)]
    [InlineData("just before its end", 3_599, null)]
    [InlineData("at its end", 3_600, ProofReasons.RetiredKey)]
    public void A_key_counts_from_its_beginning_to_before_its_end(string because, int seconds, string? code)
    {
        ProofKey key = New with
        {
            NotBefore = Now - Duration.FromSeconds(seconds),
            NotAfter = Now + Duration.FromSeconds(3_600 - seconds),
        };

        (Verify(New, new(key)).Reason?.Code).Should().Be(code, because);
    }

    [Fact]
    public void A_revoked_key_flags_what_it_verified_and_undoes_nothing()
    {
        EvidenceVerdict before = Verdict("e1", "2025", Now - Duration.FromDays(2));
        EvidenceVerdict after = Verdict("e2", "2025", Now);
        EvidenceVerdict other = Verdict("e3", "2026", Now);
        EvidenceVerdict invalid = Verdict("e4", "2025", Now) with { Authenticity = Authenticity.Invalid };
        (OutcomeId, EvidenceVerdict)[] evidence =
        [
            (new("o2"), after), (new("o1"), before), (new("o3"), other), (new("o4"), invalid), (new("o2"), after),
        ];
        ProofKey revoked = Old with { State = ProofKeyState.Revoked };

        KeyReview.Of(new(revoked, New), evidence).Select(static r => (r.Outcome.Value, r.Evidence.Value, r.Key.Value))
            .Should().Equal(("o1", "e1", "2025"), ("o2", "e2", "2025"));
        KeyReview.Of(new(revoked with { DoubtedFrom = Now }, New), evidence).Select(static r => r.Evidence.Value)
            .Should().Equal("e2");
        KeyReview.Of(new(Old, New), evidence).Should().BeEmpty("no key is revoked");
        KeyReview.Of(new(revoked with { Scheme = SchemeId.Stripe }), evidence).Should().BeEmpty("a key has one scheme");
        KeyReview.Of(KeyRing.Empty, []).Should().BeEmpty();
    }

    [Fact]
    public void Nothing_prints_a_secret()
    {
        ProofKey[] keys =
        [
            Old, Stripe.Key(new("s"), "MfKQ9r8GKYqrTwjUPD8"), Pm1.Key(new("p"), "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            BearerToken.Instance.ReadKey(new("b"), "MfKQ9r8GKYqrTwjUPD8"),
        ];
        Exception? refused = Record.Exception(
            () => Pm1.Sign(keys[2], new()
            {
                Contract = new("c"),
                Kind = "k",
                EventId = new("e"),
                OccurredAt = Now,
                IssuedAt = Now,
                Nonce = "x",
            }));

        foreach (string text in keys.Select(static k => k.ToString())
            .Append(new KeyRing(keys.AsSpan()).ToString()).Append(refused!.ToString()))
        {
            text.Should().NotContain("MfKQ");
        }
    }

    // What a debugger shows of an object: its text, and members that are not hidden from it.
    [Fact]
    public void No_debugger_shows_a_secret()
    {
        Type[] materials = [.. typeof(ProofMaterial).Assembly.GetTypes().Where(typeof(ProofMaterial).IsAssignableFrom)];
        FieldInfo[] shown = [.. materials
            .SelectMany(static t => t.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(static f => !f.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Where(static f => f.GetCustomAttribute<DebuggerBrowsableAttribute>() is null)];

        materials.Should().HaveCountGreaterThan(3);
        materials.Where(static t => !t.IsAbstract && t.GetCustomAttribute<DebuggerDisplayAttribute>() is null)
            .Should().BeEmpty();
        shown.Select(static f => f.FieldType).Should()
            .OnlyContain(static t => t == typeof(bool) || t == typeof(int) || t == typeof(Lazy<bool>));
        materials.SelectMany(static t => t.GetProperties(BindingFlags.Instance | BindingFlags.Public))
            .Select(static p => p.PropertyType).Should()
            .OnlyContain(static t => t == typeof(bool) || t == typeof(string));
    }

    [Fact]
    public void An_erased_secret_verifies_nothing_more()
    {
        ProofKey key = Stripe.Key(new("s"), "whsec_0123456789abcdef");
        ProofSecret secret = (ProofSecret)key.Material;
        byte[] mac = new byte[ProofSecret.MacLengthMax];

        secret.TryMac(ProofAlgorithm.HmacSha256, [1], mac, out int length).Should().BeTrue();
        length.Should().Be(32);
        secret.TryMac(ProofAlgorithm.EcdsaP256Sha256, [1], mac, out _).Should().BeFalse("that is no code");
        secret.IsText("whsec_0123456789abcdef").Should().BeTrue();
        secret.Erase();
        secret.TryMac(ProofAlgorithm.HmacSha256, [1], mac, out _).Should().BeFalse();
        secret.IsText("whsec_0123456789abcdef").Should().BeFalse();
        secret.IsText(new string('\0', 22)).Should().BeFalse("zeros are not the secret either");
    }

    private static bool Succeeds(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static EvidenceVerdict Verify(ProofKey signer, KeyRing keys)
    {
        byte[] body = Encoding.UTF8.GetBytes("{}");
        return EvidenceSchemes.Default.Verify(
            new()
            {
                Kind = "order-paid",
                Scheme = SchemeId.StandardWebhooks,
                ReceivedAt = Now,
                Headers = StandardWebhooks.Sign(signer, new("m"), Now, body),
                Body = body,
            },
            keys);
    }

    private static EvidenceVerdict Verdict(string id, string key, Instant at) =>
        EvidenceVerdict.Asserted("order-paid", new(id), at) with
        {
            Scheme = SchemeId.StandardWebhooks,
            Key = new KeyId(key),
        };
}
