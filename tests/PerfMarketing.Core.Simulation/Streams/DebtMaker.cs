using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Streams;

/// <summary>What a person books as owed back, where the world is one of claims.</summary>
internal static class DebtMaker
{
    // A chance of its own, so that the other worlds draw as they did.
    private const ulong Salt = 0x4445_4254;

    public static IEnumerable<Delivery> Of(WorldPlan world)
    {
        SeededRandom random = new(world.Seed ^ Salt);
        int number = 0;
        foreach (ContractPlan contract in world.Claims ? world.Contracts.DistinctBy(static c => c.Id) : [])
        {
            foreach (string partner in contract.Partners)
            {
                for (int i = random.Below(3); i > 0; i--)
                {
                    Instant at = world.Start + Duration.FromHours(random.Between(world.Days * 6L, world.Days * 24L));
                    yield return new(at, --number, new SimEvent.Booked(new()
                    {
                        Id = new($"debt{number}"),
                        Kind = ManualKind.Earning,
                        Contract = new(contract.Id),
                        Partner = new(partner),
                        Amount = Money.FromMinor(-random.Between(300, 15_000), Currency.Parse(contract.Currency)),
                        At = at,
                        Author = "ben",
                        Note = "paid too much",
                    }));
                }
            }
        }
    }
}
