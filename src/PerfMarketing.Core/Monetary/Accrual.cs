using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Monetary;

/// <summary>An exact amount, off the currency's grid: what a payout is before it is rounded and posted.</summary>
/// <remarks>
/// Arithmetic is exact or throws <see cref="InexactArithmeticException"/>; only <see cref="Round(RoundingMode)"/> makes
/// a <see cref="Money"/>. A CPM of 3.15 EUR is 0.00315 EUR a view. Text form <c>0.00315 EUR</c>: written with at least
/// the currency's digits, read with any number of decimals, at most 28 digits in all. <c>default</c> is nothing of no
/// currency: it cannot be added or compared, its text is empty, and no other amount may lack a currency.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<Accrual>))]
public readonly record struct Accrual : IComparable<Accrual>, ISpanParsable<Accrual>, ISpanFormattable
{
    /// <summary>How many decimals <see cref="Quantise"/> and <see cref="Share"/> keep.</summary>
    public const int Decimals = 12;

    /// <summary>
    /// The greatest magnitude of <see cref="Amount"/>: 10^15, so that amounts of 12 decimals always add exactly.
    /// </summary>
    public const decimal AmountMax = 1_000_000_000_000_000m;

    /// <summary>Makes an exact amount.</summary>
    /// <param name="amount">The amount in major units.</param>
    /// <param name="currency">Its currency.</param>
    /// <exception cref="OverflowException">The amount is beyond <see cref="AmountMax"/>.</exception>
    /// <exception cref="ArgumentException">The currency is unset and the amount is not zero.</exception>
    public Accrual(decimal amount, Currency currency)
    {
        if (currency.IsUnset || !Exact.IsSmall(amount))
        {
            Check(amount, currency);
        }

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

    /// <summary>The lesser of two amounts.</summary>
    /// <param name="left">One amount.</param>
    /// <param name="right">The other amount.</param>
    public static Accrual Min(Accrual left, Accrual right) => left <= right ? left : right;

    /// <summary>The greater of two amounts.</summary>
    /// <param name="left">One amount.</param>
    /// <param name="right">The other amount.</param>
    public static Accrual Max(Accrual left, Accrual right) => left >= right ? left : right;

    /// <summary>Reads an amount such as <c>0.00315 EUR</c>.</summary>
    /// <param name="s">The text, with at most 28 digits.</param>
    /// <param name="provider">Not used: amounts have no culture.</param>
    /// <exception cref="FormatException">The text is not an amount.</exception>
    public static Accrual Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static Accrual Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out Accrual found)
            ? found
            : throw new FormatException("An amount is written like 0.00315 EUR.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Accrual result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Accrual result)
    {
        result = default;
        if (AmountText.TryRead(s, out bool negative, out UInt128 digits, out int scale, out Currency currency)
            && Exact.Compose(digits, scale, negative) is var amount && Math.Abs(amount) <= AmountMax)
        {
            result = new(amount, currency);
        }

        return !result.Currency.IsUnset;
    }

    /// <summary>The amount on the currency's grid: the only way from exact to posted.</summary>
    /// <param name="mode">Where a digit that does not fit goes.</param>
    /// <exception cref="OverflowException">The amount is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public Money Round(RoundingMode mode = RoundingMode.HalfAwayFromZero) =>
        Exact.TryRound(Amount, Currency.MinorDigits, mode, out long minorUnits)
            ? Money.FromMinor(minorUnits, Currency)
            : Money.Of(Rounding.Round(Amount, Currency.MinorDigits, mode), Currency);

    /// <summary>The amount on the currency's grid, by a contract's policy.</summary>
    /// <param name="policy">The policy; its mode counts here, its moment is the caller's.</param>
    /// <exception cref="OverflowException">The amount is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public Money Round(RoundingPolicy policy) => Round(policy.Mode);

    /// <summary>
    /// The amount with at most 12 decimals, half away from zero: done only where a division has no end.
    /// </summary>
    public Accrual Quantise() => Amount.Scale <= Decimals
        ? this
        : new(decimal.Round(Amount, Decimals, MidpointRounding.AwayFromZero), Currency);

    /// <summary>
    /// A fraction of the amount: exact when the denominator is 1, else with at most 12 decimals, half away from zero.
    /// </summary>
    /// <remarks>
    /// One of the named points where an exact amount is quantised, since a third has no end. What is divided among
    /// several goes by <see cref="Allocation"/>, so that nothing is lost.
    /// </remarks>
    /// <param name="part">The fraction, such as a credit of 2/5.</param>
    /// <exception cref="OverflowException">The result is beyond <see cref="AmountMax"/>.</exception>
    public Accrual Share(Ratio part) => part.Denominator == 1
        ? this * part.Numerator
        : new(Exact.Share(Amount, part), Currency);

    /// <summary>Compares two amounts of one currency.</summary>
    /// <param name="other">The other amount.</param>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    public int CompareTo(Accrual other)
    {
        _ = Money.Same(Currency, other.Currency);
        return Exact.Compare(Amount, other.Amount);
    }

    /// <summary>The amount with at least the currency's digits, and its code, such as <c>0.00315 EUR</c>.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[AmountText.LengthMax];
        _ = TryFormat(text, out int length, default, null);
        return new(text[..length]);
    }

    /// <summary>The amount as text; format and culture make no difference.</summary>
    /// <param name="format">Not used.</param>
    /// <param name="formatProvider">Not used.</param>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    public bool TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        AmountText.TryWrite(
            destination, out charsWritten, Amount < 0, Exact.Mantissa(Amount), Amount.Scale, Currency);

    private static void Check(decimal amount, Currency currency)
    {
        if (Math.Abs(amount) > AmountMax)
        {
            throw new OverflowException("An exact amount is at most 10^15.");
        }

        if (currency.IsUnset && amount != 0)
        {
            throw new ArgumentException("An amount has a currency.", nameof(currency));
        }
    }
}
