using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs;

public sealed class EvidenceTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 3, 12, 0);

    [Theory]
    [InlineData("a kind", "order-paid", true)]
    [InlineData("an integrator's", "acme.order-paid2", true)]
    [InlineData("64 letters", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true)]
    [InlineData("65 letters", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("nothing", "", false)]
    [InlineData("upper case", "Order", false)]
    [InlineData("a space", "order paid", false)]
    [InlineData("a hyphen in front", "-order", false)]
    [InlineData("another alphabet", "ordér", false)]
    public void Names_are_short_and_plain(string because, string text, bool valid)
    {
        EvidenceKind.TryParse(text, null, out EvidenceKind kind).Should().Be(valid, because);
        SchemeId.TryParse(text, null, out SchemeId scheme).Should().Be(valid, because);
        kind.IsUnset.Should().Be(!valid, because);
        kind.ToString().Should().Be(valid ? text : string.Empty, because);
        scheme.ToString().Should().Be(kind.ToString(), because);
        if (!valid)
        {
            FluentActions.Invoking(() => EvidenceKind.Parse(text)).Should().Throw<FormatException>(because);
            FluentActions.Invoking(() => SchemeId.Parse(text)).Should().Throw<FormatException>(because);
        }
    }

    [Fact]
    public void An_unknown_scheme_is_named_and_not_judged()
    {
        EvidenceInput input = new() { Kind = "order-paid", Scheme = "acme.callback", ReceivedAt = Now };

        EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(input, KeyRing.Empty);

        verdict.Authenticity.Should().Be(Authenticity.Indeterminate);
        verdict.Reason!.ToString().Should().Be("proof.unknown-scheme (scheme: acme.callback)");
        StandardWebhooks.V1.Verify(input, KeyRing.Empty).Should().Be(verdict);
    }

    [Fact]
    public void The_host_asserts_under_an_id()
    {
        EvidenceInput input = new()
        {
            Kind = "order-paid",
            Scheme = SchemeId.Asserted,
            Id = new EvidenceId("psp-991"),
            ReceivedAt = Now,
        };

        EvidenceSchemes.Default.Verify(input, KeyRing.Empty).Should()
            .Be(EvidenceVerdict.Asserted("order-paid", new("psp-991"), Now));
    }

    [Fact]
    public void A_scheme_of_the_host_joins_the_catalog()
    {
        EvidenceSchemes schemes = EvidenceSchemes.Default.With(new Callback("acme.callback"));
        EvidenceInput input = new() { Kind = "order-paid", Scheme = "acme.callback", ReceivedAt = Now };

        schemes.Ids.Should().Equal([.. EvidenceSchemes.Default.Ids.Append("acme.callback").Order()]);
        schemes.Verify(input, KeyRing.Empty).Reason!.Code.Should().Be("acme.closed");
        FluentActions.Invoking(() => schemes.With(new Callback("acme.callback"))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => schemes.With(new Callback("callback"))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_ring_has_few_keys_with_ids_of_their_own()
    {
        ProofKey[] keys = [.. Enumerable.Range(0, 9).Select(static i => StandardWebhooks.Key(new($"k{i}"), "whsec_"))];

        new KeyRing(keys.AsSpan(0, 8)).Keys.Should().HaveCount(8);
        FluentActions.Invoking(() => new KeyRing(keys)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new KeyRing(keys[0], keys[0])).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("15 bytes", 15, false, false)]
    [InlineData("16 bytes", 16, true, false)]
    [InlineData("23 bytes", 23, true, false)]
    [InlineData("24 bytes", 24, true, true)]
    [InlineData("64 bytes", 64, true, true)]
    [InlineData("65 bytes", 65, false, false)]
    [InlineData("500 bytes", 500, false, false)]
    public void A_secret_has_a_length(string because, int length, bool verifies, bool signs)
    {
        byte[] bytes = new byte[length];
        foreach (ProofSecret secret in new[]
        {
            ProofSecret.FromBytes(bytes),
            ProofSecret.FromBase64(Convert.ToBase64String(bytes)),
            ProofSecret.FromBase64(Convert.ToBase64String(bytes).TrimEnd('=')),
        })
        {
            (secret.IsUsable, secret.CanSign).Should().Be((verifies, signs), because);
        }
    }

    private sealed class Callback(string id) : EvidenceScheme
    {
        public override SchemeId Id { get; } = id;

        protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys) =>
            Invalid(input, new("acme.closed"));
    }
}
