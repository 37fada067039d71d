using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>What a clause prices: the outcome's commissionable amount, quantity and facts, as they now stand.</summary>
/// <param name="Value">The commissionable amount, in the contract's currency; zero when the outcome has none.</param>
/// <param name="Quantity">How many units the outcome stands for.</param>
/// <param name="Facts">The outcome's facts.</param>
public readonly record struct Basis(Accrual Value, decimal Quantity, FactSet Facts)
{
    /// <summary>The commissionable lines, which sum to <see cref="Value"/>; empty when no order is known.</summary>
    public ValueList<CommissionableLine> Lines { get => field ?? []; init; }

    /// <summary>When the outcome occurred; 1970-01-01T00:00:00Z by default.</summary>
    public Instant At { get; init; }
}
