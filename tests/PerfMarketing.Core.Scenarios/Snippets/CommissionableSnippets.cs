using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Tallies;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/commissionable-amount.md, docs/payouts/by-line.md and docs/preview-a-price.md.</summary>
public sealed class CommissionableSnippets
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    [Fact]
    public void Say_what_is_paid_on()
    {
        Outcome order = Sale() with
        {
            Lines =
            [
                new() { Category = "shoes", Net = 60.Eur },
                new() { Category = "socks", Net = 40.Eur },
                new() { Category = "gift-cards", Net = 20.Eur },
            ],
            Totals = new() { Shipping = 6.Eur, GiftCard = 30.Eur, Discount = 12.Eur },
        };

        #region commissionable
        ContractDraft draft = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, timeZone: "Europe/Berlin")
            .Pays("sale", Pay.RevenueShare(10.Percent), sale => sale.PaidOn(new()
            {
                Shipping = Inclusion.In,
                GiftCards = Inclusion.Out,
                ExcludedCategories = ["gift-cards"],
            }));
        #endregion

        #region basis
        Clause sale = draft.Build().Clauses[0];
        Basis basis = sale.BasisOf(order, OutcomeTruth.Of(order), Currency.Eur);

        string lines = string.Join(", ", basis.Lines.Select(l => $"{l.Category} {l.Amount}"));
        #endregion

        // 57.00, 38.00 and 19.00 with shipping, less 15.00, 10.00 and 5.00 by gift card.
        lines.Should().Be("shoes 42.00 EUR, socks 28.00 EUR");
        basis.Value.Should().Be((Accrual)70.Eur);
    }

    [Fact]
    public void Price_by_line()
    {
        #region by-line
        PayoutModel model = Pay.ByLine(LineRate.OfSku("gold", 40.Percent)) with
        {
            Otherwise = Pay.RevenueShare(10.Percent),
        };

        PayoutContext order = new(150.Eur)
        {
            Lines =
            [
                new("gold", null, null, 1, 100.Eur) { OrderLine = 0 },
                new("add-on", null, null, 1, 50.Eur) { OrderLine = 1 },
            ],
        };
        string why = model.Compute(order).Explain();
        #endregion

        why.Should().Be("revenue-share[0] 40.00 EUR\nrevenue-share[1] 5.00 EUR\ntotal 45.00 EUR");
    }

    [Fact]
    public void Preview_an_outcome()
    {
        Contract contract = Terms();
        Outcome order = Sale() with
        {
            Lines = [new() { Category = "shoes", Net = 70.Eur }, new() { Category = "socks", Net = 24.Eur }],
        };
        Outcome install = Sale() with { Kind = "install", Quantity = 20 };

        #region preview
        ClausePreview preview = ClausePreview.Of(contract, order, partner: new("p-blog"))[0];

        string why = preview.Explain();
        #endregion

        #region tally
        Tally soFar = Tally.Zero(Currency.Eur) with { Count = 90, Quantity = 90 };

        Money next = ClausePreview.Of(contract, install, new("p-blog"), tallyOf: _ => soFar)[0].Amount;
        #endregion

        why.Should().Be(Shown("docs/preview-a-price.md", "sale: "));
        next.Should().Be(21.Eur);
    }

    [Fact]
    public void Price_a_range_of_volumes()
    {
        Contract contract = Terms();
        Clause installs = contract.Clauses[1];

        #region table
        PriceTable table = PriceTable.Make(
            contract, installs, sample: new(0.Eur, Quantity: 1, FactSet.Empty), new(From: 50, To: 200, Step: 50));

        string text = table.ToString();
        #endregion

        text.Should().Be(Shown("docs/preview-a-price.md", "outcomes "));
    }

    private static Contract Terms() => ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
        .In(Currency.Eur, timeZone: "Europe/Berlin")
        .Pays(
            "sale",
            Pay.ByLine(LineRate.OfCategory("socks", 10.Percent)) with { Otherwise = Pay.RevenueShare(10.Percent) })
        .Pays("install", Pay.Tiered(new(1.20m.Eur, UpTo: 100), new(0.90m.Eur)))
        .Build();

    private static Outcome Sale() => new() { Id = new("o1"), At = Noon, Kind = "sale" };

    // The text block of a page that begins so.
    private static string Shown(string page, string start)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "PerfMarketing.Core.sln")))
        {
            root = root.Parent;
        }

        return File.ReadAllText(Path.Combine(root.FullName, page)).ReplaceLineEndings("\n").Split("```")
            .Where(static block => block.StartsWith("text\n", StringComparison.Ordinal))
            .Select(static block => block[5..].TrimEnd('\n'))
            .Single(block => block.StartsWith(start, StringComparison.Ordinal));
    }
}
