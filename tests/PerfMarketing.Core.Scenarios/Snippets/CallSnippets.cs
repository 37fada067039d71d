using System.Text;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Calls;
using PerfMarketing.Proofs.Schemes;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Proofs.Validation;
using PerfMarketing.Scenarios.Samples;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/calls-and-opt-ins.md.</summary>
public sealed class CallSnippets
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    [Fact]
    public void Judge_a_call()
    {
        CallRecord call = new(new("call-1"), Noon)
        {
            IsAnswered = true, ConnectedSeconds = 95, Caller = new CustomerId("c-1"),
        };
        CallRecord advertisersOwnRecord = call with { Id = new("pbx-7"), ConnectedSeconds = 94 };
        CallRecord[] earlierCalls = [];
        EvidenceVerdict verified = EvidenceVerdict.Asserted("call-record", new("call-1"), Noon);

        #region call
        CallTerms terms = new(ConnectedSecondsMin: 90) { UniqueWithin = Duration.FromDays(30), MustBeConfirmed = true };

        CallJudgement judged = terms.Judge(call, others: earlierCalls, second: advertisersOwnRecord);
        EvidenceVerdict verdict = judged.ApplyTo(verified);
        #endregion

        verdict.Finding.Should().Be(EvidenceFinding.Happened);
        verdict.Claims.Should().Contain(new EvidenceClaim("call-seconds", "94"));
    }

    [Fact]
    public void Terms_in_the_page_are_terms()
    {
        CallTerms terms = TermJson.Parse(Block("calls-and-opt-ins"), CallTerms.Read);

        new CallTermsValidator().Validate(terms).IsValid.Should().BeTrue();
        TermJson.Parse(TermJson.Write(terms), CallTerms.Read).Should().Be(terms);
        TrafficTerms traffic = TermJson.Parse(Block("invalid-traffic"), TrafficTerms.Read);
        new TrafficTermsValidator().Validate(traffic).IsValid.Should().BeTrue();
    }

    // The first JSON of a page.
    private static string Block(string page)
    {
        const string Opening = "```json\n";
        string text = KeptFile.Read($"docs/{page}.md");
        int from = text.IndexOf(Opening, StringComparison.Ordinal) + Opening.Length;
        return text[from..text.IndexOf("```", from, StringComparison.Ordinal)];
    }

    [Fact]
    public void Confirm_a_sign_up()
    {
        Instant now = Noon;
        ProofSecret secret = ProofSecret.FromBytes(new byte[32]);
        EvidenceId nonce = new("0f1e2d3c4b5a");

        #region opt-in
        ProofKey key = DoubleOptIn.Key(new("opt-in-2026"), secret);
        string token = DoubleOptIn.Sign(key, new("spring-news", "c-4711", now, nonce));

        EvidenceInput back = new()
        {
            Kind = DoubleOptIn.Confirmed,
            Scheme = SchemeId.DoubleOptIn,
            Request = new("POST", "https://shop.example/confirm"),
            Body = Encoding.ASCII.GetBytes(token),
            ReceivedAt = now + Duration.FromMinutes(10),
        };
        EvidenceVerdict confirmed = EvidenceSchemes.Default.Verify(back, new KeyRing(key));
        #endregion

        confirmed.IsValid.Should().BeTrue();
        confirmed.ReplayKey.Should().Be(nonce);
    }
}
