using System.Collections;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;

namespace PerfMarketing.Tests.Workflows;

/// <summary>An endless seeded log, in the order in which it is recorded, with everything that goes wrong.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The log must come out the same each time.")]
internal sealed class RandomEvents(int seed) : IEnumerable<object>
{
    private static readonly string[] Partners = ["p-blog", "p-mail", "p-unknown"];
    private static readonly string[] Kinds = ["sale", "sale", "sale", "lead", "order", "visit"];

    private readonly Random random = new(seed);
    private readonly List<Touchpoint> touches = [];
    private readonly List<Outcome> outcomes = [];
    private readonly List<CampaignInput> others = [];
    private Instant now = Instant.FromUtc(2026, 3, 28, 0, 0);

    public IEnumerator<object> GetEnumerator()
    {
        while (true)
        {
            now += Duration.FromMinutes(random.Next(0, 400));
            yield return random.Next(0, 20) switch
            {
                < 6 => Touch(),
                < 11 => NewOutcome(),
                < 12 => OldOutcome(),
                < 16 => Evidence(),
                < 19 => Correction(),
                _ => others.Count > 0 && Pick(others) is var old && old.RecordedAt >= now ? old : Repetition(),
            };
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Touchpoint Touch()
    {
        if (touches.Count > 0 && random.Next(10) == 0)
        {
            return Pick(touches) with { RecordedAt = now };
        }

        Touchpoint touch = new()
        {
            Id = new($"t{touches.Count}"),
            At = now - Duration.FromMinutes(random.Next(0, 3_000)),
            RecordedAt = now,
            Customer = Customer(),
            Partner = new(Pick(Partners)),
            IsTest = random.Next(20) == 0,
        };
        touches.Add(touch);
        return touch;
    }

    private CampaignInput.OfOutcome NewOutcome()
    {
        Outcome outcome = new()
        {
            Id = new($"o{outcomes.Count}"),
            At = now - Duration.FromMinutes(random.Next(0, 200)),
            RecordedAt = now,
            Kind = Pick(Kinds),
            Customer = Customer(),
            Value = random.Next(8) == 0 ? 70m.Usd : Money.FromMinor(random.Next(0, 30_000), Currency.Eur),
            Quantity = random.Next(1, 4),
            OrderId = random.Next(4) == 0 ? new OrderId($"A-{random.Next(6)}") : null,
            Touch = touches.Count > 0 && random.Next(2) == 0 ? Pick(touches).Id : null,
            IsTest = random.Next(20) == 0,
        };
        outcomes.Add(outcome);
        return new(outcome);
    }

    // The same again, or the same id with other content.
    private CampaignInput.OfOutcome OldOutcome() => outcomes.Count == 0 ? NewOutcome() : new(random.Next(3) switch
    {
        0 => Pick(outcomes),
        1 => AsNow(Pick(outcomes)),
        _ => AsNow(Pick(outcomes)) with { Quantity = 77 },
    });

    private CampaignInput.OfEvidence Evidence()
    {
        OutcomeId outcome = Named();
        string kind = random.Next(6) == 0 ? "delivered" : "order-paid";
        var verdict = EvidenceVerdict.Asserted(kind, new($"psp-{outcome}"), now);
        CampaignInput.OfEvidence input = new(
            outcome, random.Next(3) == 0 ? verdict with { Content = Digest.Of([1]) } : verdict);
        others.Add(input);
        return input;
    }

    private CampaignInput.OfCorrection Correction()
    {
        CorrectionId id = new($"r{random.Next(40)}");
        OutcomeId outcome = Named();
        CampaignInput.OfCorrection input = new(random.Next(9) switch
        {
            0 => new Retraction { Id = id, Outcome = outcome, At = now },
            1 => new Restatement { Id = id, Outcome = outcome, At = now, Value = Cents(40_000) },
            2 => new Chargeback { Id = id, Outcome = outcome, At = now },
            3 => new ReturnWithdrawn
            {
                Id = id,
                Outcome = outcome,
                At = now,
                Replaces = new CorrectionId($"r{random.Next(40)}"),
            },
            4 => new Approval { Id = id, Outcome = outcome, At = now },
            5 => new Approval
            {
                Id = id,
                Outcome = outcome,
                At = now,
                Contract = new("acme-2026"),
                Clause = new("sale"),
                Amount = Cents(3_000),
            },
            6 => new Rejection { Id = id, Outcome = outcome, At = now },
            7 => new Graded { Id = id, Outcome = outcome, At = now, Grade = "ABCD"[random.Next(4)].ToString() },
            _ => new AmountReturn { Id = id, Outcome = outcome, At = now, Amount = Cents(9_000) },
        });
        others.Add(input);
        return input;
    }

    private object Repetition() => others.Count == 0 ? Touch() : Pick(others) switch
    {
        CampaignInput.OfEvidence { Outcome: var outcome, Verdict: var verdict } =>
            new CampaignInput.OfEvidence(outcome, verdict with { ReceivedAt = now }),
        CampaignInput.OfCorrection { Correction: var correction } =>
            new CampaignInput.OfCorrection(correction with { RecordedAt = now }),
        var other => other,
    };

    private Outcome AsNow(Outcome outcome) => outcome with { RecordedAt = now };

    // Mostly an outcome that is known; sometimes the next one, which has not come yet.
    private OutcomeId Named() => outcomes.Count == 0 || random.Next(12) == 0
        ? new($"o{outcomes.Count}")
        : outcomes[Math.Max(0, outcomes.Count - 1 - random.Next(6))].Id;

    private CustomerId Customer() => new($"c{random.Next(4)}");

    private Money Cents(int most) => Money.FromMinor(random.Next(1, most), Currency.Eur);

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
