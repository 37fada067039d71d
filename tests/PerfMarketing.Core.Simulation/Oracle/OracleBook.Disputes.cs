using PerfMarketing.Events;

namespace PerfMarketing.Simulation.Oracle;

/// <content>What contradicting evidence makes of what was earned already.</content>
internal sealed partial class OracleBook
{
    private void Dispute(OracleOutcome known, Outcome outcome)
    {
        foreach (OracleLeg leg in known.Earnings.Count > 0 && known.Verdicts.Count > 0 ? known.Legs : [])
        {
            if (leg.Standing is not (Standing.Qualified or Standing.Disputed) || leg.Clause.Proof is null
                || !known.Earnings.Exists(e => e.Leg.Key == leg.Key))
            {
                continue;
            }

            // A person's approval settles what evidence leaves open.
            leg.Standing = OracleRuling.Of(known.Corrections, leg).IsApproved ? Standing.Qualified
                : Judge(leg.Clause.Proof, outcome.At, known.Verdicts).Standing == Standing.Disputed
                    ? Standing.Disputed
                    : leg.Standing;
            leg.Why = leg.Standing == Standing.Disputed ? OracleCodes.ReplayConflict : null;
        }

        if (known.Legs.Count > 0)
        {
            known.Standing = Overall(known.Legs);
        }
    }

    // What is taken from a held earning is let go before.
    private void LetGo(OracleOutcome known, OracleEarning earning, long moved)
    {
        long back = Math.Min(-moved, -earning.Held);
        if (back > 0)
        {
            Hold(known, earning, back);
        }
    }

    // As long as a leg is disputed, all of what was earned by it is held.
    private void Align(OracleOutcome known)
    {
        foreach (OracleEarning earning in known.Earnings)
        {
            long change = (IsDisputed(known, earning) ? -earning.Net : 0) - earning.Held;
            if (change != 0)
            {
                Hold(known, earning, change);
            }
        }
    }

    private static bool IsDisputed(OracleOutcome known, OracleEarning earning) =>
        known.Legs.Exists(l => l.Key == earning.Leg.Key && l.Standing == Standing.Disputed);

    private void Hold(OracleOutcome known, OracleEarning earning, long change)
    {
        earning.Held += change;
        posted.Add(new(EntryKind.Hold, earning, change, asOf)
        {
            Number = ++earning.HoldCount,
            Why = IsDisputed(known, earning) ? OracleCodes.ReplayConflict : OracleCodes.DisputeSettled,
        });
    }
}
