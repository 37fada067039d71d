using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Laws of orders whose lines have rates of their own, whatever comes back in whatever order.</summary>
public sealed class LineRateLawTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_260_311, 1);

    [Fact]
    public void Returns_in_any_order_leave_the_same() => Check(static (terms, order, back) =>
        Net(terms, order, back) == Net(terms, order, back.Reverse()));

    [Fact]
    public void Full_return_nets_to_zero() => Check(static (terms, order, back) =>
        Net(terms, order, back.Append(Retracted("last", "o1", "2026-03-20T12:00:00Z"))).MinorUnits == 0
        && Net(terms, order, order.Lines.Select(static (_, line) => Back($"all{line}", line, null))).MinorUnits == 0);

    [Fact]
    public void Nobody_is_paid_below_nothing_or_more_than_at_first() => Check(static (terms, order, back) =>
    {
        Money first = Net(terms, order, []);
        Money left = Net(terms, order, back);
        return left.MinorUnits >= 0 && left <= first;
    });

    // Without a cap around it, what is left is what each line left is worth at its own rate, but for the one rounding.
    [Fact]
    public void Whole_lines_that_come_back_leave_what_the_others_earn() => Check(static (terms, order, _) =>
    {
        Outcome others = order with { Lines = [.. order.Lines.Skip(1)] };
        if (terms.Clauses[0].Pays is not ByLine || order.Lines.Count < 2 || order.Totals is not null)
        {
            return true;
        }

        Money left = Net(terms, order, [Back("r", 0, null)]);
        return Math.Abs(left.MinorUnits - Net(terms, others, []).MinorUnits) <= 1;
    });

    private static Money Net(ContractDraft terms, Outcome order, IEnumerable<Correction> corrections)
    {
        CampaignRun run = Run(terms.ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(order));
        foreach (Correction correction in corrections)
        {
            run.Process(Of(correction));
        }

        return run.Entries.Aggregate(0.Eur, static (sum, entry) => sum + entry.Amount);
    }

    private static void Check(Func<ContractDraft, Outcome, Correction[], bool> holds) => Prop.ForAll(
        Terms().ToArbitrary(),
        Orders().ToArbitrary(),
        Gen.Choose(0, 4).SelectMany(static count => Returns().ArrayOf(count)).ToArbitrary(),
        (terms, order, back) => holds(terms, order, [.. back.DistinctBy(static c => c.Id)])).Check(Seeded);

    private static Gen<ContractDraft> Terms() =>
        from rates in Gen.Choose(1, 4_000).ArrayOf(2)
        from price in Gen.Choose(0, 300)
        from capped in Gen.Elements(true, false)
        from shipped in Gen.Elements(true, false)
        from policy in Gen.Elements(CorrectionPolicy.Proportional, CorrectionPolicy.Reprice)
        let byLine = Pay.ByLine(
            LineRate.OfSku("a", Percentage.FromFraction(rates[0] / 10_000m)),
            new LineRate(Pay.Fixed(Cents(price))) { Skus = ["b"] }) with
        {
            Otherwise = Pay.RevenueShare(Percentage.FromFraction(rates[1] / 10_000m)),
        }
        select Contract(
            capped ? byLine.CappedAt(5.Eur) : byLine,
            c => shipped ? c.Correcting(policy).PaidOn(new() { Shipping = Inclusion.In }) : c.Correcting(policy));

    private static Gen<Outcome> Orders() =>
        from lines in Gen.Choose(1, 4).SelectMany(static count => Lines().ArrayOf(count))
        from shipping in Gen.Choose(-300, 300)
        select Sale("o1", "2026-03-03T12:00:00Z") with
        {
            Lines = [.. lines],
            Totals = shipping < 0 ? null : new() { Shipping = Cents(shipping) },
        };

    private static Gen<OrderLine> Lines() =>
        from net in Gen.Choose(1, 3_000)
        from pieces in Gen.Choose(1, 3)
        from sku in Gen.Elements("a", "b", "c")
        select new OrderLine { Sku = sku, Quantity = pieces, Net = Cents(net) };

    private static Gen<Correction> Returns() =>
        from id in Gen.Choose(1, 9)
        from line in Gen.Choose(0, 3)
        from pieces in Gen.Choose(0, 2)
        from given in Gen.Choose(1, 400)
        select given < 100
            ? Returned($"r{id}", "o1", "2026-03-10T12:00:00Z", Cents(given))
            : Back($"r{id}", line, pieces == 0 ? null : pieces);

    private static LineReturn Back(string id, int line, int? pieces) => new()
    {
        Id = new(id),
        Outcome = new("o1"),
        At = At("2026-03-10T12:00:00Z"),
        Lines = [new() { Line = line, Quantity = pieces }],
    };

    private static Money Cents(int minor) => Money.FromMinor(minor, Currency.Eur);
}
