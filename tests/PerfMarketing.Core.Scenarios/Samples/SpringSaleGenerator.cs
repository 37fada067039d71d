using System.Globalization;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using static PerfMarketing.Scenarios.Samples.SpringSaleBasket;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>
/// Makes docs/samples/spring-sale/events.jsonl: what a garden shop and its partners would have written down in spring
/// 2026, with everything that goes wrong in such a log.
/// </summary>
/// <remarks>A function of nothing: the same bytes on every platform.</remarks>
internal sealed class SpringSaleGenerator
{
    public const string Blog = "green-thumb-blog";
    public const string Coupon = "coupon-corner";
    public const string Letter = "friday-letter";
    public const string Stranger = "toolbar-deals";

    private const int CustomerCount = 900;
    private const int Minute = 60;
    private const int Hour = 60 * Minute;
    private const int Day = 24 * Hour;

    /// <summary>The flight begins at midnight in Berlin.</summary>
    private static readonly Instant Start = Instant.FromUtc(2026, 2, 28, 23, 0);

    private readonly SampleRandom random = new(20260301);
    private readonly SampleLog log = new();
    private readonly SpringSaleReturns returns;
    private int touchCount;
    private int customerCount;
    private int saleCount;

    private SpringSaleGenerator() => returns = new(random, log);

    /// <summary>The whole file.</summary>
    public static string Write()
    {
        SpringSaleGenerator made = new();
        for (int i = 0; i < CustomerCount; i++)
        {
            made.Customer();
        }

        made.Contest();
        made.ClickReports();
        SpringSaleByHand.AddTo(made.log);
        return made.log.Write(made.random);
    }

    // One customer: some touches, then what came of them.
    private void Customer()
    {
        CustomerId customer = NextCustomer();
        int purpose = random.Weighted(52, 24, 13, 11);
        long at = Moment();
        int touches = purpose == 0 ? 1 + random.Weighted(38, 30, 18, 10, 4) : 1 + random.Weighted(70, 22, 8);
        TouchpointId? last = null;
        if (random.Chance(970))
        {
            for (int i = 0; i < touches; i++)
            {
                at += i > 0 ? random.Between(Hour, random.Chance(30) ? 40 * Day : 8 * Day) : 0;
                last = Touch(customer, at, isLast: i == touches - 1);
            }
        }

        at += random.Chance(600) ? random.Between(2 * Minute, 3 * Hour) : random.Between(3 * Hour, 6 * Day);
        switch (purpose)
        {
            case 0:
                Sale(customer, at, last);
                break;
            case 1:
                SignUp(customer, at);
                break;
            case 2:
                Lead(customer, at);
                break;
            default:
                break;
        }
    }

    // When a story begins: April, with Easter on the 5th, is the strongest month.
    private long Moment()
    {
        int day = random.Weighted(28, 47, 25) switch
        {
            0 => random.Between(-6, 27),
            1 => random.Between(28, 55),
            _ => random.Between(56, 91),
        };
        int hour = random.Weighted(1, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 9, 8, 8, 8, 8, 9, 10, 12, 14, 14, 11, 6, 3);
        return ((long)day * Day) + ((long)hour * Hour) + random.Below(Hour);
    }

    private TouchpointId Touch(CustomerId customer, long at, bool isLast)
    {
        int who = isLast ? random.Weighted(36, 30, 28, 6) : random.Weighted(52, 36, 5, 7);
        (string partner, string channel) = who switch
        {
            0 => (Blog, "content"),
            1 => (Letter, "email"),
            2 => (Coupon, "coupon"),
            _ => (Stranger, "toolbar"),
        };
        TouchpointKind kind = who == 0 && random.Chance(250) ? TouchpointKind.View
            : who == 1 && random.Chance(200) ? TouchpointKind.Message
            : TouchpointKind.Click;
        Instant when = At(at);
        Touchpoint touch = new()
        {
            Id = new(Number("t-", ++touchCount, "D5")),
            At = when,
            RecordedAt = random.Chance(20) ? when + Duration.FromSeconds(random.Between(Hour, 3 * Day)) : when,
            Customer = customer,
            Partner = new(partner),
            Kind = kind,
            Channel = new ChannelId(channel),
            Facts = who == 0 ? [Facts.Placement.Of(random.Chance(600) ? "review" : "sidebar")] : FactSet.Empty,
            IsTest = random.Chance(4),
        };
        log.Add(touch);
        if (random.Chance(8))
        {
            log.Repeat();
        }

        return touch.Id;
    }

