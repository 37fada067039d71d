using System.Text;
using System.Text.Json;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs;

public sealed class SendGridEventsTests
{
    private const string Signed = "1800000000";

    private static readonly Dictionary<string, JsonElement> Vectors =
        ProofVectors.ByName(ProofVectors.File("sendgrid-event-webhook"), "name");

    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_800_000_000);
    private static readonly KeyRing Keys = new(new ProofKey(new("test"), SchemeId.SendGrid, TestSigner.PublicKey));

    public static TheoryData<string> Names => [.. Vectors.Keys];

    // Source: vectors/sendgrid-event-webhook.json.
    [Theory]
    [MemberData(nameof(Names))]
    public void Vectors_are_judged_as_they_say(string name)
    {
        JsonElement vector = Vectors[name];
        string timestamp = ProofVectors.Text(vector, "timestamp");
        Instant at = long.TryParse(timestamp, out long seconds) ? Instant.FromUnixTimeSeconds(seconds) : Now;
        EvidenceInput input = ProofVectors.Input(
            SchemeId.SendGrid,
            Encoding.UTF8.GetBytes(ProofVectors.Text(vector, "body")),
            at,
            new(SendGridEvents.TimestampHeader, timestamp),
            new(SendGridEvents.SignatureHeader, ProofVectors.Text(vector, "signatureDerBase64")));
        ProofKey key = SendGridEvents.Key(new("sg"), ProofVectors.Text(vector, "publicKeySpkiBase64"));

        EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(input, new KeyRing(key));

        verdict.IsValid.Should().Be(ProofVectors.Text(vector, "expect") == "valid");
        if (name == "production-fixture-dropped-event")
        {
            verdict.State.Should().Be("dropped");
            verdict.Finding.Should().Be(EvidenceFinding.Failed, "a valid signature may say that it failed");
            verdict.ReplayKey.Should().Be(new EvidenceId("ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA"));
            verdict.Claims.Should().Contain(new EvidenceClaim("email", "hello@world.com"));
            verdict.Covered.Should().Equal("timestamp", "body");
            verdict.Strength.Should().Be(ProofStrength.Signature);
        }
    }

    [Theory]
    [InlineData("delivered", EvidenceFinding.Happened)]
    [InlineData("bounce", EvidenceFinding.Failed)]
    [InlineData("dropped", EvidenceFinding.Failed)]
    [InlineData("processed", EvidenceFinding.Undecided)]
    [InlineData("deferred", EvidenceFinding.Undecided)]
    [InlineData("open", EvidenceFinding.Undecided)]
    [InlineData("Delivered", EvidenceFinding.Undecided)]
    public void Only_delivered_says_that_it_happened(string state, EvidenceFinding finding)
    {
        EvidenceVerdict verdict = Verify($$"""[{"event":"{{state}}","sg_event_id":"e"}]""");

        verdict.State.Should().Be(state);
        verdict.Finding.Should().Be(finding);
    }

    [Fact]
    public void Each_event_of_a_list_has_its_verdict()
    {
        EvidenceInput input = Input(
            """[{"event":"delivered","sg_event_id":"a"},{"event":"bounce","sg_event_id":"b"},{"event":"open"},7]""");

        EvidenceVerdict whole = EvidenceSchemes.Default.Verify(input, Keys);
        ValueList<EvidenceVerdict> each = SendGridEvents.Instance.VerifyEach(input, Keys);

        whole.IsValid.Should().BeTrue();
        whole.Finding.Should().Be(EvidenceFinding.Undecided, "several events have several ends");
        whole.Claims.Should().BeEmpty();
        each.Select(static v => (v.State, v.Finding)).Should().Equal(
            ("delivered", EvidenceFinding.Happened), ("bounce", EvidenceFinding.Failed),
            ("open", EvidenceFinding.Undecided), (null, EvidenceFinding.Undecided));
        each.Take(2).Select(static v => v.ReplayKey!.Value.Value).Should().Equal("a", "b");
        each.Select(static v => v.ReplayKey).Should().OnlyHaveUniqueItems();
        each.Should().OnlyContain(static v => v.IsValid && v.Strength == ProofStrength.Signature);
    }

    [Fact]
    public void A_refused_body_has_one_verdict()
    {
        EvidenceInput input = Input("""[{"event":"delivered"},{"event":"open"}]""", Now + Duration.FromSeconds(301));

        SendGridEvents.Instance.VerifyEach(input, Keys).Should().ContainSingle()
            .Which.Reason!.Code.Should().Be(ProofReasons.TooOld);
    }

    [Theory]
    [InlineData("[", ProofReasons.Malformed)]
    [InlineData("""[{"event":"open","event":"delivered"}]""", ProofReasons.Malformed)]
    [InlineData("""[{"event":"open","sg_event_id":7}]""", ProofReasons.BadId)]
    [InlineData("[]", null)]
    public void A_signed_body_has_one_meaning(string body, string? code) =>
        (Verify(body).Reason?.Code).Should().Be(code);

    [Fact]
    public void A_list_is_bounded()
    {
        static string List(int count) => $"[{string.Join(',', Enumerable.Repeat("{}", count))}]";

        SendGridEvents.Instance.VerifyEach(Input(List(SendGridEvents.EventsMax)), Keys)
            .Should().HaveCount(SendGridEvents.EventsMax);
        Verify(List(SendGridEvents.EventsMax + 1)).Reason!.Code.Should().Be(ProofReasons.TooLarge);
    }

    [Theory]
    [InlineData(300, null)]
    [InlineData(301, ProofReasons.TooOld)]
    [InlineData(-300, null)]
    [InlineData(-301, ProofReasons.TooNew)]
    public void The_signed_time_is_near(int seconds, string? code)
    {
        EvidenceInput input = Input("[]", Now + Duration.FromSeconds(seconds));

        (EvidenceSchemes.Default.Verify(input, Keys).Reason?.Code).Should().Be(code);
    }

    [Fact]
    public void Headers_stand_once()
    {
        EvidenceInput input = Input("[]");
        string Code(ValueList<EvidenceHeader> headers) => EvidenceSchemes.Default.Verify(
            ProofVectors.Input(SchemeId.SendGrid, input.Body, Now, [.. headers]), Keys).Reason!.ToString();

        Code([]).Should().Be($"proof.missing-header (header: {SendGridEvents.TimestampHeader})");
        Code([input.Headers[0]]).Should().Be($"proof.missing-header (header: {SendGridEvents.SignatureHeader})");
        Code([.. input.Headers, input.Headers[1]]).Should()
            .Be($"proof.duplicate-header (header: {SendGridEvents.SignatureHeader})");
    }

    private static EvidenceVerdict Verify(string body) => EvidenceSchemes.Default.Verify(Input(body), Keys);

    private static EvidenceInput Input(string body, Instant? at = null) => ProofVectors.Input(
        SchemeId.SendGrid,
        Encoding.UTF8.GetBytes(body),
        at ?? Now,
        new(SendGridEvents.TimestampHeader, Signed),
        new(SendGridEvents.SignatureHeader, TestSigner.Der(Encoding.UTF8.GetBytes(Signed + body))));
}
