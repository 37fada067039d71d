using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;
using static PerfMarketing.Tests.Proofs.ProofPolicyTests;

namespace PerfMarketing.Tests.Proofs;

public sealed class ProofAlgebraTests
{
    private static readonly Instant Sold = Instant.FromUtc(2026, 3, 3, 12, 0);
    private static readonly Instant Later = Sold + Duration.FromDays(40);

    private static readonly ProofSubject Subject = ProofSubject.Of(new Outcome
    {
        Id = new("o1"),
        At = Sold,
        Kind = OutcomeKind.Sale,
        Value = 49.90m.Eur,
        OrderId = new OrderId("A-7"),
        Facts = [Facts.CallSeconds.Of(95)],
    }) with
    {
        Beneficiaries = [new("p-blog")],
    };

    private static readonly RequiredProof Paid = ProofPolicy.Require("paid", within: Duration.FromDays(14));
    private static readonly ProofPolicy Shipped = ProofPolicy.Require("shipped", within: Duration.FromDays(30));
    private static readonly ProofPolicy Kept = ProofPolicy.Require("kept");

    [Fact]
    public void All_of_qualifies_with_the_last_and_names_what_is_missing()
    {
        AllOf policy = ProofPolicy.All(Paid, Shipped);

        Judge(policy, Sold, []).Should().Be(new Qualification.Pending(["paid", "shipped"], Day(14), []));
        Judge(policy, Day(2), Says("paid", "a", 1)).Should()
            .Be(new Qualification.Pending(["shipped"], Day(30), []));
        Judge(policy, Later, Says("paid", "a", 1), Says("shipped", "b", 5)).Should()
            .Be(new Qualification.Qualified(Day(5), [new("a"), new("b")]));
        Reasons(Judge(policy, Day(14), Says("shipped", "b", 5))).Should().Equal(ProofReasons.Expired);
    }

    [Fact]
    public void Any_of_qualifies_with_the_first_and_waits_for_the_longest()
    {
        AnyOf policy = ProofPolicy.Any(Paid, Shipped);

        Judge(policy, Sold, []).Should().Be(new Qualification.Pending(["paid", "shipped"], Day(30), []));
        Judge(policy, Later, Says("paid", "a", 6), Says("shipped", "b", 5)).Should()
            .Be(new Qualification.Qualified(Day(5), [new("b")]));
        Judge(policy, Day(20), []).Should().BeOfType<Qualification.Pending>()
            .Which.Missing.Should().Equal(new EvidenceKind("shipped"));
        Reasons(Judge(policy, Day(30), [])).Should().Equal(ProofReasons.Expired, ProofReasons.Expired);
    }

    [Fact]
    public void At_least_counts_whichever_they_are()
    {
        ProofPolicy policy = ProofPolicy.Some(2, Paid, Shipped, Kept);

        Judge(policy, Later, Says("kept", "k", 3), Says("shipped", "s", 2)).Should()
            .Be(new Qualification.Qualified(Day(3), [new("s"), new("k")]));
        Judge(policy, Sold, []).Should().Be(new Qualification.Pending(["paid", "shipped", "kept"], Day(30), []));
        Name(Judge(policy, Day(30), Says("kept", "k", 3))).Should().Be("rejected");
    }

    [Fact]
    public void Policies_nest()
    {
        AnyOf policy = ProofPolicy.Any(ProofPolicy.All(Paid, Shipped), ProofPolicy.All(Paid, Kept));

        Name(Judge(policy, Later, Says("shipped", "s", 1), Says("kept", "k", 1))).Should().Be("rejected");
        Judge(policy, Later, Says("paid", "p", 1), Says("kept", "k", 9)).Should()
            .Be(new Qualification.Qualified(Day(9), [new("p"), new("k")]));
    }

    [Fact]
    public void Silence_that_approves_inside_others_counts_at_its_end()
    {
        RequiredProof window = ProofPolicy.Require("review", within: Duration.FromDays(7)) with
        {
            PastDue = PastDue.Approve,
        };
        AllOf policy = ProofPolicy.All(window, Kept);

        Judge(ProofPolicy.Any(window, Shipped), Day(1), []).Should().BeOfType<Qualification.Pending>()
            .Which.Until.Should().Be(Day(7));
        Judge(policy, Later, Says("kept", "k", 3)).Should().Be(new Qualification.Qualified(Day(7), [new("k")]));
        Judge(policy, Day(5), Says("kept", "k", 3)).Should().BeOfType<Qualification.Pending>()
            .Which.Until.Should().Be(Day(7));
        Reasons(Judge(window, Later, Says("review", "no", 3, EvidenceFinding.Failed))).Should()
            .Equal(ProofReasons.OutcomeNegative);
        Name(Judge(window, Later, Says("review", "no", 8, EvidenceFinding.Failed))).Should().Be("disputed");
    }

