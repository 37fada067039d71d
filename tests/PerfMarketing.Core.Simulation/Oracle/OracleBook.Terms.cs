using NodaTime;
using PerfMarketing.Proofs;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Oracle;

/// <content>What terms mean: proofs, amounts, flights, periods and zones.</content>
internal sealed partial class OracleBook
{
    // The instant up to which a proof may come is not part of the wait.
    private (Standing Standing, Instant? Until, string? Evidence, string? Why) Judge(
        ProofPlan? proof, Instant at, List<EvidenceVerdict> verdicts)
    {
        if (proof is null)
        {
            return (Standing.Qualified, null, null, null);
        }

        EvidenceVerdict[] counted =
        [
            .. verdicts.Where(v => v.ReceivedAt <= asOf && v.Kind == (EvidenceKind)proof.Kind
                    && (!proof.IsSigned || v.Scheme == SchemeId.StandardWebhooks))
                .OrderBy(static v => v.ReceivedAt)
                .ThenBy(static v => v.Scheme.ToString(), StringComparer.Ordinal)
                .ThenBy(static v => v.ReplayKey?.Value, StringComparer.Ordinal),
        ];
        bool isContradicted = counted.GroupBy(static v => v.ReplayKey)
            .Any(static g => g.Select(static v => v.Content).Distinct().Count() > 1);
        if (isContradicted)
        {
            return (Standing.Disputed, null, null, OracleCodes.ReplayConflict);
        }

        Instant? until = proof.Within is { } within ? at + within : null;
        if (counted.Length > 0 && (until is not { } end || counted[0].ReceivedAt < end))
        {
            return (Standing.Qualified, null, counted[0].ReplayKey?.Value, null);
        }

        return until is not { } over || asOf < over ? (Standing.Pending, until, null, null)
            : proof.Approves ? (Standing.Qualified, null, null, null)
            : (Standing.Rejected, null, null, counted.Length > 0 ? OracleCodes.Late : OracleCodes.Expired);
    }

    private (Rational Quantity, Rational Value) BasisOf(OracleTruth truth, string currency) => (
        Rational.Of(truth.KeptQuantity),
        truth.Kept is { } kept && truth.Currency == currency
            ? new Rational(kept, Rational.Ten(world.Digits))
            : Rational.Zero);

    private bool Flies(Instant at)
    {
        DateTimeZone zone = ZoneOf(world.Zone);
        return zone.AtStartOfDay(world.FlightFrom).ToInstant() <= at
            && (world.FlightTo is not { } to || at < zone.AtStartOfDay(to).ToInstant());
    }

    private Counter CounterOf(OracleLeg leg, string partner, Instant at) =>
        tallies.GetValueOrDefault(KeyOf(leg, partner, at));

    private (string Contract, string Clause, string Partner, string Period) KeyOf(
        OracleLeg leg, string partner, Instant at)
    {
        LocalDate day = at.InZone(ZoneOf(leg.Contract.Zone)).Date;
        return (leg.Contract.Id, leg.Clause.Id, leg.Clause.Together ? "*" : partner, MonthOf(day));
    }

    private string MonthOf(LocalDate day)
    {
        int month = (day.Year * 12) + day.Month;
        if (!months.TryGetValue(month, out string? name))
        {
            months.Add(month, name = OracleStatements.NameOf(day));
        }

        return name;
    }

    private DateTimeZone ZoneOf(string id)
    {
        if (!zones.TryGetValue(id, out DateTimeZone? zone))
        {
            zones.Add(id, zone = DateTimeZoneProviders.Tzdb[id]);
        }

        return zone;
    }
}
