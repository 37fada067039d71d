using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

/// <summary>A store that misbehaves on some commits, told by their number from 0.</summary>
internal sealed class FaultyLedger(ILedgerStore inner, Func<int, Fault> faults) : ILedgerStore
{
    public List<CommitBatch> Batches { get; } = [];

    public int Reads { get; private set; }

    public long StreamsRead { get; private set; }

    public async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        Fault fault = faults(Batches.Count);
        Batches.Add(batch);
        switch (fault)
        {
            case Fault.Conflict:
                return new CommitResult.VersionConflict([]);
            case Fault.Lost:
                return new CommitResult.Unavailable(MaybeApplied: false);
            case Fault.LostAnswer:
                await inner.CommitAsync(batch, cancellationToken);
                return new CommitResult.Unavailable(MaybeApplied: true);
            case Fault.Crash:
                throw new IOException("The disk is full.");
            default:
                return await inner.CommitAsync(batch, cancellationToken);
        }
    }

    public IAsyncEnumerable<StoredRecord> ReadAsync(
        ValueList<StreamPosition> after, CancellationToken cancellationToken)
    {
        Reads++;
        StreamsRead += after.Count;
        return inner.ReadAsync(after, cancellationToken);
    }

    public ValueTask<ValueList<CommitReceipt>> FindAsync(
        UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
        inner.FindAsync(unit, keys, cancellationToken);
}

/// <summary>How a commit goes.</summary>
internal enum Fault
{
    None,
    Conflict,
    Lost,
    LostAnswer,
    Crash,
}
