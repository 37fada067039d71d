using System.Text;
using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Proofs.Schemes;
using PerfMarketing.Testing;

namespace PerfMarketing.Tests.Proofs.Hostile;

/// <summary>
/// What somebody would try who wants to be paid: each attempt has an answer, and none of them is money.
/// </summary>
public sealed class AttackTests
{
    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_800_000_000);
    private static readonly ProofKey Shop =
        Pm1.Key(new("k"), Convert.ToBase64String(TestSigner.SecretBytes)) with { Party = new PartyId("shop") };

    public static TheoryData<string> Samples =>
        [.. SignedSamples.Codes.Select(static s => s.Name), .. SignedSamples.Signatures.Select(static s => s.Name)];

    // The shop signs postbacks for two programmes with one key: who gets one hands it in to the other.
    [Theory]
    [InlineData("acme-2026", true)]
    [InlineData("other-2026", false)]
    public void A_postback_for_another_contract_pays_nothing(string contract, bool pays)
    {
        Instant now = Instant.FromUtc(2026, 3, 3, 12, 0);
        string query = Pm1.Sign(Shop, new()
        {
            Contract = new(contract),
            Kind = "order-paid",
            EventId = new("e-1"),
            OccurredAt = now,
            IssuedAt = now,
            Nonce = "0123456789abcdef",
            Fields = [new("amount", "20000"), new("currency", "EUR")],
        });
        EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(
            new()
            {
                Kind = "order-paid",
                Scheme = SchemeId.Pm1,
                ReceivedAt = now,
                Body = Encoding.ASCII.GetBytes(query),
            },
            new(Shop));
        verdict.IsValid.Should().BeTrue();
        ContractDraft draft = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", Pay.RevenueShare(10.Percent), static c => c with
            {
                Proof = ProofPolicy.Require("order-paid", within: Duration.FromDays(14)),
            }) with
        {
            Claims = [new("amount", "claim:amount") { Unit = ClaimUnit.Minor }, new("currency", "claim:currency")],
        };

        ContractScenario scenario = new ContractScenario(draft.ToCampaign().AttributedBy(new LastTouch()))
            .At("2026-03-03 12:00").Click("p-blog", "c1").Outcome("sale", "c1", 200.Eur)
            .At("2026-03-03 13:00").Proven(verdict);

        _ = pays
            ? scenario.ExpectEarned("p-blog", "20.00 EUR")
            : scenario.ExpectPending("order-paid").ExpectEarned("p-blog", "nothing")
                .At("2026-03-20 12:00").ExpectRejected(ProofReasons.Expired);
        string reasons = string.Join(' ', scenario.State.Find(new("outcome-1"))!.Decision!.Legs[0].Qualification.Match(
            static _ => [], static p => p.Reasons, static r => r.Reasons, static d => d.Reasons));
        reasons.Contains(ProofReasons.OtherContract, StringComparison.Ordinal).Should().Be(!pays);
    }

    // Signed for another contract it neither denies what was signed for this one nor settles a dispute on it.
    [Theory]
    [InlineData("acme-2026", nameof(Qualification.Disputed), nameof(Qualification.Qualified))]
    [InlineData("other-2026", nameof(Qualification.Qualified), nameof(Qualification.Disputed))]
    public void A_postback_for_another_contract_changes_nothing_here(string contract, string other, string ruled)
    {
        Instant now = Instant.FromUtc(2026, 3, 3, 12, 0);
        EvidenceVerdict Says(string named, EvidenceKind kind, string id, string amount, int minutes)
        {
            string query = Pm1.Sign(Shop, new()
            {
                Contract = new(named), Kind = kind, EventId = new(id), OccurredAt = now, IssuedAt = now,
                Nonce = "0123456789abcdef", Fields = [new("amount", amount), new("currency", "EUR")],
            });
            EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(
                new()
                {
                    Kind = kind,
                    Scheme = SchemeId.Pm1,
                    ReceivedAt = now + Duration.FromMinutes(minutes),
                    Body = Encoding.ASCII.GetBytes(query),
                },
                new(Shop with { Purpose = kind }));
            verdict.IsValid.Should().BeTrue();
            return verdict.Finding == EvidenceFinding.Undecided
                ? verdict with { Finding = EvidenceFinding.Happened }
                : verdict;
        }

        ProofPolicy policy = ProofPolicy.Require("order-paid", within: Duration.FromDays(14));
        ProofSubject subject = new(now) { Contracts = [new("acme-2026")] };
        string Judge(params EvidenceVerdict[] verdicts) =>
            policy.Judge(subject, verdicts, now + Duration.FromDays(1)).GetType().Name;

        EvidenceVerdict first = Says("acme-2026", "order-paid", "e-1", "20000", 0);
        Judge(first, Says(contract, "order-paid", "e-1", "100", 1)).Should().Be(other);
        EvidenceVerdict second = Says("acme-2026", "order-paid", "e-1", "100", 1);
        Judge(first, second, Says(contract, EvidenceKind.Ruling, "r-9", "1", 2)).Should().Be(ruled);
    }

    // Every partner has a key: with one that names no kind nobody rules on what he brought, or on a competitor's.
    [Theory]
    [InlineData(null, false)]
    [InlineData("order-paid", false)]
    [InlineData("dispute-ruling", true)]
    public void Rulings_need_a_key_of_their_own(string? purpose, bool isValid)
    {
        ProofKey key = Shop with { Purpose = purpose is null ? default(EvidenceKind?) : new EvidenceKind(purpose) };
        string query = Pm1.Sign(key, new()
        {
            Contract = new("acme-2026"), Kind = EvidenceKind.Ruling, EventId = new("r-1"), OccurredAt = Now,
            IssuedAt = Now, Nonce = "0123456789abcdef",
        });

        EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(
            new()
            {
                Kind = EvidenceKind.Ruling, Scheme = SchemeId.Pm1, ReceivedAt = Now,
                Body = Encoding.ASCII.GetBytes(query),
            },
            new(key));

        verdict.IsValid.Should().Be(isValid);
        (verdict.Reason?.Code).Should().Be(isValid ? null : ProofReasons.UnknownKey);
    }

    // A partner who holds a key, too, denies what a competitor brought, or vouches for a friend.
    [Fact]
    public void Who_is_not_asked_neither_proves_nor_denies()
    {
        RequiredProof anybody = ProofPolicy.Require("paid") with { CoveredClaims = CoveredClaims.AsNamed };
        RequiredProof shop = anybody with { From = [new("shop")] };
        EvidenceVerdict denied = Says("p-2", "e-9") with { Finding = EvidenceFinding.Failed };
        Instant later = Now + Duration.FromDays(1);

        anybody.Judge(Now, [Says("shop", "e-1"), denied], later).Should().BeOfType<Qualification.Disputed>();
        shop.Judge(Now, [Says("shop", "e-1"), denied], later).Should().BeOfType<Qualification.Qualified>();
        anybody.Judge(Now, [denied], later).Should().BeOfType<Qualification.Rejected>();
        shop.Judge(Now, [denied, Says("p-3", "e-3"), Says("p-3", "e-4") with { Party = null }], later).Should()
            .BeOfType<Qualification.Pending>().Which.Reasons.Select(static r => r.ToString()).Should().Equal(
                "proof.party-refused (party: )",
                "proof.party-refused (party: p-2)",
                "proof.party-refused (party: p-3)");
    }

    // Beyond some pieces they are looked up instead of compared.
    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    [InlineData(200)]
    public void Two_contents_of_one_id_are_found_among_many(int count)
    {
        ProofPolicy policy = ProofPolicy.Require("paid") with { CoveredClaims = CoveredClaims.AsNamed };
        EvidenceVerdict[] many = [.. Enumerable.Range(0, count).Select(static i => Says($"p-{i % 5}", $"e-{i}"))];
        Instant later = Now + Duration.FromDays(1);

        policy.Judge(Now, many, later).Should().BeOfType<Qualification.Qualified>();
        policy.Judge(Now, [.. many, .. many], later).Should().BeOfType<Qualification.Qualified>();
        policy.Judge(Now, [.. many, many[^1] with { Content = default }], later).Should()
            .BeOfType<Qualification.Disputed>().Which.Evidence.Should().Equal(many[^1].ReplayKey!.Value);
    }

    // A pointer into a body of several events would name one event's fields for all of them.
    [Fact]
    public void An_event_vouches_for_no_other_event_of_its_body()
    {
        byte[] body = """[{"event":"open","sg_event_id":"a","sum":"1"},{"event":"open","sg_event_id":"b"}]"""u8
            .ToArray();
        EvidenceInput input = SendGrid(body);
        KeyRing keys = new(new ProofKey(new("k"), SchemeId.SendGrid, TestSigner.PublicKey));

        EvidenceVerdict[] read =
        [
            .. SendGridEvents.Instance.VerifyEach(input, keys)
                .Select(v => ClaimReader.Read(v, input, [new("amount", "body:/0/sum")])),
        ];

        read.Should().HaveCount(2).And.OnlyContain(static v => v.IsValid);
        read.SelectMany(static v => v.Claims).Should().NotContain(static c => c.Name == "body:/0/sum");
        read.Should().OnlyContain(static v => v.Uncovered.Contains(new EvidenceClaim("body:/0/sum", "1")));
    }

    // The signed text has a member of the name by which a whole body would be covered.
    [Fact]
    public void A_signed_name_is_no_part_of_the_message()
    {
        const string Payload =
            """{"postback-identifier":"p-1","postback-sequence-index":0,"did-win":true,"body":"x","url":"y"}""";
        string jws = Encoding.ASCII.GetString(TestSigner.Es256("""{"kid":"t","alg":"ES256"}""", Payload));
        EvidenceInput input = new()
        {
            Kind = "install",
            Scheme = SchemeId.AdAttributionKit,
            ReceivedAt = Now,
            Body = Encoding.ASCII.GetBytes($$"""{"jws-string":"{{jws}}","conversion-value":63}"""),
        };

        EvidenceVerdict read = ClaimReader.Read(
            EvidenceSchemes.Default.Verify(
                input, new(new ProofKey(new("t"), SchemeId.AdAttributionKit, TestSigner.PublicKey))),
            input,
            [new("value", "body:/conversion-value")]);

        read.IsValid.Should().BeTrue();
        read.Claims.Should().NotContain(static c => c.Name == "body:/conversion-value");
        read.Uncovered.Should().Contain(new EvidenceClaim("body:/conversion-value", "63"));
    }

    [Theory]
    [InlineData("full-width digits", "４９９０")]
    [InlineData("Arabic digits", "٤٩٩٠")]
    [InlineData("an exponent", "499e1")]
    [InlineData("thousands", "4,990")]
    [InlineData("a space", " 4990")]
    [InlineData("a line end", "4990\n")]
    [InlineData("a zero byte", "4990\0")]
    [InlineData("hexadecimal", "0x137E")]
    [InlineData("too many digits to be exact", "4990.0000000000000000000000001")]
    [InlineData("infinite", "Infinity")]
    public void A_number_is_written_one_way_or_is_none(string because, string text)
    {
        ClaimNumber.TryRead(text, ClaimUnit.Decimal, 2, out _).Should().BeFalse(because);
        ClaimNumber.TryRead(text, ClaimUnit.Minor, 2, out _).Should().BeFalse(because);
        ClaimNumber.TryRead(text, ClaimUnit.Seconds, 2, out _).Should().BeFalse(because);
    }

    // The present of a host may be anything; what is signed for another time is never timely.
    [Theory]
    [MemberData(nameof(Samples))]
    public void Clocks_at_the_ends_of_time_give_a_verdict(string name)
    {
        SignedSample sample = Sample(name);
        bool isTimed = sample.Verify(sample.Input).AssertedAt is not null;
        foreach (Instant at in (Instant[])[Instant.MinValue, Instant.MaxValue, Instant.FromUnixTimeSeconds(0)])
        {
            EvidenceVerdict verdict = sample.Verify(At(sample.Input, at));

            (verdict.IsValid && isTimed).Should().BeFalse($"{at}: {verdict.Reason}");
        }
    }

    // What one scheme's sender signed is handed in to the place of another, under the same secret.
    [Theory]
    [MemberData(nameof(Samples))]
    public void A_message_of_one_scheme_is_none_of_another(string name)
    {
        SignedSample sample = Sample(name);
        foreach (SchemeId scheme in SignedSample.Schemes.Ids)
        {
            bool isOwn = scheme == sample.Input.Scheme || scheme == SchemeId.Asserted || scheme == SchemeId.Receipt;
            bool isKin = sample.Input.Scheme == SchemeId.AdAttributionKit
                || sample.Input.Scheme == SchemeId.AdAttributionKitDevelopment;
            if (isOwn || isKin)
            {
                continue;
            }

            KeyRing same = new([.. sample.Keys.Keys.Select(k => k with { Scheme = scheme })]);
            EvidenceVerdict verdict = SignedSample.Schemes.Verify(Under(sample.Input, scheme), same);

            verdict.IsValid.Should().BeFalse($"{name} as {scheme}: {verdict.Reason}");
        }
    }

    // One partner's ids do not stand in the way of another's, and one partner's content is not the other's.
    [Fact]
    public void The_ids_of_parties_are_apart()
    {
        EvidenceVerdict one = Says("p-1", "e-1");
        ProofPolicy policy = ProofPolicy.Require("paid") with { CoveredClaims = CoveredClaims.AsNamed };

        policy.Judge(Now, [one, Says("p-2", "e-1")], Now + Duration.FromDays(1)).Should()
            .BeOfType<Qualification.Qualified>("ids are scoped by who gives them");
        policy.Judge(Now, [one, one with { Content = default }], Now + Duration.FromDays(1)).Should()
            .BeOfType<Qualification.Disputed>("one party's id has one content");
    }

    private static EvidenceVerdict Says(string party, string id) => new()
    {
        Kind = "paid",
        Scheme = SchemeId.Jws,
        Authenticity = Authenticity.Valid,
        Strength = ProofStrength.Mac,
        Party = new PartyId(party),
        ReplayKey = new EvidenceId(id),
        Content = Digest.Of(Encoding.ASCII.GetBytes(party)),
        ReceivedAt = Now,
    };

    private static SignedSample Sample(string name) =>
        SignedSamples.Codes.Concat(SignedSamples.Signatures).Single(s => s.Name == name);

    private static EvidenceInput SendGrid(byte[] body) => new()
    {
        Kind = "email-delivered",
        Scheme = SchemeId.SendGrid,
        ReceivedAt = Now,
        Body = body,
        Headers =
        [
            new(SendGridEvents.TimestampHeader, "1800000000"),
            new(SendGridEvents.SignatureHeader, TestSigner.Der([.. "1800000000"u8, .. body])),
        ],
    };

    private static EvidenceInput At(EvidenceInput input, Instant at) => new()
    {
        Kind = input.Kind,
        Scheme = input.Scheme,
        ReceivedAt = at,
        Body = input.Body,
        Headers = input.Headers,
        Request = input.Request,
    };

    private static EvidenceInput Under(EvidenceInput input, SchemeId scheme) => new()
    {
        Kind = input.Kind,
        Scheme = scheme,
        ReceivedAt = input.ReceivedAt,
        Body = input.Body,
        Headers = input.Headers,
        Request = input.Request,
    };
}
