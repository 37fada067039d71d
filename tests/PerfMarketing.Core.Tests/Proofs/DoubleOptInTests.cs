using System.Text;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs;

public sealed class DoubleOptInTests
{
    private static readonly Instant Sent = Instant.FromUtc(2026, 3, 1, 12, 0);
    private static readonly ProofKey Key = DoubleOptIn.Key(new("k1"), ProofSecret.FromBytes(new byte[32]));
    private static readonly OptInRequest Request = new("spring-news", "c-4711", Sent, new("0123456789abcdef"));

    // Known answer: the layout of the payload and the code over it, computed with Python's hmac.
    private const string Known =
        "v1.b3B0LWluCnNwcmluZy1uZXdzCmMtNDcxMQoxNzcyMzY2NDAwCjE3NzIzNjY0MDEKMTc3Mjk3MTIwMAowMTIzNDU2Nzg5YWJjZGVm."
        + "c7b700df8153bea483c4b547c17a3d6f12fd25485fd63aabafd2af6447580c49";

    [Fact]
    public void A_token_has_one_form()
    {
        DoubleOptIn.Sign(Key, Request).Should().Be(Known);
    }

    [Fact]
    public void A_person_confirms_what_the_mail_asked()
    {
        EvidenceVerdict verdict = Verify(DoubleOptIn.Sign(Key, Request), 3_600);

        verdict.IsValid.Should().BeTrue(verdict.Reason?.ToString());
        verdict.Strength.Should().Be(ProofStrength.Mac);
        verdict.ReplayKey.Should().Be(Request.Nonce);
        verdict.AssertedAt.Should().Be(Sent);
        verdict.Claims.Should().Contain([new("list", "spring-news"), new("subject", "c-4711")]);
        verdict.State.Should().Be("confirmed");
    }

    [Theory]
    [InlineData("at once is a machine", 0, "proof.too-new")]
    [InlineData("a second is enough", 1, null)]
    [InlineData("the last second", 604_799, null)]
    [InlineData("a week is over", 604_800, "proof.too-old")]
    [InlineData("before the mail", -5, "proof.too-new")]
    public void A_token_is_good_for_a_time(string because, long second, string? code) =>
        Verify(DoubleOptIn.Sign(Key, Request), second).Reason?.Code.Should().Be(code, because);

    [Fact]
    public void Times_are_the_sender_s_choice()
    {
        string slow = DoubleOptIn.Sign(Key, Request with
        {
            NotBefore = Duration.FromMinutes(3),
            ValidFor = Duration.FromHours(1),
        });

        Verify(slow, 179).Reason!.Code.Should().Be(ProofReasons.TooNew);
        Verify(slow, 180).IsValid.Should().BeTrue();
        Verify(slow, 3_600).Reason!.Code.Should().Be(ProofReasons.TooOld);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("post")]
    [InlineData(null)]
    public void Only_a_post_confirms(string? method)
    {
        EvidenceInput input = Input(DoubleOptIn.Sign(Key, Request), 60, method);

        EvidenceSchemes.Default.Verify(input, new(Key)).Reason!.Code.Should().Be(ProofReasons.MethodRefused);
    }

    [Fact]
    public void Every_flipped_bit_and_every_cut_is_seen()
    {
        byte[] token = Encoding.ASCII.GetBytes(DoubleOptIn.Sign(Key, Request));
        for (int bit = 0; bit < token.Length * 8; bit++)
        {
            byte[] flipped = [.. token];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Verify(flipped, 60).IsValid.Should().BeFalse();
        }

        for (int length = 0; length < token.Length; length++)
        {
            Verify(token[..length], 60).IsValid.Should().BeFalse();
            Verify([.. token, .. token[..length], (byte)'=']).IsValid.Should().BeFalse();
        }
    }

    [Fact]
    public void Keys_rotate_and_another_purpose_has_another_key()
    {
        string token = DoubleOptIn.Sign(Key, Request);
        ProofKey other = Key with { Id = new("k2"), Material = ProofSecret.FromBytes([1, .. new byte[31]]) };

        Verify(token, 60, other, Key).Key.Should().Be(new KeyId("k1"));
        Verify(token, 60, other).Reason!.Code.Should().Be(ProofReasons.NoMatch);
        Verify(token, 60, Key with { State = ProofKeyState.Revoked }).Reason!.Code.Should().Be(ProofReasons.RetiredKey);
        Verify(token, 60, Key with { Scheme = SchemeId.Pm1 }).Reason!.Code.Should().Be(ProofReasons.UnknownKey);
        FluentActions.Invoking(() => DoubleOptIn.Sign(Key, Request with { List = "a\nb" }))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => DoubleOptIn.Sign(Key with { State = ProofKeyState.Retiring }, Request))
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_sign_up_is_proven_by_three_records()
    {
        ProofPolicy policy = new AllOf(
        [
            ProofPolicy.Require(DoubleOptIn.Requested, ProofStrength.Asserted),
            ProofPolicy.Require(DoubleOptIn.Delivered, ProofStrength.Asserted),
            ProofPolicy.Require(DoubleOptIn.Confirmed),
        ]);
        EvidenceVerdict asked = EvidenceVerdict.Asserted(DoubleOptIn.Requested, new("r1"), Sent);
        EvidenceVerdict mail = EvidenceVerdict.Asserted(DoubleOptIn.Delivered, new("m1"), Sent);
        EvidenceVerdict confirmed = Verify(DoubleOptIn.Sign(Key, Request), 60);
        Instant late = Sent.Plus(Duration.FromDays(1));

        policy.Judge(Sent, [asked, mail, confirmed, confirmed], late).Should().BeOfType<Qualification.Qualified>();
        policy.Judge(Sent, [mail, confirmed], late).Should().BeOfType<Qualification.Pending>()
            .Which.Missing.Should().Equal(DoubleOptIn.Requested);
    }

    private static EvidenceVerdict Verify(string token, long second, params ProofKey[] keys) =>
        Verify(Encoding.ASCII.GetBytes(token), second, keys);

    private static EvidenceVerdict Verify(byte[] token, long second = 60, params ProofKey[] keys) =>
        EvidenceSchemes.Default.Verify(Input(token, second, "POST"), new(keys.Length == 0 ? [Key] : keys));

    private static EvidenceInput Input(string token, long second, string? method) =>
        Input(Encoding.ASCII.GetBytes(token), second, method);

    private static EvidenceInput Input(byte[] token, long second, string? method) => new()
    {
        Kind = DoubleOptIn.Confirmed,
        Scheme = SchemeId.DoubleOptIn,
        ReceivedAt = Sent.Plus(Duration.FromSeconds(second)),
        Body = token,
        Request = method is null ? null : new(method, "https://shop.example/confirm"),
    };
}
