using System.Security.Cryptography;
using System.Text;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation;

/// <summary>One digest over every record and every statement: two runs that say the same have the same.</summary>
internal static class Root
{
    public static string Of(SeedRun run) => run.Live is { } live
        ? Of(live.Ledger, live.Settled.OrderBy(static s => s.Key).SelectMany(static s => s.Value))
        : "none";

    public static string Of(MemoryLedger ledger, IEnumerable<Statement> statements)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (StreamPosition position in ledger.Positions)
        {
            Add(hash, position.Stream.ToString());
            foreach (CampaignRecord record in RecordsOf(ledger, position.Stream))
            {
                Add(hash, TermJson.Write(record));
            }
        }

        foreach (Statement statement in statements)
        {
            Add(hash, TermJson.Write(statement));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What a stream holds.</summary>
    public static List<CampaignRecord> RecordsOf(MemoryLedger ledger, StreamId stream)
    {
        List<CampaignRecord> records = [];
        IAsyncEnumerator<StoredRecord> all =
            ledger.ReadAsync([new StreamPosition(stream, 0)], default).GetAsyncEnumerator();
        while (all.MoveNextAsync().AsTask().GetAwaiter().GetResult())
        {
            records.Add(all.Current.Record);
        }

        return records;
    }

    private static void Add(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData("\n"u8);
    }
}
