using System.Collections.Concurrent;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>The lines of a plan in their places: every reservation takes them in one order.</summary>
internal sealed class LedgerTree
{
    // Whoever names lines in ever new ways is answered, and not remembered.
    private const int PathCountMax = 2 * BudgetPlan.LineCountMax;

    private readonly Dictionary<BudgetId, LedgerLine> lines = [];
    private readonly Dictionary<LedgerLine, int> places = [];
    private readonly ConcurrentDictionary<ValueList<BudgetId>, LedgerPath> paths = [];

    internal LedgerTree(BudgetPlan plan)
    {
        var calendar = ContractCalendar.In(plan.Zone);
        var terms = plan.Lines.ToDictionary(static l => l.Id);
        foreach (BudgetLine line in plan.Lines)
        {
            Add(line, terms, calendar);
        }

        foreach (LedgerLine line in plan.Lines.Select(l => lines[l.Id]).OrderBy(static l => l.Depth))
        {
            places.Add(line, places.Count);
        }

        Currency = plan.Currency;
    }

    internal Currency Currency { get; }

    internal IEnumerable<LedgerLine> Lines => lines.Values;

    internal LedgerLine? Find(BudgetId budget) => lines.GetValueOrDefault(budget);

    /// <summary>The lines with all above them; null when one is not in the plan, or none is named.</summary>
    internal LedgerPath? PathOf(ValueList<BudgetId> budgets, out BudgetId? missing)
    {
        missing = null;
        if (paths.TryGetValue(budgets, out LedgerPath? path))
        {
            return path;
        }

        List<LedgerLine> own = [];
        foreach (BudgetId id in budgets)
        {
            if (!lines.TryGetValue(id, out LedgerLine? line))
            {
                missing = id;
                return null;
            }

            own.Add(line);
        }

        if (own.Count == 0)
        {
            return null;
        }

        LedgerPath made = new(own, places);
        return paths.Count < PathCountMax ? paths.GetOrAdd(budgets, made) : made;
    }

    /// <summary>The periods that ended by an instant, with their stamps.</summary>
    internal Dictionary<LineWindow, long> StampsBy(Instant before) =>
        lines.Values.SelectMany(line => line.EndedBy(before)).ToDictionary(static w => w, static w => w.Stamp);

    /// <summary>Forgets periods that ended by an instant, apart from those that are still needed.</summary>
    internal void Forget(Instant before, Func<LineWindow, bool> tryRetire)
    {
        foreach (LedgerPath path in paths.Values)
        {
            path.Forget();
        }

        foreach (LedgerLine line in lines.Values)
        {
            line.Forget(before, tryRetire);
        }
    }

    private LedgerLine Add(BudgetLine line, Dictionary<BudgetId, BudgetLine> terms, ContractCalendar calendar)
    {
        if (!lines.TryGetValue(line.Id, out LedgerLine? known))
        {
            known = new(line, line.Parent is { } parent ? Add(terms[parent], terms, calendar) : null, calendar);
            lines.Add(line.Id, known);
        }

        return known;
    }
}
