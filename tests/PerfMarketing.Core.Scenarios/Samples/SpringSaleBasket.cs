using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>Fills baskets from the shop's catalogue.</summary>
internal static class SpringSaleBasket
{
    private const int TaxOfGoods = 19;
    private const int TaxOfPlants = 7;

    private static readonly Article[] Articles =
    [
        new("GL-101", "furniture", "Nordwind", 49_900, TaxOfGoods, 4),
        new("GL-115", "furniture", "Nordwind", 12_950, TaxOfGoods, 9),
        new("GL-130", "furniture", "Laube", 7_495, TaxOfGoods, 10),
        new("GG-200", "grills", "Glut", 34_900, TaxOfGoods, 4),
        new("GG-214", "grills", "Glut", 3_990, TaxOfGoods, 8),
        new("TO-301", "tools", "Spaten und Sohn", 5_490, TaxOfGoods, 14),
        new("TO-302", "tools", "Spaten und Sohn", 2_295, TaxOfGoods, 18),
        new("TO-340", "tools", "Akku Pro", 17_990, TaxOfGoods, 6),
        new("PL-401", "plants", "Linden", 1_290, TaxOfPlants, 26),
        new("PL-402", "plants", "Linden", 2_450, TaxOfPlants, 20),
        new("PL-420", "plants", "Linden", 8_900, TaxOfPlants, 8),
        new("SE-501", "seeds", "Linden", 395, TaxOfPlants, 24),
        new("PO-601", "pots", "Terra", 1_595, TaxOfGoods, 18),
    ];

    private static readonly int[] Likely = [.. Articles.Select(static a => a.Likely)];

    /// <summary>The lines of one order.</summary>
    public static ValueList<OrderLine> Fill(SampleRandom random)
    {
        int count = 1 + random.Weighted(46, 30, 16, 8);
        HashSet<int> chosen = [];
        List<OrderLine> lines = [];
        for (int i = 0; i < count; i++)
        {
            int place = random.Weighted(Likely);
            if (chosen.Add(place))
            {
                Article article = Articles[place];
                int quantity = article.Cents < 3_000 ? random.Between(1, 4) : 1 + random.Weighted(85, 15);
                lines.Add(LineOf(article, quantity, isReduced: random.Chance(80)));
            }
        }

        return lines.ToValueList();
    }

    /// <summary>What delivery costs, and what a coupon takes off: a tenth for SPRING10, five euro for HELLO5.</summary>
    /// <returns>Null when there is neither.</returns>
    public static OrderTotals? TotalsOf(ValueList<OrderLine> lines, string? coupon)
    {
        long net = lines.Sum(static l => l.Net.MinorUnits);
        long off = coupon switch
        {
            "SPRING10" => (net + 5) / 10,
            "HELLO5" => Math.Min(net, 500),
            _ => 0,
        };
        bool ships = net < 7_500;
        return ships || off > 0
            ? new() { Shipping = ships ? Cents(495) : null, Discount = off > 0 ? Cents(off) : null }
            : null;
    }

    /// <summary>An amount in euro cents.</summary>
    public static Money Cents(long cents) => Money.FromMinor(cents, Currency.Eur);

    // A reduced article is a fifth cheaper; its discount is taken off the net already.
    private static OrderLine LineOf(Article article, int quantity, bool isReduced)
    {
        long full = article.Cents * quantity;
        long off = isReduced ? full / 5 : 0;
        long net = full - off;
        return new()
        {
            Sku = article.Sku,
            Category = article.Category,
            Brand = article.Brand,
            Quantity = quantity,
            Net = Cents(net),
            Tax = Cents(((net * article.Tax) + 50) / 100),
            Discount = off > 0 ? Cents(off) : null,
        };
    }

    private sealed record Article(string Sku, string Category, string Brand, long Cents, int Tax, int Likely);
}
