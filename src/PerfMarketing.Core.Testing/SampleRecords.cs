using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Testing;

/// <summary>Records for checks: small ones by number, and one of every kind as the kernel makes them.</summary>
internal static class SampleRecords
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 3, 12, 0);

    private static readonly Instant End = Instant.FromUtc(2026, 3, 31, 22, 0);

    private static readonly Instant Accepted = Instant.FromUtc(2026, 4, 1, 12, 0);

    public static CampaignRecord Numbered(int number) => new OutcomeReceived
    {
        OutcomeId = new($"outcome-{number}"),
        DecidedAt = Start,
        Outcome = new() { Id = new($"outcome-{number}"), At = Start, Kind = "sale" },
    };

    public static ValueList<CampaignRecord> EveryKind()
    {
        ContractDraft contract = ContractDraft.For("acme-2026").PaidBy("acme")
            .WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin").EffectiveFrom(new(2026, 3, 1))
            .Pays("sale", Pay.RevenueShare(33.33m.Percent).CappedAt(80.Eur), sale => sale.TrustingHost("order-paid"))
            .Pays("lead", Pay.Volume(new Tier(1.Eur, UpTo: 2), new Tier(2.Eur)))
            .PaysPer(PeriodUnit.Month, new Draw(1_000.Eur), "p-blog")
            .LimitedTo(Limit.Spend(1_000.Eur, PeriodUnit.Month, LimitScope.PartnerCustomer));
        ContractDraft amended = contract.Amend(
            new(2026, 3, 1),
            static terms => terms with
            {
                Clauses = [terms.Clauses[0], terms.Clauses[1] with { Pays = Pay.Fixed(3.Eur) }],
            });
        Campaign campaign = contract.ToCampaign().With(amended).With(History())
            .AttributedBy(new PositionBased(First: 0.4m, Last: 0.4m)).BudgetedAt(monthly: 100.Eur).Build();
        CampaignDecider decider = new(campaign, ExplainLevel.Full);
        CampaignState state = new(campaign);
        Journey journey = new(new[]
        {
            Touch("t1", "p-blog", 40), Touch("t2", "p-mail", 20), Touch("t3", "p-unknown", 10),
        });
        Outcome sale = new()
        {
            Id = new("o/1"),
            At = Start,
            RecordedAt = Start + Duration.FromMilliseconds(1),
            Kind = "sale",
            Customer = new CustomerId("c-1"),
            Value = 200.01m.Eur,
            Quantity = 1.5m,
            OrderId = new OrderId("A 1/%"),
            Facts = FactSet.Empty.With(Facts.CustomerStatus, CustomerStatus.New),
        };
        var proof = EvidenceVerdict.Asserted("order-paid", new("psp \"1\""), Start + Duration.FromDays(1));
        Correction back = new AmountReturn
        {
            Id = new("r1"),
            Outcome = sale.Id,
            At = Start + Duration.FromDays(2),
            Amount = 20.Eur,
            Note = "späte Rückgabe ✓",
        };
        return
        [
            .. decider.Receive(state, sale, [], journey, Start).Records,
            .. decider.AddEvidence(state, sale.Id, proof, journey, proof.ReceivedAt).Records,
            .. decider.Correct(state, back, journey, back.At).Records,
            .. decider.Receive(state, sale with { Value = 300.Eur }, [], journey, back.At).Records,
            .. decider.Receive(state, Lead("o/2"), [], journey, back.At).Records,
            .. decider.Receive(state, Lead("o/3"), [], journey, back.At).Records,
            .. decider.Receive(
                state, Lead("o/4") with { Parent = new OutcomeId("o/5") }, [], journey, back.At).Records,
            .. decider.Book(state, ByHand(contract.Id), back.At).Entries,
            decider.Book(state, ByHand(contract.Id) with { Amount = 26.Eur }, back.At).Kept!,
            .. decider.ClosePeriods(state, contract.Id, End).Records,
            .. decider.Amend(state, contract.Id, new OneJourney(journey), Accepted).SelectMany(static d => d.Records),
            Closed(contract),
            .. Remitted(),
            Claimed(sale),
            .. Contradicted(sale.Id, proof),
        ];
    }

    // A month that was closed, and by which terms.
    private static StatementsClosed Closed(ContractDraft contract) => new()
    {
        OutcomeId = default,
        DecidedAt = End,
        Contract = contract.Id,
        Through = End,
        Zone = "Europe/Berlin",
        ZoneRules = "2026b",
        Versions = [new(contract.Version, TermDigest.Of(contract))],
        Periods =
        [
            new()
            {
                Through = End,
                Cuts =
                [
                    new(null, 1, SettlementTerms.Default),
                    new(Start, 2, new() { Threshold = 20.Eur, Reserve = new(10.Percent, 90) }),
                ],
            },
            new() { Partners = [new("p-late")], Through = Start },
        ],
    };

    // An order that a campaign took, of all campaigns of its advertiser.
    private static OrderClaimed Claimed(Outcome sale) => new()
    {
        OutcomeId = sale.Id,
        DecidedAt = Start,
        Campaign = new("acme-2026"),
        Order = sale.OrderId.GetValueOrDefault(),
    };

    // Evidence that proved an outcome, and money that is held because other evidence says otherwise.
    private static CampaignRecord[] Contradicted(OutcomeId sale, EvidenceVerdict proof)
    {
        EntryId earning = new("00000000000000000000000000000001");
        return
        [
            new EvidenceUsed
            {
                OutcomeId = sale,
                DecidedAt = Accepted,
                Scheme = proof.Scheme,
                Party = new PartyId("psp"),
                ReplayKey = proof.ReplayKey.GetValueOrDefault(),
                Content = proof.Content,
            },
            new TrafficSeen
            {
                OutcomeId = sale,
                DecidedAt = Accepted,
                Finding = new(
                    new(new("acme-2026"), "0123456789abcdef0123456789abcdef", 16),
                    new(sale, Start) { TouchAt = Start - Duration.FromSeconds(3), Quantity = 1.5m },
                    [new(40, TrafficAction.Hold, Reason.Of(TrafficReasons.Velocity, ("max", 9)))]),
            },
            new TrafficCounted
            {
                OutcomeId = sale,
                DecidedAt = Accepted,
                Contract = new("acme-2026"),
                Partner = new("p-blog"),
                Change = new(new(0, 0), new(-1, -1.5m), new(1, 1.5m)) { Invalidated = 0.25m },
            },
            new DisputeHold
            {
                OutcomeId = sale,
                DecidedAt = Accepted,
                Id = DisputeHold.IdOf(earning, 1),
                Contract = new("acme-2026"),
                Version = 1,
                Clause = new("sale"),
                Partner = new("p-blog"),
                Amount = Money.Zero(Currency.Eur),
                OccurredAt = Start,
                PayableAt = Accepted,
                Corrects = earning,
                Number = 1,
                Reason = Reason.Of(ProofReasons.ReplayConflict, ("evidence", "psp 1")),
            },
        ];
    }

    // A remittance with everything that one can have, and its answer.
    private static CampaignRecord[] Remitted()
    {
        RemittancePart part =
            new(new("acme-2026"), new("acme-2026"), new("00000000000000000000000000000001"), End, 50.Eur);
        RemittancePart owed = part with
        {
            Contract = new("acme-2025"),
            Statement = new("00000000000000000000000000000002"),
            Amount = -20.Eur,
        };
        Remittance made = new()
        {
            OutcomeId = default,
            DecidedAt = Accepted,
            Id = Remittance.IdOf(new("p-blog"), Currency.Eur, 1, [part.Statement, owed.Statement]),
            Payee = new("p-blog"),
            Number = 1,
            Parts = [part],
            SetOffs = [owed],
            Total = 30.Eur,
            Fee = new(FeeBearer.Payee, 10.Eur, 0.5m.Eur),
            Amount = 29.5m.Eur,
        };
        return [made, RemittanceAnswer.Of(made.Id, RemittanceResult.Refused, Accepted, "account closed")];
    }

    // Both partners accept the first version before it begins, and the second after what it amends.
    private static ContractHistory History()
    {
        ContractHistory history = ContractHistory.Of("acme-2026");
        foreach ((int version, Instant at) in new[] { (1, Instant.FromUtc(2025, 12, 1, 12, 0)), (2, Accepted) })
        {
            history = history.Then(new ContractEvent.Proposed(version) { At = at, By = new("acme") })
                .Then(new ContractEvent.Accepted(version) { At = at, By = new("p-blog") })
                .Then(new ContractEvent.Accepted(version) { At = at, By = new("p-mail") });
        }

        return history;
    }

    private static ManualEarning ByHand(ContractId contract) => new()
    {
        Id = new("b/1"),
        Kind = ManualKind.Bounty,
        Contract = contract,
        Partner = new("p-blog"),
        Amount = 25.Eur,
        At = Start,
        Author = "ann",
        Note = "Prämie ✓",
    };

    private static Outcome Lead(string id) =>
        new() { Id = new(id), At = Start, Kind = "lead", Customer = new CustomerId("c-1"), Quantity = 3 };

    private static JourneyTouch Touch(string id, string partner, int hours) => new()
    {
        Id = new(id),
        At = Start - Duration.FromHours(hours),
        RecordedAt = Start - Duration.FromHours(hours),
        Partner = new(partner),
        Kind = TouchpointKind.Click,
    };

    private sealed class OneJourney(Journey journey) : IJourneySource
    {
        public Journey Find(Outcome outcome) => journey;
    }
}
