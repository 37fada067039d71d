using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Events;

public sealed class OutcomeTruthLineTests
{
    [Fact]
    public void The_order_discount_is_spread_over_the_lines_once()
    {
        // 10.00 off 60.00 and 40.00 is 6.00 and 4.00.
        OutcomeTruth truth = OutcomeTruth.Of(Samples.Order());

        truth.KeptValue.Should().Be(90.Eur);
        truth.Lines.Should().Equal(
            new LineTruth(0, 54.Eur, 54.Eur, 2), new LineTruth(1, 36.Eur, 36.Eur, 2));
    }

    [Fact]
    public void A_discount_that_does_not_divide_loses_no_cent()
    {
        // 0.05 off three equal lines is 0.02, 0.02, 0.01: the remainders are equal, the lower lines come first.
        OrderLine line = new() { Net = 10.Eur };
        Outcome order = Samples.Sale() with { Lines = [line, line, line], Totals = new() { Discount = 0.05m.Eur } };

        OutcomeTruth.Of(order).Lines.Select(static l => l.Worth)
            .Should().Equal(9.98m.Eur, 9.98m.Eur, 9.99m.Eur);
    }

    [Fact]
    public void A_returned_line_carries_its_share_of_the_discount()
    {
        OutcomeTruth truth = After(Samples.LineReturn("k1", 1, new ReturnedLine { Line = 1 }));

        truth.KeptValue.Should().Be(54.Eur);
        truth.ReturnedValue.Should().Be(36.Eur);
        truth.KeptFraction.Should().Be(new Ratio(3, 5));
        truth.KeptQuantity.Should().Be(1, "the order is still one order");
        truth.Lines[1].Should().Be(new LineTruth(1, 36.Eur, 0.Eur, 0));
    }

    [Fact]
    public void All_lines_back_one_by_one_is_nothing_kept()
    {
        OutcomeTruth truth = After(
            Samples.LineReturn("k1", 1, new ReturnedLine { Line = 0, Quantity = 1 }),
            Samples.LineReturn("k2", 2, new ReturnedLine { Sku = "sock" }),
            Samples.LineReturn("k3", 3, new ReturnedLine { Sku = "shoe", Quantity = 1 }));

        truth.KeptValue.Should().Be(0.Eur);
        (truth.KeptQuantity, truth.IsGone, truth.IsRetracted).Should().Be((0, true, false));
    }

    [Fact]
    public void Pieces_returned_one_by_one_sum_to_the_line()
    {
        // Three pieces for 1.00: 0.33, 0.67 and 1.00 are returned after each; the last takes what is left.
        Outcome order = Samples.Sale() with { Lines = [new() { Sku = "a", Quantity = 3, Net = 1.Eur }] };
        ReturnedLine piece = new() { Line = 0, Quantity = 1 };
        Correction[] pieces = [.. Enumerable.Range(1, 3).Select(i => Samples.LineReturn($"k{i}", i, piece))];

        Enumerable.Range(0, 4).Select(n => OutcomeTruth.After(order, pieces[..n]).KeptValue)
            .Should().Equal(1.Eur, 0.67m.Eur, 0.33m.Eur, 0.Eur);
    }

    [Fact]
    public void A_sku_on_several_lines_gives_in_their_order()
    {
        OrderLine line = new() { Sku = "a", Quantity = 2, Net = 10.Eur };
        Outcome order = Samples.Sale() with { Lines = [line, line] };

        OutcomeTruth.After(order, [Samples.LineReturn("k1", 1, new ReturnedLine { Sku = "a", Quantity = 3 })])
            .Lines.Select(static l => l.KeptQuantity).Should().Equal(0, 1);
        OutcomeTruth.After(order, [Samples.LineReturn("k1", 1, new ReturnedLine { Sku = "a", Amount = 12.Eur })])
            .Lines.Select(static l => l.Kept).Should().Equal(0.Eur, 8.Eur);
    }

    [Theory]
    [InlineData("more pieces than ordered", 0, 3, null)]
    [InlineData("more money than the line is worth", 1, null, 37)]
    public void More_than_a_line_has_is_refused(string reason, int line, int? quantity, int? amount)
    {
        ReturnedLine tooMuch = new() { Line = line, Quantity = quantity, Amount = amount?.Eur };
        OutcomeTruth truth = After(Samples.LineReturn("k1", 1, new ReturnedLine { Line = 1 - line }, tooMuch));

        truth.Refused.Select(static r => r.Reason.Code).Should().Equal([CorrectionCodes.MoreThanKept], reason);
        truth.KeptValue.Should().Be(90.Eur, "a correction counts as a whole or not at all");
    }

