using NodaTime;
using PerfMarketing.Integrity;
using PerfMarketing.Settlement;

namespace PerfMarketing.Tool.Audit;

/// <summary>The heads that the ledger had when the periods of the closed statements were over.</summary>
/// <param name="statements">The statements.</param>
internal sealed class Heads(IEnumerable<Statement> statements)
{
    private readonly Queue<Instant> ends = new(
        statements.Where(static s => s.IsClosed).Select(static s => s.To).Distinct().Order());

    private readonly Dictionary<Instant, TreeHead> heads = [];

    /// <summary>Notes the heads of all periods that were over before a record.</summary>
    /// <param name="at">When the record was decided or received.</param>
    /// <param name="chain">The chain without it.</param>
    public void Pass(Instant at, RecordChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        while (ends.TryPeek(out Instant end) && end <= at)
        {
            heads[ends.Dequeue()] = chain.Head;
        }
    }

    /// <summary>The head at the end of a period.</summary>
    /// <param name="end">The end of a closed statement's period, once the whole ledger has passed.</param>
    public TreeHead At(Instant end) => heads[end];
}
