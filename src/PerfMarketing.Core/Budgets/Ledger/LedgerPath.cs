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
    internal LedgerWindows? Find(Instant at, out LedgerLine? outside) => Find(LedgerInstants.At(at), out outside);

    /// <summary>The periods of a result.</summary>
    /// <param name="at">Its instants; each line goes by one of them.</param>
    /// <param name="outside">The first line that has no period then; null when there are periods.</param>
    /// <param name="known">Where it counts by now: there it stays on lines that have no period then.</param>
    internal LedgerWindows? Find(LedgerInstants at, out LedgerLine? outside, LedgerWindows? known = null)
    {
        outside = null;
        LedgerWindows? found = Volatile.Read(ref latest);
        if (found is not null && (at.IsOne ? found.Contains(at.Occurred) : found.Contains(at)))
        {
            return found;
        }

        List<LineWindow> windows = new(lines.Length);
        foreach (LedgerLine line in lines)
        {
            Instant instant = at.Of(line.Terms.Recognition);
            if (line.Find(instant) is { } window)
            {
                if (line.FindWhole(instant, isKept: true) is { } whole)
                {
                    windows.Add(whole);
                }

                windows.Add(window);
            }
            else if (known is not null)
            {
                windows.AddRange(known.Of(line));
            }
            else
            {
                outside = line;
                return null;
            }
        }

        found = new([.. windows]);
        if (at.IsOne)
        {
            Volatile.Write(ref latest, found);
        }

        return found;
    }
}
