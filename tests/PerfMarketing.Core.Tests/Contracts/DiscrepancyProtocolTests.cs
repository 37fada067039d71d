using System.Globalization;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Contracts;

public sealed class DiscrepancyProtocolTests
{
    private static readonly DiscrepancyProtocol Payer = new(CountingParty.Payer);

    // 10 % allowance, the controlling count within it (reference/partner-platforms.md 1, "Discrepancy").
    [Theory]
    [InlineData("equal", 1000, 1000, true, "1000")]
    [InlineData("the edge is within", 1000, 1100, true, "1000")]
    [InlineData("one above the edge", 1000, 1101, false, null)]
    [InlineData("the lower edge is within", 1000, 900, true, "1000")]
    [InlineData("one below the edge", 1000, 899, false, null)]
    [InlineData("nobody counted anything", 0, 0, true, "0")]
    [InlineData("the controlling party counted nothing", 0, 1, false, null)]
    [InlineData("the other party counted nothing", 1, 0, false, null)]
    [InlineData("fractions", 10.5, 11.55, true, "10.5")]
    [InlineData("fractions above", 10.5, 11.56, false, null)]
    public void Ten_percent_of_the_controlling_count_is_tolerated(
        string why, decimal payer, decimal payee, bool isWithin, string? count)
    {
        DiscrepancyResolution resolution = Payer.Resolve(payer, payee);

        resolution.IsWithin.Should().Be(isWithin, why);
        resolution.Count.Should().Be(Parsed(count), why);
        resolution.IsDisputed.Should().Be(count is null, why);
    }

    [Theory]
    [InlineData("controlling", 1000, 1200, "1000")]
    [InlineData("controlling-plus-tolerance", 1000, 1200, "1100")]
    [InlineData("controlling-plus-tolerance", 1000, 800, "1000")]
    [InlineData("controlling-plus-tolerance", 0, 5, "0")]
    [InlineData("average", 1000, 1201, "1100.5")]
    [InlineData("average", 0, 0.000001, "0.0000005")]
    [InlineData("lower", 1000, 1200, "1000")]
    [InlineData("lower", 1000, 800, "800")]
    [InlineData("dispute", 1000, 1200, null)]
    public void Policy_says_what_counts_beyond_the_tolerance(string policy, decimal payer, decimal payee, string? count)
    {
        DiscrepancyProtocol protocol = Payer with
        {
            Beyond = Enum.GetValues<DiscrepancyPolicy>().Single(p => EnumText.Of(p) == policy),
        };

        DiscrepancyResolution resolution = protocol.Resolve(payer, payee);

        resolution.Count.Should().Be(Parsed(count));
        resolution.Reason.Code.Should().Be(DiscrepancyCodes.Beyond);
    }

    // 1,000 and 1,105 differ by 105: more than a tenth of the first, less than a tenth of the second.
    [Theory]
    [InlineData(DiscrepancyBase.Controlling, 1000, 1105, false)]
    [InlineData(DiscrepancyBase.Other, 1000, 1105, true)]
    [InlineData(DiscrepancyBase.Higher, 1000, 1105, true)]
    [InlineData(DiscrepancyBase.Lower, 1000, 1105, false)]
    [InlineData(DiscrepancyBase.Controlling, 1105, 1000, true)]
    [InlineData(DiscrepancyBase.Other, 1105, 1000, false)]
    [InlineData(DiscrepancyBase.Higher, 1105, 1000, true)]
    [InlineData(DiscrepancyBase.Lower, 1105, 1000, false)]
    [InlineData(DiscrepancyBase.Other, 0, 5, false)]
    [InlineData(DiscrepancyBase.Lower, 5, 0, false)]
    public void Base_of_the_percentage_is_a_term(DiscrepancyBase of, decimal payer, decimal payee, bool isWithin) =>
        (Payer with { ToleranceOf = of }).Resolve(payer, payee).IsWithin.Should().Be(isWithin);

    [Fact]
    public void Plus_tolerance_never_pays_more_than_the_other_count() =>
        (Payer with { ToleranceOf = DiscrepancyBase.Lower, Beyond = DiscrepancyPolicy.ControllingPlusTolerance })
            .Resolve(1000, 1100.5m).Count.Should().Be(1100);

    [Fact]
    public void Payee_may_control()
    {
        DiscrepancyResolution resolution = new DiscrepancyProtocol(CountingParty.Payee).Resolve(1000, 1111);

        resolution.Count.Should().Be(1111, "the difference of 111 is a tenth of 1,111, less 0.1 above")
            .And.NotBe(1000);
    }

    [Fact]
    public void Amount_is_rounded_once_and_the_reason_has_the_numbers()
    {
        DiscrepancyResolution within = Payer.Resolve(123_457, 130_000);
        Accrual perView = Accrual.Parse("0.00315 EUR");

        within.AmountAt(perView).Should().Be(388.89m.Eur, "123,457 at 0.00315 is 388.88955");
        within.AmountOf(count => (count > 100_000 ? 300 : 100).Eur).Should().Be(300.Eur);
        within.Reason.ToString().Should().Be(
            "discrepancy.within (controlling: 123457, other: 130000, difference: 6543, tolerated: 12345.7)");
        DiscrepancyResolution beyond = Payer.Resolve(100, 200);
        beyond.AmountAt(perView).Should().BeNull();
        beyond.AmountOf(static _ => 1.Eur).Should().BeNull();
        beyond.Reason.ToString().Should().Be(
            "discrepancy.beyond (controlling: 100, other: 200, difference: 100, tolerated: 10, policy: dispute)");
    }

    [Fact]
    public void Counts_are_not_negative()
    {
        FluentActions.Invoking(() => Payer.Resolve(-1, 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Payer.Resolve(0, DiscrepancyProtocol.CountMax + 1))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Protocol_survives_json_and_is_checked()
    {
        ContractDraft draft = ContractDraft.For("c").PaidBy("acme").WithPartner("p1").In(Currency.Eur, "Europe/Berlin")
            .Pays("impression", Pay.Fixed(10.Eur)) with
        {
            Discrepancy = new(CountingParty.Payee)
            {
                Tolerance = 5.Percent,
                ToleranceOf = DiscrepancyBase.Higher,
                Beyond = DiscrepancyPolicy.Average,
            },
        };

        CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft);
        draft.Build().Discrepancy.Should().Be(draft.Discrepancy);
        (draft with
        {
            Discrepancy = new((CountingParty)7)
            {
                Tolerance = (-1).Percent,
                ToleranceOf = (DiscrepancyBase)7,
                Beyond = (DiscrepancyPolicy)7,
            },
        }).Validate().Errors.Select(f => $"{f.PropertyName} {f.ErrorCode}").Should().BeEquivalentTo(
            "Discrepancy.Controlling discrepancy.choice",
            "Discrepancy.Tolerance discrepancy.tolerance",
            "Discrepancy.ToleranceOf discrepancy.choice",
            "Discrepancy.Beyond discrepancy.choice");
    }

    private static decimal? Parsed(string? count) =>
        count is null ? null : decimal.Parse(count, CultureInfo.InvariantCulture);
}