    [Fact]
    public void A_message_that_says_no_rejects_and_beside_one_that_says_yes_disputes()
    {
        EvidenceVerdict yes = Says("paid", "a", 1);
        EvidenceVerdict no = Says("paid", "b", 2, EvidenceFinding.Failed);

        Judge(Paid, Later, no).Should().Be(new Qualification.Rejected(
            [Reason.Of(ProofReasons.OutcomeNegative, ("evidence", "b"))]));
        Judge(Paid, Later, yes, no).Should().Be(new Qualification.Disputed(
            [Reason.Of(ProofReasons.Contradicted, ("evidence", "a"), ("against", "b"))])
        {
            Evidence = [new("a"), new("b")],
        });
        Name(Judge(Paid, Later, yes, no with { Strength = ProofStrength.Token })).Should().Be("qualified");
    }

    [Fact]
    public void A_contradiction_holds_the_money_whatever_else_proves()
    {
        AnyOf policy = ProofPolicy.Any(Paid, Kept);
        EvidenceVerdict[] evidence =
            [Says("paid", "a", 1), Says("paid", "b", 2, EvidenceFinding.Failed), Says("kept", "k", 3)];

        Name(Judge(policy, Later, evidence)).Should().Be("disputed");
        Name(Judge(policy, Later, evidence[1..])).Should().Be("qualified", "one way said no, the other yes");
        Name(Judge(ProofPolicy.All(Paid, Shipped), Later, evidence)).Should()
            .Be("rejected", "the other can be proven no more");
    }

    [Theory]
    [InlineData("happened", EvidenceFinding.Happened, "read", true, false)]
    [InlineData("undecided", EvidenceFinding.Undecided, "accepted", false, true)]
    [InlineData("undecided without a state", EvidenceFinding.Undecided, null, false, false)]
    [InlineData("failed", EvidenceFinding.Failed, "accepted", false, false)]
    public void States_count_as_the_contract_names_them(
        string because, EvidenceFinding finding, string? state, bool unnamed, bool named)
    {
        EvidenceVerdict verdict = Says("paid", "a", 1, finding) with { State = state };
        RequiredProof policy = ProofPolicy.Require("paid") with { States = ["delivered", "accepted"] };

        (Judge(ProofPolicy.Require("paid"), Later, verdict) is Qualification.Qualified).Should().Be(unnamed, because);
        (Judge(policy, Later, verdict) is Qualification.Qualified).Should().Be(named, because);
    }

    public static TheoryData<string, string, string?, string> ClaimsOf => new()
    {
        { "equal", "amount", "49.90", "qualified" },
        { "equal in value", "amount", "49.9", "qualified" },
        { "within the tolerance", "amount", "49.95", "qualified" },
        { "beyond it", "amount", "49.96", "disputed" },
        { "no number", "amount", "49,90", "pending" },
        { "too many digits", "amount", "49.900000000000000000000000000000001", "pending" },
        { "not covered", "amount", null, "pending" },
        { "a text", "order-id", "A-7", "qualified" },
        { "another text", "order-id", "A-8", "disputed" },
        { "a currency", "currency", "eur", "qualified" },
        { "another currency", "currency", "usd", "disputed" },
        { "a fact", "call-seconds", "95", "qualified" },
        { "another fact", "call-seconds", "59", "disputed" },
        { "what the outcome does not say", "customer", "c1", "pending" },
    };

    [Theory]
    [MemberData(nameof(ClaimsOf))]
    public void Claims_agree_with_the_outcome(string because, string name, string? value, string expected)
    {
        RequiredProof policy = ProofPolicy.Require("paid") with
        {
            Claims = [new(name) { Matches = name, Tolerance = name == "amount" ? 0.05m : 0 }],
        };
        EvidenceVerdict verdict = Says("paid", "a", 1) with
        {
            Claims = value is null ? [] : [new(name, value)],
            Uncovered = [new(name, "49.90")],
        };

        Name(Judge(policy, Later, verdict)).Should().Be(expected, because);
    }

