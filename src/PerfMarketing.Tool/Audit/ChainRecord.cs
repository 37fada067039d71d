using System.Globalization;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Seals;

namespace PerfMarketing.Tool.Audit;

/// <summary>A record of the folder that goes into the chain.</summary>
/// <param name="Of">What kind of record it is.</param>
/// <param name="Id">Which record of its kind.</param>
/// <param name="Content">The digest of its canonical form.</param>
/// <param name="At">When it was decided or received; the beginning of time for what is not of the ledger.</param>
internal readonly record struct ChainRecord(string Of, string Id, Digest Content, Instant At = default)
    : IComparable<ChainRecord>
{
    private const string LinesTerm = "lines";

    /// <summary>The record of a ledger entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="node">Its terms.</param>
    public static ChainRecord OfEntry(LedgerEntry entry, TermNode node)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new(ChainLine.Entry, entry.Id.Value, TermDigest.Of(node), entry.DecidedAt);
    }

    /// <summary>The record of a piece of evidence.</summary>
    /// <param name="outcome">The outcome that it is about.</param>
    /// <param name="place">Its place among the outcome's evidence, from 0.</param>
    /// <param name="verdict">What was said of it.</param>
    /// <param name="secret">The folder's secret.</param>
    public static ChainRecord OfEvidence(OutcomeId outcome, int place, EvidenceVerdict verdict, ProofSecret secret)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        EvidenceReceived received = new() { OutcomeId = outcome, DecidedAt = verdict.ReceivedAt, Verdict = verdict };
        Digest content = RecordContent.Of(received, v => EvidenceSalt.Of(secret, v));
        string id = string.Create(CultureInfo.InvariantCulture, $"{outcome}#{place}");
        return new(ChainLine.Evidence, id, content, verdict.ReceivedAt);
    }

    /// <summary>The record of the first line of the chain.</summary>
    /// <param name="start">The line.</param>
    public static ChainRecord OfStart(ChainStart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        return new(ChainLine.Start, start.Campaign.Value, TermDigest.Of(start));
    }

    /// <summary>The record of when everything was looked at, by which a later run tells what was closed.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="asOf">The instant.</param>
    public static ChainRecord OfRun(CampaignId campaign, Instant asOf) =>
        new(ChainLine.Run, campaign.Value, new CanonicalWriter("run").Text(campaign.Value).Instant(asOf).ToDigest());

    /// <summary>The record of a statement without its lines, which have records of their own.</summary>
    /// <param name="id">The statement's id.</param>
    /// <param name="node">Its terms.</param>
    public static ChainRecord OfStatement(StatementId id, TermNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        (string Name, TermNode Item)[] kept =
            [.. node.Names.Zip(node.Items).Where(static term => term.First != LinesTerm)];
        TermNode head = TermNode.OfObject(
            [.. kept.Select(static term => term.Name)], [.. kept.Select(static term => term.Item)]);
        return new(ChainLine.Statement, id.Value, TermDigest.Of(head));
    }

    /// <summary>The record of a line of the decisions.</summary>
    /// <param name="line">Its number from 1.</param>
    /// <param name="node">Its terms.</param>
    public static ChainRecord OfDecision(int line, TermNode node) =>
        new(ChainLine.Decision, NumberOf(line), TermDigest.Of(node));

    /// <summary>The record of a line of text.</summary>
    /// <param name="line">Its number from 1.</param>
    /// <param name="text">The line.</param>
    public static ChainRecord OfRejected(int line, string text) =>
        new(ChainLine.Rejected, NumberOf(line), new CanonicalWriter("line").Text(text).ToDigest());

    /// <summary>The order of the ledger: by time, evidence before entries, by id.</summary>
    /// <param name="other">The other record.</param>
    public int CompareTo(ChainRecord other)
    {
        int order = At.CompareTo(other.At);
        order = order != 0 ? order : -string.CompareOrdinal(Of, other.Of);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }

    private static string NumberOf(int line) => line.ToString(CultureInfo.InvariantCulture);
}
