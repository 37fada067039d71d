using System.Reflection;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;
using static PerfMarketing.Tests.Proofs.ProofPolicyTests;

namespace PerfMarketing.Tests.Proofs;

public sealed class ProofPoliciesTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 3, 12, 0);

    private static readonly ProofSubject Subject = ProofSubject.Of(new Outcome
    {
        Id = new("o1"),
        At = At,
        Kind = OutcomeKind.Sale,
        Value = 49.90m.Eur,
        Facts = [Facts.CallSeconds.Of(95), new FactKey<int>("instalment").Of(2)],
    }) with
    {
        Beneficiaries = [new("p-blog")],
    };

    private static readonly ProofSubject PaidByValue = Subject with { Uses = ["amount"] };

    [Fact]
    public void Every_standard_outcome_has_a_policy()
    {
        foreach (StandardOutcome outcome in OutcomeKinds.All)
        {
            ProofPolicies.Find(outcome.Kind).Should().NotBeNull(outcome.Kind.ToString());
        }

        ProofPolicies.Find("acme.demo").Should().BeNull();
        ProofPolicies.Find("consent").Should().BeNull("it is beside outcomes");
    }

    [Fact]
    public void Every_name_has_a_property_is_valid_and_reads_back()
    {
        StandardProof[] policies =
        [
            .. typeof(ProofPolicies).GetProperties(BindingFlags.Public | BindingFlags.Static)
                .Where(static p => p.PropertyType == typeof(StandardProof))
                .Select(static p => (StandardProof)p.GetValue(null)!),
        ];

        policies.Select(static p => p.Of).Order(StringComparer.Ordinal).Should().Equal(ProofPolicies.Names);
        foreach (StandardProof policy in policies)
        {
            ProofPolicyCatalog.Default.Validate(policy, "Proof").Should().BeEmpty(policy.Of);
            ProofPolicyCatalog.Default.Validate(policy.Policy, "Proof").Should().BeEmpty(policy.Of);
            policy.Judge(Subject, [], At).Should().BeOfType<Qualification.Pending>(policy.Of)
                .Which.Missing.Should().NotBeEmpty(policy.Of);
        }
    }

    // What a name means under a version is frozen: a change of this text is a change of signed contracts.
    [Fact]
    public void Version_1_of_the_names_never_changes()
    {
        IEnumerable<string> terms = ProofPolicies.Names
            .Select(static n => $"{n} {PerfMarketing.Integrity.TermDigest.Of(new StandardProof(n).Policy)}");

        Digest(string.Join('\n', terms)).Should().Be(
            "c3e8ec2dedeeed120cc7413dccdca1e076541504af6696b914259b1acd8d4024");
    }

    // mrc-large (platform-cases.json, proof/viewable-large-display): the source says "greater than 242,000"; the MRC's
    // own figure is 242,500 (reference/partner-platforms.md 3.3), which is ours.
    [Theory]
    [InlineData("mrc-large", "viewability-report", 242_500, 30, 1, "qualified")]
    [InlineData("mrc-large", "viewability-report", 242_499, 30, 1, "pending")]
    [InlineData("mrc-large", "viewability-report", 242_500, 29, 1, "pending")]
    [InlineData("mrc-display", "viewability-report", 75_000, 50, 1, "qualified")]
    [InlineData("mrc-display", "viewability-report", 75_000, 49, 1, "pending")]
    [InlineData("mrc-display", "viewability-report", 75_000, 50, 0, "pending")]
    [InlineData("mrc-video", "video-viewability-report", 75_000, 50, 2, "qualified")]
    [InlineData("mrc-video", "video-viewability-report", 75_000, 50, 1, "pending")]
    public void Viewable_is_what_the_MRC_calls_so(
        string id, string kind, int pixels, int percent, int seconds, string expected)
    {
        EvidenceVerdict report = Says(kind, "v") with
        {
            Claims =
            [
                new("area-pixels", InvariantText.Of(pixels)), new("visible-percent", InvariantText.Of(percent)),
                new("visible-seconds", InvariantText.Of(seconds)),
            ],
        };

        Name(ProofPolicies.ViewableImpression.Judge(Subject, [report], At)).Should().Be(expected, id);
    }

    [Fact]
    public void A_list_sign_up_takes_two_steps_within_seven_days()
    {
        EvidenceVerdict asked = Says("opt-in-requested", "a");
        EvidenceVerdict confirmed = Says("opt-in-confirmed", "b") with { ReceivedAt = At + Duration.FromDays(6) };

        Judge(ProofPolicies.ListSignUp, asked).Should().Be("rejected");
        Judge(ProofPolicies.ListSignUp, asked, confirmed).Should().Be("qualified");
        Judge(ProofPolicies.ListSignUp, asked, confirmed with { ReceivedAt = At + Duration.FromDays(7) }).Should()
            .Be("rejected");
    }

    [Fact]
    public void A_message_counts_for_recipients_in_the_target_who_have_not_opted_out()
    {
        EvidenceVerdict delivered = Says("message-status", "m") with { State = "delivered" };
        EvidenceVerdict target = Says("target-membership", "t") with { Claims = [new("in-target", "true")] };
        EvidenceVerdict allowed = Says("opt-out-checked", "o") with { AssertedAt = At - Duration.FromDays(31) };

        Judge(ProofPolicies.MessageDelivered, delivered, target, allowed).Should().Be("qualified");
        Judge(ProofPolicies.MessageRead, delivered, target, allowed).Should().Be("pending");
        Judge(ProofPolicies.MessageRead, delivered with { State = "read" }, target, allowed).Should().Be("qualified");
        Judge(ProofPolicies.MessageDelivered, delivered, target with { Claims = [new("in-target", "false")] }, allowed)
            .Should().Be("pending");
        Judge(ProofPolicies.MessageDelivered, delivered, target, allowed with { Finding = EvidenceFinding.Failed })
            .Should().Be("rejected", "the register names the recipient");
        Judge(
                ProofPolicies.MessageDelivered, delivered, target,
                allowed with { AssertedAt = At - Duration.FromDays(31) - Duration.Epsilon })
            .Should().Be("pending", "the look is too old");
        Judge(ProofPolicies.MessageDelivered, delivered, target, allowed with { AssertedAt = At + Duration.Epsilon })
            .Should().Be("pending", "the look came after the message");
    }

    [Fact]
    public void An_email_that_bounces_within_three_days_is_disputed_and_then_waits_no_more()
    {
        EvidenceVerdict delivered = Says("email-status", "m") with { State = "delivered" };
        EvidenceVerdict[] rest =
        [
            Says("target-membership", "t") with { Claims = [new("in-target", "true")] }, Says("opt-out-checked", "o"),
        ];
        EvidenceVerdict bounced = delivered with
        {
            ReplayKey = new("m2"),
            Finding = EvidenceFinding.Failed,
            State = "bounced",
            ReceivedAt = At + Duration.FromDays(2),
        };
        StandardProof policy = ProofPolicies.EmailDelivered;

        Name(policy.Judge(Subject, [delivered, .. rest], At + Duration.FromDays(2))).Should().Be("pending");
        Name(policy.Judge(Subject, [delivered, .. rest], At + Duration.FromDays(3))).Should().Be("qualified");
        Judge(policy, [delivered, bounced, .. rest]).Should().Be("disputed");
        Judge(policy, [bounced, .. rest]).Should().Be("rejected");
    }

    [Theory]
    [InlineData("as stated", "95", "human", "qualified", "qualified")]
    [InlineData("within two seconds", "97", "human", "qualified", "qualified")]
    [InlineData("beyond", "98", "human", "disputed", "disputed")]
    [InlineData("a machine", "95", "machine", "qualified", "pending")]
    public void Calls_agree_with_their_record(
        string because, string seconds, string answered, string received, string outbound)
    {
        EvidenceVerdict record = Says("call-record", "c") with
        {
            Claims = [new("call-seconds", seconds), new("answered-by", answered)],
        };

        Judge(ProofPolicies.CallReceived, record).Should().Be(received, because);
        Judge(ProofPolicies.OutboundCallAnswered, record, Says("opt-out-checked", "o")).Should().Be(outbound, because);
    }

    [Fact]
    public void A_sale_and_each_instalment_cover_the_amount()
    {
        EvidenceVerdict paid = Says("order-paid", "p");
        EvidenceVerdict part = Says("payment-collected", "i") with
        {
            Claims = [new("amount", "49.90"), new("instalment", "2")],
        };

        JudgeByValue(ProofPolicies.Sale, paid).Should().Be("pending");
        JudgeByValue(ProofPolicies.Sale, paid with { Claims = [new("amount", "49.90")] }).Should().Be("qualified");
        JudgeByValue(ProofPolicies.InstalmentCollected, part).Should().Be("qualified");
        EvidenceVerdict third = part with { Claims = [new("amount", "49.90"), new("instalment", "3")] };
        JudgeByValue(ProofPolicies.InstalmentCollected, third).Should().Be("disputed", "it is another instalment");
        JudgeByValue(ProofPolicies.Sale, paid with { Claims = [new("amount", "49.90")], Party = new PartyId("p-blog") })
            .Should().Be("pending", "who is paid says so alone");
    }

    [Fact]
    public void A_lead_is_accepted_by_silence_after_three_days_and_refused_by_a_word()
    {
        EvidenceVerdict consent = Says("consent-recorded", "c") with { Claims = [new("consent-text-digest", "ab")] };

        Name(ProofPolicies.Lead.Judge(Subject, [consent], At + Duration.FromDays(2))).Should().Be("pending");
        Judge(ProofPolicies.Lead, consent).Should().Be("qualified");
        Judge(ProofPolicies.Lead, consent, Says("lead-reviewed", "r") with { Finding = EvidenceFinding.Failed })
            .Should().Be("rejected");
        Judge(ProofPolicies.Lead).Should().Be("pending", "without consent it is no lead");
        Judge(ProofPolicies.Lead with { Within = Duration.FromDays(5) }).Should().Be("rejected");
    }

    [Fact]
    public void What_is_not_known_passes_nothing()
    {
        Judge(new StandardProof("sales"), Says("order-paid", "p")).Should().Be("pending");
        Judge(ProofPolicies.Click with { Version = 2 }, Says("click-logged", "p")).Should().Be("pending");
        Judge(ProofPolicies.Click, Says("click-logged", "p")).Should().Be("qualified");
    }

    // Evidence of every kind that any standard policy asks for, as strong as can be, with every claim that one names.
    private static readonly EvidenceVerdict[] AllButTheValue =
    [
        .. new[]
        {
            "call-record", "click-logged", "consent-recorded", "download-logged", "email-status", "engagement-reported",
            "impression-logged", "in-app-event-reported", "install-postback", "invoice-paid", "lead-reviewed",
            "membership-confirmed", "message-status", "notification-status", "opt-in-confirmed", "opt-in-requested",
            "opt-out-checked", "order-paid", "order-placed", "payment-collected", "quote-requested", "share-reported",
            "subscription-started", "target-membership", "video-viewability-report", "view-reported",
            "viewability-report", "visit-logged", "appointment-kept",
        }.Select(static kind => Says(kind, kind) with
        {
            State = "read",
            Strength = ProofStrength.PlatformAttested,
            Claims =
            [
                new("answered-by", "human"), new("area-pixels", "300000"), new("call-seconds", "95"),
                new("consent-text-digest", "ab"), new("in-target", "true"), new("instalment", "2"),
                new("visible-percent", "60"), new("visible-seconds", "3"),
            ],
        }),
    ];

    public static TheoryData<string> AllNames => [.. ProofPolicies.Names];

    [Theory]
    [MemberData(nameof(AllNames))]
    public void No_standard_policy_pays_a_value_that_nobody_signed(string name)
    {
        StandardProof policy = new(name);

        Judge(policy, AllButTheValue).Should().Be("qualified", "nothing of the outcome is used");
        Qualification decision = policy.Judge(PaidByValue, AllButTheValue, At + Duration.FromDays(30));
        Name(decision).Should().NotBe("qualified").And.NotBe("disputed");
        ReasonsOf(decision).Should().Contain(ProofReasons.ClaimNotCovered);
        JudgeByValue(policy with { CoveredClaims = CoveredClaims.AsNamed }, AllButTheValue).Should()
            .Be("qualified", "the contract says that the host is believed");
        JudgeByValue(policy, [.. AllButTheValue.Select(static v => v with { Claims = v.Claims.Add(Value) })]).Should()
            .Be("qualified", "the value is covered");
    }

    [Fact]
    public void The_tolerance_of_a_named_claim_is_that_of_its_use()
    {
        ProofSubject paidBySeconds = Subject with { Uses = ["call-seconds"] };
        EvidenceVerdict record = Says("call-record", "c") with { Claims = [new("call-seconds", "97")] };

        Name(ProofPolicies.CallReceived.Judge(paidBySeconds, [record], At)).Should().Be("qualified");
        Name(ProofPolicies.CallReceived.Judge(
            paidBySeconds, [record with { Claims = [new("call-seconds", "98")] }], At)).Should().Be("disputed");
    }

    private static readonly EvidenceClaim Value = new("amount", "49.90");

    private static IEnumerable<string> ReasonsOf(Qualification decision) => decision.Match(
        qualified: static _ => [],
        pending: static p => p.Reasons,
        rejected: static r => r.Reasons,
        disputed: static d => d.Reasons).Select(static r => r.Code);

    private static string JudgeByValue(ProofPolicy policy, params EvidenceVerdict[] verdicts) =>
        Name(policy.Judge(PaidByValue, verdicts, At + Duration.FromDays(30)));

    private static string Judge(ProofPolicy policy, params EvidenceVerdict[] verdicts) =>
        Name(policy.Judge(Subject, verdicts, At + Duration.FromDays(30)));

    private static string Digest(string text) =>
        PerfMarketing.Integrity.Digest.Of(System.Text.Encoding.UTF8.GetBytes(text)).ToString();

    private static EvidenceVerdict Says(EvidenceKind kind, string id) => Paid(id, 0) with { Kind = kind };
}
