using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Delivery;
using PerfMarketing.Proofs.Validation;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Proofs.Delivery;

public sealed class DeliveryTermsTests
{
    private static readonly DeliveryTerms Dlr = new("dlr-text", "stat");

    [Theory]
    [InlineData("DELIVRD", EvidenceFinding.Happened, "delivered")]
    [InlineData("ENROUTE", EvidenceFinding.Undecided, "sent")]
    [InlineData("ACCEPTD", EvidenceFinding.Undecided, "accepted")]
    [InlineData("UNKNOWN", EvidenceFinding.Undecided, "unknown")]
    [InlineData("EXPIRED", EvidenceFinding.Failed, "expired")]
    [InlineData("UNDELIV", EvidenceFinding.Failed, "failed")]
    public void Only_delivered_counts_unless_the_contract_names_more(
        string status, EvidenceFinding finding, string state) =>
        Dlr.Apply(Message(("stat", status))).Should().BeEquivalentTo(new { Finding = finding, State = state });

    [Fact]
    public void Accepted_counts_only_where_the_contract_names_it_and_sent_does_not_come_with_it()
    {
        DeliveryTerms lax = Dlr with { Counts = [DeliveryOutcome.Accepted, DeliveryOutcome.Delivered] };

        lax.Read("ACCEPTD").Finding.Should().Be(EvidenceFinding.Happened);
        lax.Read("DELIVRD").Finding.Should().Be(EvidenceFinding.Happened);
        lax.Read("ENROUTE").Finding.Should().Be(EvidenceFinding.Undecided);
    }

    [Fact]
    public void What_was_read_was_delivered_unless_machines_read_it()
    {
        new DeliveryTerms("twilio-message", "MessageStatus").Read("read").Finding
            .Should().Be(EvidenceFinding.Happened);
        DeliveryTerms mail = new("sendgrid", "event");
        mail.Read("open").Finding.Should().Be(EvidenceFinding.Undecided, "mail proxies open messages");
        mail.Read("click").Finding.Should().Be(EvidenceFinding.Undecided, "scanners click");
        (mail with { Counts = [DeliveryOutcome.Read] }).Read("open").Finding.Should().Be(EvidenceFinding.Happened);
        (mail with { Counts = [DeliveryOutcome.Read] }).Read("delivered").Finding
            .Should().Be(EvidenceFinding.Undecided, "delivered is below what the contract asks for");
    }

    [Fact]
    public void A_status_that_the_signature_does_not_cover_is_not_read()
    {
        EvidenceVerdict verdict = Message() with { Uncovered = [new("stat", "DELIVRD")] };

        Dlr.Apply(verdict).Finding.Should().Be(EvidenceFinding.Undecided);
        Dlr.Apply(Message(("stat", "DELIVRD"), ("stat", "UNDELIV"))).Finding.Should().Be(EvidenceFinding.Undecided);
        EvidenceVerdict forged = verdict with { Authenticity = Authenticity.Invalid };
        Dlr.Apply(forged).Should().BeSameAs(forged);
    }

    [Theory]
    [InlineData("claim:dlr", "dlr")]
    [InlineData("form:dlr", "form:dlr")]
    public void A_status_is_read_from_where_the_contract_says(string from, string claim)
    {
        Dlr.Apply(Message((claim, "UNDELIV")), [new("stat", from)]).Finding.Should().Be(EvidenceFinding.Failed);
        Dlr.Apply(Message((claim, "DELIVRD")), [new("stat", from)]).Finding.Should().Be(EvidenceFinding.Happened);
    }

    [Fact]
    public void A_contract_replaces_single_statuses()
    {
        DeliveryTerms own = Dlr with { Statuses = [new("acceptd", DeliveryOutcome.Delivered)] };

        own.Read("ACCEPTD").Finding.Should().Be(EvidenceFinding.Happened);
        own.Read("DELIVRD").Finding.Should().Be(EvidenceFinding.Happened);
    }

    [Fact]
    public void Terms_survive_being_written_and_read()
    {
        DeliveryTerms terms = Dlr with
        {
            Counts = [DeliveryOutcome.Accepted],
            Statuses = [new("OPENED", DeliveryOutcome.Read) { IsWeak = true, IsFinal = true }],
        };

        TermJson.Parse(TermJson.Write(terms), DeliveryTerms.Read).Should().Be(terms);
        TermJson.Write(Dlr).Should().Be("""{"table":"dlr-text","field":"stat"}""");
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        DeliveryTerms wrong = new("smtp", string.Empty)
        {
            Counts = [DeliveryOutcome.Failed],
            Statuses = [new("A", DeliveryOutcome.Read), new("a", DeliveryOutcome.Read)],
        };

        new DeliveryTermsValidator().Validate(wrong).Errors.Select(static e => e.ErrorCode).Should().BeEquivalentTo(
            DeliveryCodes.TableUnknown, DeliveryCodes.FieldMissing, DeliveryCodes.CountsInvalid,
            DeliveryCodes.StatusesInvalid);
        new DeliveryTermsValidator().Validate(Dlr).IsValid.Should().BeTrue();
    }

    private static EvidenceVerdict Message(params (string Name, string Value)[] claims) =>
        EvidenceVerdict.Asserted("sms-status", new("m1"), Instant.FromUtc(2026, 3, 1, 9, 0)) with
        {
            Claims = claims.Select(static c => new EvidenceClaim(c.Name, c.Value)).ToValueList(),
        };
}
