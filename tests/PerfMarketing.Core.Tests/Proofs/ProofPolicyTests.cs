using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;

namespace PerfMarketing.Tests.Proofs;

public sealed class ProofPolicyTests
{
    private static readonly Instant Sold = Instant.FromUtc(2026, 3, 3, 12, 0);
    private static readonly RequiredProof Policy = ProofPolicy.Require("order-paid", within: Duration.FromDays(14));
    private static readonly Instant End = Sold + Duration.FromDays(14);

    [Fact]
    public void Without_a_policy_an_outcome_qualifies_when_it_occurs() =>
        ProofPolicy.None.Judge(Sold, [], Sold).Should().Be(new Qualification.Qualified(Sold, []));

    [Fact]
    public void The_first_valid_evidence_qualifies_at_its_receipt()
    {
        Qualification decision = Policy.Judge(Sold, [Paid("b", day: 3), Paid("a", day: 2)], End);

        decision.Should().Be(new Qualification.Qualified(Sold + Duration.FromDays(2), [new("a")]));
    }

    [Fact]
    public void Nothing_qualifies_before_it_occurs() =>
        Policy.Judge(Sold, [Paid("a", day: -1)], Sold).Should().Be(new Qualification.Qualified(Sold, [new("a")]));

    [Theory]
    [InlineData("at once", 0, "pending")]
    [InlineData("just before the end", (14 * 86_400) - 1, "pending")]
    [InlineData("at the end", 14 * 86_400, "rejected")]
    public void Without_evidence_it_waits_until_the_end(string because, int seconds, string expected)
    {
        Qualification decision = Policy.Judge(Sold, [], Sold + Duration.FromSeconds(seconds));

        Name(decision).Should().Be(expected, because);
    }

    [Fact]
    public void A_pending_decision_says_what_is_missing_and_until_when() =>
        Policy.Judge(Sold, [], Sold).Should().Be(new Qualification.Pending(["order-paid"], End, []));

    [Fact]
    public void Without_an_end_it_waits_for_ever()
    {
        Qualification decision = ProofPolicy.Require("order-paid").Judge(Sold, [], Instant.MaxValue);

        decision.Should().Be(new Qualification.Pending(["order-paid"], null, []));
        Policy.Judge(Instant.MaxValue, [], Sold).Should()
            .Be(new Qualification.Pending(["order-paid"], Instant.MaxValue, []));
    }

    [Fact]
    public void Evidence_at_the_end_is_too_late()
    {
        Qualification decision = Policy.Judge(Sold, [Paid("a", day: 14)], End + Duration.FromDays(1));

        decision.Should().BeOfType<Qualification.Rejected>().Which.Reasons.Select(static r => r.Code)
            .Should().Equal(ProofReasons.Late);
    }

    [Fact]
    public void Evidence_of_tomorrow_is_not_known_today() =>
        Policy.Judge(Sold, [Paid("a", day: 2)], Sold + Duration.FromDays(1)).Should()
            .Be(Policy.Judge(Sold, [], Sold + Duration.FromDays(1)));

    public static TheoryData<string, EvidenceVerdict, string> NotCounted => new()
    {
        { "another kind", Paid("a", 1) with { Kind = "order-shipped" }, "proof.other-kind (kind: order-shipped)" },
        { "no kind", Paid("a", 1) with { Kind = default }, "proof.other-kind (kind: )" },
        {
            "forged", Paid("a", 1) with { Authenticity = Authenticity.Invalid, Reason = new(ProofReasons.NoMatch) },
            "proof.no-match"
        },
        { "not judged", Paid("a", 1) with { Authenticity = Authenticity.Indeterminate }, "proof.not-valid" },
        {
            "too weak", Paid("a", 1) with { Strength = ProofStrength.WeakMac },
            "proof.too-weak (strength: weak-mac, required: mac)"
        },
        {
            "no strength", Paid("a", 1) with { Strength = ProofStrength.None },
            "proof.too-weak (strength: none, required: mac)"
        },
        {
            "a strength that does not exist", Paid("a", 1) with { Strength = (ProofStrength)99 },
            "proof.too-weak (strength: none, required: mac)"
        },
        {
            "another scheme", Paid("a", 1) with { Scheme = "acme.callback" },
            "proof.scheme-refused (scheme: acme.callback)"
        },
        { "no id", Paid("a", 1) with { ReplayKey = null }, "proof.no-replay-key" },
        { "an unset id", Paid("a", 1) with { ReplayKey = default(EvidenceId) }, "proof.no-replay-key" },
        {
            "the host's word", EvidenceVerdict.Asserted("order-paid", new("a"), Sold),
            "proof.scheme-refused (scheme: asserted)"
        },
    };

