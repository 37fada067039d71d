using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Streams;

/// <summary>Draws corrections of an outcome: returns, restatements, chargebacks, and what undoes them.</summary>
internal sealed class CorrectionMaker(WorldPlan world, SeededRandom random, FaultCounts counts)
{
    private readonly List<Correction> made = [];

    public void Make(Outcome outcome, Instant arrives, Action<Instant, SimEvent> deliver)
    {
        int count = random.Happens(250) ? 1 : 0;
        if (Strikes(FaultKind.PartialFullMix, 3))
        {
            count = (int)random.Between(2, 4);
            counts.Hit(FaultKind.PartialFullMix);
        }

        count += Strikes(FaultKind.RulingByHand, 3) ? 1 : 0;
        Instant at = arrives;
        for (int i = 0; i < count; i++)
        {
            at += Duration.FromSeconds(random.Between(60, 900_000));
            if (Strikes(FaultKind.ReversalAfterPayout, 3))
            {
                at += Duration.FromDays(random.Between(35, 70));
                counts.Hit(FaultKind.ReversalAfterPayout);
            }
            else if (Strikes(FaultKind.ReversalBeforeEvent, 3))
            {
                at = arrives - Duration.FromMinutes(random.Between(1, 2_000));
                counts.Hit(FaultKind.ReversalBeforeEvent);
            }

            Correction correction = DrawRuling(outcome, new($"r-{outcome.Id}-{i}"), at)
                ?? Draw(outcome, new($"r-{outcome.Id}-{i}"), at);
            if (world.IsWide && random.Happens(400))
            {
                correction = correction with
                {
                    Reason = random.Pick(CorrectionReason.Fraud, CorrectionReason.Returned),
                };
            }

            made.Add(correction);
            deliver(at, new SimEvent.Corrected(correction));
            if (Strikes(FaultKind.SameKeyOtherContent))
            {
                Correction other = new Retraction { Id = correction.Id, Outcome = outcome.Id, At = at };
                deliver(at + Duration.FromHours(random.Between(1, 90)), new SimEvent.Corrected(other));
                counts.Hit(FaultKind.SameKeyOtherContent);
            }
        }
    }

    // What persons decide: for one contract or all, at another amount or not, by a grade.
    private Ruling? DrawRuling(Outcome outcome, CorrectionId id, Instant at)
    {
        if (Strikes(FaultKind.GradeByHand, 8))
        {
            counts.Hit(FaultKind.GradeByHand);
            return new Graded
            {
                Id = id,
                Outcome = outcome.Id,
                At = at,
                Contract = DrawContract()?.Id,
                Grade = random.Pick("A", "B", "C", "D"),
            };
        }

        if (!Strikes(FaultKind.RulingByHand, 8))
        {
            return null;
        }

        counts.Hit(FaultKind.RulingByHand);
        if (random.Happens(350))
        {
            return new Rejection { Id = id, Outcome = outcome.Id, At = at, Contract = DrawContract()?.Id };
        }

        Currency currency = Currency.Parse(world.Contracts[0].Currency);
        (ContractId Id, ClauseId Clause)? contract = DrawContract();
        return new Approval
        {
            Id = id,
            Outcome = outcome.Id,
            At = at,
            Contract = contract?.Id,
            Clause = contract is { } one && random.Happens(500) ? one.Clause : null,
            Amount = contract is not null && random.Happens(600)
                ? Money.FromMinor(random.Between(0, 4_000), currency)
                : null,
        };
    }

    private (ContractId Id, ClauseId Clause)? DrawContract()
    {
        ContractPlan contract = world.Contracts[random.Below(world.Contracts.Length)];
        return random.Happens(500)
            ? (new(contract.Id), new(contract.Clauses[random.Below(contract.Clauses.Length)].Id))
            : null;
    }

    private Correction Draw(Outcome outcome, CorrectionId id, Instant at)
    {
        Money whole = outcome.Value ?? Money.Zero(Currency.Parse(world.Contracts[0].Currency));
        var part = Money.FromMinor(random.Between(0, Math.Max(1, whole.MinorUnits)), whole.Currency);
        Correction? undone = made.Count > 0 ? made[random.Below(made.Count)] : null;
        return random.Below(100) switch
        {
            < 30 => new AmountReturn { Id = id, Outcome = outcome.Id, At = at, Amount = part },
            < 42 => new Retraction { Id = id, Outcome = outcome.Id, At = at },
            < 58 => new Restatement
            {
                Id = id,
                Outcome = outcome.Id,
                At = at,
                Value = random.Happens(700)
                    ? Money.FromMinor(random.Between(0, (2 * whole.MinorUnits) + 10), whole.Currency)
                    : null,
                Quantity = random.Pick<decimal>(1, 2, 4),
            },
            < 70 => new Chargeback { Id = id, Outcome = outcome.Id, At = at },
            < 80 => new Chargeback { Id = id, Outcome = outcome.Id, At = at, Amount = part },
            < 90 when undone is Chargeback =>
                new ChargebackWon { Id = id, Outcome = outcome.Id, At = at, Replaces = undone.Id },
            _ when undone is AmountReturn =>
                new ReturnWithdrawn { Id = id, Outcome = outcome.Id, At = at, Replaces = undone.Id },
            _ => new AmountReturn { Id = id, Outcome = outcome.Id, At = at, Amount = whole },
        };
    }

    private bool Strikes(FaultKind kind, int times = 1) =>
        world.RateOf(kind) is > 0 and var rate && random.Happens(Math.Min(1_000, rate * times));
}
