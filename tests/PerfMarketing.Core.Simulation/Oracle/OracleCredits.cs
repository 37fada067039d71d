using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Oracle;

/// <summary>Who gets the credit of an outcome, by the oracle.</summary>
internal sealed class OracleCredits(WorldPlan world, Dictionary<string, DateTimeZone> zones, JourneyLog journeys)
{
    /// <summary>Notes whose credit the outcome is, and its newest touch that has some.</summary>
    public void Assign(OracleOutcome known, Outcome outcome, Instant asOf, long sequence)
    {
        Touchpoint[] credited = CreditedFor(outcome, asOf, sequence);
        known.TouchedAt = credited.Length == 0 ? outcome.At : credited.Max(static t => t.At);
        known.Credits =
        [
            .. credited.GroupBy(static t => t.Partner.Value, StringComparer.Ordinal)
                .Select(g => new OracleCredit(g.Key, g.Count(), credited.Length)),
        ];
    }

    private Touchpoint[] CreditedFor(Outcome outcome, Instant asOf, long sequence)
    {
        if (outcome.Customer is not { } customer)
        {
            return [];
        }

        Instant? cut = world.CutAtConversion
            ? journeys.PreviousOf(outcome.Id, customer, outcome.At, asOf, sequence)
            : null;
        Touchpoint[] eligible =
        [
            .. journeys.TouchesOf(customer, sequence)
                .Where(t => !t.IsTest && t.At <= outcome.At && t.RecordedAt <= asOf
                    && (cut is not { } previous || t.At > previous)
                    && (world.Lookback is not { } window || outcome.At - t.At < window)
                    && IsPaid(t.Partner.Value, t.At))
                .OrderBy(static t => t.At).ThenBy(static t => t.Sequence ?? 0)
                .ThenBy(static t => t.Id.Value, StringComparer.Ordinal),
        ];
        if (eligible.Length == 0)
        {
            return [];
        }

        return world.Credits switch
        {
            CreditKind.First => eligible[..1],
            CreditKind.Last => eligible[^1..],
            _ => eligible,
        };
    }

    // Some contract that names the partner was in force when the touch happened.
    private bool IsPaid(string partner, Instant at)
    {
        foreach (ContractPlan contract in world.Contracts)
        {
            if (contract.Partners.Contains(partner) && StartOf(contract) <= at)
            {
                return true;
            }
        }

        return false;
    }

    private Instant StartOf(ContractPlan contract)
    {
        if (!zones.TryGetValue(contract.Zone, out DateTimeZone? zone))
        {
            zones.Add(contract.Zone, zone = DateTimeZoneProviders.Tzdb[contract.Zone]);
        }

        return zone.AtStartOfDay(contract.From).ToInstant();
    }
}
