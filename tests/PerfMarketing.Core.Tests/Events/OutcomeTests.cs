using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Events;

public sealed class OutcomeTests
{
    private static readonly NodaTime.Instant Late = NodaTime.Instant.FromUtc(9999, 12, 31, 23, 59);

    private static readonly OrderLine Line = new() { Net = 1.Eur };

    public static TheoryData<string, string, string, Outcome> Wrong => new()
    {
        { "no id", EventCodes.IdMissing, "id", Samples.Sale() with { Id = default } },
        { "no kind", EventCodes.KindMissing, "kind", Samples.Sale() with { Kind = default } },
        { "its own parent", EventCodes.NamesItself, "parent", Samples.Sale() with { Parent = new("o1") } },
        {
            "after all calendars", EventCodes.Instant, "at",
            Samples.Sale() with { At = Late, RecordedAt = Samples.Noon }
        },
        { "recorded after them", EventCodes.Instant, "recordedAt", Samples.Sale() with { RecordedAt = Late } },
        { "none of it", EventCodes.Quantity, "quantity", Samples.Sale() with { Quantity = 0 } },
        { "less than none", EventCodes.Quantity, "quantity", Samples.Sale() with { Quantity = -1 } },
        { "too many", EventCodes.Quantity, "quantity", Samples.Sale() with { Quantity = 1_000_000_000.1m } },
        { "too fine", EventCodes.Quantity, "quantity", Samples.Sale() with { Quantity = 0.0000001m } },
        { "negative value", EventCodes.AmountNegative, "value", Samples.Sale(-0.01m.Eur) },
        { "no currency", EventCodes.Currency, "value", Samples.Sale(default(Money)) },
        { "totals alone", EventCodes.LinesMissing, "totals", Samples.Sale(1.Eur) with { Totals = new() } },
        {
            "another currency in a line", EventCodes.Currency, "lines[1].tax",
            Samples.Sale() with { Lines = [Line, Line with { Tax = 1.Usd }] }
        },
        {
            "a negative line", EventCodes.AmountNegative, "lines[0].net",
            Samples.Sale() with { Lines = [Line with { Net = -1.Eur }] }
        },
        { "an empty sku", EventCodes.Text, "lines[0].sku", Samples.Sale() with { Lines = [Line with { Sku = "" }] } },
        {
            "a long brand", EventCodes.Text, "lines[0].brand",
            Samples.Sale() with { Lines = [Line with { Brand = new('x', OrderLine.TextLengthMax + 1) }] }
        },
        {
            "no pieces", EventCodes.Quantity, "lines[0].quantity",
            Samples.Sale() with { Lines = [Line with { Quantity = 0 }] }
        },
        {
            "a discount beyond the lines", EventCodes.DiscountTooGreat, "totals.discount",
            Samples.Sale() with { Lines = [Line], Totals = new() { Discount = 1.01m.Eur } }
        },
        {
            "a foreign gift card", EventCodes.Currency, "totals.giftCard",
            Samples.Sale() with { Lines = [Line], Totals = new() { GiftCard = 1.Usd } }
        },
        {
            "too many lines", EventCodes.TooManyLines, "lines",
            Samples.Sale() with { Lines = Enumerable.Repeat(Line, Outcome.LineCountMax + 1).ToValueList() }
        },
        {
            "lines beyond any amount", EventCodes.AmountTooGreat, "lines",
            Samples.Sale() with
            {
                Lines = [Line, Line with { Net = Money.FromMinor(Money.MinorUnitsMax, Currency.Eur) }],
            }
        },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named_and_not_thrown(string reason, string code, string term, Outcome outcome) =>
        outcome.Check().Should().Equal([Reason.Of(code, ("term", term))], reason);

    [Fact]
    public void What_is_not_said_is_usual()
    {
        Outcome sale = Samples.Sale(200.Eur);

        sale.Quantity.Should().Be(1);
        sale.RecordedAt.Should().Be(sale.At);
        sale.Lines.Should().BeEmpty();
        sale.Check().Should().BeEmpty();
        Samples.Order().Check().Should().BeEmpty();
    }

    [Fact]
    public void Json_leaves_out_what_is_usual() => TermJson.Write(Samples.Sale(200.Eur)).Should().Be(
        """{"id":"o1","at":"2026-03-01T12:00:00Z","kind":"sale","value":"200.00 EUR"}""");

    [Fact]
    public void Json_brings_everything_back()
    {
        Outcome full = Samples.Order() with
        {
            RecordedAt = Samples.Hour(1),
            Customer = new("c1"),
            Value = 90.Eur,
            Quantity = 2.5m,
            OrderId = new("A-17"),
            Parent = new("o0"),
            Touch = new("t1"),
            Facts = [Facts.Coupons.Of(["SPRING"])],
            IsTest = true,
        };

        string json = TermJson.Write(full);

        json.Should().Be(
            """
            {"id":"o1","at":"2026-03-01T12:00:00Z","recordedAt":"2026-03-01T13:00:00Z","customer":"c1","kind":"sale",
            "value":"90.00 EUR","quantity":2.5,"orderId":"A-17","parent":"o0","touch":"t1","lines":[
            {"sku":"shoe","category":"shoes","brand":"acme","quantity":2,"net":"60.00 EUR","tax":"11.40 EUR"},
            {"sku":"sock","quantity":2,"net":"40.00 EUR","discount":"5.00 EUR"}],
            "totals":{"shipping":"4.90 EUR","discount":"10.00 EUR"},"facts":{"coupons":["SPRING"]},"isTest":true}
            """.ReplaceLineEndings(string.Empty));
        TermJson.Parse(json, Outcome.Read).Should().Be(full);
    }
}
