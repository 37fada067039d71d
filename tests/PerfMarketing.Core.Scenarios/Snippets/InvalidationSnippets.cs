using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/invalid-results.md.</summary>
public sealed class InvalidationSnippets
{
    [Fact]
    public void Take_what_is_invalid()
    {
        Campaign campaign = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.PerUnit(0.01m.Eur, Measure.Quantity))
            .ToCampaign().Build();
        CampaignRun run = new(campaign, new OneJourney());
        CalendarPeriod march = campaign.Calendar.Month(new(2026, 3));
        Instant found = Instant.FromUtc(2026, 4, 10, 9, 0);
        (decimal Quantity, string Placement)[] days = [(5_000, "top"), (3_000, "side"), (2_000, "top")];
        for (int i = 0; i < days.Length; i++)
        {
            run.Process(new CampaignInput.OfOutcome(new()
            {
                Id = new(FormattableString.Invariant($"d{i}")),
                At = Instant.FromUtc(2026, 3, 3 + i, 12, 0),
                Kind = "sale",
                Customer = new CustomerId("c1"),
                Quantity = days[i].Quantity,
                Facts = FactSet.Empty.With(Facts.Placement, days[i].Placement),
            }));
        }

        #region invalidate
        Invalidation audit = new()
        {
            Id = new("audit-2026-03"),
            Contract = new("acme-2026"),
            Partner = new("p-blog"),
            When = When.Fact(Facts.Placement).Is("top"),
            From = march.Start,
            To = march.End,
            At = found,
            Quantity = 1_234,
            Reason = CorrectionReason.Fraud,
            Author = "ann",
            Note = "Report 17 of the traffic auditor",
        };

        InvalidationDecision decision = run.Invalidate(audit, recordedAt: found);
        #endregion

        decision.Taken.Should().Be(12.34m.Eur);
        run.Invalidate(audit with { Id = new("page"), Quantity = 700 }, found).Entries.Should().HaveCount(2);
    }

    private sealed class OneJourney : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new JourneyTouch[]
        {
            new()
            {
                Id = new("t1"),
                At = Instant.FromUtc(2026, 3, 1, 9, 0),
                RecordedAt = Instant.FromUtc(2026, 3, 1, 9, 0),
                Partner = new("p-blog"),
                Kind = TouchpointKind.Click,
            },
        });
    }
}
