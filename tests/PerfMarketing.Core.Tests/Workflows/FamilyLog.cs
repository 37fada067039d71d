using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;

namespace PerfMarketing.Tests.Workflows;

/// <summary>Random logs of parents and children, proofs, returns and retractions.</summary>
/// <param name="Count">How many inputs.</param>
/// <param name="Outcomes">
/// How many of ten inputs are outcomes; proofs make up eight of ten, and the rest corrects.
/// </param>
/// <param name="Sales">How many of three outcomes are sales; the others are deposits.</param>
/// <param name="Customers">How many customers.</param>
/// <param name="ChildOf">
/// One of how many outcomes is a child, often of a parent that has not come yet, or never will.
/// </param>
[SuppressMessage("Security", "CA5394", Justification = "The log must come out the same each time.")]
internal sealed record FamilyLog(int Count, int Outcomes, int Sales, int Customers, int ChildOf)
{
    public static Instant Start { get; } = Instant.FromUtc(2026, 3, 2, 0, 0);

    // Within so many hours after an instant, or before it when the number is below zero; by two partners, each as often
    // as the other, or by those that are named.
    public static IEnumerable<Touchpoint> Touches(
        int seed, int count, (Instant From, int Hours) when, Instant recordedAt, params string[] partners)
    {
        string[] all = partners.Length > 0 ? partners : ["p-blog", "p-mail"];
        Random random = new(seed);
        for (int i = 0; i < count; i++)
        {
            yield return new()
            {
                Id = new($"t{i}"),
                At = when.From
                    + Duration.FromHours(Math.Sign(when.Hours) * random.Next(Math.Abs(when.Hours))),
                RecordedAt = recordedAt,
                Customer = new($"c{random.Next(5)}"),
                Partner = new(all[random.Next(all.Length)]),
            };
        }
    }

    public IEnumerable<CampaignInput> Inputs(int seed)
    {
        Random random = new(1_000 + seed);
        for (int i = 0; i < Count; i++)
        {
            Instant now = Start + Duration.FromHours(2 * i);
            OutcomeId some = new($"o{random.Next(i + 1)}");
            int what = random.Next(10);
            yield return what < Outcomes ? new CampaignInput.OfOutcome(OutcomeOf(random, i, now))
                : what < 8 ? new CampaignInput.OfEvidence(
                    some, EvidenceVerdict.Asserted("order-paid", new($"psp-{some}"), now))
                : new CampaignInput.OfCorrection(what == 8 ? new AmountReturn
                {
                    Id = new($"r{i}"),
                    Outcome = some,
                    At = now,
                    Amount = Money.FromMinor(random.Next(1, 900), Currency.Eur),
                }
                    : new Retraction { Id = new($"r{i}"), Outcome = some, At = now });
        }
    }

    private Outcome OutcomeOf(Random random, int index, Instant now)
    {
        int parent = random.Next(Count);
        return new()
        {
            Id = new($"o{index}"),
            At = now,
            Kind = random.Next(3) < Sales ? "sale" : "deposit",
            Customer = new CustomerId($"c{random.Next(Customers)}"),
            Value = Money.FromMinor(random.Next(1_000, 9_000), Currency.Eur),
            Parent = random.Next(ChildOf) == 0 && parent != index ? new OutcomeId($"o{parent}") : null,
        };
    }
}
