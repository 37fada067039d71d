using System.Text.Json;
using NodaTime;
using PerfMarketing.Monetary;

namespace PerfMarketing.Tests.Monetary;

public sealed class CurrencyTests
{
    // Source: cases/billing-cases.json, kind currency-exponent.
    [Theory]
    [InlineData("minor-units-0", "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", 0)]
    [InlineData("minor-units-3", "BHD IQD JOD KWD LYD OMR TND", 3)]
    [InlineData("minor-units-2-default", "USD EUR GBP CHF MGA MRU HUF TWD", 2)]
    [InlineData("four digits", "CLF UYW", 4)]
    public void Digits_are_those_of_the_list(string id, string codes, int digits)
    {
        string[] expected = codes.Split(' ');

        expected.Should().OnlyContain(c => Currency.Parse(c, null).MinorDigits == digits, id);
        if (digits != 2)
        {
            Currency.All.Where(c => c.MinorDigits == digits).Select(static c => c.Code).Should().Equal(expected, id);
        }
    }

    [Fact]
    public void The_list_has_a_date_and_each_currency_once()
    {
        Currency.ListDate.Should().Be(new LocalDate(2026, 1, 1));
        Currency.All.Should().HaveCount(165);
        Currency.All.Select(static c => c.Code)
            .Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();
        Currency.All.Select(static c => c.Number)
            .Should().OnlyHaveUniqueItems().And.OnlyContain(static n => n > 0 && n < 1000);
    }

    [Theory]
    [InlineData("EUR", 978)]
    [InlineData("USD", 840)]
    [InlineData("JPY", 392)]
    [InlineData("ALL", 8)]
    [InlineData("ZWG", 924)]
    public void Numbers_are_those_of_the_list(string code, int number) =>
        Currency.Parse(code, null).Number.Should().Be(number);

    [Fact]
    public void Every_code_comes_back()
    {
        Currency.All.Should().OnlyContain(static c => Currency.Parse(c.ToString(), null) == c);
        Currency.All.Should().OnlyContain(
            static c => JsonSerializer.Deserialize<Currency>(JsonSerializer.Serialize(c)) == c);
    }

    [Theory]
    [InlineData("lower case", "eur")]
    [InlineData("no such currency", "EUX")]
    [InlineData("gone since 2026", "BGN")]
    [InlineData("too short", "EU")]
    [InlineData("too long", "EURO")]
    [InlineData("full-width", "ＥＵＲ")]
    [InlineData("a space", "EU ")]
    [InlineData("empty", "")]
    [InlineData("null", null)]
    public void Other_codes_are_refused(string reason, string? code)
    {
        Currency.TryParse(code, null, out Currency found).Should().BeFalse(reason);
        found.IsUnset.Should().BeTrue();
        FluentActions.Invoking(() => Currency.Parse(code!, null)).Should().Throw<FormatException>(reason);
    }

    [Fact]
    public void The_unset_currency_has_no_code()
    {
        Currency unset = default;

        unset.IsUnset.Should().BeTrue();
        unset.ToString().Should().BeEmpty();
        unset.MinorDigits.Should().Be(0);
        unset.Number.Should().Be(0);
        FluentActions.Invoking(() => unset.Code).Should().Throw<InvalidOperationException>();
        Currency.All.Should().NotContain(unset);
    }

    [Fact]
    public void A_code_is_formatted_into_a_span()
    {
        Span<char> place = stackalloc char[3];

        Currency.Eur.TryFormat(place, out int written, default, null).Should().BeTrue();
        place[..written].ToString().Should().Be("EUR");
        Currency.Eur.TryFormat(place[1..], out written, default, null).Should().BeFalse();
        written.Should().Be(0);
    }
}
