using NodaTime;
using PerfMarketing.Events;

namespace PerfMarketing.Simulation.Oracle;

/// <content>What is paid, and the entries that say so.</content>
internal sealed partial class OracleBook
{
    private void Pay(
        OracleOutcome known,
        OracleLeg leg,
        Outcome outcome,
        (Rational Value, decimal Quantity) basis,
        OracleShare[] shares)
    {
        string key = $"{leg.Key}|{outcome.Id}";
        OracleBudget[] all = [.. BudgetsOf(outcome.At)];
        long wanted = shares.Sum(static s => s.Amount);
        long payable = wanted;
        foreach (OracleBudget budget in wanted > 0 ? all : [])
        {
            if (budget.Payable(key, wanted, known.TouchedAt) is not { } room)
            {
                Release(leg, outcome);
                leg.Reject(OracleCodes.OverBudget);
                return;
            }

            payable = Math.Min(payable, room);
        }

        long over = 0;
        foreach (OracleBudget budget in all)
        {
            if (payable > 0)
            {
                long held = budget.HeldBy(key);
                over = Math.Max(over, payable - held - budget.Room);
                leg.IsOverReserve |= payable > held + budget.Room || (held > 0 && payable > held);
                budget.Commit(key, payable);
            }
            else
            {
                budget.Release(key);
            }
        }

        long[]? cuts = payable < wanted
            ? Shares.Split(payable - wanted, shares.Select(static s => s.Amount))
            : null;
        long[]? overs = over > 0
            ? Shares.Split(over, shares.Select((s, i) => s.Amount + (cuts?[i] ?? 0)))
            : null;
        List<OracleEarning> made = [];
        for (int i = 0; i < shares.Length; i++)
        {
            made.Add(Post(known, leg, (shares[i], cuts?[i], overs?[i] ?? 0), basis));
        }

        for (int i = 0; i < shares.Length; i++)
        {
            if (shares[i].Repricing is { } repricing)
            {
                long due = repricing < 0 ? TakenBack(leg, shares[i], outcome.At) : repricing;
                (long moved, long above) = Move(made[i], outcome, due);
                paid[KeyOf(leg, shares[i].Partner, outcome.At)] += moved;
                posted.Add(new(EntryKind.Repricing, made[i], moved, asOf)
                {
                    OverBudget = above,
                    Lines = writer.OfRepricing(leg.Clause, shares[i], due, moved),
                });
            }
        }
    }

    private OracleEarning Post(
        OracleOutcome known,
        OracleLeg leg,
        (OracleShare Share, long? Cut, long Over) part,
        (Rational Value, decimal Quantity) basis)
    {
        OracleShare share = part.Share;
        Outcome outcome = known.Outcome!;
        OracleCredit credit = leg.Credits.Find(c => c.Partner == share.Partner)!;
        var key = KeyOf(leg, share.Partner, outcome.At);
        long amount = share.Amount + part.Cut.GetValueOrDefault();
        OracleEarning earning = new()
        {
            Leg = leg,
            Outcome = known.Id,
            OccurredAt = outcome.At,
            Partner = share.Partner,
            Weight = credit.Weight,
            Total = credit.Total,
            Amount = amount,
            Priced = share.Amount,
            Before = share.Before,
            Counted = share.Counted,
            Period = key.Period,
            Value = basis.Value,
            Quantity = basis.Quantity,
            Evidence = leg.Evidence,
            PayableAt = Instant.Max(asOf, outcome.At + leg.Clause.Hold),
            Net = amount,
            Over = part.Over,
        };
        var ruling = OracleRuling.Of(known.Corrections, leg);
        foreach (Correction correction in known.Corrections)
        {
            if (ruling.Adjusts(correction.Id))
            {
                isAdjustedAtOnce = true;
            }
            else
            {
                earning.Known.Add(correction.Id.Value);
                earning.PricedIn.Add(correction.Id.Value);
            }
        }

        known.Earnings.Add(earning);
        tallies[key] = tallies.GetValueOrDefault(key) + share.Counted;
        paid[key] = paid.GetValueOrDefault(key) + amount;
        List<OracleLine> lines = writer.Of(
            leg.Clause,
            (Rational.Of(basis.Quantity), basis.Value),
            new Rational(credit.Weight, credit.Total),
            share);
        posted.Add(new(EntryKind.Earning, earning, amount, asOf)
        {
            OverBudget = part.Over,
            Lines = writer.Close(lines, share.Amount, part.Cut),
        });
        return earning;
    }

    // What was never paid is not taken back.
    private long TakenBack(OracleLeg leg, OracleShare share, Instant at)
    {
        long before = paid[KeyOf(leg, share.Partner, at)];
        var priced = (long)(share.Before + share.Counted).Accrued.Round(world.Digits, leg.Clause.Mode);
        return Math.Min(before, priced) - before;
    }
}
