using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Monetary;

/// <summary>A posted amount: a whole number of a currency's minor units.</summary>
/// <remarks>
/// Arithmetic is checked and never mixes currencies. Text form <c>4.50 EUR</c>: always all digits of the minor unit,
/// read strictly (<c>-0.00 EUR</c> is refused too, since no amount is written so). <c>default</c> is nothing of no
/// currency: it cannot be added or compared, its text is empty, and no other amount may lack a currency.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<Money>))]
public readonly record struct Money : IComparable<Money>, ISpanParsable<Money>, ISpanFormattable
{
    /// <summary>The greatest magnitude of <see cref="MinorUnits"/>: 10^15.</summary>
    public const long MinorUnitsMax = 1_000_000_000_000_000;

    private Money(long minorUnits, Currency currency)
    {
        MinorUnits = minorUnits;
        Currency = currency;
    }

    /// <summary>The amount in minor units: 450 is 4.50 EUR.</summary>
    public long MinorUnits { get; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; }

    /// <summary>The amount in major units: 4.50 is four and a half euros.</summary>
    public decimal Amount
    {
        get
        {
            long magnitude = Math.Abs(MinorUnits);
            return new(
                unchecked((int)magnitude), (int)(magnitude >> 32), 0, MinorUnits < 0, (byte)Currency.MinorDigits);
        }
    }

    /// <summary>The sum.</summary>
    public static Money operator +(Money left, Money right) =>
        InBounds(left.MinorUnits + right.MinorUnits, Same(left.Currency, right.Currency));

    /// <summary>The difference.</summary>
    public static Money operator -(Money left, Money right) =>
        InBounds(left.MinorUnits - right.MinorUnits, Same(left.Currency, right.Currency));

    /// <summary>The same amount the other way.</summary>
    public static Money operator -(Money value) => new(-value.MinorUnits, value.Currency);

    /// <summary>The exact product with a rate; round it to post it.</summary>
    public static Accrual operator *(Money amount, Percentage rate) => (Accrual)amount * rate;

    /// <summary>Whether one amount is below another of its currency.</summary>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Whether one amount is at most another of its currency.</summary>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one amount is above another of its currency.</summary>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Whether one amount is at least another of its currency.</summary>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>Nothing of a currency.</summary>
    /// <param name="currency">The currency.</param>
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>The lesser of two amounts.</summary>
    /// <param name="left">One amount.</param>
    /// <param name="right">The other amount.</param>
    public static Money Min(Money left, Money right) => left <= right ? left : right;

    /// <summary>The greater of two amounts.</summary>
    /// <param name="left">One amount.</param>
    /// <param name="right">The other amount.</param>
    public static Money Max(Money left, Money right) => left >= right ? left : right;

    /// <summary>An amount from its minor units.</summary>
    /// <param name="minorUnits">Minor units, within ±10^15.</param>
    /// <param name="currency">The currency.</param>
    /// <exception cref="OverflowException">The amount is beyond <see cref="MinorUnitsMax"/>.</exception>
    /// <exception cref="ArgumentException">The currency is unset and the amount is not zero.</exception>
    public static Money FromMinor(long minorUnits, Currency currency)
    {
        if (currency.IsUnset && minorUnits != 0)
        {
            throw new ArgumentException("An amount has a currency.", nameof(currency));
        }

        return InBounds(minorUnits, currency);
    }

    /// <summary>An amount from its major units.</summary>
    /// <param name="amount">Major units, on the currency's grid: 4.5 is, 4.505 is not in euros.</param>
    /// <param name="currency">The currency.</param>
    /// <exception cref="ArgumentException">The amount is off the currency's grid, or lacks a currency.</exception>
    /// <exception cref="OverflowException">The amount is beyond <see cref="MinorUnitsMax"/>.</exception>
    public static Money Of(decimal amount, Currency currency)
    {
        decimal rounded = decimal.Round(amount, currency.MinorDigits);
        return rounded == amount
            ? FromMinor(decimal.ToInt64(rounded * PowerOfTen(currency.MinorDigits)), currency)
            : throw new ArgumentException($"The amount has more digits than {currency} has.", nameof(amount));
    }

    /// <summary>Reads an amount such as <c>4.50 EUR</c>.</summary>
    /// <param name="s">The text, with all digits of the minor unit.</param>
    /// <param name="provider">Not used: amounts have no culture.</param>
    /// <exception cref="FormatException">The text is not an amount.</exception>
    public static Money Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static Money Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out Money found)
            ? found
            : throw new FormatException("An amount is written like 4.50 EUR.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Money result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Money result)
    {
        bool read = AmountText.TryRead(s, out bool negative, out UInt128 digits, out int scale, out Currency currency)
            && scale == currency.MinorDigits && digits <= (UInt128)MinorUnitsMax;
        result = read ? new(negative ? -(long)digits : (long)digits, currency) : default;
        return read;
    }

    /// <summary>A fraction of this amount, computed exactly and rounded once.</summary>
    /// <param name="part">The fraction, such as 17/31 of a month.</param>
    /// <param name="mode">Where a digit that does not fit goes.</param>
    /// <exception cref="OverflowException">The result is beyond <see cref="MinorUnitsMax"/>.</exception>
    public Money Prorate(Ratio part, RoundingMode mode = RoundingMode.HalfAwayFromZero) => FromMinor(
        (long)Exact.Divide((Int128)MinorUnits * part.Numerator, part.Denominator, mode), Currency);

    /// <summary>Divides this amount by weights; the parts sum to it.</summary>
    /// <remarks>The rule is that of <see cref="Allocation"/>: 15 at 80:8:12 is 12, 1, 2.</remarks>
    /// <param name="weights">One weight for each part: none negative, not all zero.</param>
    /// <exception cref="InvalidAllocationException">The weights cannot divide anything.</exception>
    public Money[] Allocate(params ReadOnlySpan<long> weights)
    {
        var parts = new Money[weights.Length];
        Allocate(weights, parts);
        return parts;
    }

    /// <summary>Divides this amount by weights into a span of the caller.</summary>
    /// <param name="weights">One weight for each part: none negative, not all zero.</param>
    /// <param name="parts">Where the parts go: as long as the weights.</param>
    /// <exception cref="InvalidAllocationException">The weights cannot divide anything.</exception>
    public void Allocate(ReadOnlySpan<long> weights, Span<Money> parts) => Allocation.Split(
        MinorUnits, weights, parts, Currency, static (currency, units) => new Money((long)units, currency));

    /// <summary>Compares two amounts of one currency.</summary>
    /// <param name="other">The other amount.</param>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    public int CompareTo(Money other)
    {
        _ = Same(Currency, other.Currency);
        return MinorUnits.CompareTo(other.MinorUnits);
    }

    /// <summary>The amount with all digits of the minor unit and the code, such as <c>4.50 EUR</c>.</summary>
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
            destination, out charsWritten, MinorUnits < 0, (ulong)Math.Abs(MinorUnits), Currency.MinorDigits, Currency);

    internal static Currency Same(Currency left, Currency right)
    {
        if (left != right || left.IsUnset)
        {
            ThrowMixed(left, right);
        }

        return left;
    }

    [DoesNotReturn]
    private static void ThrowMixed(Currency left, Currency right) => throw new CurrencyMismatchException(left, right);

    [DoesNotReturn]
    private static void ThrowTooGreat() => throw new OverflowException("An amount is at most 10^15 minor units.");

    private static decimal PowerOfTen(int digits) => digits switch { 0 => 1, 2 => 100, 3 => 1_000, _ => 10_000 };

    private static Money InBounds(long minorUnits, Currency currency)
    {
        if (minorUnits is < -MinorUnitsMax or > MinorUnitsMax)
        {
            ThrowTooGreat();
        }

        return new(minorUnits, currency);
    }
}