    [Theory]
    [MemberData(nameof(NotCounted))]
    public void What_does_not_count_is_named_and_changes_nothing(string because, EvidenceVerdict verdict, string reason)
    {
        RequiredProof policy = Policy with { Schemes = [SchemeId.StandardWebhooks] };
        Instant asOf = Sold + Duration.FromDays(2);

        policy.Judge(Sold, [verdict], asOf).Should().BeOfType<Qualification.Pending>(because)
            .Which.Reasons.Select(static r => r.ToString()).Should().Equal(new[] { reason }, because);
        policy.Judge(Sold, [verdict, Paid("good", 1)], asOf).Should()
            .Be(new Qualification.Qualified(Sold + Duration.FromDays(1), [new("good")]), because);
        policy.Judge(Sold, [verdict], End).Should().BeOfType<Qualification.Rejected>(because)
            .Which.Reasons.Select(static r => r.Code).First().Should().Be(ProofReasons.Expired, because);
    }

    [Fact]
    public void The_word_of_the_host_counts_where_the_policy_says_so()
    {
        EvidenceVerdict said = EvidenceVerdict.Asserted("order-paid", new("psp-991"), Sold + Duration.FromHours(1));

        (Policy with { MinStrength = ProofStrength.Asserted }).Judge(Sold, [said, said], End).Should()
            .Be(new Qualification.Qualified(Sold + Duration.FromHours(1), [new("psp-991")]));
        Name(Policy.Judge(Sold, [said], Sold + Duration.FromDays(1))).Should().Be("pending");
    }

    [Theory]
    [InlineData("no kind", "", ProofStrength.Mac)]
    [InlineData("no strength of ours", "order-paid", (ProofStrength)99)]
    public void A_policy_that_is_not_valid_lets_nothing_pass(string because, string kind, ProofStrength minStrength)
    {
        EvidenceKind of = kind.Length == 0 ? default : new(kind);
        RequiredProof policy = new(of) { MinStrength = minStrength };

        Name(policy.Judge(Sold, [Paid("a", 1) with { Kind = of }], End)).Should().Be("pending", because);
    }

    [Fact]
    public void A_repetition_counts_once_and_another_content_disputes()
    {
        EvidenceVerdict first = Paid("a", day: 1);
        EvidenceVerdict retry = Paid("a", day: 2);
        EvidenceVerdict other = retry with { Content = Digest.Of("refunded"u8) };

        Policy.Judge(Sold, [retry, first, retry], End).Should().Be(Policy.Judge(Sold, [first], End));
        Policy.Judge(Sold, [first, Paid("b", 3), other], End).Should().BeOfType<Qualification.Disputed>()
            .Which.Reasons.Select(static r => r.ToString()).Should().Equal("proof.replay-conflict (evidence: a)");
    }

    [Fact]
    public void One_id_of_two_parties_is_two_pieces_of_evidence()
    {
        EvidenceVerdict shop = Paid("a", day: 1) with { Party = new PartyId("shop") };
        EvidenceVerdict bank = Paid("a", day: 2) with { Party = new PartyId("bank"), Content = Digest.Of("paid"u8) };

        Name(Policy.Judge(Sold, [shop, bank], End)).Should().Be("qualified");
    }

    [Fact]
    public void Reasons_are_bounded_and_sorted()
    {
        EvidenceVerdict[] flood =
        [
            .. Enumerable.Range(0, 1_000).Select(static i => Paid("a", 1) with { Kind = $"k{i}" }),
        ];

        Policy.Judge(Sold, flood, End).Should().BeOfType<Qualification.Rejected>()
            .Which.Reasons.Count.Should().Be(1 + RequiredProof.ReasonCountMax);
        Policy.Judge(Sold, flood, End).Should().Be(Policy.Judge(Sold, flood.Reverse(), End));
    }

    internal static string Name(Qualification decision) => decision.Match(
        qualified: static _ => "qualified",
        pending: static _ => "pending",
        rejected: static _ => "rejected",
        disputed: static _ => "disputed");

    internal static EvidenceVerdict Paid(string id, int day) => new()
    {
        Kind = "order-paid",
        Scheme = SchemeId.StandardWebhooks,
        Authenticity = Authenticity.Valid,
        Strength = ProofStrength.Mac,
        Key = new KeyId("k"),
        Covered = ["id", "timestamp", "body"],
        ReplayKey = new EvidenceId(id),
        Content = Digest.Of("paid"u8),
        ReceivedAt = Sold + Duration.FromDays(day),
    };
}
