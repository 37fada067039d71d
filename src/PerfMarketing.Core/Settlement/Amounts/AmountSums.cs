using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Amounts;

/// <summary>Whole-number sums for each route and month.</summary>
internal sealed class AmountSums
{
    private readonly AmountRoute[][] routes;
    private readonly MonthTable[][] months;
    private readonly Sum[][][] sums;
    private int near;

    /// <summary>Empty sums for the months of some outcomes.</summary>
    public AmountSums(AmountRoute[][] routes, OutcomeSlots slots)
    {
        this.routes = routes;
        (long first, long last) = (long.MaxValue, long.MinValue);
        foreach (OutcomeSlots.Slot slot in slots.All)
        {
            (first, last) = (Math.Min(first, slot.At), Math.Max(last, slot.At));
        }

        Dictionary<Contract, MonthTable> tables = new(ReferenceEqualityComparer.Instance);
        months = [.. routes.Select(own => own.Select(route => TableOf(route.Contract)).ToArray())];
        sums = [.. months.Select(static own => own.Select(static table => new Sum[table.Count]).ToArray())];

        MonthTable TableOf(Contract contract)
        {
            if (!tables.TryGetValue(contract, out MonthTable? table))
            {
                tables.Add(contract, table = new(contract.Calendar, first, last));
            }

            return table;
        }
    }

    /// <summary>Counts an outcome under every contract that pays its partner.</summary>
    public void Add(AmountRoute[] paying, int partner, long ticks, long value)
    {
        for (int i = 0; i < paying.Length; i++)
        {
            AmountRoute route = paying[i];
            if (route.Clause is null || !route.IsInForce(ticks))
            {
                continue;
            }

            MonthTable table = months[partner][i];
            near = table.Find(ticks, Math.Min(near, table.Count - 1));
            ref Sum sum = ref sums[partner][i][near];
            sum.Outcomes++;
            sum.Value = checked(sum.Value + value);
            sum.Posted = checked(sum.Posted + route.PostedFor(value));
        }
    }

    /// <summary>The sums as amounts.</summary>
    public ValueList<AmountLine> ToLines(Currency currency)
    {
        ClausePricing pricing = new();
        List<(int Contract, AmountLine Line)> lines = [];
        for (int partner = 0; partner < routes.Length; partner++)
        {
            for (int i = 0; i < routes[partner].Length; i++)
            {
                AmountRoute route = routes[partner][i];
                for (int month = 0; month < sums[partner][i].Length; month++)
                {
                    Sum sum = sums[partner][i][month];
                    if (sum.Outcomes > 0)
                    {
                        Money value = Money.FromMinor(sum.Value, currency);
                        Money amount = route.TotalOf(pricing, sum.Outcomes, value, sum.Posted);
                        string name = months[partner][i].NameOf(month);
                        lines.Add((route.Place, new(
                            route.Contract.Id,
                            route.Clause!.Id,
                            route.Partner,
                            name,
                            sum.Outcomes,
                            value,
                            amount)));
                    }
                }
            }
        }

        return lines.OrderBy(static l => l.Contract).Select(static l => l.Line).ToValueList();
    }

    private struct Sum
    {
        public long Outcomes;
        public long Value;
        public long Posted;
    }
}
