using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Monetary;

/// <summary>An exact amount, off the currency's grid: what a payout is before it is rounded and posted.</summary>
/// <remarks>
/// Arithmetic is exact or throws <see cref="InexactArithmeticException"/>; only <see cref="Round"/> makes a
/// <see cref="Money"/>.
/// A CPM of 3.15 EUR is 0.00315 EUR a view. <c>default</c> has no currency and cannot be computed with.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<Accrual>))]
public readonly record struct Accrual : IComparable<Accrual>, IParsable<Accrual>, IFormattable
{
    /// <summary>How many decimals <see cref="Quantise"/> keeps.</summary>
    public const int Decimals = 12;

    /// <summary>Makes an exact amount.</summary>
    /// <param name="amount">The amount in major units.</param>
    /// <param name="currency">Its currency.</param>
    public Accrual(decimal amount, Currency currency)
    {
        Amount = amount;
        Currency = currency;
    }

    /// <summary>The amount in major units: 4.5 is four and a half euros.</summary>
    public decimal Amount { get; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; }

    /// <summary>A posted amount is exact as it is.</summary>
    public static implicit operator Accrual(Money money) => new(money.Amount, money.Currency);

    /// <summary>The exact sum.</summary>
    public static Accrual operator +(Accrual left, Accrual right) =>
        new(Exact.Add(left.Amount, right.Amount), Money.Same(left.Currency, right.Currency));

    /// <summary>The exact difference.</summary>
    public static Accrual operator -(Accrual left, Accrual right) => left + -right;

    /// <summary>The same amount the other way.</summary>
    public static Accrual operator -(Accrual value) => new(-value.Amount, value.Currency);

    /// <summary>The exact product with a number.</summary>
    public static Accrual operator *(Accrual amount, decimal factor) =>
        new(Exact.Multiply(amount.Amount, factor), amount.Currency);

    /// <summary>The exact product with a rate.</summary>
    public static Accrual operator *(Accrual amount, Percentage rate) => amount * rate.Fraction;

    /// <summary>Whether one amount is below another of its currency.</summary>
    public static bool operator <(Accrual left, Accrual right) => left.CompareTo(right) < 0;

    /// <summary>Whether one amount is at most another of its currency.</summary>
    public static bool operator <=(Accrual left, Accrual right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one amount is above another of its currency.</summary>
    public static bool operator >(Accrual left, Accrual right) => left.CompareTo(right) > 0;

    /// <summary>Whether one amount is at least another of its currency.</summary>
    public static bool operator >=(Accrual left, Accrual right) => left.CompareTo(right) >= 0;

    /// <summary>Nothing of a currency.</summary>
    /// <param name="currency">The currency.</param>
    public static Accrual Zero(Currency currency) => new(0, currency);

    /// <inheritdoc/>
    public static Accrual Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out Accrual found)
        ? found
        : throw new FormatException("An amount is written like 0.00315 EUR.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Accrual result)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        result = default;
        if (s is null || s.Length is < 5 or > 40 || s[^4] != ' '
            || !Currency.TryParse(s.AsSpan(s.Length - 3), out Currency currency)
            || !decimal.TryParse(s.AsSpan(0, s.Length - 4), Style, CultureInfo.InvariantCulture, out decimal amount))
        {
            return false;
        }

        result = new(amount, currency);
        return true;
    }

    /// <summary>The amount on the currency's grid: the only way from exact to posted.</summary>
    /// <param name="mode">Where a digit that does not fit goes.</param>
    /// <exception cref="OverflowException">The amount is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public Money Round(RoundingMode mode = RoundingMode.HalfAwayFromZero) =>
        Money.Of(decimal.Round(Amount, Currency.MinorDigits, Exact.Midpoint(mode)), Currency);

    /// <summary>
    /// The amount with at most 12 decimals, half away from zero: done only where a division has no end.
    /// </summary>
    public Accrual Quantise() => new(decimal.Round(Amount, Decimals, MidpointRounding.AwayFromZero), Currency);

    /// <summary>
    /// A fraction of the amount: exact when the denominator is 1, else with at most 12 decimals, half away from zero.
    /// </summary>
    /// <remarks>
    /// One of the named points where an exact amount is quantised, since a third has no end. What is divided among
    /// several
    /// goes by <see cref="Allocation"/>, so that nothing is lost.
    /// </remarks>
    /// <param name="part">The fraction, such as a credit of 2/5.</param>
    /// <exception cref="OverflowException">The result needs more than 28 digits.</exception>
    public Accrual Share(Ratio part) => part.Denominator == 1
        ? this * part.Numerator
        : new(Exact.Share(Amount, part), Currency);

    /// <summary>Compares two amounts of one currency.</summary>
    /// <param name="other">The other amount.</param>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    public int CompareTo(Accrual other)
    {
        _ = Money.Same(Currency, other.Currency);
        return Amount.CompareTo(other.Amount);
    }

    /// <summary>The amount with at least the currency's digits, and its code, such as <c>0.00315 EUR</c>.</summary>
    public override string ToString() => Currency.IsUnset
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture,
            $"{Exact.Normalise(Amount, Currency.MinorDigits)} {Currency.Code}");

    /// <summary>The amount as text; format and culture make no difference.</summary>
    /// <param name="format">Not used.</param>
    /// <param name="formatProvider">Not used.</param>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();
}
