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
    /// <summary>When the outcome occurred.</summary>
    public Instant At { get; init; }

    /// <summary>Whether the outcome names no customer, so that nothing is known of what it brought before.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>What other contracts pay for the same outcome; none by default.</summary>
    public ValueList<LegAmount> Legs { get => field ?? []; init; }

    /// <summary>The commissionable lines, which sum to <see cref="Value"/>; empty when no order is known.</summary>
    public ValueList<CommissionableLine> Lines { get => field ?? []; init; }
}
