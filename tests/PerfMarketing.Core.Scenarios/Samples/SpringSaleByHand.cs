using NodaTime;
using NodaTime.Text;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Proofs;
using static PerfMarketing.Scenarios.Samples.SpringSaleGenerator;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>The orders of the sample that were made up one by one, to be checked by hand.</summary>
internal static class SpringSaleByHand
{
    /// <summary>Adds them all.</summary>
    public static void AddTo(SampleLog log)
    {
        AddLounge(log);
        AddTwoContracts(log);
        AddEdgesOfTime(log);
        AddContradictions(log);
        AddSentAgain(log);
        AddClicks(log, new(2026, 3, 2), 413);
        AddClicks(log, new(2026, 3, 3), 207);
    }

    /// <summary>A day's clicks as one outcome: it names the touchpoint that stands for them.</summary>
    public static void AddClicks(SampleLog log, LocalDate day, int clicks)
    {
        string name = LocalDatePattern.Iso.Format(day);
        Instant at = day.At(new LocalTime(21, 0)).InUtc().ToInstant();
        log.Add(new Touchpoint
        {
            Id = new($"t-clicks-{name}"),
            At = at,
            Customer = new("all-readers"),
            Partner = new(Letter),
            Channel = new ChannelId("email"),
        });
        log.Add(new Outcome
        {
            Id = new($"clicks-{name}"),
            At = at,
            RecordedAt = at + Duration.FromHours(8),
            Kind = OutcomeKind.Click,
            Quantity = clicks,
            Touch = new TouchpointId($"t-clicks-{name}"),
        });
    }

    // Three touches, a discount, a cap, and one of two chairs comes back in the next month.
    private static void AddLounge(SampleLog log)
    {
        Touch(log, "lounge", "1", Blog, "2026-03-01T10:00:00Z");
        Touch(log, "lounge", "2", Letter, "2026-03-06T07:30:00Z");
        Touch(log, "lounge", "3", Blog, "2026-03-09T18:00:00Z");
        log.Add(Sale("lounge", "2026-03-10T19:00:00Z") with
        {
            Lines =
            [
                new() { Sku = "GL-190", Category = "furniture", Net = 900.Eur, Tax = 171.Eur },
                new() { Sku = "GL-191", Category = "furniture", Quantity = 2, Net = 300.Eur, Tax = 57.Eur },
            ],
            Totals = new() { Discount = 120.Eur },
            Facts = [Facts.CustomerStatus.Of(CustomerStatus.New), Facts.Coupons.Of(["SPRING10"])],
        });
        log.AddEvidence("psp-lounge", new("sale-lounge"), "order-paid", At("2026-03-10T19:02:00Z"));
        log.Add(new LineReturn
        {
            Id = new("cor-lounge"),
            Outcome = new("sale-lounge"),
            At = At("2026-03-30T09:00:00Z"),
            RecordedAt = At("2026-04-02T09:00:00Z"),
            Lines = [new() { Sku = "GL-191", Quantity = 1 }],
        });
    }

    // Two partners under two contracts; 40.00 given back is treated by each contract in its own way.
    private static void AddTwoContracts(SampleLog log)
    {
        Touch(log, "mower", "1", Blog, "2026-03-12T12:00:00Z");
        Touch(log, "mower", "2", Coupon, "2026-03-12T17:40:00Z");
        log.Add(Sale("mower", "2026-03-12T18:00:00Z") with
        {
            Value = 200.Eur,
            Facts = [Facts.CustomerStatus.Of(CustomerStatus.Returning)],
        });
        log.AddEvidence("psp-mower", new("sale-mower"), "order-paid", At("2026-03-12T18:01:00Z"));
        log.Add(new AmountReturn
        {
            Id = new("cor-mower"),
            Outcome = new("sale-mower"),
            At = At("2026-03-20T10:00:00Z"),
            Amount = 40.Eur,
            Note = "scratched on arrival",
        });
    }

    private static void AddEdgesOfTime(SampleLog log)
    {
        // Paid exactly 30 days later, which is too late: the window is half-open.
        Touch(log, "late", "1", Letter, "2026-03-27T08:00:00Z");
        log.Add(Sale("late", "2026-03-29T00:30:00Z") with { Value = 90.Eur });
        log.AddEvidence("psp-late", new("sale-late"), "order-paid", At("2026-04-28T00:30:00Z"));

        // Half past midnight in Berlin: an order of April.
        Touch(log, "midnight", "1", Coupon, "2026-03-31T22:10:00Z");
        log.Add(Sale("midnight", "2026-03-31T22:30:00Z") with
        {
            Value = 50.Eur,
            Facts = [Facts.CustomerStatus.Of(CustomerStatus.New)],
        });
        log.AddEvidence("psp-midnight", new("sale-midnight"), "order-paid", At("2026-03-31T22:31:00Z"));

        // Midnight in Berlin on 1 June: the flight is over.
        Touch(log, "june", "1", Blog, "2026-05-31T20:00:00Z");
        log.Add(Sale("june", "2026-05-31T22:00:00Z") with { Value = 80.Eur });
        log.AddEvidence("psp-june", new("sale-june"), "order-paid", At("2026-05-31T22:01:00Z"));

        // The newsletter came 30 days before, to the second, and counts no more; nobody else was there.
        Touch(log, "lookback", "1", Letter, "2026-03-13T09:00:00Z");
        log.Add(Sale("lookback", "2026-04-12T09:00:00Z") with { Value = 70.Eur });
        log.AddEvidence("psp-lookback", new("sale-lookback"), "order-paid", At("2026-04-12T09:05:00Z"));
    }

