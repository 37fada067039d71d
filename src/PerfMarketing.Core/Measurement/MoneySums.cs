using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement;

/// <summary>Sums of amounts in several currencies, which never mix.</summary>
internal static class MoneySums
{
    /// <summary>One sum for each currency that occurs, in the order of the codes.</summary>
    public static ValueList<Money> Of(IEnumerable<Money> amounts)
    {
        List<Money> sums = [];
        foreach (Money amount in amounts)
        {
            Add(sums, amount);
        }

        return [.. sums.OrderBy(static m => m.Currency.Code, StringComparer.Ordinal)];
    }

    /// <summary>Adds an amount to the sum of its currency; nothing is added for null.</summary>
    public static void Add(List<Money> sums, Money? amount)
    {
        if (amount is not { } more)
        {
            return;
        }

        int i = sums.FindIndex(m => m.Currency == more.Currency);
        if (i < 0)
        {
            sums.Add(more);
        }
        else
        {
            sums[i] += more;
        }
    }
}
