using PerfMarketing.Identity;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Simulation.Checks;

namespace PerfMarketing.Simulation.Replays;

/// <summary>Compares what two runs come to, name by name.</summary>
/// <param name="violations">What was found wrong.</param>
/// <param name="why">The invariant's number, and what was done to the log.</param>
internal sealed class Differences(Violations violations, string why)
{
    private const int ToldMax = 2;

    /// <summary>Adds what differs; the first few. It is written down only then.</summary>
    public void Compare<TKey, T>(Dictionary<TKey, T> expected, Dictionary<TKey, T> actual, Func<T, string> text)
        where TKey : notnull
        where T : IEquatable<T>
    {
        int told = 0;
        foreach (TKey key in expected.Keys.Union(actual.Keys))
        {
            bool was = expected.TryGetValue(key, out T? before);
            bool found = actual.TryGetValue(key, out T? after);
            if ((was != found || !before!.Equals(after)) && told++ < ToldMax)
            {
                string left = was ? text(before!) : "nothing";
                violations.Add($"{why}: {key} is\n    {(found ? text(after!) : "nothing")}\n  and not\n    {left}");
            }
        }
    }

    /// <summary>All of two runs, to the last field of every entry and statement.</summary>
    public void CompareWhole(RunPicture expected, RunPicture actual)
    {
        Compare(expected.Entries(), actual.Entries());
        Compare(
            expected.StatementsByName(static s => s),
            actual.StatementsByName(static s => s),
            static s => TermJson.Write(s));
        CompareRest(expected, actual, isWhy: true);
    }

    /// <summary>All of two runs in what is money.</summary>
    public void CompareMoney(RunPicture expected, RunPicture actual)
    {
        Compare(Money(expected), Money(actual), static m => m.ToString());
        Compare(
            expected.StatementsByName(StatementMoney.Of),
            actual.StatementsByName(StatementMoney.Of),
            static m => m.ToString());
        CompareRest(expected, actual, isWhy: false);
    }

    public void Compare(Dictionary<EntryId, LedgerEntry> expected, Dictionary<EntryId, LedgerEntry> actual) =>
        Compare<EntryId, LedgerEntry>(expected, actual, static e => TermJson.Write((CampaignRecord)e));

    private void CompareRest(RunPicture expected, RunPicture actual, bool isWhy)
    {
        Compare(expected.Standings(isWhy), actual.Standings(isWhy), static s => s);
        Compare(expected.Rooms(actual), actual.Rooms(expected), static r => r.ToString());
    }

    private static Dictionary<EntryId, EntryMoney> Money(RunPicture picture) =>
        picture.Run.Entries.ToDictionary(static e => e.Id, EntryMoney.Of);
}
