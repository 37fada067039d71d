using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;

namespace PerfMarketing.Tests.Events;

/// <summary>Events that the tests start from.</summary>
internal static class Samples
{
    internal static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    internal static Touchpoint Click(string id = "t1") =>
        new() { Id = new(id), At = Noon, Customer = new("c1"), Partner = new("p-blog") };

    internal static Outcome Sale(Money? value = null) =>
        new() { Id = new("o1"), At = Noon, Kind = "sale", Value = value };

    /// <summary>Two lines of 60.00 and 40.00, each of two pieces, with 10.00 off the order: 54.00 and 36.00.</summary>
    internal static Outcome Order() => Sale() with
    {
        Lines =
        [
            new() { Sku = "shoe", Category = "shoes", Brand = "acme", Quantity = 2, Net = 60.Eur, Tax = 11.40m.Eur },
            new() { Sku = "sock", Quantity = 2, Net = 40.Eur, Discount = 5.Eur },
        ],
        Totals = new() { Shipping = 4.90m.Eur, Discount = 10.Eur },
    };

    internal static Instant Hour(int hours) => Noon + Duration.FromHours(hours);

    internal static Retraction Retraction(string id = "k1", int hour = 1) =>
        new() { Id = new(id), Outcome = new("o1"), At = Hour(hour) };

    internal static Restatement Restatement(
        Money? value, string id = "k1", int hour = 1, decimal? quantity = null) =>
        new() { Id = new(id), Outcome = new("o1"), At = Hour(hour), Value = value, Quantity = quantity };

    internal static AmountReturn AmountReturn(Money amount, string id = "k1", int hour = 1) =>
        new() { Id = new(id), Outcome = new("o1"), At = Hour(hour), Amount = amount };

    internal static LineReturn LineReturn(string id, int hour, params ReadOnlySpan<ReturnedLine> lines) => new()
    {
        Id = new(id),
        Outcome = new("o1"),
        At = Hour(hour),
        Lines = PerfMarketing.Primitives.ValueList.Create(lines),
    };

    internal static ReturnWithdrawn Withdrawn(string replaces, string id = "k9", int hour = 9) =>
        new() { Id = new(id), Outcome = new("o1"), At = Hour(hour), Replaces = new(replaces) };

    internal static Chargeback Chargeback(Money? amount = null, string id = "k1", int hour = 1) =>
        new() { Id = new(id), Outcome = new("o1"), At = Hour(hour), Amount = amount };

    internal static ChargebackWon Won(string replaces, string id = "k9", int hour = 9) =>
        new() { Id = new(id), Outcome = new("o1"), At = Hour(hour), Replaces = new(replaces) };
}
