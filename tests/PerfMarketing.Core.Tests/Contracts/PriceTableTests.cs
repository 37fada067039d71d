using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Contracts;

public sealed class PriceTableTests
{
    private static readonly PayoutModel Installs = Pay.Tiered(new(1.20m.Eur, UpTo: 100), new(0.90m.Eur));

    [Theory]
    [InlineData(PriceVolume.Outcomes)]
    [InlineData(PriceVolume.Quantity)]
    public void Tiers_show_total_marginal_and_effective_price(PriceVolume of)
    {
        PriceTable table = Of(Installs, One(0.Eur), new(50, 200, 50) { Of = of });

        string[] text = table.ToString().Split('\n');
        text[1..].Should().Equal(
            $"{"50",VolumeWidth}   60.00 EUR  60.00 EUR        1.20 EUR         1.20 EUR",
            $"{"100",VolumeWidth}  120.00 EUR  60.00 EUR        1.20 EUR         1.20 EUR",
            $"{"150",VolumeWidth}  165.00 EUR  45.00 EUR        0.90 EUR         1.10 EUR",
            $"{"200",VolumeWidth}  210.00 EUR  45.00 EUR        0.90 EUR         1.05 EUR");
        text[0].Should().Be(of == PriceVolume.Outcomes
            ? "outcomes       total      added  marginal price  effective price"
            : "quantity       total      added  marginal price  effective price");
    }

    [Fact]
    public void Value_shows_where_a_cap_begins()
    {
        PriceTable table = Of(
            Pay.RevenueShare(12.Percent).CappedAt(80.Eur), One(0.Eur), new(0, 1_200, 400) { Of = PriceVolume.Value });

        table.Rows.Select(static r => $"{r.Volume}: {r.Total} {r.MarginalPrice} {r.EffectivePrice}").Should().Equal(
            "0: 0.00 EUR 0.00 EUR 0.00 EUR",
            "400: 48.00 EUR 0.12 EUR 0.12 EUR",
            "800: 80.00 EUR 0.08 EUR 0.10 EUR",
            "1200: 80.00 EUR 0.00 EUR 0.066666666667 EUR");
        table.ToString().Should().EndWith("0.066667 EUR");
    }

    // DESIGN §4.6: four sales of 100 at 5 %, 8 % on all from the 4th, are 5, 5, 5, 8 and an uplift of 9.
    [Fact]
    public void Crossing_a_volume_tier_adds_what_earlier_results_are_worth_more()
    {
        PayoutModel model = new Tiered([new(5.Percent, UpTo: 4), new(8.Percent)])
        {
            Mode = TierMode.Volume,
            Of = Measure.Count,
        };

        PriceTable table = Of(model, One(100.Eur), new(1, 5, 1));

        table.Rows.Select(static r => $"{r.Total} {r.Added}").Should().Equal(
            "5.00 EUR 5.00 EUR",
            "10.00 EUR 5.00 EUR",
            "15.00 EUR 5.00 EUR",
            "32.00 EUR 17.00 EUR",
            "40.00 EUR 8.00 EUR");
    }

    [Fact]
    public void Quantity_takes_its_value_with_it()
    {
        PriceTable table = Of(Pay.RevenueShare(10.Percent), One(20.Eur), new(1, 3, 1) { Of = PriceVolume.Quantity });

        table.Rows.Select(static r => r.Total.ToString()).Should().Equal("2.00 EUR", "4.00 EUR", "6.00 EUR");
    }

    [Fact]
    public void Order_is_priced_by_its_lines_again_and_again()
    {
        PayoutModel rates = Pay.ByLine(LineRate.OfSku("a", 40.Percent)) with
        {
            Otherwise = Pay.RevenueShare(10.Percent),
        };
        Basis order = One(150.Eur) with
        {
            Lines = [new("a", null, null, 1, 100.Eur), new("b", null, null, 1, 50.Eur) { OrderLine = 1 }],
        };

        Of(rates, order, new(2, 2, 1)).Rows.Should().ContainSingle().Which.Total.Should().Be(90.Eur);
    }

    // What the table says is what a campaign posts, outcome after outcome.
    [Theory]
    [InlineData("tiers", false)]
    [InlineData("a price off the grid, rounded by period", true)]
    public void Totals_are_what_is_posted(string because, bool byPeriod)
    {
        PayoutModel model = byPeriod
            ? Pay.Fixed(Accrual.Parse("0.045 EUR"))
            : Pay.Tiered(new(1.Eur, UpTo: 2), new(0.33m.Eur));
        ContractDraft draft = Settlement.Sample.Contract(
            model, c => byPeriod ? c.Rounded(RoundingMode.HalfAwayFromZero, RoundAt.Period) : c);
        CampaignRun run = Settlement.Sample.Run(
            draft.ToCampaign(), Settlement.Sample.Touch("p-blog", "2026-03-01T09:00:00Z"));
        Contract contract = draft.Build();

        PriceTable table = PriceTable.Make(contract, contract.Clauses[0], One(0.Eur), new(1, 6, 1));

        for (int i = 0; i < table.Rows.Count; i++)
        {
            Outcome sale = Settlement.Sample.Sale($"o{i}", $"2026-03-0{i + 2}T12:00:00Z");
            run.Process(Settlement.Sample.Of(sale)).Posted.Single().Amount.Should().Be(table.Rows[i].Added, because);
        }
    }

    [Theory]
    [InlineData("below zero", -1, 10, 1, PriceVolume.Quantity)]
    [InlineData("ends before it begins", 10, 1, 1, PriceVolume.Quantity)]
    [InlineData("no step", 1, 10, 0, PriceVolume.Quantity)]
    [InlineData("half an outcome", 0.5, 10, 1, PriceVolume.Outcomes)]
    [InlineData("half a step", 1, 10, 0.5, PriceVolume.Outcomes)]
    [InlineData("too many rows", 0, PriceRange.RowCountMax, 1, PriceVolume.Quantity)]
    [InlineData("too many outcomes", 0, 1_000_001, 1_000_000, PriceVolume.Outcomes)]
    public void Range_that_is_none_is_refused(string because, double from, double to, double step, PriceVolume of)
    {
        PriceRange range = new((decimal)from, (decimal)to, (decimal)step) { Of = of };

        FluentActions.Invoking(() => Of(Installs, One(0.Eur), range))
            .Should().Throw<ArgumentOutOfRangeException>(because);
    }

    private const int VolumeWidth = 8;

    private static PriceTable Of(PayoutModel model, Basis sample, PriceRange range)
    {
        Contract contract = Settlement.Sample.Contract(model).Build();
        return PriceTable.Make(contract, contract.Clauses[0], sample, range);
    }

    private static Basis One(Money value) => new(value, 1, FactSet.Empty);
}
