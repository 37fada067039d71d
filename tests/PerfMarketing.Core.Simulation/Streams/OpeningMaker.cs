using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Simulation.Oracle;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Streams;

/// <summary>
/// What another system had counted before some worlds begin: handed in before anything else, some of it later, when it
/// may come too late.
/// </summary>
internal static class OpeningMaker
{
    // A chance of its own, so that the other worlds draw as they did.
    private const ulong Salt = 0x4F50_454E;
    private const int Grid = 12;

    /// <summary>The openings of a world; most have none.</summary>
    /// <param name="world">The world.</param>
    /// <param name="first">When the first event is handed in.</param>
    public static IEnumerable<Delivery> Of(WorldPlan world, Instant first)
    {
        SeededRandom random = new(world.Seed ^ Salt);
        if (!random.Happens(250))
        {
            yield break;
        }

        int order = 0;
        foreach (string contract in world.Contracts.Select(static c => c.Id).Distinct())
        {
            foreach (ManualEarning opening in OpeningsOf(world, contract, random))
            {
                bool isLate = random.Happens(150);
                Instant at = isLate ? world.Start + Duration.FromHours(random.Between(0, world.Days * 24L)) : first;
                yield return new(at, --order, new SimEvent.Booked(opening));
                if (random.Happens(150))
                {
                    ManualEarning again = random.Happens(500) ? opening : opening with { Note = "another" };
                    Instant then = at + Duration.FromHours(random.Between(0, 400));
                    yield return new(then, --order, new SimEvent.Booked(again), Reserialised: true);
                }
            }
        }
    }

    private static IEnumerable<ManualEarning> OpeningsOf(WorldPlan world, string contract, SeededRandom random)
    {
        Instant at = world.Start + Duration.FromHours(random.Between(0, world.Days * 24L));
        if (world.InForce(contract, at) is not { } version)
        {
            yield break;
        }

        foreach (ClausePlan clause in version.Clauses)
        {
            foreach (string partner in clause.Together ? version.Partners[..1] : version.Partners)
            {
                if (random.Happens(600))
                {
                    yield return new()
                    {
                        Id = new($"open-{contract}-{clause.Id}-{partner}"),
                        Kind = ManualKind.OpeningTally,
                        Contract = new(contract),
                        Partner = new(partner),
                        Amount = Money.Zero(Currency.Parse(version.Currency)),
                        At = at,
                        Author = "migration",
                        Note = "counted before",
                        Tally = new()
                        {
                            Clause = new(clause.Id),
                            Counted = CountedOf(world, clause.Model, Currency.Parse(version.Currency), random),
                        },
                    };
                }
            }
        }
    }

    // What a tally of such results holds. What was paid for it is mostly what the terms pay.
    private static Tallies.Tally CountedOf(
        WorldPlan world, ModelPlan model, Currency currency, SeededRandom random)
    {
        decimal quantity = random.Between(1, 24) / (random.Happens(700) ? 2m : 3m);
        quantity = decimal.Round(quantity, Grid);
        var value = Money.FromMinor(random.Between(0, 60_000), currency);
        bool isOther = random.Happens(300);
        long paid = random.Between(0, 20_000);
        bool isWhole = random.Happens(500);
        if (!isOther && OraclePricing.Total(model, Rational.Of(quantity), Rational.Of(value.Amount)) is { } total)
        {
            int decimals = isWhole ? world.Digits : Grid;
            decimal exact = (decimal)total.Round(decimals, RoundingMode.HalfAwayFromZero);
            for (int i = 0; i < decimals; i++)
            {
                exact /= 10;
            }

            return new(quantity, quantity, value, new(exact, currency));
        }

        return new(quantity, quantity, value, Money.FromMinor(paid, currency));
    }
}
