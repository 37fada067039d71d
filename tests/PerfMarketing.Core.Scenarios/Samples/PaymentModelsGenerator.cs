using System.Globalization;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>
/// Makes docs/samples/payment-models/events.jsonl: a month of a shop with three partners of different kinds. Every
/// click
/// is a touchpoint and an outcome as well, so that it can be paid for.
/// </summary>
/// <remarks>A function of nothing: the same bytes on every platform.</remarks>
internal sealed class PaymentModelsGenerator
{
    private const int Hour = 60 * 60;
    private const int Day = 24 * Hour;

    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 6, 0);

    // What a thousand customers bring in leads and sales; what a sale is worth, in euros; how many of 100 come back.
    private static readonly Kind[] Kinds =
    [
        new("test-lab", Customers: 70, Leads: 60, Sales: 260, From: 60, To: 340, Returned: 6),
        new("deal-radar", Customers: 230, Leads: 20, Sales: 90, From: 9, To: 60, Returned: 30),
        new("inbox-weekly", Customers: 120, Leads: 310, Sales: 80, From: 25, To: 120, Returned: 10),
    ];

    private readonly SampleRandom random = new(20260302);
    private readonly SampleLog log = new();
    private int clicks;
    private int customers;

    /// <summary>The whole file.</summary>
    public static string Write()
    {
        PaymentModelsGenerator made = new();
        foreach (Kind kind in Kinds)
        {
            for (int i = 0; i < kind.Customers; i++)
            {
                made.Customer(kind);
            }
        }

        return made.log.Write(made.random);
    }

    private void Customer(Kind kind)
    {
        CustomerId customer = new(Number("c", ++customers));
        long at = random.Below(26 * Day);
        for (int i = random.Weighted(70, 30); i >= 0; i--)
        {
            at += random.Below(Day);
            Click(customer, Kinds[random.Chance(80) ? random.Below(Kinds.Length) : Array.IndexOf(Kinds, kind)], at);
        }

        at += random.Between(60, 6 * Hour);
        if (random.Chance(kind.Leads))
        {
            log.Add(Outcome("lead", customer, at));
        }

        if (random.Chance(kind.Sales))
        {
            Sale(kind, customer, at + random.Below(2 * Day));
        }
    }

    private void Click(CustomerId customer, Kind kind, long at)
    {
        TouchpointId touch = new(Number("t", ++clicks));
        log.Add(new Touchpoint
        {
            Id = touch,
            At = At(at),
            RecordedAt = At(at),
            Customer = customer,
            Partner = new(kind.Partner),
            Kind = TouchpointKind.Click,
        });
        log.Add(new Outcome
        {
            Id = new(Number("click", clicks)),
            At = At(at),
            Kind = OutcomeKind.Click,
            Touch = touch,
        });
    }

    private void Sale(Kind kind, CustomerId customer, long at)
    {
        Money value = Money.FromMinor(random.Between(kind.From * 100, kind.To * 100), Currency.Eur);
        Outcome sale = Outcome("sale", customer, at) with { Value = value };
        log.Add(sale);
        Instant back = At(at + random.Between(2 * Day, 12 * Day));
        CorrectionId id = new($"back-{sale.Id}");
        if (!random.Chance(10 * kind.Returned))
        {
            return;
        }

        log.Add(random.Chance(600)
            ? new Retraction { Id = id, Outcome = sale.Id, At = back }
            : new AmountReturn { Id = id, Outcome = sale.Id, At = back, Amount = value.Allocate(2, 3)[0] });
    }

    private static Outcome Outcome(string kind, CustomerId customer, long at) => new()
    {
        Id = new($"{kind}-{customer}"),
        At = At(at),
        Kind = new(kind),
        Customer = customer,
    };

    private static Instant At(long second) => Start + Duration.FromSeconds(second);

    private static string Number(string name, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}-{number:D4}");

    private sealed record Kind(string Partner, int Customers, int Leads, int Sales, int From, int To, int Returned);
}
