using System.Text.RegularExpressions;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>A store that keeps microseconds, as a column of many databases does.</summary>
internal sealed partial class RoundingLedger : ILedgerStore
{
    private readonly MemoryLedger inner = new();

    public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken) =>
        inner.CommitAsync(
            batch with
            {
                Appends =
                [
                    .. batch.Appends.Select(static a => a with { Records = [.. a.Records.Select(Rounded)] }),
                ],
            },
            cancellationToken);

    public IAsyncEnumerable<StoredRecord> ReadAsync(
        ValueList<StreamPosition> after, CancellationToken cancellationToken) =>
        inner.ReadAsync(after, cancellationToken);

    public ValueTask<ValueList<CommitReceipt>> FindAsync(
        UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
        inner.FindAsync(unit, keys, cancellationToken);

    private static CampaignRecord Rounded(CampaignRecord record) =>
        TermJson.Parse(Nanoseconds().Replace(TermJson.Write(record), "$1Z"), CampaignRecord.Read)!;

    [GeneratedRegex("(\\.[0-9]{6})[0-9]+Z")]
    private static partial Regex Nanoseconds();
}
