using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Tests.Monetary;

namespace PerfMarketing.Tests.Payouts;

/// <summary>What holds for every model and every outcome.</summary>
public sealed class PayoutLawTests
{
    private static readonly FactKey<int> Score = new("acme.score");

    private static readonly Gen<Money> Amount =
        Gen.Choose(1, 50_000).Select(static n => Money.FromMinor(n, Currency.Eur));

    private static readonly Gen<PayoutContext> Outcome =
        from value in Gen.Choose(0, 1_000_000)
        from quantity in Gen.Choose(0, 50)
        from score in Gen.Choose(-5, 20)
        from earlier in Gen.Choose(0, 4)
        select new PayoutContext(Money.FromMinor(value, Currency.Eur))
        {
            Quantity = quantity,
            Facts = score < 0 ? FactSet.Empty : [Score.Of(score)],
            History = new(earlier, null),
        };

    private static readonly Gen<PayoutModel> Leaf = Gen.OneOf(
        Amount.Select(static a => Pay.Fixed(a)),
        Amount.Select(static a => Pay.Flat(a)),
        Amount.Select(static a => Pay.Cpm(a)),
        Amount.Select(static a => Pay.PerUnit(a, Measure.OfFact(Score), 3)),
        Gen.Choose(0, 1_000).Select(static n => Pay.RevenueShare((n / 10m).Percent)));

    private static readonly Gen<PayoutModel> Nested = Around(Around(Leaf));

    private static readonly Gen<(PayoutModel Model, PayoutModel Other, Money Bound, PayoutContext Context)> Case =
        from model in Nested
        from other in Nested
        from bound in Amount
        from context in Outcome
        select (model, other, bound, context);

    [Fact]
    public void Lines_sum_to_the_total() => Holds(static c =>
    {
        Payout payout = c.Model.Compute(c.Context);
        return payout.Lines.Aggregate(0m, static (sum, l) => sum + l.Amount.Amount) == payout.Total.Amount
            && payout.Total.Amount >= 0;
    });

    [Fact]
    public void Cap_floor_sum_and_best_do_what_they_say() => Holds(static c =>
    {
        decimal inner = Total(c.Model, c.Context);
        decimal other = Total(c.Other, c.Context);
        decimal bound = c.Bound.Amount;
        return Total(c.Model.CappedAt(c.Bound), c.Context) == Math.Min(inner, bound)
            && Total(c.Model.FlooredAt(c.Bound), c.Context) == (inner == 0 ? 0 : Math.Max(inner, bound))
            && Total(Pay.Sum(c.Model, c.Other), c.Context) == inner + other
            && Total(Pay.BestOf(c.Model, c.Other), c.Context) == Math.Max(inner, other)
            && Total(c.Model.Times(1.5m), c.Context) == inner * 1.5m
            && Total(c.Model.DrippedOver(3), c.Context) == inner;
    });

    [Fact]
    public void Credited_part_of_an_ordinary_model_is_its_share() => Holds(static c =>
    {
        PayoutSheet sheet = new();
        sheet.Clear(Currency.Eur);
        Ratio share = new(2, 5);

        Accrual part = sheet.Apply(c.Model, c.Context with { IsCumulative = true, Share = share });

        return part == ((Accrual)new(Total(c.Model, c.Context), Currency.Eur)).Share(share) && part == sheet.Total;
    });

    [Fact]
    public void Same_outcome_pays_the_same_again_on_a_used_sheet() => Holds(static c =>
    {
        PayoutSheet sheet = new();
        c.Other.Compute(c.Context, sheet);
        c.Model.Compute(c.Context, sheet);
        return sheet.ToPayout() == c.Model.Compute(c.Context);
    });

    [Fact]
    public void Computing_onto_a_sheet_allocates_nothing()
    {
        PayoutSheet sheet = new();
        PayoutContext context = new(1_000.Eur) { Facts = [Score.Of(7)] };
        foreach (PayoutModel model in Models())
        {
            for (int i = 0; i < 100; i++)
            {
                model.Compute(context, sheet);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            model.Compute(context, sheet);
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0, model.Tag);
        }
    }

    private static IEnumerable<PayoutModel> Models() =>
    [
        Pay.Fixed(2.Eur),
        Pay.Cpm(3.15m.Eur),
        Pay.PerUnit(1.Eur, Measure.OfFact(Score), size: 3),
        Pay.RevenueShare(12.Percent),
        Pay.RevenueShare(12.Percent).CappedAt(80.Eur),
        Pay.RevenueShare(12.Percent).FlooredAt(800.Eur),
        Pay.RevenueShare(12.Percent).Times(1.335m),
        Pay.Hybrid(2.Eur, 5.Percent),
        Pay.BestOf(Pay.Fixed(2.Eur), Pay.RevenueShare(12.Percent), Pay.Fixed(1.Eur)),
        Pay.FirstMatch(Pay.Case(When.Fact(Score).AtLeast(5), Pay.Fixed(2.Eur))),
        Pay.Banded(Measure.OfFact(Score), new Band(Pay.Fixed(1.Eur), 5), new Band(Pay.Fixed(2.Eur))),
        Pay.ByTenure(new TenureBand(Pay.Fixed(1.Eur))),
        Pay.Fixed(2.Eur).Recurring(first: 1),
        Pay.Fixed(2.Eur).DrippedOver(12),
    ];

    private static Gen<PayoutModel> Around(Gen<PayoutModel> inner) => Gen.OneOf(
        inner,
        from a in inner from cap in Amount select a.CappedAt(cap),
        from a in inner from floor in Amount select a.FlooredAt(floor),
        from a in inner from n in Gen.Choose(1, 30) select a.Times(n / 10m),
        from a in inner from b in inner select Pay.Sum(a, b),
        from a in inner from b in inner select Pay.BestOf(a, b),
        from a in inner from n in Gen.Choose(1, 3) select a.Recurring(first: n),
        from a in inner
        from b in inner
        from n in Gen.Choose(0, 20)
        select Pay.FirstMatch(Pay.Case(When.Fact(Score).AtLeast(n), a)).Otherwise(b),
        from a in inner from b in inner from n in Gen.Choose(0, 9_000) select Pay.ByValue(new(a, n), new(b)));

    private static decimal Total(PayoutModel model, in PayoutContext context) => model.Compute(context).Total.Amount;

    private static void Holds(
        Func<(PayoutModel Model, PayoutModel Other, Money Bound, PayoutContext Context), bool> law) =>
        Any.Holds(Case, law);
}