    [Fact]
    public void A_claim_that_is_not_covered_is_named()
    {
        RequiredProof policy = ProofPolicy.Require("paid") with { Claims = [new("amount")] };

        Judge(policy, Later, Says("paid", "a", 1)).Should().Be(new Qualification.Pending(
            ["paid"], null, [Reason.Of(ProofReasons.ClaimNotCovered, ("claim", "amount"))]));
    }

    [Fact]
    public void What_the_clause_uses_is_covered_by_all_evidence_together()
    {
        ProofSubject subject = Subject with { Uses = ["amount", "order-id"] };
        AllOf policy = ProofPolicy.All(Paid, Shipped);
        EvidenceVerdict paid = Says("paid", "a", 1) with { Claims = [new("amount", "49.90")] };
        EvidenceVerdict kept = Says("shipped", "k", 2);
        EvidenceVerdict keptOrder = kept with { Claims = [new("order-id", "A-7")] };

        policy.Judge(subject, [paid, kept], Later).Should().BeOfType<Qualification.Rejected>()
            .Which.Reasons.Should().Equal(Reason.Of(ProofReasons.ClaimNotCovered, ("claim", "order-id")));
        Name(policy.Judge(subject, [paid, keptOrder], Later)).Should().Be("qualified");
        Name(policy.Judge(subject, [paid, keptOrder with { Party = new PartyId("p-blog") }], Later)).Should()
            .Be("rejected", "who is paid does not say how much");
        policy.Judge(subject, [paid with { Claims = [new("amount", "99.90")] }, keptOrder], Later).Should()
            .Be(new Qualification.Disputed([Reason.Of(ProofReasons.ClaimDiffers, ("claim", "amount"))])
            {
                Evidence = [new("a")],
            });
    }

    [Fact]
    public void The_host_is_believed_where_the_contract_says_so()
    {
        ProofSubject subject = Subject with { Uses = ["amount"] };
        EvidenceVerdict said = EvidenceVerdict.Asserted("paid", new("a"), Day(1));

        Name(ProofPolicy.TrustHost("paid").Judge(subject, [said], Later)).Should().Be("qualified");
        Name(ProofPolicy.Require("paid", ProofStrength.Asserted).Judge(subject, [said], Later)).Should()
            .Be("pending", "a weak proof is not yet a proof of the amount");
        Name((Paid with { CoveredClaims = CoveredClaims.AsNamed }).Judge(
            subject, [Says("paid", "a", 1)], Later)).Should().Be("qualified");
        Name((Paid with { CoveredClaims = (CoveredClaims)9 }).Judge(
            subject, [Says("paid", "a", 1)], Later)).Should().Be("rejected", "an unknown way passes nothing");
    }

