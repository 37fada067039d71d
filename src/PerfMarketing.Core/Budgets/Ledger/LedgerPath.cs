using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>Some lines with all lines above them, each once, the highest first.</summary>
/// <remarks>Every path keeps to one order of all lines, so that reservations never wait for each other.</remarks>
internal sealed class LedgerPath
{
    private readonly LedgerLine[] lines;
    private readonly HashSet<LedgerLine> own;
    private LedgerWindows? latest;

    internal LedgerPath(IEnumerable<LedgerLine> own, Dictionary<LedgerLine, int> places)
    {
        this.own = [.. own];
        HashSet<LedgerLine> all = [];
        foreach (LedgerLine line in this.own)
        {
            for (LedgerLine? at = line; at is not null; at = at.Parent)
            {
                all.Add(at);
            }
        }

        lines = [.. all.OrderBy(line => places[line])];
    }

    /// <summary>The names of all lines.</summary>
    internal ValueList<BudgetId> Ids => lines.Select(static l => l.Terms.Id).ToValueList();

    /// <summary>Whether a line was named, and did not come with one below it.</summary>
    internal bool IsOwn(LedgerLine line) => own.Contains(line);

    /// <summary>The first line that is paused.</summary>
    internal LedgerLine? FindPaused() => Array.Find(lines, static line => line.Terms.IsPaused);

    /// <summary>Forgets the periods that were asked for last.</summary>
    internal void Forget() => Volatile.Write(ref latest, null);

    /// <summary>The periods of an instant.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="outside">The first line that has no period then; null when there are periods.</param>
    internal LedgerWindows? Find(Instant at, out LedgerLine? outside)
    {
        outside = null;
        LedgerWindows? found = Volatile.Read(ref latest);
        if (found is not null && found.Contains(at))
        {
            return found;
        }

        var windows = new LineWindow[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Find(at) is not { } window)
            {
                outside = lines[i];
                return null;
            }

            windows[i] = window;
        }

        found = new(windows);
        Volatile.Write(ref latest, found);
        return found;
    }
}
