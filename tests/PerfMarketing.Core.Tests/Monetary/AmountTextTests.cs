using System.Globalization;
using FsCheck.Fluent;
using PerfMarketing.Monetary;

namespace PerfMarketing.Tests.Monetary;

public sealed class AmountTextTests
{
    [Theory]
    [InlineData("too few digits", "4.5 EUR")]
    [InlineData("below a cent", "4.505 EUR")]
    [InlineData("a digit beyond, though it is zero", "4.500 EUR")]
    [InlineData("no digits", "4 EUR")]
    [InlineData("a plus", "+4.50 EUR")]
    [InlineData("an exponent", "1e2 EUR")]
    [InlineData("an exponent with the right length", "1e2.00 EUR")]
    [InlineData("a space before", " 4.50 EUR")]
    [InlineData("a space behind", "4.50 EUR ")]
    [InlineData("two spaces", "4.50  EUR")]
    [InlineData("no space", "4.50EUR")]
    [InlineData("a no-break space", "4.50\u00A0EUR")]
    [InlineData("full-width digits", "４.５０ EUR")]
    [InlineData("Arabic digits", "٤.٥٠ EUR")]
    [InlineData("a comma", "4,50 EUR")]
    [InlineData("a thousands separator", "1,234.50 EUR")]
    [InlineData("a leading zero", "04.50 EUR")]
    [InlineData("no whole", ".50 EUR")]
    [InlineData("minus zero", "-0.00 EUR")]
    [InlineData("a true minus sign", "−4.50 EUR")]
    [InlineData("two minuses", "--4.50 EUR")]
    [InlineData("a minus behind", "4.50- EUR")]
    [InlineData("brackets", "(4.50) EUR")]
    [InlineData("lower case", "4.50 eur")]
    [InlineData("no such currency", "4.50 EUX")]
    [InlineData("the code first", "EUR 4.50")]
    [InlineData("only a code", " EUR")]
    [InlineData("yen have no digits", "4.00 JPY")]
    [InlineData("a point and nothing", "4. JPY")]
    [InlineData("beyond the bound", "10000000000000.01 EUR")]
    [InlineData("more digits than a decimal", "10000000000000000000000000000.00 EUR")]
    [InlineData("empty", "")]
    [InlineData("null", null)]
    public void Other_text_is_no_posted_amount(string reason, string? text)
    {
        Money.TryParse(text, CultureInfo.InvariantCulture, out Money money).Should().BeFalse(reason);
        money.Should().Be(default(Money));
        FluentActions.Invoking(() => Money.Parse(text!)).Should().Throw<FormatException>(reason);
    }

    [Theory]
    [InlineData("posted form", "4.50 EUR", "4.50 EUR")]
    [InlineData("fewer digits", "4.5 EUR", "4.50 EUR")]
    [InlineData("whole", "4 EUR", "4.00 EUR")]
    [InlineData("zeros at the end", "0.0031500 EUR", "0.00315 EUR")]
    [InlineData("negative", "-0.00315 JPY", "-0.00315 JPY")]
    [InlineData("zero", "0.000 EUR", "0.00 EUR")]
    [InlineData("28 digits", "123456789012345.1234567890123 EUR", "123456789012345.1234567890123 EUR")]
    [InlineData("28 decimals", "0.1234567890123456789012345678 KWD", "0.1234567890123456789012345678 KWD")]
    public void Exact_amounts_are_read_with_any_decimals(string reason, string text, string written) =>
        Accrual.Parse(text).ToString().Should().Be(written, reason);

    [Theory]
    [InlineData("29 digits", "12345678901234.123456789012345 EUR")]
    [InlineData("29 decimals", "0.12345678901234567890123456789 EUR")]
    [InlineData("29 decimals, the last of them zero", "0.00000000000000000000000000010 EUR")]
    [InlineData("beyond the bound", "1000000000000000.1 EUR")]
    [InlineData("an exponent", "1e-3 EUR")]
    [InlineData("a plus", "+0.1 EUR")]
    [InlineData("minus zero", "-0.0 EUR")]
    [InlineData("a leading zero", "00.1 EUR")]
    [InlineData("full-width digits", "０.1 EUR")]
    public void Digits_that_would_be_lost_are_refused(string reason, string text)
    {
        Accrual.TryParse(text, null, out _).Should().BeFalse(reason);
        FluentActions.Invoking(() => Accrual.Parse(text)).Should().Throw<FormatException>(reason);
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("de-CH")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("sv-SE")]
    public void Text_comes_back_under_every_culture(string name)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo culture = CultureInfo.GetCultureInfo(name);
        try
        {
            CultureInfo.CurrentCulture = culture;
            (-4.50m.Eur).ToString(null, culture).Should().Be("-4.50 EUR");
            (-4.50m.Eur * 1.Percent).ToString(null, culture).Should().Be("-0.045 EUR");
            (-2.9m).Percent.ToString(null, culture).Should().Be("-2.9%");
            foreach (Currency currency in Currency.All)
            {
                Money money = Money.FromMinor(-1_234_567, currency);
                Money.Parse(money.ToString(), culture).Should().Be(money);
                Accrual accrual = new(-1_234.567_891m, currency);
                Accrual.Parse(accrual.ToString(), culture).Should().Be(accrual);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_posted_amount_comes_back() => Any.Holds(
        from minor in Any.Minor
        from currency in Any.Currency
        select Money.FromMinor(minor, currency),
        static m => Money.Parse(m.ToString()) == m && Accrual.Parse(m.ToString()) == m
            && m.ToString() == FormattableString.Invariant($"{m.Amount} {m.Currency.Code}"));

    [Fact]
    public void Every_exact_amount_of_28_digits_comes_back() => Any.Holds(
        from amount in Any.Decimal
        from currency in Any.Currency
        select new Accrual(amount % Accrual.AmountMax, currency),
        static a => !Accrual.TryParse(a.ToString(), null, out Accrual again)
            ? a.ToString().Count(char.IsAsciiDigit) > 28
            : again == a && again.ToString() == a.ToString());

    [Fact]
    public void Every_rate_comes_back() => Any.Holds(
        Any.Long.Select(static i => Percentage.FromFraction(i % 10_000_000_000_001 * 0.000_000_001m)),
        static p => Percentage.Parse(p.ToString()) == p && Percentage.FromPercent(p.Fraction * 100) == p);

    [Fact]
    public void Text_goes_into_a_span_that_has_room_and_no_other()
    {
        Span<char> place = stackalloc char[8];

        4.50m.Eur.TryFormat(place, out int written, default, null).Should().BeTrue();
        place[..written].ToString().Should().Be("4.50 EUR");
        for (int length = 0; length < 8; length++)
        {
            4.50m.Eur.TryFormat(place[..length], out written, default, null).Should().BeFalse();
            written.Should().Be(0);
        }

        12.Percent.TryFormat(place[..2], out _, default, null).Should().BeFalse();
        default(Money).TryFormat(default, out written, default, null).Should().BeTrue();
        written.Should().Be(0);
    }
}
