using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Payouts;

/// <summary>Each price model of the field is one line of code and one of JSON.</summary>
public sealed class PriceModelTests
{
    private const string Plain = """{"model":"fixed","price":"2.00 EUR"}""";

    private const string Flat = """{"model":"fixed","price":"2.00 EUR","of":"count"}""";

    private const string Mille = """{"model":"fixed","price":"2.00 EUR","size":1000}""";

    public static TheoryData<string, PayoutModel, string> Models() => new()
    {
        { "CPM", Pay.Cpm(2.Eur), Mille },
        { "vCPM", Pay.ViewableCpm(2.Eur), Mille },
        { "per mille", Pay.PerMille(2.Eur), Mille },
        { "CPC", Pay.Cpc(2.Eur), Plain },
        { "CPV", Pay.Cpv(2.Eur), Plain },
        { "CPE", Pay.Cpe(2.Eur), Plain },
        { "CPL", Pay.Cpl(2.Eur), Plain },
        { "CPQ", Pay.Cpq(2.Eur), Plain },
        { "CPA", Pay.Cpa(2.Eur), Plain },
        { "CPI", Pay.Cpi(2.Eur), Plain },
        { "CPD", Pay.Cpd(2.Eur), Plain },
        { "CPO", Pay.Cpo(2.Eur), Flat },
        { "flat", Pay.Flat(2.Eur), Flat },
        { "pay per call", Pay.CpCall(2.Eur), Flat },
        { "per second", Pay.PerCallSecond(2.Eur), """{"model":"fixed","price":"2.00 EUR","of":"fact:call-seconds"}""" },
        { "CPS", Pay.Cps(5.Percent), """{"model":"revenue-share","rate":"5%"}""" },
        {
            "hybrid", Pay.Hybrid(2.Eur, 5.Percent),
            $$"""{"model":"sum","models":[{{Plain}},{"model":"revenue-share","rate":"5%"}]}"""
        },
        {
            "pay per call by seconds", Pay.CpCall(new(Pay.Flat(2.Eur), 90), new(Pay.Cpc(2.Eur))),
            $$"""
            {"model":"banded","of":"fact:call-seconds","bands":[{"pays":{{Flat}},"upTo":90},{"pays":{{Plain}}}]}
            """
        },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Name_of_the_field_is_one_line(string name, PayoutModel model, string json)
    {
        ArgumentNullException.ThrowIfNull(model);
        TermJson.Write(model).Should().Be(json, name);
        PayoutModelCatalog.Default.Validate(model, "Pays").Should().BeEmpty(name);
    }

    [Fact]
    public void Three_thousand_views_at_a_cpm_of_two_are_six() =>
        Pay.Cpm(2.Eur).Compute(new PayoutContext(0.Eur) { Quantity = 3_000 }).Total.Should().Be((Accrual)6.Eur);

    [Fact]
    public void Copy_with_another_part_asks_anew_whether_it_reads_the_tally()
    {
        Capped plain = new(Pay.Fixed(1.Eur), 5.Eur);
        plain.UsesTally.Should().BeFalse();

        (plain with { Inner = Pay.Tiered(new Tier(1.Eur)) }).UsesTally.Should().BeTrue();
        (plain with { Cap = 6.Eur }).Should().NotBe(plain).And.Be(new Capped(Pay.Fixed(1.Eur), 6.Eur));
    }
}
