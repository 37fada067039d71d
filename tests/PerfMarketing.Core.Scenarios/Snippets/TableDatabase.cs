using System.Collections.Concurrent;
using System.Data.Common;
using PerfMarketing.Workflows;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>
/// Stands for a relational database: four tables of text, unique indexes, transactions, a lock by name.
/// </summary>
internal sealed class TableDatabase
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> locks = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Stream, long Version), string> records = [];
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Unit, string Key), KeyRow> keys = [];
    private readonly Dictionary<(string Unit, string Outcome), string> due = [];
    private readonly OrderedDictionary<string, OutboxMessage> outbox = new(StringComparer.Ordinal);

    /// <summary>Asked at each commit whether the connection breaks, before it or after it.</summary>
    public Func<(bool Before, bool After)> Breaks { get; set; } = static () => (false, false);

    public int OutboxCount
    {
        get
        {
            lock (gate)
            {
                return outbox.Count;
            }
        }
    }

    public Task<OutboxMessage[]> ReadOutboxAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult<OutboxMessage[]>([.. outbox.Values]);
        }
    }

    public async Task<TableTransaction> BeginAsync(string unit, CancellationToken cancellationToken)
    {
        SemaphoreSlim held = locks.GetOrAdd(unit, static _ => new(1));
        await held.WaitAsync(cancellationToken);
        return new(this, held);
    }

    public KeyRow? FindKey(string unit, string key)
    {
        lock (gate)
        {
            return keys.GetValueOrDefault((unit, key));
        }
    }

    public long VersionOf(string stream)
    {
        lock (gate)
        {
            return versions.GetValueOrDefault(stream);
        }
    }

    public Task<KeyRow[]> FindKeysAsync(string unit, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<KeyRow[]>([.. names.Select(n => FindKey(unit, n)).OfType<KeyRow>()]);
    }

    public Task<RecordRow[]> ReadAsync(string stream, long after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            List<RecordRow> rows = [];
            for (long version = after + 1; version <= versions.GetValueOrDefault(stream); version++)
            {
                rows.Add(new(stream, version, records[(stream, version)]));
            }

            return Task.FromResult<RecordRow[]>([.. rows]);
        }
    }

    public Task<DueRow[]> FindDueAsync(
        string unit, string until, DueRow? after, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult<DueRow[]>(
            [
                .. due.Where(d => d.Key.Unit == unit && string.CompareOrdinal(d.Value, until) <= 0)
                    .Select(static d => new DueRow(d.Value, d.Key.Outcome))
                    .Where(d => after is null || Compare(d, after) > 0)
                    .Order(Comparer<DueRow>.Create(Compare)).Take(count),
            ]);
        }
    }

    public void Apply(TableTransaction change)
    {
        (bool isLostBefore, bool isLostAfter) = Breaks();
        lock (gate)
        {
            if (isLostBefore || change.Records.Exists(r => records.ContainsKey((r.Stream, r.Version)))
                || change.Keys.Exists(k => keys.ContainsKey((k.Unit, k.Key)))
                || change.Outbox.Exists(m => outbox.ContainsKey(m.Id)))
            {
                throw new TableException("The connection was lost, or a unique index would be broken.");
            }

            foreach (RecordRow row in change.Records)
            {
                records.Add((row.Stream, row.Version), row.Json);
                versions[row.Stream] = Math.Max(versions.GetValueOrDefault(row.Stream), row.Version);
            }

            foreach ((string unit, string key, KeyRow row) in change.Keys)
            {
                keys.Add((unit, key), row);
            }

            foreach ((string unit, string outcome, string? at) in change.Due)
            {
                due.Remove((unit, outcome));
                if (at is not null)
                {
                    due.Add((unit, outcome), at);
                }
            }

            foreach (OutboxMessage message in change.Outbox)
            {
                outbox.Add(message.Id, message);
            }
        }

        if (isLostAfter)
        {
            throw new TableException("The connection was lost.");
        }
    }

    private static int Compare(DueRow one, DueRow other)
    {
        int order = string.CompareOrdinal(one.At, other.At);
        return order != 0 ? order : string.CompareOrdinal(one.Outcome, other.Outcome);
    }

    internal sealed record RecordRow(string Stream, long Version, string Json);

    internal sealed record DueRow(string At, string Outcome);

    internal sealed record KeyRow(string Content, string Receipt);

    internal sealed class TableException : DbException
    {
        public TableException()
        {
        }

        public TableException(string message)
            : base(message)
        {
        }

        public TableException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>Holds the lock until it is disposed of; what it was given is seen by others once it commits.</summary>
    internal sealed class TableTransaction(TableDatabase database, SemaphoreSlim held) : IAsyncDisposable
    {
        public List<RecordRow> Records { get; } = [];

        public List<(string Unit, string Key, KeyRow Row)> Keys { get; } = [];

        public List<(string Unit, string Outcome, string? At)> Due { get; } = [];

        public List<OutboxMessage> Outbox { get; } = [];

        public KeyRow? FindKey(string unit, string key) => database.FindKey(unit, key);

        public long VersionOf(string stream) => database.VersionOf(stream);

        public void InsertRecord(string stream, long version, string json) => Records.Add(new(stream, version, json));

        public void InsertKey(string unit, string key, KeyRow row) => Keys.Add((unit, key, row));

        public void UpsertDue(string unit, string outcome, string at) => Due.Add((unit, outcome, at));

        public void DeleteDue(string unit, string outcome) => Due.Add((unit, outcome, null));

        public void InsertMessage(OutboxMessage message) => Outbox.Add(message);

        public Task CommitAsync(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            database.Apply(this);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            held.Release();
            return ValueTask.CompletedTask;
        }
    }
}