    private static void AddContradictions(SampleLog log)
    {
        // The payment provider's message came twice under one id, with two contents: the money is held.
        Touch(log, "dispute", "1", Letter, "2026-05-08T08:00:00Z");
        log.Add(Sale("dispute", "2026-05-09T14:00:00Z") with
        {
            Value = 120.Eur,
            RecordedAt = At("2026-05-09T14:01:00Z"),
        });
        log.AddVerdict("msg-1", new("sale-dispute"), Signed("msg-1", "paid 120.00", "2026-05-09T14:00:20Z"));
        log.AddVerdict("msg-1", new("sale-dispute"), Signed("msg-1", "paid 12.00", "2026-05-09T14:00:40Z"));

        // The same id with another value a week later: the first one stands.
        Touch(log, "conflict", "1", Blog, "2026-05-11T08:00:00Z");
        Outcome sale = Sale("conflict", "2026-05-11T14:00:00Z") with { Value = 100.Eur };
        log.Add(sale);
        log.AddEvidence("psp-conflict", sale.Id, "order-paid", At("2026-05-11T14:02:00Z"));
        log.Add(sale with { Value = 1_000.Eur, RecordedAt = At("2026-05-18T14:00:00Z") });

        // More comes back than is left: the second return is refused.
        Touch(log, "twice", "1", Blog, "2026-05-12T08:00:00Z");
        log.Add(Sale("twice", "2026-05-12T14:00:00Z") with { Value = 60.Eur });
        log.AddEvidence("psp-twice", new("sale-twice"), "order-paid", At("2026-05-12T14:02:00Z"));
        log.Add(new AmountReturn
        {
            Id = new("cor-twice-a"), Outcome = new("sale-twice"), At = At("2026-05-15T10:00:00Z"), Amount = 40.Eur,
        });
        log.Add(new AmountReturn
        {
            Id = new("cor-twice-b"), Outcome = new("sale-twice"), At = At("2026-05-16T10:00:00Z"), Amount = 40.Eur,
        });
    }

    // The shop sends an order again days later, and learns of a cancellation before it learns of the order.
    private static void AddSentAgain(SampleLog log)
    {
        Touch(log, "resent", "1", Letter, "2026-05-15T08:00:00Z");
        Outcome sale = Sale("resent", "2026-05-15T14:00:00Z") with { Value = 100.Eur };
        log.Add(sale);
        log.AddEvidence("psp-resent", sale.Id, "order-paid", At("2026-05-15T14:02:00Z"));
        log.Add(sale with { RecordedAt = At("2026-05-20T06:00:00Z") });

        Touch(log, "early", "1", Blog, "2026-05-18T08:00:00Z");
        log.Add(Sale("early", "2026-05-18T14:00:00Z") with { Value = 80.Eur, RecordedAt = At("2026-05-21T06:00:00Z") });
        log.Add(new Retraction { Id = new("cor-early"), Outcome = new("sale-early"), At = At("2026-05-19T10:00:00Z") });
    }

    private static void Touch(SampleLog log, string name, string number, string partner, string at) =>
        log.Add(new Touchpoint
        {
            Id = new($"t-{name}-{number}"),
            At = At(at),
            Customer = new($"c-{name}"),
            Partner = new(partner),
        });

    private static Outcome Sale(string name, string at) => new()
    {
        Id = new($"sale-{name}"),
        At = At(at),
        Customer = new CustomerId($"c-{name}"),
        Kind = OutcomeKind.Sale,
        OrderId = new OrderId($"LG-{name}"),
    };

    private static EvidenceVerdict Signed(string id, string body, string at) => new()
    {
        Kind = "order-paid",
        Scheme = SchemeId.StandardWebhooks,
        Authenticity = Authenticity.Valid,
        Strength = ProofStrength.Mac,
        Key = new KeyId("psp-2026"),
        Party = new PartyId("pay-provider"),
        Covered = ["id", "timestamp", "body"],
        ReplayKey = new EvidenceId(id),
        Content = Digest.Of(System.Text.Encoding.UTF8.GetBytes(body)),
        AssertedAt = At(at),
        ReceivedAt = At(at),
    };

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}
