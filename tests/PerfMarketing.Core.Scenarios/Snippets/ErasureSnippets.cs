using NodaTime;
using PerfMarketing.Integrity;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Seals;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/privacy-and-erasure.md.</summary>
public sealed class ErasureSnippets
{
    [Fact]
    public void Forget_what_evidence_claims()
    {
        Instant now = Instant.FromUtc(2026, 3, 1, 9, 0);
        ProofSecret personSecret = ProofSecret.FromBytes(new byte[32]);
        EvidenceReceived received = new()
        {
            OutcomeId = new("o1"),
            DecidedAt = now,
            Verdict = EvidenceVerdict.Asserted("order-paid", new("psp-1"), now) with
            {
                Claims = [new("email", "a@example.org")],
            },
        };
        CampaignRecord[] committed = [received];
        RecordChain chain = RecordChain.Empty;

        #region chain
        Digest SaltOf(EvidenceVerdict verdict) => EvidenceSalt.Of(personSecret, verdict);

        foreach (CampaignRecord record in committed)
        {
            chain = chain.Append(RecordContent.Of(record, SaltOf));
        }

        TreeHead published = chain.Head;
        #endregion

        #region forget
        CommittedVerdict kept = CommittedVerdict.Of(received.Verdict, SaltOf(received.Verdict));
        CommittedVerdict erased = kept.Erase();
        personSecret.Erase();
        chain = chain.Append(new Erasure(now, "request of the person", [erased.Commitment]));
        #endregion

        #region same
        Digest before = RecordContent.Of(received, kept);
        Digest after = RecordContent.Of(received with { Verdict = erased.Verdict }, erased);   // the same
        #endregion

        after.Should().Be(before);
        chain.Size.Should().Be(2);
        RecordChain.Empty.Append(after).Head.Should().Be(published);
        erased.Verdict.Claims.Should().BeEmpty();
    }
}
