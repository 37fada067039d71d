using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Seals;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement.Seals;

public sealed class RecordContentTests
{
    private static readonly EvidenceVerdict Verdict =
        EvidenceVerdict.Asserted("order-paid", new("psp-9"), At("2026-03-03T12:00:00Z")) with
        {
            Claims = [new("email", "a@example.org")],
        };

    private static readonly EvidenceReceived Received = new()
    {
        OutcomeId = new("o1"),
        DecidedAt = At("2026-03-03T12:00:00Z"),
        Verdict = Verdict,
    };

    [Fact]
    public void Evidence_and_other_records_share_one_chain_and_evidence_can_be_erased()
    {
        OutcomeReceived outcome = new()
        {
            OutcomeId = new("o1"),
            DecidedAt = At("2026-03-03T12:00:00Z"),
            Outcome = Sale("o1", "2026-03-03T12:00:00Z", Money.FromMinor(100, Currency.Eur)),
        };
        CommittedVerdict kept = CommittedVerdict.Of(Verdict, Salt(Verdict));
        RecordChain chain = RecordChain.Empty
            .Append(RecordContent.Of(outcome, Salt)).Append(RecordContent.Of(Received, Salt));

        CommittedVerdict erased = kept.Erase();
        EvidenceReceived bare = Received with { Verdict = erased.Verdict };

        RecordChain.Empty.Append(TermDigest.Of(outcome)).Append(RecordContent.Of(bare, erased)).Should().Be(chain);
        RecordContent.Of(Received with { OutcomeId = new("o2") }, Salt)
            .Should().NotBe(RecordContent.Of(Received, Salt), "evidence belongs to its outcome");
    }

    private static Digest Salt(EvidenceVerdict verdict) =>
        EvidenceSalt.Of(ProofSecret.FromBytes([1, .. new byte[31]]), verdict);
}