    [Fact]
    public void What_covers_the_value_comes_in_time_and_stands_as_long()
    {
        ProofSubject subject = Subject with { Uses = ["amount"] };
        RequiredProof held = ProofPolicy.Require("paid", within: Duration.FromDays(14)) with
        {
            Hold = Duration.FromDays(3),
        };
        EvidenceVerdict first = Says("paid", "a", 1);
        EvidenceVerdict covering = Says("paid", "b", 5) with { Claims = [new("amount", "49.90")] };

        held.Judge(subject, [first, covering], Day(6)).Should().Be(
            new Qualification.Pending([], Day(8), [Reason.Of(ProofReasons.Held, ("until", Day(8)))]));
        held.Judge(subject, [first, covering], Day(8)).Should()
            .Be(new Qualification.Qualified(Day(8), [new("a"), new("b")]));
        held.Judge(subject, [first, covering with { ReceivedAt = Day(14) }], Later).Should()
            .BeOfType<Qualification.Rejected>("it came too late").Which.Reasons.Should()
            .Equal(Reason.Of(ProofReasons.ClaimNotCovered, ("claim", "amount")));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(64)]
    public void Two_contents_of_one_id_contradict_however_many_pieces_there_are(int count)
    {
        EvidenceVerdict[] others =
            [.. Enumerable.Range(0, count - 2).Select(static i => Says("paid", $"n{i}", 3 + (i % 3)))];
        EvidenceVerdict first = Says("paid", "a", 1);
        EvidenceVerdict other = first with { Content = Digest.Of("other"u8), ReceivedAt = Day(2) };
        EvidenceVerdict ruling = Says(EvidenceKind.Ruling, "r", 6);

        Name(Judge(Paid, Later, [.. others, first, first with { ReceivedAt = Day(2) }])).Should().Be("qualified");
        Name(Judge(Paid, Later, [.. others, first, other])).Should().Be("disputed");
        Name(Judge(Paid, Later, [other, first, .. others])).Should().Be("disputed");
        Name(Judge(Paid, Later, [.. others, first, other, ruling])).Should().Be("qualified");
        Name(Judge(Paid, Later, [.. others, first, other, ruling, first with { ReceivedAt = Day(7) }])).Should()
            .Be("qualified", "what was settled is said again");
        Name(Judge(Paid, Later, [.. others, first, other, ruling, other with { ReceivedAt = Day(7) }])).Should()
            .Be("qualified", "either of them");
        EvidenceVerdict third = first with { Content = Digest.Of("third"u8), ReceivedAt = Day(7) };
        Judge(Paid, Later, [.. others, first, other, ruling, third]).Should().Be(
            new Qualification.Disputed([Reason.Of(ProofReasons.ReplayConflict, ("evidence", "a"))])
            {
                Evidence = [new("a")],
            });
    }

    [Fact]
    public void Two_keys_of_one_party_are_one_voice()
    {
        RequiredProof policy = ProofPolicy.Require("paid") with { Parties = 2 };
        EvidenceVerdict shop = Says("paid", "a", 1) with { Party = new PartyId("shop") };
        EvidenceVerdict bank = Says("paid", "b", 4) with { Party = new PartyId("bank") };

        Name(Judge(policy, Later, shop, shop with { ReplayKey = new("a2"), Key = new KeyId("k2") })).Should()
            .Be("pending");
        Name(Judge(policy, Later, shop, bank with { Party = null })).Should().Be("pending", "nobody known says so");
        Judge(policy, Later, shop, bank).Should().Be(new Qualification.Qualified(Day(4), [new("a"), new("b")]));
    }

    [Fact]
    public void Who_is_paid_never_proves_it_alone()
    {
        EvidenceVerdict own = Says("paid", "own", 1) with { Party = new PartyId("p-blog") };
        EvidenceVerdict shop = Says("kept", "shop", 3) with { Party = new PartyId("shop") };

        Judge(Paid, Day(2), own).Should().Be(
            new Qualification.Pending(["paid"], Day(14), [new(ProofReasons.PartyNotIndependent)]));
        Reasons(Judge(Paid, Day(14), own)).Should().Equal(ProofReasons.PartyNotIndependent);
        Judge(Paid, Later, own, own with { ReplayKey = new("b"), Party = null, ReceivedAt = Day(5) }).Should()
            .Be(new Qualification.Qualified(Day(5), [new("b")]));
        Judge(ProofPolicy.All(Paid, Kept), Later, own, shop).Should()
            .Be(new Qualification.Qualified(Day(3), [new("own"), new("shop")]));
        Judge(ProofPolicy.Any(Paid, Kept), Later, own, shop).Should()
            .Be(new Qualification.Qualified(Day(3), [new("own"), new("shop")]));
    }

    [Theory]
    [InlineData("in time", 0, "qualified")]
    [InlineData("as old as may be", -90, "qualified")]
    [InlineData("older", -91, "pending")]
    [InlineData("as late as may be", 1, "qualified")]
    [InlineData("later", 2, "pending")]
    public void Evidence_has_an_age(string because, int madeAt, string expected)
    {
        RequiredProof policy = ProofPolicy.Require("paid") with
        {
            MaxAge = Duration.FromDays(90),
            MaxSkew = Duration.FromDays(1),
        };

        Name(Judge(policy, Later, Says("paid", "a", 5) with { AssertedAt = Day(madeAt) })).Should()
            .Be(expected, because);
        Name(Judge(policy, Later, Says("paid", "a", madeAt))).Should().Be(expected, because);
    }

