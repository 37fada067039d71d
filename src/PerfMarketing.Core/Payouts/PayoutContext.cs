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
/// one (<see cref="IsCumulative"/>) models that read the tally price what this outcome adds to it:
/// <see cref="Counted"/> after <see cref="Before"/>.
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
        Before = Tally.Zero(value.Currency);
        Counted = new(1, 1, value, Accrual.Zero(value.Currency));
    }

    // Everything at once: a context is large, and one is made for every outcome.
    internal PayoutContext(
        Accrual value, decimal quantity, FactSet facts, ContractCalendar calendar, in Tally before, in Tally counted)
    {
        Value = value;
        Quantity = quantity;
        Facts = facts;
        Calendar = calendar;
        Share = Ratio.One;
        Before = before;
        Counted = counted;
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

    /// <summary>What other contracts pay for the same outcome; none by default.</summary>
    public ValueList<LegAmount> Legs
    {
        get => field ?? ValueList<LegAmount>.Empty;
        init;
    }

    /// <summary>
    /// What the partner has earned with the outcome's customer under the clause before; nothing by default.
    /// </summary>
    public CustomerHistory History { get; init; }

    /// <summary>
    /// Whether the outcome names no customer, so that <see cref="History"/> is not known; not so by default.
    /// </summary>
    public bool IsAnonymous { get; init; }

    /// <summary>
    /// The whole months from the first earning with the customer to this outcome, by dates of the contract's zone; 0
    /// when this would be the first.
    /// </summary>
    public int TenureMonths
    {
        get
        {
            if (History.First is not { } first || first >= At)
            {
                return 0;
            }

            return (int)Period.Between(Calendar.DateOf(first), Calendar.DateOf(At), PeriodUnits.Months).Months;
        }
    }
    /// <summary>When the outcome occurred; 1970-01-01T00:00:00Z by default.</summary>
    public Instant At { get; init; }

    /// <summary>
    /// The contract's calendar, by whose clocks and dates conditions are asked; that of UTC by default.
    /// </summary>
    public ContractCalendar Calendar { get; init; }

    /// <summary>The credit share that models apply themselves: one, unless the clause is cumulative.</summary>
    public Ratio Share { get; init; }

    /// <summary>What the period's tally held before this outcome.</summary>
    public Tally Before { get; init; }

    /// <summary>What this outcome adds to the tally: its credited part.</summary>
    public Tally Counted { get; init; }

    /// <summary>Whether the clause is cumulative: some model in it reads the tally.</summary>
    public bool IsCumulative { get; init; }

    /// <summary>The contract's currency.</summary>
    public Currency Currency => Value.Currency;

    /// <summary>The credited part of an amount that belongs to the whole outcome.</summary>
    /// <param name="whole">The amount for the whole outcome.</param>
    public Accrual CreditedPartOf(Accrual whole) => Share == Ratio.One ? whole : whole.Share(Share);

    /// <summary>Measures the whole outcome.</summary>
    /// <param name="measure">What is measured.</param>
    /// <param name="amount">The number, or the amount in major units of the contract's currency.</param>
    /// <returns>
    /// Whether it is known: the fact is there and a number or an amount of the contract's currency, or the other leg
    /// has been priced in it. What is not known is never taken for zero.
    /// </returns>
    public bool TryMeasure(Measure measure, out decimal amount)
    {
        switch (measure.Kind)
        {
            case MeasureKind.Count:
                amount = 1;
                return true;
            case MeasureKind.Quantity:
                amount = Quantity;
                return true;
            case MeasureKind.Value:
                amount = Value.Amount;
                return true;
            case MeasureKind.Fact:
                return TryMeasureFact(Facts, measure.Name, Currency, out amount);
            case MeasureKind.Leg:
                return TryMeasureLeg(measure.Name, out amount);
            default:
                amount = 0;
                return false;
        }
    }

    /// <summary>Measures a fact that holds a number, or an amount in a currency.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="name">The fact's name.</param>
    /// <param name="currency">The currency that an amount must have.</param>
    /// <param name="amount">The number, or the amount in major units.</param>
    /// <returns>Whether there is such a fact.</returns>
    public static bool TryMeasureFact(FactSet facts, string name, Currency currency, out decimal amount)
    {
        ArgumentNullException.ThrowIfNull(facts);
        amount = 0;
        if (!facts.TryFind(name, out FactValue value))
        {
            return false;
        }

        if (value.Kind == FactKind.Number)
        {
            return value.TryAs(out amount);
        }

        bool known = value.TryAs(out Accrual money) && money.Currency == currency;
        amount = known ? money.Amount : 0;
        return known;
    }

    private bool TryMeasureLeg(string contract, out decimal amount)
    {
        foreach (LegAmount leg in Legs)
        {
            if (string.Equals(leg.Contract.Value, contract, StringComparison.Ordinal)
                && leg.Amount.Currency == Currency)
            {
                amount = leg.Amount.Amount;
                return true;
            }
        }

        amount = 0;
        return false;
    }
}
