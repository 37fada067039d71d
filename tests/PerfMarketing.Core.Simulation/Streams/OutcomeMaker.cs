using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Streams;

/// <summary>Draws outcomes: sales with values, leads without, some odd ones.</summary>
internal static class OutcomeMaker
{
    public static Outcome Make(
        SeededRandom random, OutcomeId id, Instant at, CustomerId customer, Currency currency)
    {
        bool isSale = random.Happens(650);
        return new()
        {
            Id = id,
            At = at,
            Customer = random.Happens(990) ? customer : null,
            Kind = random.Happens(30) ? "signup" : isSale ? "sale" : "lead",
            Value = DrawValue(random, isSale, currency),
            Quantity = random.Pick(1m, 1m, 1m, 1m, 2m, 3m, 0.5m, 7m),
            IsTest = random.Happens(12),
        };
    }

    private static Money? DrawValue(SeededRandom random, bool isSale, Currency currency) => random.Below(100) switch
    {
        < 4 => null,
        < 8 => Money.Zero(currency),
        < 12 => Money.FromMinor(random.Between(1, 5), currency),
        < 16 => Money.FromMinor(random.Between(1_000_000, 50_000_000), currency),
        < 40 when !isSale => null,
        < 60 => Money.FromMinor(100 * random.Between(1, 300), currency),
        _ => Money.FromMinor(random.Between(50, 30_000), currency),
    };
}
