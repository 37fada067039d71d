using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/events.md.</summary>
public sealed class EventsSnippets
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    [Fact]
    public void Record_a_click_and_an_order()
    {
        #region record
        Touchpoint click = new()
        {
            Id = new("click-17"),
            At = Noon - Duration.FromDays(2),
            Customer = new("c-1"),
            Partner = new("p-blog"),
            Facts = [Facts.Device.Of("mobile"), Facts.SubId(1).Of("newsletter")],
        };

        Outcome order = new()
        {
            Id = new("order-4711"),
            At = Noon,
            Kind = "sale",
            Touch = click.Id,
            Lines =
            [
                new() { Sku = "shoe", Category = "shoes", Quantity = 2, Net = 60.Eur },
                new() { Sku = "sock", Quantity = 2, Net = 40.Eur },
            ],
            Totals = new() { Shipping = 4.90m.Eur, Discount = 10.Eur },
            Facts = [Facts.Coupons.Of(["SPRING"]), Facts.CustomerStatus.Of(CustomerStatus.New)],
        };

        ValueList<Reason> wrong = order.Check();      // empty, or what is wrong with it
        #endregion

        click.Check().Should().BeEmpty();
        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Read_facts()
    {
        Outcome outcome =
            new() { Id = new("o"), At = Noon, Kind = "call-received", Facts = [Facts.CallSeconds.Of(95)] };

        #region facts
        FactKey<decimal> score = new("acme.score");

        FactSet facts = outcome.Facts.With(score, 0.75m);
        bool known = facts.TryGet(Facts.CallSeconds, out int seconds);   // false when absent or of another type
        #endregion

        (known, seconds).Should().Be((true, 95));
        facts.Count.Should().Be(2);
    }

    [Fact]
    public void Fold_corrections()
    {
        Outcome order = new()
        {
            Id = new("order-4711"),
            At = Noon,
            Kind = "sale",
            Lines =
            [
                new() { Sku = "shoe", Quantity = 2, Net = 60.Eur }, new() { Sku = "sock", Quantity = 2, Net = 40.Eur },
            ],
            Totals = new() { Discount = 10.Eur },
        };

        #region corrections
        LineReturn socks = new()
        {
            Id = new("r-1"),
            Outcome = order.Id,
            At = Noon + Duration.FromDays(5),
            Lines = [new() { Sku = "sock" }],
        };
        AmountReturn goodwill = new()
        {
            Id = new("r-2"),
            Outcome = order.Id,
            At = Noon + Duration.FromDays(6),
            Amount = 4.Eur,
        };

        OutcomeTruth truth = OutcomeTruth.After(order, [goodwill, socks]);
        string kept = $"{truth.KeptValue} of {truth.OriginalValue}, {truth.KeptFraction}";
        #endregion

        kept.Should().Be("50.00 EUR of 90.00 EUR, 5/9");
    }

    [Fact]
    public void Tell_a_repetition_from_a_conflict()
    {
        Outcome first = new() { Id = new("o"), At = Noon, Kind = "sale", Value = 10.Eur };
        Outcome again = first with { RecordedAt = Noon + Duration.FromHours(1) };

        #region digest
        Digest said = EventDigest.Of(first);
        bool repetition = EventDigest.Of(again) == said;      // the same id and another digest is a conflict
        #endregion

        repetition.Should().BeTrue();
    }
}
