using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;

namespace PerfMarketing.Tests.Contracts;

/// <summary>Orders and clauses that the tests of the commissionable amount start from.</summary>
internal static class CommissionableOrders
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    /// <summary>
    /// Lines of 60.00, 40.00 and 20.00; 12.00 off the order leave 54.00, 36.00 and 18.00, which are 3 : 2 : 1.
    /// </summary>
    internal static Outcome Mixed() => Sale() with
    {
        Lines =
        [
            new()
            {
                Sku = "shoe", Category = "shoes", Brand = "acme", Quantity = 2, Net = 60.Eur, Tax = 11.40m.Eur,
            },
            new() { Sku = "sock", Category = "socks", Net = 40.Eur, Tax = 7.60m.Eur, Discount = 5.Eur },
            new() { Sku = "card", Category = "gift-cards", Net = 20.Eur, Tax = 0.Eur },
        ],
        Totals = new() { Shipping = 6.Eur, Fees = 1.20m.Eur, GiftCard = 30.Eur, Discount = 12.Eur },
    };

    internal static Outcome Sale(Money? value = null) =>
        new() { Id = new("o1"), At = Noon, Kind = "sale", Value = value };

    internal static Basis BasisOf(
        this CommissionableAmount? terms, Outcome outcome, params IEnumerable<Correction> corrections) =>
        ClauseOf(terms).BasisOf(outcome, OutcomeTruth.After(outcome, corrections), Currency.Eur);

    internal static string[] Texts(this Basis basis) =>
        [.. basis.Lines.Select(static l => $"{l.Sku} {l.Amount}"), $"= {basis.Value}"];

    private static Clause ClauseOf(CommissionableAmount? terms) => ContractDraft.For("acme").PaidBy("acme")
        .WithPartner("p-blog").In(Currency.Eur, "Etc/UTC")
        .Pays("sale", Pay.RevenueShare(10.Percent), c => c with { Commissionable = terms })
        .Build().Clauses[0];
}
