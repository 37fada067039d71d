using NodaTime;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Testing;

/// <summary>What is on the disk.</summary>
internal sealed class PlantedTables
{
    public Dictionary<string, List<string>> Streams { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string Unit, string Key), (string Content, string Receipt)> Keys { get; } = [];

    public Queue<(string Unit, string Key)> Newest { get; } = [];

    public Dictionary<(string Unit, string Outcome), Instant> Due { get; } = [];

    public List<string> Outbox { get; } = [];

    public List<StreamAppend> Log { get; } = [];

    public List<(string Stream, int Count)> Unflushed { get; } = [];

    /// <summary>The next commit flushes the one before; a crash loses it.</summary>
    public void Flush(bool keepsLast)
    {
        foreach ((string stream, int count) in keepsLast ? [] : Unflushed)
        {
            Streams[stream].RemoveRange(Streams[stream].Count - count, count);
        }

        Unflushed.Clear();
    }
}