    [Fact]
    public void Evidence_may_have_to_stand_for_a_while()
    {
        RequiredProof policy = ProofPolicy.Require("paid") with { Hold = Duration.FromDays(3) };

        Judge(policy, Day(2), Says("paid", "a", 1)).Should().Be(
            new Qualification.Pending([], Day(4), [Reason.Of(ProofReasons.Held, ("until", Day(4)))]));
        Judge(policy, Day(4), Says("paid", "a", 1), Says("paid", "b", 3)).Should()
            .Be(new Qualification.Qualified(Day(4), [new("a")]));
        Name(Judge(policy, Day(4), Says("paid", "a", 1), Says("paid", "b", 3, EvidenceFinding.Failed))).Should()
            .Be("disputed");
        Judge(ProofPolicy.All(policy, Paid), Day(2), Says("paid", "a", 1)).Should()
            .BeOfType<Qualification.Pending>().Which.Until.Should().Be(Day(4));
    }

    [Fact]
    public void A_ruling_settles_what_came_before_it()
    {
        EvidenceVerdict[] dispute = [Says("paid", "a", 1), Says("paid", "b", 2, EvidenceFinding.Failed)];
        EvidenceVerdict stands = Says(EvidenceKind.Ruling, "r", 5);
        EvidenceVerdict falls = stands with { Finding = EvidenceFinding.Failed };

        Judge(Paid, Later, [.. dispute, stands]).Should()
            .Be(new Qualification.Qualified(Day(5), [new("a"), new("r")]));
        Judge(Paid, Later, [.. dispute, falls]).Should().Be(
            new Qualification.Rejected([Reason.Of(ProofReasons.RuledOut, ("evidence", "r"))]));
        Name(Judge(Paid, Later, [.. dispute, stands, Says("paid", "c", 6, EvidenceFinding.Failed)])).Should()
            .Be("disputed", "what comes later is a new dispute");
        Name(Judge(Paid, Later, [.. dispute, falls, Says("paid", "c", 6)])).Should().Be("disputed");
        Name(Judge(Paid, Later, [.. dispute, stands with { Party = new PartyId("p-blog") }])).Should()
            .Be("disputed", "who is paid does not rule");
        Name(Judge(Paid, Later, [.. dispute, stands with { Strength = ProofStrength.Token }])).Should()
            .Be("disputed", "a ruling is as strong as the proof");
        Name(Judge(Paid, Later, [.. dispute, stands, falls])).Should().Be("disputed", "two rulings at one instant");
        Name(Judge(Paid, Later, [.. dispute, falls, stands with { ReceivedAt = Day(9) }])).Should()
            .Be("qualified", "the last ruling counts");
        Name(Judge(Paid, Sold, stands)).Should().Be("pending", "a ruling proves nothing by itself");
    }

    [Fact]
    public void A_ruling_settles_a_replay_with_other_content_and_a_claim_that_differs()
    {
        EvidenceVerdict first = Says("paid", "a", 1);
        EvidenceVerdict other = first with { Content = Digest.Of("other"u8), ReceivedAt = Day(2) };
        EvidenceVerdict dear = first with { Claims = [new("amount", "99.00")] };
        EvidenceVerdict ruling = Says(EvidenceKind.Ruling, "r", 5);
        RequiredProof amount = ProofPolicy.Require("paid") with { Claims = [new("amount") { Matches = "amount" }] };

        Name(Judge(Paid, Later, first, other)).Should().Be("disputed");
        Name(Judge(Paid, Later, first, other, ruling)).Should().Be("qualified");
        Name(Judge(Paid, Later, first, ruling, other with { ReceivedAt = Day(6) })).Should().Be("disputed");
        Judge(amount, Later, dear, ruling).Should().Be(new Qualification.Qualified(Day(5), [new("a"), new("r")]));
    }

    private static Qualification Judge(ProofPolicy policy, Instant asOf, params EvidenceVerdict[] verdicts) =>
        policy.Judge(Subject, verdicts, asOf);

    private static IEnumerable<string> Reasons(Qualification decision) =>
        decision.Should().BeOfType<Qualification.Rejected>().Which.Reasons.Select(static r => r.Code);

    private static Instant Day(int day) => Sold + Duration.FromDays(day);

    private static EvidenceVerdict Says(
        EvidenceKind kind, string id, int day, EvidenceFinding finding = EvidenceFinding.Happened) =>
        ProofPolicyTests.Paid(id, day) with { Kind = kind, Finding = finding };
}
