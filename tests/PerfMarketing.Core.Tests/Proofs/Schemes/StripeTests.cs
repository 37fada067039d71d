using System.Text;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs.Schemes;

public sealed class StripeTests
{
    private const string Secret = "webhook_secret";
    private const string Mac = "2220f87ef101a04665f11cdf770523143f875572008577fa0f20882ddb9cc3c7";
    private const string Old = "v0=63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef";
    private const string Good = $"t=1533204620,v1={Mac},{Old}";
    private const string Bad = "deadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
    private const long Sent = 1_533_204_620;

    private const string Event =
        """
        {
          "id": "evt_123",
          "object": "event",
          "account": "acct_123",
          "api_version": "2017-05-25",
          "created": 1533204620,
          "data": {
            "object": {
              "id": "cus_123",
              "object": "customer",
              "created": 123456789,
              "email": "test@stripe.com",
              "livemode": false,
              "metadata": {}
            }
          },
          "livemode": false,
          "pending_webhooks": 1,
          "request": {
            "id": "req_123",
            "idempotency_key": "idempotency-key-123"
          },
          "type": "customer.created"
        }

        """;

    // Source: vectors/stripe-signature.json. Columns: name, secret, what follows the event in the body, header, time of
    // receipt, reason (null: valid). Where the source leaves it open (the last three), ours is symmetric in time,
    // refuses a second t, and reads hexadecimal digits in either case.
    public static TheoryData<string, string, string, string, long, string?> Vectors => new()
    {
        { "known-answer", Secret, "", Good, 1_533_204_720, null },
        { "outdated", Secret, "", Good, 1_533_205_020, ProofReasons.TooOld },
        { "body-appended", Secret, "this_changes_the_json", Good, 1_533_204_720, ProofReasons.NoMatch },
        {
            "malformed-header:t=,v1=2220f8…,v0=63f3", Secret, "", $"t=,v1={Mac},v0=63f3", 1_533_204_720,
            ProofReasons.BadTimestamp
        },
        { "malformed-header:t,v1=,v0=", Secret, "", "t,v1=,v0=", 1_533_204_720, ProofReasons.BadTimestamp },
        { "malformed-header:t,v1=,v0", Secret, "", "t,v1=,v0", 1_533_204_720, ProofReasons.BadTimestamp },
        { "malformed-header:t,v1=,", Secret, "", "t,v1=,", 1_533_204_720, ProofReasons.BadTimestamp },
        { "malformed-header:t,,", Secret, "", "t,,", 1_533_204_720, ProofReasons.BadTimestamp },
        { "malformed-header:,,", Secret, "", ",,", 1_533_204_720, ProofReasons.BadTimestamp },
        { "malformed-header:t", Secret, "", "t", 1_533_204_720, ProofReasons.BadTimestamp },
        { "malformed-header:", Secret, "", "", 1_533_204_720, ProofReasons.BadTimestamp },
        {
            "malformed-header:I'm not even a real signature header", Secret, "", "I'm not even a real signature header",
            1_533_204_720, ProofReasons.BadTimestamp
        },
        { "malformed-header:bad_header", Secret, "", "bad_header", 1_533_204_720, ProofReasons.BadTimestamp },
        { "extra-bad-v1-still-valid", Secret, "", $"{Good},v1={Bad}", 1_533_204_720, null },
        { "extra-non-hex-v1", Secret, "", $"{Good},v1=potato", 1_533_204_720, null },
        { "v0-only", Secret, "", $"t=1533204620,v0={Mac}", 1_533_204_720, ProofReasons.NoSupportedScheme },
        { "wrong-secret", "wrong_secret", "", Good, 1_533_204_720, ProofReasons.NoMatch },
        { "empty-secret", "", "", Good, 1_533_204_720, ProofReasons.ConfigurationError },
        { "unpaired-surrogate-body", Secret, "\ud802", Good, 1_533_204_720, ProofReasons.NoMatch },
        { "secret-with-whitespace", "webhook_secret ", "", Good, 1_533_204_720, ProofReasons.NoMatch },
        { "future-within", Secret, "", Good, 1_533_204_320, null },
        { "duplicate-t", Secret, "", $"t=1,{Good}", 1_533_204_720, ProofReasons.BadTimestamp },
        { "uppercase-hex", Secret, "", $"t=1533204620,v1={Mac.ToUpperInvariant()}", 1_533_204_720, null },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Vectors_are_judged_as_they_say(
        string name, string secret, string appended, string header, long now, string? code)
    {
        EvidenceVerdict verdict = Verify(Event + appended, header, now, secret);

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

    [Fact]
    public void Time_and_body_are_covered_and_the_event_tells_repetitions()
    {
        EvidenceVerdict verdict = Verify(Event, Good, Sent);

        verdict.Strength.Should().Be(ProofStrength.Mac);
        verdict.Covered.Should().Equal("timestamp", "body");
        verdict.AssertedAt.Should().Be(Instant.FromUnixTimeSeconds(Sent));
        verdict.ReplayKey.Should().Be(new EvidenceId("evt_123"));
    }

    [Theory]
    [InlineData("300 s late", 300, null)]
    [InlineData("301 s late", 301, ProofReasons.TooOld)]
    [InlineData("300 s early", -300, null)]
    [InlineData("301 s early", -301, ProofReasons.TooNew)]
    public void The_edge_of_the_window_is_inside(string because, int seconds, string? code) =>
        (Verify(Event, Good, Sent + seconds).Reason?.Code).Should().Be(code, because);

    [Fact]
    public void Items_are_few()
    {
        string header = string.Join(',', Enumerable.Repeat($"v1={Bad}", 14));

        Verify(Event, $"t={Sent},v1={Mac},{header}", Sent).IsValid.Should().BeTrue();
        Verify(Event, $"t={Sent},v1={Mac},{header},v0=x", Sent).Reason!.Code
            .Should().Be(ProofReasons.TooManySignatures);
    }

    [Fact]
    public void A_large_body_is_verified_as_a_small_one_is()
    {
        string body = new('x', 200_000);
        ProofSecret secret = ProofSecret.FromText("whsec_0123456789abcdef");
        byte[] mac = new byte[ProofSecret.MacLengthMax];
        secret.TryMac(ProofAlgorithm.HmacSha256, Encoding.UTF8.GetBytes($"{Sent}.{body}"), mac, out int length);

        Verify(body, $"t={Sent},v1={Convert.ToHexString(mac, 0, length)}", Sent, "whsec_0123456789abcdef")
            .IsValid.Should().BeTrue();
    }

    private static EvidenceVerdict Verify(string body, string header, long now, string secret = Secret)
    {
        EvidenceInput input = new()
        {
            Kind = "order-paid",
            Scheme = SchemeId.Stripe,
            ReceivedAt = Instant.FromUnixTimeSeconds(now),
            Headers = [new("stripe-signature", header)],
            Body = Encoding.UTF8.GetBytes(body),
        };
        ProofKey key = Stripe.Key(new("s"), secret) with { Material = ProofSecret.FromText(secret, lengthMin: 8) };
        return EvidenceSchemes.Default.Verify(input, new(key));
    }
}
