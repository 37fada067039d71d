using System.Runtime.CompilerServices;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>A ledger store that goes wrong as it is told.</summary>
/// <remarks>
/// Of several commits with one call each may have a fault of its own, so that the call may break off anywhere in its
/// middle; those without a fault are handed to the store behind it together.
/// </remarks>
/// <param name="inner">The store behind it.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="scheduler">Where delayed calls wait; null when they do not.</param>
public sealed class FaultyLedger(ILedgerStore inner, IPortFaults faults, VirtualScheduler? scheduler = null)
    : ILedgerStore
{
    private readonly FaultGate gate = new(faults, scheduler);

    /// <inheritdoc/>
    public async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        PortFault fault = await gate.EnterAsync(PortMethod.Commit, cancellationToken).ConfigureAwait(false);
        switch (fault.Kind)
        {
            case PortFaultKind.Unavailable:
                return new CommitResult.Unavailable(MaybeApplied: false);
            case PortFaultKind.VersionConflict:
                return new CommitResult.VersionConflict([.. batch.Appends.Take(1).Select(Moved)]);
            default:
                break;
        }

        CommitResult result = await inner.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        return fault.Kind switch
        {
            PortFaultKind.FailAfter => throw new PortFailedException(PortMethod.Commit, fault.Kind),
            PortFaultKind.LostAcknowledgement => new CommitResult.Unavailable(MaybeApplied: true),
            _ => result,
        };
    }

    /// <inheritdoc/>
    public async ValueTask<ValueList<CommitResult>> CommitAllAsync(
        ValueList<CommitBatch> batches, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batches);
        List<CommitResult> results = [];
        bool isGoing = batches.Count > 0;
        while (isGoing)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int begin = results.Count;
            int end = gate.Next(PortMethod.Commit, begin, batches.Count, out PortFault fault);
            if (end > begin)
            {
                results.AddRange(await inner
                    .CommitAllAsync([.. batches.Skip(begin).Take(end - begin)], cancellationToken)
                    .ConfigureAwait(false));
            }

            isGoing = results.Count == end && results.TrueForAll(static r => r is CommitResult.Committed);
            if (isGoing && end < batches.Count)
            {
                results.AddRange(await CommitAllAsync([.. batches.Skip(end)], fault, cancellationToken)
                    .ConfigureAwait(false));
                isGoing = results[^1] is CommitResult.Committed;
            }

            isGoing &= results.Count < batches.Count;
        }

        return results.ToValueList();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredRecord> ReadAsync(
        ValueList<StreamPosition> after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PortFault fault = faults.Next(PortMethod.ReadStreams);
        return fault.Kind == PortFaultKind.None
            ? inner.ReadAsync(after, cancellationToken)
            : ReadAsync(after, fault, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ValueList<CommitReceipt>> FindAsync(
        UnitId unit, ValueList<string> keys, CancellationToken cancellationToken)
    {
        PortFault fault = await gate.EnterAsync(PortMethod.FindReceipts, cancellationToken).ConfigureAwait(false);
        ValueList<CommitReceipt> found = await inner.FindAsync(unit, keys, cancellationToken).ConfigureAwait(false);
        FaultGate.Leave(PortMethod.FindReceipts, fault);
        return found;
    }

    // The first of some commits has a fault: what is answered for it.
    private async ValueTask<ValueList<CommitResult>> CommitAllAsync(
        ValueList<CommitBatch> batches, PortFault drawn, CancellationToken cancellationToken)
    {
        PortFault fault = await gate.EnterAsync(PortMethod.Commit, drawn, cancellationToken).ConfigureAwait(false);
        switch (fault.Kind)
        {
            case PortFaultKind.Unavailable:
                return [new CommitResult.Unavailable(MaybeApplied: false)];
            case PortFaultKind.VersionConflict:
                return [new CommitResult.VersionConflict([.. batches[0].Appends.Take(1).Select(Moved)])];
            case PortFaultKind.FailAfter:
            case PortFaultKind.LostAcknowledgement:
                await inner.CommitAllAsync([.. batches.Take(Math.Max(1, fault.Size))], cancellationToken)
                    .ConfigureAwait(false);
                return fault.Kind == PortFaultKind.FailAfter
                    ? throw new PortFailedException(PortMethod.Commit, fault.Kind)
                    : [new CommitResult.Unavailable(MaybeApplied: true)];
            default:
                return await inner.CommitAllAsync([batches[0]], cancellationToken).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<StoredRecord> ReadAsync(
        ValueList<StreamPosition> after, PortFault next, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PortFault fault = await gate.EnterAsync(PortMethod.ReadStreams, next, cancellationToken).ConfigureAwait(false);
        List<StoredRecord> found = [];
        await foreach (StoredRecord record in inner.ReadAsync(after, cancellationToken).ConfigureAwait(false))
        {
            found.Add(record);
        }

        bool breaksOff = fault.Kind is PortFaultKind.FailAfter or PortFaultKind.LostAcknowledgement;
        IEnumerable<StoredRecord> seen = fault.Kind == PortFaultKind.StaleRead
            ? found.GroupBy(static r => r.Stream).SelectMany(g => g.SkipLast(fault.Size))
            : breaksOff ? found.SkipLast(1) : found;
        foreach (StoredRecord record in seen)
        {
            yield return record;
        }

        if (breaksOff)
        {
            throw new PortFailedException(PortMethod.ReadStreams, fault.Kind);
        }
    }

    private static StreamPosition Moved(StreamAppend append) =>
        append.Expected with { Version = append.Expected.Version + 1 };
}
