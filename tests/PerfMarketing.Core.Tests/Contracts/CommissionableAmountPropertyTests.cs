using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tests.Events;
using static PerfMarketing.Tests.Contracts.CommissionableOrders;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Contracts;

public sealed class CommissionableAmountPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(1_000).WithReplay(20_260_301, 1);

    [Fact]
    public void Lines_sum_to_the_amount_and_none_is_negative() => Check(static (order, terms, corrections) =>
    {
        Basis basis = terms.BasisOf(order, corrections);
        return basis.Lines.Sum(static l => l.Amount.Amount) == basis.Value.Amount
            && basis.Lines.All(static l => l.Amount.Amount >= 0 && l.Quantity > 0);
    });

    [Fact]
    public void The_order_of_lines_makes_no_difference_to_the_total_of_a_whole_order() =>
        Check(static (order, terms, _) =>
        {
            CommissionableAmount all = terms with { ExcludedSkus = [], ExcludedCategories = [] };
            return all.BasisOf(order with { Lines = [.. order.Lines.Reverse()] }).Value == all.BasisOf(order).Value;
        });

    [Fact]
    public void Each_switch_parts_the_gross_into_what_it_adds_and_the_rest() => Check(static (order, terms, _) =>
    {
        CommissionableAmount all = terms with { ExcludedSkus = [], ExcludedCategories = [], GiftCards = Inclusion.In };
        OrderTotals totals = order.Totals!;
        decimal discounts = order.Lines.Sum(static l => Amount(l.Discount)) + Amount(totals.Discount);
        return Adds(all with { Tax = Inclusion.In }, all with { Tax = Inclusion.Out }, order)
                == order.Lines.Sum(static l => Amount(l.Tax))
            && Adds(all with { Shipping = Inclusion.In }, all with { Shipping = Inclusion.Out }, order)
                == Amount(totals.Shipping)
            && Adds(all with { Fees = Inclusion.In }, all with { Fees = Inclusion.Out }, order) == Amount(totals.Fees)
            && Adds(all with { Discounts = Inclusion.In }, all with { Discounts = Inclusion.Out }, order) == discounts
            && Adds(all, all with { GiftCards = Inclusion.Out }, order)
                == Math.Min(Amount(totals.GiftCard), all.BasisOf(order).Value.Amount);
    });

    [Fact]
    public void What_is_excluded_and_what_is_left_are_the_whole() => Check(static (order, terms, _) =>
    {
        CommissionableAmount all = terms with { ExcludedSkus = [], ExcludedCategories = [] };
        decimal Left(params ReadOnlySpan<string> skus) =>
            (all with { ExcludedSkus = ValueList.Create(skus) }).BasisOf(order).Value.Amount;
        return Left("a") + Left("b", "c") == Left();
    });

    [Fact]
    public void Order_of_corrections_makes_no_difference_and_a_retraction_leaves_nothing() =>
        Check(static (order, terms, corrections) =>
            terms.BasisOf(order, corrections) == terms.BasisOf(order, corrections.Reverse())
            && terms.BasisOf(order, corrections.Append(Samples.Retraction("last", 100))).Value.Amount == 0);

    [Fact]
    public void Pieces_returned_one_by_one_leave_what_returning_them_at_once_leaves() =>
        Check(static (order, terms, _) =>
        {
            Correction[] pieces =
            [
                .. Enumerable.Range(0, (int)order.Lines[0].Quantity).Select(static i =>
                    Samples.LineReturn($"p{i}", i, new ReturnedLine { Line = 0, Quantity = 1 })),
            ];
            Correction whole = Samples.LineReturn("w", 1, new ReturnedLine { Line = 0 });
            return terms.BasisOf(order, pieces) == terms.BasisOf(order, whole);
        });

    [Fact]
    public void Default_terms_are_what_a_clause_without_terms_pays_on() => Check(static (order, _, corrections) =>
        new CommissionableAmount().BasisOf(order, corrections)
            == default(CommissionableAmount).BasisOf(order, corrections));

    private static decimal Adds(CommissionableAmount with, CommissionableAmount without, Outcome order) =>
        with.BasisOf(order).Value.Amount - without.BasisOf(order).Value.Amount;

    private static decimal Amount(Money? money) => money?.Amount ?? 0;

    private static void Check(Func<Outcome, CommissionableAmount, Correction[], bool> holds) => Prop.ForAll(
        Orders().ToArbitrary(),
        Terms().ToArbitrary(),
        Gen.Choose(0, 4).SelectMany(static count => Corrections().ArrayOf(count)).ToArbitrary(),
        holds).Check(Seeded);

    private static Gen<Outcome> Orders() =>
        from lines in Gen.Choose(1, 4).SelectMany(static count => Lines().ArrayOf(count))
        from discount in Gen.Choose(0, (int)lines.Sum(static l => l.Net.MinorUnits))
        from totals in Gen.Choose(0, 400).ArrayOf(3)
        from stated in Gen.Choose(0, 3)
        select Sale() with
        {
            Lines = [.. lines],
            Totals = new()
            {
                Discount = Cents(discount),
                Shipping = Cents(totals[0]),
                Fees = stated == 0 ? null : Cents(totals[1]),
                GiftCard = stated == 1 ? null : Cents(totals[2]),
            },
        };

    private static Gen<OrderLine> Lines() =>
        from net in Gen.Choose(0, 300)
        from tax in Gen.Choose(-50, 60)
        from discount in Gen.Choose(-50, 50)
        from pieces in Gen.Choose(1, 3)
        from sku in Gen.Elements("a", "b", "c")
        select new OrderLine
        {
            Sku = sku,
            Category = sku == "c" ? null : $"of-{sku}",
            Quantity = pieces,
            Net = Cents(net),
            Tax = tax < 0 ? null : Cents(tax),
            Discount = discount < 0 ? null : Cents(discount),
        };

    private static Gen<CommissionableAmount> Terms() =>
        from switches in Gen.Elements(Inclusion.In, Inclusion.Out).ArrayOf(5)
        from excluded in Gen.Choose(0, 3)
        select new CommissionableAmount
        {
            Tax = switches[0],
            Shipping = switches[1],
            Fees = switches[2],
            GiftCards = switches[3],
            Discounts = switches[4],
            ExcludedSkus = excluded == 1 ? ["a"] : [],
            ExcludedCategories = excluded == 2 ? ["of-b"] : [],
        };

    private static Gen<Correction> Corrections() =>
        from id in Gen.Choose(1, 6)
        from amount in Gen.Choose(0, 150)
        from line in Gen.Choose(0, 3)
        from made in Gen.Elements<Func<string, Correction>>(
            k => Samples.Restatement(Cents(amount), k, 1 + (amount % 5)),
            k => Samples.LineReturn(k, 2, new ReturnedLine { Line = line }),
            k => Samples.LineReturn(k, 2, new ReturnedLine { Line = line, Quantity = 1 }),
            k => Samples.AmountReturn(Cents(amount), k, 3))
        select made($"k{id}-{amount}");

    private static Money Cents(int minor) => Money.FromMinor(minor, Currency.Eur);
}
