using PerfMarketing.Budgets;
using PerfMarketing.Monetary;
using PerfMarketing.Testing.Pacing;

namespace PerfMarketing.Tool.Budgets;

/// <summary>What is replayed, and what a request costs.</summary>
/// <param name="Series">The traffic.</param>
/// <param name="Prices">What a request costs by time, in units; null when each costs the same and is the unit.</param>
internal sealed record SimulationInput(TrafficSeries Series, PriceSeries? Prices)
{
    // Prices are counted in millionths of the currency.
    private const int UnitDigits = 6;
    private const double UnitsPerMajor = 1_000_000;

    /// <summary>The units of a price in the budget's currency.</summary>
    /// <param name="price">The price.</param>
    public static long UnitsOf(double price) => (long)Math.Floor((price * UnitsPerMajor) + 0.5);

    /// <summary>
    /// The limit of a day in units: whole requests, or millionths of the currency where prices differ.
    /// </summary>
    /// <param name="budget">The budget.</param>
    public long LimitOf(SimulatedBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        Money limit = budget.Limit;
        Int128 units = limit.MinorUnits;
        for (int i = limit.Currency.MinorDigits; i < UnitDigits; i++)
        {
            units *= 10;
        }

        return Prices is null
            ? limit.MinorUnits / budget.Cost.MinorUnits
            : (long)Int128.Min(units, BudgetCounter.AmountMax);
    }
}
