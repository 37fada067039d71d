using System.Globalization;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;

namespace PerfMarketing.Testing;

/// <summary>What happens under a campaign by chance: touches, outcomes, evidence and corrections.</summary>
/// <remarks>
/// The same seed gives the same log. It has what goes wrong in real ones: inputs that come twice, late or with other
/// content, evidence and corrections before their outcome, evidence that contradicts itself, rulings and grades, values
/// of nothing, customers without touches, test outcomes.
/// </remarks>
public sealed partial class RandomLog : IJourneySource
{
    private static readonly Instant Begin = Instant.FromUtc(2026, 1, 1, 0, 0);
    private readonly ILookup<CustomerId, JourneyTouch> journeys;

    private RandomLog(ValueList<Touchpoint> touchpoints, ValueList<CampaignInput> inputs)
    {
        Touchpoints = touchpoints;
        Inputs = inputs;
        journeys = touchpoints.ToLookup(static t => t.Customer, JourneyTouch.Of);
    }

    /// <summary>The touchpoints, in no order.</summary>
    public ValueList<Touchpoint> Touchpoints { get; }

    /// <summary>Outcomes, evidence and corrections, in the order in which they were recorded.</summary>
    public ValueList<CampaignInput> Inputs { get; }

    /// <summary>Makes a log.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="campaign">
    /// The campaign; its contracts say which outcomes there are and in which currency.
    /// </param>
    /// <param name="outcomeCount">How many outcomes; what comes to them is beside.</param>
    public static RandomLog Make(SeededRandom random, Campaign campaign, int outcomeCount)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentOutOfRangeException.ThrowIfNegative(outcomeCount);
        Maker maker = new(random, [.. campaign.Contracts.DistinctBy(static c => c.Id)]);
        for (int i = 0; i < outcomeCount; i++)
        {
            maker.Outcome(i);
        }

        CampaignInput[] ordered = [.. maker.Inputs.OrderBy(static i => i.RecordedAt)];
        return new(maker.Touchpoints.ToValueList(), ValueList.Create<CampaignInput>(ordered));
    }

    /// <inheritdoc/>
    public Journey Find(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Customer is { } customer ? new(journeys[customer].ToArray()) : default;
    }

    /// <summary>The events of one outcome after another.</summary>
    private sealed class Maker(SeededRandom random, Contract[] contracts)
    {
        private Contract contract = contracts[0];

        public List<Touchpoint> Touchpoints { get; } = [];

        public List<CampaignInput> Inputs { get; } = [];

        public void Outcome(int number)
        {
            contract = AnyContract();
            Instant at = Begin + Duration.FromMinutes(random.Between(0, 300L * 24 * 60));
            CustomerId customer = new(Text("customer", random.Below(1 + (number / 3))));
            for (int touch = random.Below(4); touch > 0; touch--)
            {
                Touch(customer, at - Duration.FromMinutes(random.Between(0, 20L * 24 * 60)));
            }

            Outcome outcome = new()
            {
                Id = new(Text("outcome", number)),
                At = at,
                RecordedAt = Later(at),
                Kind = contract.Clauses[random.Below(contract.Clauses.Count)].Outcome,
                Customer = random.Happens(950) ? customer : null,
                Value = random.Happens(900) ? Amount(random.Happens(50) ? 0 : 1) : null,
                Quantity = random.Happens(800) ? 1 : random.Between(1, 5),
                IsTest = random.Happens(20),
            };
            Add(new CampaignInput.OfOutcome(outcome));
            Evidence(outcome);
            Corrections(outcome);
        }

        private void Touch(CustomerId customer, Instant at) => Touchpoints.Add(new()
        {
            Id = new(Text("touch", Touchpoints.Count)),
            At = at,
            RecordedAt = Later(at),
            Customer = customer,
            Partner = random.Happens(900)
                ? PartnerOf(AnyContract())
                : new("partner-elsewhere"),
            Kind = random.Happens(700) ? TouchpointKind.Click : TouchpointKind.View,
        });

        private Contract AnyContract() =>
            contracts.Length == 1 ? contracts[0] : contracts[random.Below(contracts.Length)];

        private PartnerId PartnerOf(Contract one) => one.Partners[random.Below(one.Partners.Count)];

        private void Evidence(Outcome outcome)
        {
            if (random.Happens(700))
            {
                Instant at = outcome.At + Duration.FromMinutes(random.Between(-60, 20L * 24 * 60));
                EvidenceVerdict verdict = EvidenceVerdict.Asserted("order-paid", new(Text("psp", Inputs.Count)), at);
                Add(new CampaignInput.OfEvidence(outcome.Id, verdict));
                if (random.Happens(60))
                {
                    EvidenceVerdict against = EvidenceVerdict.Asserted(
                        "order-paid", new(Text("psp", Inputs.Count)), Later(at)) with
                    { Finding = EvidenceFinding.Failed };
                    Add(new CampaignInput.OfEvidence(outcome.Id, against));
                }
            }
        }

        private void Corrections(Outcome outcome)
        {
            for (int i = random.Happens(700) ? 0 : 1 + random.Below(3); i > 0; i--)
            {
                Instant at = outcome.At + Duration.FromMinutes(random.Between(-60, 60L * 24 * 60));
                Instant recorded = Later(at);
                CorrectionId id = new(Text("correction", Inputs.Count));
                Add(new CampaignInput.OfCorrection(random.Below(9) switch
                {
                    0 => new Retraction { Id = id, Outcome = outcome.Id, At = at, RecordedAt = recorded },
                    1 => new Chargeback { Id = id, Outcome = outcome.Id, At = at, RecordedAt = recorded },
                    2 or 3 or 4 => Ruling(outcome, id, at, recorded),
                    _ => new AmountReturn
                    {
                        Id = id, Outcome = outcome.Id, At = at, RecordedAt = recorded, Amount = Amount(1),
                    },
                }));
            }
        }

        // What a person decides: approved, at another amount too, rejected, or graded.
        private Ruling Ruling(Outcome outcome, CorrectionId id, Instant at, Instant recorded) => random.Below(4) switch
        {
            0 => new Approval { Id = id, Outcome = outcome.Id, At = at, RecordedAt = recorded },
            1 => new Approval
            {
                Id = id,
                Outcome = outcome.Id,
                At = at,
                RecordedAt = recorded,
                Contract = contract.Id,
                Clause = contract.Clauses.First(c => c.Outcome == outcome.Kind).Id,
                Amount = Amount(0),
            },
            2 => new Rejection { Id = id, Outcome = outcome.Id, At = at, RecordedAt = recorded },
            _ => new Graded
            {
                Id = id, Outcome = outcome.Id, At = at, RecordedAt = recorded, Grade = random.Pick("A", "B", "C", "D"),
            },
        };

        // Some inputs come again, with the same content or with another.
        private void Add(CampaignInput input)
        {
            Inputs.Add(input);
            if (random.Happens(50))
            {
                Inputs.Add(input);
            }

            if (random.Happens(20) && input is CampaignInput.OfOutcome { Outcome: var outcome })
            {
                Outcome other = outcome with { Value = Amount(1), RecordedAt = Later(outcome.RecordedAt) };
                Inputs.Add(new CampaignInput.OfOutcome(other));
            }
        }

        private Instant Later(Instant at) =>
            at + (random.Happens(800) ? Duration.Zero : Duration.FromMinutes(random.Between(1, 10L * 24 * 60)));

        private Money Amount(long least) => Money.FromMinor(random.Between(least, 50_000), contract.Currency);

        private static string Text(string name, int number) =>
            string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
    }
}
