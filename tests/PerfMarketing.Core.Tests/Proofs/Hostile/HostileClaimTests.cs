using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Claims;

namespace PerfMarketing.Tests.Proofs.Hostile;

/// <summary>What messages claim is read in one way, compared with what happened, and shown without harm.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The attempts must come out the same each time.")]
public sealed class HostileClaimTests
{
    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_800_000_000);

    // The same digits are other money in another currency, whichever piece is read first.
    [Fact]
    public void Minor_units_are_of_the_currency_that_each_message_names()
    {
        ProofSubject subject = ProofSubject.Of(new()
        {
            Id = new("o1"), At = Now, Kind = OutcomeKind.Sale, Value = 49.90m.Eur,
        }) with
        {
            Uses = ["amount"],
            Fields = [new("amount", "claim:sum") { Unit = ClaimUnit.Minor }],
        };
        EvidenceVerdict euro = Says("e-1") with { Claims = [new("sum", "4990"), new("currency", "EUR")] };
        EvidenceVerdict yen = Says("e-2") with { Claims = [new("sum", "4990"), new("currency", "JPY")] };
        ProofPolicy policy = ProofPolicy.Require("paid");

        policy.Judge(subject, [euro], Now).Should().BeOfType<Qualification.Qualified>();
        policy.Judge(subject, [euro, yen], Now).Should().BeOfType<Qualification.Disputed>();
        policy.Judge(subject, [euro, yen with { ReplayKey = new("e-0") }], Now).Should()
            .BeOfType<Qualification.Disputed>();
    }

    // A sender signs anew, today, what happened long ago.
    [Theory]
    [InlineData("2027-01-15T08:00:00Z", nameof(Qualification.Qualified))]
    [InlineData("2027-01-15T09:00:00Z", nameof(Qualification.Qualified))]
    [InlineData("2027-01-15T09:00:01Z", nameof(Qualification.Disputed))]
    [InlineData("2027-01-15T10:00:00+02:00", nameof(Qualification.Qualified))]
    [InlineData("1800000000", nameof(Qualification.Qualified))]
    [InlineData("2026-01-15T08:00:00Z", nameof(Qualification.Disputed))]
    [InlineData("2027-01-15T08:00:00", nameof(Qualification.Pending))]
    [InlineData("yesterday", nameof(Qualification.Pending))]
    [InlineData("9999-12-31T23:59:59-18:00", nameof(Qualification.Disputed))]
    [InlineData("-9998-01-01T00:00:00+18:00", nameof(Qualification.Disputed))]
    public void What_happened_at_another_time_is_no_proof(string occurredAt, string expected)
    {
        Now.Should().Be(Instant.FromUtc(2027, 1, 15, 8, 0));
        ProofPolicy policy = ProofPolicy.Require("paid") with
        {
            Claims = [new("occurred-at") { Matches = OutcomeClaims.OccurredAt, Tolerance = 3_600 }],
        };
        ProofSubject subject = ProofSubject.Of(new() { Id = new("o1"), At = Now, Kind = OutcomeKind.Sale });

        policy.Judge(subject, [Says("e-1") with { Claims = [new("occurred-at", occurredAt)] }], Now).GetType()
            .Name.Should().Be(expected);
    }

    // What a stranger writes is shown to people and put into logs: it adds no line and hides nothing.
    [Theory]
    [InlineData("bounced", "bounced")]
    [InlineData("ausgeliefert \u00e9", "ausgeliefert \u00e9")]
    [InlineData("a\nproof.ok", "a\\u000aproof.ok")]
    [InlineData("\u202edereviled\0", "\\u202edereviled\\u0000")]
    public void A_reason_shows_what_strangers_wrote_on_one_line(string state, string shown)
    {
        ProofPolicy policy = ProofPolicy.Require("paid") with { States = ["delivered"] };
        string Reason(string text) => policy.Judge(Now, [Says("e-1") with { State = text }], Now)
            .Should().BeOfType<Qualification.Pending>().Which.Reasons.Single().ToString();

        Reason(state).Should().Be($"proof.state-refused (state: {shown})");
        Reason(new string('\n', 512)).Length.Should().BeLessThan(300);
    }

    // Plain numbers are read here, the others by the platform: both mean the same.
    [Fact]
    public void A_plain_number_is_what_the_platform_reads()
    {
        System.Random random = new(20_261_122);
        for (int i = 0; i < 200_000; i++)
        {
            char[] text = new char[random.Next(1, 22)];
            for (int at = 0; at < text.Length; at++)
            {
                text[at] = random.Next(40) == 0
                    ? "+- ,e"[random.Next(5)]
                    : "0123456789."[random.Next(at == 0 ? 11 : 10)];
            }

            if (random.Next(2) == 0)
            {
                text[random.Next(text.Length)] = '.';
            }

            string number = new(text);
            bool isNumber = decimal.TryParse(
                number,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out decimal expected);

            ClaimNumber.TryRead(number, ClaimUnit.Text, 0, out decimal read).Should().Be(isNumber, number);
            read.Should().Be(expected, number);
            read.ToString(CultureInfo.InvariantCulture).Should().Be(
                expected.ToString(CultureInfo.InvariantCulture), number);
        }
    }

    private static EvidenceVerdict Says(string id) => new()
    {
        Kind = "paid",
        Scheme = SchemeId.Jws,
        Authenticity = Authenticity.Valid,
        Strength = ProofStrength.Mac,
        Party = new PartyId("shop"),
        ReplayKey = new EvidenceId(id),
        ReceivedAt = Now,
    };
}