    private void Sale(CustomerId customer, long at, TouchpointId? last)
    {
        string number = Number(string.Empty, ++saleCount, "D4");
        string? coupon = random.Weighted(70, 20, 10) switch
        {
            1 => "SPRING10",
            2 => "HELLO5",
            _ => null,
        };
        bool isByPhone = random.Chance(40);
        ValueList<OrderLine> lines = isByPhone ? [] : Fill(random);
        Instant when = At(at);
        FactSet facts = [Facts.CustomerStatus.Of(random.Chance(450) ? CustomerStatus.New : CustomerStatus.Returning)];
        facts = isByPhone ? facts : facts.With(Facts.Device, random.Chance(620) ? "mobile" : "desktop");
        Outcome sale = new()
        {
            Id = new($"sale-{number}"),
            At = when,
            RecordedAt = random.Chance(50) ? when + Duration.FromSeconds(random.Between(Day, 9 * Day)) : when,
            Customer = random.Chance(990) ? customer : null,
            Kind = OutcomeKind.Sale,
            Value = isByPhone ? Cents(random.Between(20, 400) * 100L) : null,
            OrderId = new OrderId($"LG-2026-{number}"),
            Touch = last is not null && random.Chance(500) ? last : null,
            Lines = lines,
            Totals = isByPhone ? null : TotalsOf(lines, coupon),
            Facts = coupon is null || isByPhone ? facts : facts.With(Facts.Coupons, [coupon]),
            IsTest = random.Chance(16),
        };
        log.Add(sale);
        Disturb(sale);
        if (Pay(sale, number) is { } paidAt)
        {
            returns.After(sale, number, paidAt);
        }
    }

    // Thank-you pages are loaded again, messages are sent twice.
    private void Disturb(Outcome sale)
    {
        if (random.Chance(20))
        {
            log.Repeat();
        }

        if (random.Chance(18))
        {
            log.Add(sale with
            {
                Id = new($"{sale.Id}-again"),
                RecordedAt = sale.RecordedAt + Duration.FromSeconds(random.Between(10, 2 * Day)),
            });
        }
    }

    // Most orders are paid at once, invoices later, a few too late, never, or the wrong thing is said of them.
    private Instant? Pay(Outcome sale, string number)
    {
        int delay = random.Weighted(640, 220, 70, 16, 40, 14) switch
        {
            0 => random.Between(5, 30 * Minute),
            1 => random.Between(Day, 5 * Day),
            2 => random.Between(6 * Day, 25 * Day),
            3 => random.Between(30 * Day, 41 * Day),
            4 => 0,
            _ => -random.Between(Hour, 2 * Day),
        };
        if (delay == 0)
        {
            return null;
        }

        Instant at = sale.At + Duration.FromSeconds(Math.Abs(delay));
        log.AddEvidence($"psp-{number}", sale.Id, delay > 0 ? "order-paid" : "order-shipped", at);
        if (random.Chance(25))
        {
            log.Repeat();
        }

        return at;
    }

    private void SignUp(CustomerId customer, long at)
    {
        Outcome signUp = Simple("sign-up", OutcomeKind.ListSignUp, customer, at);
        if (random.Chance(30))
        {
            returns.Retract(signUp, random.Between(Hour, 20 * Day), "asked to be taken off within 14 days");
        }
    }

    private void Lead(CustomerId customer, long at)
    {
        Outcome lead = Simple("lead", OutcomeKind.Lead, customer, at);
        if (random.Chance(80))
        {
            returns.Retract(lead, random.Between(Day, 25 * Day), "the number does not exist");
        }
    }

    private Outcome Simple(string prefix, OutcomeKind kind, CustomerId customer, long at)
    {
        Instant when = At(at);
        Outcome outcome = new()
        {
            Id = new($"{prefix}-{customer.Value[2..]}"),
            At = when,
            RecordedAt = random.Chance(30) ? when + Duration.FromSeconds(random.Between(Day, 5 * Day)) : when,
            Customer = customer,
            Kind = kind,
            IsTest = random.Chance(12),
        };
        log.Add(outcome);
        if (random.Chance(15))
        {
            log.Repeat();
        }

        return outcome;
    }

    // The blog gave away a hammock in the third week of April: many sign-ups, all its own.
    private void Contest()
    {
        for (int i = 0; i < 90; i++)
        {
            CustomerId customer = NextCustomer();
            long at = (random.Between(45, 51) * (long)Day) + (random.Between(6, 21) * (long)Hour) + random.Below(Hour);
            log.Add(new Touchpoint
            {
                Id = new(Number("t-", ++touchCount, "D5")),
                At = At(at),
                Customer = customer,
                Partner = new(Blog),
                Channel = new ChannelId("content"),
                Facts = [Facts.Placement.Of("contest")],
            });
            SignUp(customer, at + random.Between(Minute, Hour));
        }
    }

    // The letter is paid for clicks too. They come as one number a day, booked the next morning; Fridays are strong.
    private void ClickReports()
    {
        LocalDate first = new(2026, 3, 6);
        for (LocalDate day = first; day < new LocalDate(2026, 6, 1); day = day.PlusDays(1))
        {
            int sinceFriday = Period.DaysBetween(first, day) % 7;
            int clicks = (420 >> sinceFriday) + random.Below(24);
            SpringSaleByHand.AddClicks(log, day, clicks);
        }
    }

    private CustomerId NextCustomer() => new(Number("c-", ++customerCount, "D4"));

    private static Instant At(long seconds) => Start + Duration.FromSeconds(seconds);

    private static string Number(string prefix, int number, string format) =>
        prefix + number.ToString(format, CultureInfo.InvariantCulture);
}
