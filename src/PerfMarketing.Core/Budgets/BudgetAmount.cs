using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets;

/// <summary>What a budget counts: an amount of money, or a number of outcomes.</summary>
/// <remarks>
/// Two amounts of one budget add up and compare; money and outcomes, or two currencies, never. Outcomes are counted in
/// whole <see cref="UnitsPerOutcome"/>ths, so that the shares of an outcome add up to it: thirds, sevenths, and
/// whatever is so many of a thousand. A share that lies between two of them is the nearest one. Text form: that of the
/// money, or the number of outcomes.
/// </remarks>
public readonly record struct BudgetAmount : IComparable<BudgetAmount>
{
    /// <summary>The most outcomes: a thousand million.</summary>
    public const long CountMax = 1_000_000_000;

    /// <summary>In how many units one outcome is counted: divisible by 1 to 16, and by 1,000.</summary>
    public const long UnitsPerOutcome = 18_018_000;

    private const int Decimals = 12;

    private BudgetAmount(long units, Currency currency)
    {
        Units = units;
        Currency = currency;
    }

    /// <summary>
    /// The amount in minor units of its currency, or in <see cref="UnitsPerOutcome"/>ths of an outcome.
    /// </summary>
    public long Units { get; }

    /// <summary>The money; null when outcomes are counted.</summary>
    public Money? Amount => IsCount ? null : Paid;

    /// <summary>The outcomes, with at most 12 decimals; null when money is counted.</summary>
    public decimal? Count => IsCount ? decimal.Round((decimal)Units / UnitsPerOutcome, Decimals) : null;

    internal Currency Currency { get; }

    internal bool IsCount => Currency.IsUnset;

    // The money, where it is known to be that.
    internal Money Paid => Money.FromMinor(Units, Currency);

    /// <summary>An amount of money.</summary>
    /// <param name="amount">The money.</param>
    public static implicit operator BudgetAmount(Money amount) => new(amount.MinorUnits, amount.Currency);

    /// <summary>The sum.</summary>
    public static BudgetAmount operator +(BudgetAmount left, BudgetAmount right) =>
        new(left.Units + left.Same(right).Units, left.Currency);

    /// <summary>The difference.</summary>
    public static BudgetAmount operator -(BudgetAmount left, BudgetAmount right) =>
        new(left.Units - left.Same(right).Units, left.Currency);

    /// <summary>The same amount the other way.</summary>
    public static BudgetAmount operator -(BudgetAmount value) => new(-value.Units, value.Currency);

    /// <summary>Whether one amount is below another of its kind.</summary>
    public static bool operator <(BudgetAmount left, BudgetAmount right) => left.CompareTo(right) < 0;

    /// <summary>Whether one amount is at most another of its kind.</summary>
    public static bool operator <=(BudgetAmount left, BudgetAmount right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one amount is above another of its kind.</summary>
    public static bool operator >(BudgetAmount left, BudgetAmount right) => left.CompareTo(right) > 0;

    /// <summary>Whether one amount is at least another of its kind.</summary>
    public static bool operator >=(BudgetAmount left, BudgetAmount right) => left.CompareTo(right) >= 0;

    /// <summary>A number of outcomes.</summary>
    /// <param name="count">How many; a part of one is the nearest part that can be counted.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="CountMax"/>, either way.</exception>
    public static BudgetAmount Outcomes(decimal count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(count), CountMax, nameof(count));
        return new((long)decimal.Round(count * UnitsPerOutcome, MidpointRounding.AwayFromZero), default);
    }

    /// <inheritdoc/>
    /// <exception cref="CurrencyMismatchException">The other amount is in another currency.</exception>
    /// <exception cref="ArgumentException">One counts outcomes and the other money.</exception>
    public int CompareTo(BudgetAmount other) => Units.CompareTo(Same(other).Units);

    /// <summary>The amount in its text form.</summary>
    public override string ToString() => IsCount ? InvariantText.Of(Count!.Value) : Paid.ToString();

    internal static BudgetAmount Of(long units, BudgetAmount like) => new(units, like.Currency);

    // What of the money lies above when so much of the whole does; all of it where all does.
    internal static Money PartOf(Money money, BudgetAmount over, BudgetAmount whole) => whole.Units <= over.Units
        ? money
        : money.Allocate(over.Units, whole.Units - over.Units)[0];

    // Reads money under one name or outcomes under another; null when neither is there.
    internal static BudgetAmount? Read(TermReader terms, string amount, string count)
    {
        Money? money = terms.Optional<Money>(amount);
        decimal? outcomes = terms.OptionalNumber(count);
        if (money is not null && outcomes is not null)
        {
            terms.Fail(count, BudgetCodes.MeasureTwice, "A budget counts outcomes or money, and not both.");
        }

        if (outcomes is > CountMax or < -CountMax)
        {
            terms.Fail(count, BudgetCodes.CountOutOfRange, $"At most {CountMax} outcomes are counted.");
            return default(BudgetAmount);
        }

        return outcomes is { } some ? Outcomes(some) : money;
    }

    internal static void Write(TermWriter terms, string amount, string count, BudgetAmount? value)
    {
        terms.Value(amount, value?.Amount);
        terms.Number(count, value?.Count);
    }

    private BudgetAmount Same(BudgetAmount other) => other.Currency == Currency ? other
        : IsCount || other.IsCount
            ? throw new ArgumentException("Outcomes and money are not added or compared.", nameof(other))
        : throw new CurrencyMismatchException(Currency, other.Currency);
}
