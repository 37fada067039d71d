using PerfMarketing.Integrity;

namespace PerfMarketing.Tool.Audit;

/// <summary>A chain whose links and heads follow from its contents.</summary>
/// <param name="Start">Its first line.</param>
/// <param name="Lines">Its records.</param>
/// <param name="End">Its last line.</param>
internal sealed record ChainAudit(ChainStart Start, IReadOnlyList<ChainLine> Lines, ChainEnd End)
{
    private const string RecordStart = "{\"of\":";

    /// <summary>Reads a chain and checks it.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="published">A head of the ledger that was published before; null when there is none.</param>
    public static ChainAudit Read(AuditLines lines, TreeHead? published)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ChainStart start = lines.Next(ChainStart.Read);
        List<ChainLine> records = [];
        RecordChain chain = RecordChain.Empty;
        RecordChain ledger = chain;
        while (lines.Peek()?.StartsWith(RecordStart, StringComparison.Ordinal) == true)
        {
            ChainLine line = lines.Next(ChainLine.Read);
            bool isLast = ledger.Size == chain.Size;
            chain = chain.Append(line.Content);
            records.Add(line);
            if (line.Of == ChainLine.Start && line.Content != ChainRecord.OfStart(start).Content)
            {
                throw lines.Fault(AuditCodes.Changed, "The first line is not what was chained.", 1);
            }

            if (chain.Link != line.Link)
            {
                throw lines.Fault(AuditCodes.LinkBroken, "The link does not follow from what stands before it.");
            }

            if (line.IsLedger && !isLast)
            {
                throw lines.Fault(AuditCodes.Malformed, "Entries and evidence stand before all other records.");
            }

            ledger = line.IsLedger ? chain : ledger;
            if (line.IsLedger && ledger.Size == published?.Size && ledger.Head != published)
            {
                throw lines.Fault(AuditCodes.HeadBroken, "Up to here, the ledger is not the published one.");
            }
        }

        ChainEnd end = lines.Next(ChainEnd.Read);
        if (end.Ledger != ledger.Head || end.Folder != chain.Head || ledger.Size < published?.Size)
        {
            throw lines.Fault(AuditCodes.HeadBroken, "The head is not the chain's, or is behind the published one.");
        }

        lines.ExpectEnd();
        return new(start, records, end);
    }
}
