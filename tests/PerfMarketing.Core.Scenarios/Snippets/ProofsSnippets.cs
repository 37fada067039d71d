using System.Text;
using FluentValidation;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/proofs.md.</summary>
public sealed class ProofsSnippets
{
    private static readonly Instant Sold = Instant.FromUtc(2026, 3, 3, 12, 0);
    private static readonly Instant Now = Sold + Duration.FromHours(2);

    [Fact]
    public void Verify_and_judge()
    {
        string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        ProofKey shopKey = StandardWebhooks.Key(new("shop-2026"), secret);
        byte[] rawBody = Encoding.UTF8.GetBytes("""{"order":"o1","status":"paid"}""");
        ValueList<EvidenceHeader> headers = StandardWebhooks.Sign(shopKey, new("msg-1"), Now, rawBody);

        #region verify
        KeyRing keys = new(StandardWebhooks.Key(new("shop-2026"), secret) with { Party = new PartyId("shop") });
        EvidenceInput input = new()
        {
            Kind = "order-paid",
            Scheme = SchemeId.StandardWebhooks,
            Headers = headers,
            Body = rawBody,
            ReceivedAt = Now,
        };

        EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(input, keys);
        #endregion

        verdict.IsValid.Should().BeTrue();

        #region judge
        ProofPolicy policy = ProofPolicy.Require("order-paid", within: Duration.FromDays(14));

        string decision = policy.Judge(outcomeAt: Sold, [verdict], asOf: Now).Match(
            qualified: q => $"qualified at {q.At} by {string.Join(", ", q.Evidence)}",
            pending: p => $"waits for {string.Join(", ", p.Missing)} until {p.Until}",
            rejected: r => $"rejected: {string.Join(", ", r.Reasons)}",
            disputed: d => $"disputed: {string.Join(", ", d.Reasons)}");
        #endregion

        decision.Should().Be("qualified at 2026-03-03T14:00:00Z by msg-1");
        policy.Judge(Sold, [], Now).Should().BeOfType<Qualification.Pending>();
    }

    [Fact]
    public void Take_the_word_of_the_host()
    {
        #region asserted
        ProofPolicy policy = ProofPolicy.TrustHost("order-paid");
        EvidenceVerdict said = EvidenceVerdict.Asserted("order-paid", new("psp-991"), Now);

        Qualification decision = policy.Judge(Sold, [said], asOf: Now);
        #endregion

        decision.Should().Be(new Qualification.Qualified(Now, [new("psp-991")]));
    }

    [Fact]
    public void Add_a_policy()
    {
        #region policy
        ProofPolicyCatalog catalog = ProofPolicyCatalog.Default
            .With("acme.two-voices", TwoVoices.Read, new InlineValidator<TwoVoices>());
        #endregion

        EvidenceVerdict shop = EvidenceVerdict.Asserted("paid", new("1"), Now) with { Party = new PartyId("shop") };
        EvidenceVerdict bank = EvidenceVerdict.Asserted("paid", new("2"), Now) with { Party = new PartyId("bank") };
        TwoVoices policy = new("paid");
        policy.Judge(Sold, [shop, shop], Now).Should().BeOfType<Qualification.Pending>();
        policy.Judge(Sold, [shop, bank], Now).Should().BeOfType<Qualification.Qualified>();
        catalog.Validate(policy, "Proof").Should().BeEmpty();
    }
}

#region two-voices
public sealed record TwoVoices(EvidenceKind Kind) : ProofPolicy
{
    public override string Tag => "acme.two-voices";

    public static TwoVoices Read(TermReader terms) => new(terms.Value<EvidenceKind>("kind"));

    protected override Qualification JudgeCore(ProofCase proof)
    {
        EvidenceVerdict[] voices = [.. proof.Verdicts
            .Where(v => v.IsValid && v.Kind == Kind && v.Party is not null)
            .DistinctBy(v => v.Party)];
        return voices.Length >= 2
            ? new Qualification.Qualified(voices[1].ReceivedAt, [.. voices[..2].Select(v => v.ReplayKey!.Value)])
            : new Qualification.Pending([Kind], Until: null, Reasons: []);
    }

    protected override void WriteCore(TermWriter terms) => terms.Value("kind", Kind);
}
#endregion
