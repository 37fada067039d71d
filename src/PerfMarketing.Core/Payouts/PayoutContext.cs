using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Payouts;

/// <summary>What a payout model is given: facts, never services, so that last March can be computed again.</summary>
/// <remarks>
/// In an ordinary clause a model prices the whole outcome and the credit share is applied afterwards. In a cumulative
/// one
/// (<see cref="IsCumulative"/>) models price the credited part: what was tallied before is in <see cref="Before"/>.
/// </remarks>
public readonly record struct PayoutContext
{
    /// <summary>Makes the context of one outcome.</summary>
    /// <param name="value">The commissionable amount of the whole outcome; zero when it has none.</param>
    public PayoutContext(Accrual value)
    {
        Value = value;
        Quantity = 1;
        Facts = FactSet.Empty;
        Lines = [];
        Calendar = ContractCalendar.Utc;
        Share = Ratio.One;
        Credited = 1;
        Before = Tally.Zero(value.Currency);
    }

    /// <summary>The commissionable amount of the whole outcome.</summary>
    public Accrual Value { get; init; }

    /// <summary>How many units the whole outcome stands for; 1 by default.</summary>
    public decimal Quantity { get; init; }

    /// <summary>The outcome's facts.</summary>
    public FactSet Facts { get; init; }

    /// <summary>
    /// The commissionable lines of the whole outcome, which sum to <see cref="Value"/>; empty when no order is known.
    /// </summary>
    public ValueList<CommissionableLine> Lines { get => field ?? []; init; }

    /// <summary>When the outcome occurred; 1970-01-01T00:00:00Z by default.</summary>
    public Instant At { get; init; }

    /// <summary>
    /// The contract's calendar, by whose clocks and dates conditions are asked; that of UTC by default.
    /// </summary>
    public ContractCalendar Calendar { get; init; }

    /// <summary>The credit share that models apply themselves: one, unless the clause is cumulative.</summary>
    public Ratio Share { get; init; }

    /// <summary>The credited part of <see cref="Quantity"/>, with at most 12 decimals.</summary>
    public decimal Credited { get; init; }

    /// <summary>What the period's tally held before this outcome.</summary>
    public Tally Before { get; init; }

    /// <summary>Whether the clause is cumulative: some model in it reads the tally.</summary>
    public bool IsCumulative { get; init; }

    /// <summary>The contract's currency.</summary>
    public Currency Currency => Value.Currency;

    /// <summary>The credited part of an amount that belongs to the whole outcome.</summary>
    /// <param name="whole">The amount for the whole outcome.</param>
    public Accrual CreditedPartOf(Accrual whole) => Share == Ratio.One ? whole : whole.Share(Share);
}
