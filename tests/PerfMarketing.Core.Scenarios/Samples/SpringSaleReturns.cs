using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using static PerfMarketing.Scenarios.Samples.SpringSaleBasket;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>Makes what becomes of orders: returns, cancellations, disputes at the bank.</summary>
internal sealed class SpringSaleReturns(SampleRandom random, SampleLog log)
{
    private const int Hour = 3_600;
    private const int Day = 24 * Hour;

    /// <summary>Something may come back after an order was paid.</summary>
    public void After(Outcome sale, string number, Instant paidAt)
    {
        string id = $"cor-{number}";
        bool hasLines = sale.Lines.Count > 0;
        switch (random.Weighted(790, hasLines ? 90 : 0, 35, 45, hasLines ? 18 : 0, 14, 8))
        {
            case 1:
                ReturnLines(sale, id, Later(paidAt, 3, 30));
                break;
            case 2:
                GiveBack(sale, id, Later(paidAt, 2, 40));
                break;
            case 3:
                Cancel(sale, id, paidAt);
                break;
            case 4:
                ReturnAndWithdraw(sale, id, Later(paidAt, 3, 20));
                break;
            case 5:
                ChargeBack(sale, id, Later(paidAt, 10, 60));
                break;
            case 6:
                Restate(sale, id, Later(paidAt, 1, 10));
                break;
            default:
                break;
        }
    }

    /// <summary>An outcome does not stand after all.</summary>
    public void Retract(Outcome outcome, int seconds, string note)
    {
        Instant at = outcome.RecordedAt + Duration.FromSeconds(seconds);
        log.Add(new Retraction { Id = new($"cor-{outcome.Id}"), Outcome = outcome.Id, At = at, Note = note });
    }

    // One line, or one piece of it; booked when the parcel was opened.
    private void ReturnLines(Outcome sale, string id, Instant at)
    {
        log.Add(new LineReturn
        {
            Id = new(id),
            Outcome = sale.Id,
            At = at,
            RecordedAt = at + Duration.FromSeconds(random.Between(Hour, 4 * Day)),
            Lines = [LineOf(sale)],
        });
        if (random.Chance(60))
        {
            log.Repeat();
        }
    }

    private void GiveBack(Outcome sale, string id, Instant at) => log.Add(new AmountReturn
    {
        Id = new(id),
        Outcome = sale.Id,
        At = at,
        Amount = Cents(random.Between(2, 12) * 100L),
        Note = "scratched on arrival",
    });

    // Half of them before the money came in.
    private void Cancel(Outcome sale, string id, Instant paidAt)
    {
        bool isEarly = random.Chance(400);
        Instant at = isEarly ? sale.RecordedAt + Duration.FromMinutes(random.Between(1, 4)) : Later(paidAt, 1, 20);
        log.Add(new Retraction { Id = new(id), Outcome = sale.Id, At = at, Note = "cancelled by the customer" });
    }

    private void ReturnAndWithdraw(Outcome sale, string id, Instant at)
    {
        log.Add(new LineReturn { Id = new(id), Outcome = sale.Id, At = at, Lines = [LineOf(sale)] });
        log.Add(new ReturnWithdrawn
        {
            Id = new($"{id}-b"),
            Outcome = sale.Id,
            At = Later(at, 2, 9),
            Replaces = new CorrectionId(id),
            Note = "the parcel never came back",
        });
    }

    private void ChargeBack(Outcome sale, string id, Instant at)
    {
        bool isPart = random.Chance(300);
        log.Add(new Chargeback
        {
            Id = new(id),
            Outcome = sale.Id,
            At = at,
            RecordedAt = at + Duration.FromSeconds(random.Between(Hour, 2 * Day)),
            Amount = isPart ? Cents(1_000) : null,
        });
        if (random.Chance(500))
        {
            log.Add(new ChargebackWon
            {
                Id = new($"{id}-b"),
                Outcome = sale.Id,
                At = Later(at, 5, 20),
                Replaces = new CorrectionId(id),
            });
        }
    }

    private void Restate(Outcome sale, string id, Instant at) => log.Add(new Restatement
    {
        Id = new(id),
        Outcome = sale.Id,
        At = at,
        Value = OutcomeTruth.Of(sale).StatedValue!.Value + Cents(random.Chance(600) ? 1_500 : 650),
        Note = "article exchanged",
    });

    private ReturnedLine LineOf(Outcome sale)
    {
        int place = random.Below(sale.Lines.Count);
        OrderLine line = sale.Lines[place];
        decimal? quantity = line.Quantity > 1 && random.Chance(600) ? 1 : null;
        return random.Chance(300)
            ? new() { Sku = line.Sku, Quantity = quantity }
            : new() { Line = place, Quantity = quantity };
    }

    private Instant Later(Instant at, int daysMin, int daysMax) =>
        at + Duration.FromSeconds(random.Between(daysMin * Day, daysMax * Day));
}
