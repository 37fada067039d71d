using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Remittances;

namespace PerfMarketing.Tests.Settlement.Remittances;

/// <summary>Fees of small payments.</summary>
public sealed class RemittanceFeeTests
{
    private static readonly RemittanceFee Small = new()
    {
        Fixed = 0.50m.Eur,
        Free = 100.Eur,
        Below = 10.Eur,
        Bearer = FeeBearer.Payee,
    };

    // reference/partner-platforms.md 7: a fee for withdrawals below 10.
    [Theory]
    [InlineData("9.99", "0.50 EUR")]
    [InlineData("10.00", "0.00 EUR")]
    [InlineData("10.01", "0.00 EUR")]
    public void Payments_from_an_amount_up_cost_nothing(string total, string fee)
    {
        ChargedFee charged = Small.On(Money.Parse($"{total} EUR"), 0.Eur);

        charged.Amount.ToString().Should().Be(fee);
        charged.Free.Should().Be(0.Eur);
    }

    [Fact]
    public void What_costs_nothing_leaves_the_free_amount_to_others()
    {
        RemittanceFee fee = Small with { Rate = 10.Percent };

        fee.On(50.Eur, 0.Eur).Free.Should().Be(0.Eur);
        fee.On(5.Eur, 0.Eur).Free.Should().Be(5.Eur);
    }

    [Fact]
    public void Terms_read_back()
    {
        TermFailures failures = [];

        TermReader.Read(TermNode.Of(Small), failures, RemittanceFee.Read).Should().Be(Small);

        failures.Should().BeEmpty();
    }

    [Theory]
    [InlineData("0.00 EUR")]
    [InlineData("-1.00 EUR")]
    [InlineData("10.00 USD")]
    public void The_amount_is_above_zero_in_the_currency(string below)
    {
        RemittanceTerms terms = new()
        {
            Payee = new("p-blog"),
            Currency = Currency.Eur,
            Fee = Small with { Below = Money.Parse(below) },
        };

        new RemittanceTermsValidator().Validate(terms).Errors.Select(static e => e.ErrorCode)
            .Should().Equal(RemittanceCodes.AmountInvalid);
    }
}
