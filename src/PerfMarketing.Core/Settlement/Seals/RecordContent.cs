using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement.Seals;

/// <summary>What a record of a campaign puts into the chain of its ledger.</summary>
/// <remarks>
/// Evidence is chained by a salted commitment, so that what it claims can be erased; every other record by the digest
/// of all its terms.
/// </remarks>
public static class RecordContent
{
    /// <summary>The content of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="saltOf">The salt of a piece of evidence: <see cref="EvidenceSalt"/>, or kept random bytes.</param>
    public static Digest Of(CampaignRecord record, Func<EvidenceVerdict, Digest> saltOf)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(saltOf);
        return record is EvidenceReceived received
            ? Of(received, CommittedVerdict.Of(received.Verdict, saltOf(received.Verdict)))
            : TermDigest.Of(record);
    }

    /// <summary>The content of the record of evidence, whether or not its claims were erased.</summary>
    /// <param name="received">The record.</param>
    /// <param name="verdict">Its verdict as it is kept.</param>
    public static Digest Of(EvidenceReceived received, CommittedVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(received);
        ArgumentNullException.ThrowIfNull(verdict);
        TermNode record = TermNode.Of(received with { Verdict = verdict.Erase().Verdict });
        return TermDigest.Of(TermNode.OfObject(
            ["record", "commitment"], [record, TermNode.OfText(verdict.Commitment.ToString())]));
    }
}
