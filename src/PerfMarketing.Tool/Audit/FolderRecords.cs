using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Audit;

/// <summary>The records that stand in the files of a folder, by kind and id.</summary>
internal sealed class FolderRecords
{
    private readonly Dictionary<(string Of, string Id), FoundRecord> found = [];

    /// <summary>Adds the first line of the chain.</summary>
    /// <param name="start">The line.</param>
    public void AddStart(ChainStart start)
    {
        ChainRecord record = ChainRecord.OfStart(start);
        found.Add((record.Of, record.Id), new(ChainFiles.Chain, 1, record.Content, record.At));
    }

    /// <summary>Adds a record.</summary>
    /// <param name="lines">The file, at the record's line.</param>
    /// <param name="record">The record.</param>
    public void Add(AuditLines lines, ChainRecord record)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (!found.TryAdd((record.Of, record.Id), new(lines.File, lines.Number, record.Content, record.At)))
        {
            throw lines.Fault(AuditCodes.NotChained, $"The {record.Of} {record.Id} stands twice.");
        }
    }

    /// <summary>When a record of the chain was decided or received.</summary>
    /// <param name="line">The record, which is there.</param>
    public Instant TimeOf(ChainLine line) => found[(line.Of, line.Id)].At;

    /// <summary>The first line of each file that differs from the chain.</summary>
    /// <param name="chain">The records of the chain.</param>
    /// <param name="isWhole">
    /// Whether all files could be read to their ends; what is missing otherwise is no second fault.
    /// </param>
    public ValueList<AuditFault> CompareTo(IReadOnlyList<ChainLine> chain, bool isWhole)
    {
        ArgumentNullException.ThrowIfNull(chain);
        List<AuditFault> faults = [];
        HashSet<(string Of, string Id)> chained = [];
        for (int i = 0; i < chain.Count; i++)
        {
            ChainLine line = chain[i];
            bool isFirst = chained.Add((line.Of, line.Id));
            if (found.TryGetValue((line.Of, line.Id), out FoundRecord here) && isFirst)
            {
                if (here.Content != line.Content)
                {
                    faults.Add(new(
                        here.File, here.Line, AuditCodes.Changed, $"The {line.Of} {line.Id} is not what was chained."));
                }
            }
            else if (isWhole)
            {
                faults.Add(new(
                    ChainFiles.Chain, i + 2, AuditCodes.Missing, $"The {line.Of} {line.Id} is not there any more."));
            }
        }

        faults.AddRange(found.Where(pair => !chained.Contains(pair.Key)).Select(static pair => new AuditFault(
            pair.Value.File,
            pair.Value.Line,
            AuditCodes.NotChained,
            $"The {pair.Key.Of} {pair.Key.Id} was never chained.")));
        return
        [
            .. faults.GroupBy(static fault => fault.File).Select(static file => file.MinBy(static f => f.Line)!)
                .OrderBy(static fault => fault.File == ChainFiles.Chain)
                .ThenBy(static fault => fault.File, StringComparer.Ordinal),
        ];
    }
}