    [Fact]
    public void A_line_comes_back_once()
    {
        OutcomeTruth truth = After(
            Samples.LineReturn("k1", 1, new ReturnedLine { Line = 1 }),
            Samples.LineReturn("k2", 2, new ReturnedLine { Line = 1 }));

        truth.Refused.Select(static r => r.Id.Value).Should().Equal("k2");
        truth.KeptValue.Should().Be(54.Eur);
    }

    [Fact]
    public void An_amount_without_line_is_spread_over_what_is_kept()
    {
        // 9.00 over 54.00 and 36.00 is 5.40 and 3.60; then the shoes come back whole, with what was given for them.
        Correction amount = Samples.AmountReturn(9.Eur, "k1", 1);

        After(amount).Lines.Select(static l => l.Kept).Should().Equal(48.60m.Eur, 32.40m.Eur);
        After(amount, Samples.LineReturn("k2", 2, new ReturnedLine { Line = 0 })).KeptValue.Should().Be(32.40m.Eur);
    }

    [Fact]
    public void A_price_cut_and_the_goods_back_is_the_whole_line_and_not_more()
    {
        OutcomeTruth truth = After(
            Samples.LineReturn("k1", 1, new ReturnedLine { Line = 0, Amount = 20.Eur }),
            Samples.LineReturn("k2", 2, new ReturnedLine { Line = 0 }));

        truth.Lines[0].Kept.Should().Be(0.Eur);
        truth.KeptValue.Should().Be(36.Eur);
        truth.Refused.Should().BeEmpty();
    }

    [Fact]
    public void A_stated_value_is_spread_over_the_lines()
    {
        // The shop states 107.10 with tax for lines of 54.00 and 36.00: 64.26 and 42.84.
        OutcomeTruth truth = OutcomeTruth.After(
            Samples.Order() with { Value = 107.10m.Eur }, [Samples.LineReturn("k1", 1, new ReturnedLine { Line = 1 })]);

        truth.Lines.Select(static l => l.Worth).Should().Equal(64.26m.Eur, 42.84m.Eur);
        truth.KeptValue.Should().Be(64.26m.Eur);
    }

    [Fact]
    public void A_restated_value_is_spread_over_the_lines()
    {
        OutcomeTruth truth = After(
            Samples.LineReturn("k1", 1, new ReturnedLine { Line = 1, Quantity = 1 }),
            Samples.Restatement(100.Eur, "k2", 2));

        truth.Lines.Select(static l => l.Kept).Should().Equal(60.Eur, 20.Eur);
        truth.KeptFraction.Should().Be(new Ratio(8, 9));
    }

    [Fact]
    public void Lines_that_cost_nothing_share_a_stated_value_equally()
    {
        OrderLine gift = new() { Net = 0.Eur };
        Outcome order = Samples.Sale(5.Eur) with { Lines = [gift, gift] };

        OutcomeTruth.Of(order).Lines.Select(static l => l.Worth).Should().Equal(2.50m.Eur, 2.50m.Eur);
    }

    [Fact]
    public void A_free_order_is_gone_when_all_of_it_is_back()
    {
        Outcome order = Samples.Sale() with { Lines = [new() { Net = 0.Eur }] };

        OutcomeTruth.Of(order).IsGone.Should().BeFalse();
        OutcomeTruth.After(order, [Samples.LineReturn("k1", 1, new ReturnedLine { Line = 0 })])
            .IsGone.Should().BeTrue();
    }

    [Fact]
    public void The_greatest_amounts_do_not_overflow()
    {
        Money most = Money.FromMinor(Money.MinorUnitsMax, Currency.Eur);
        Outcome order = Samples.Sale() with { Lines = [new() { Net = most, Quantity = Outcome.QuantityMax }] };
        ReturnedLine half = new() { Line = 0, Quantity = Outcome.QuantityMax / 2 };

        OutcomeTruth.After(order, [Samples.LineReturn("k1", 1, half)])
            .KeptValue.Should().Be(Money.FromMinor(Money.MinorUnitsMax / 2, Currency.Eur));
    }

    private static OutcomeTruth After(params Correction[] corrections) =>
        OutcomeTruth.After(Samples.Order(), corrections);
}
