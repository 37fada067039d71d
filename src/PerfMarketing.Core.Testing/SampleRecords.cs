using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Testing;

/// <summary>Records for checks: small ones by number, and one of every kind as the kernel makes them.</summary>
internal static class SampleRecords
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 3, 12, 0);

    private static readonly Instant End = Instant.FromUtc(2026, 3, 31, 22, 0);

    public static CampaignRecord Numbered(int number) => new OutcomeReceived
    {
        OutcomeId = new($"outcome-{number}"),
        DecidedAt = Start,
        Outcome = new() { Id = new($"outcome-{number}"), At = Start, Kind = "sale" },
    };

    public static ValueList<CampaignRecord> EveryKind()
    {
        Campaign campaign = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", Pay.RevenueShare(33.33m.Percent).CappedAt(80.Eur), sale => sale.RequiringProof("order-paid"))
            .Pays("lead", Pay.Volume(new Tier(1.Eur, UpTo: 2), new Tier(2.Eur)))
            .PaysPer(PeriodUnit.Month, new Draw(1_000.Eur), "p-blog")
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
            .. decider.Receive(state, Lead("o/2"), [], journey, back.At).Records,
            .. decider.Receive(state, Lead("o/3"), [], journey, back.At).Records,
            .. decider.ClosePeriods(state, campaign.Contracts[0].Id, End).Records,
        ];
    }

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
}
