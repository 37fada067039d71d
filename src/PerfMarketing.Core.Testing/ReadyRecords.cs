using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>Records that are read already: nobody who walks them ever waits.</summary>
internal sealed class ReadyRecords(StoredRecord[] records) : IAsyncEnumerable<StoredRecord>
{
    /// <inheritdoc/>
    public IAsyncEnumerator<StoredRecord> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Walk(records, cancellationToken);

    private sealed class Walk(StoredRecord[] records, CancellationToken cancellationToken)
        : IAsyncEnumerator<StoredRecord>
    {
        private int place = -1;

        public StoredRecord Current => records[place];

        public ValueTask<bool> MoveNextAsync()
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new(++place < records.Length);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
