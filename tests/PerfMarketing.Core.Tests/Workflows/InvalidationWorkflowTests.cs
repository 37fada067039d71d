using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Invalidations.InvalidationSample;
using static PerfMarketing.Tests.Settlement.Invalidations.InvalidationTests;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>Invalidations live: the same as in the batch, once, and with the room that they free.</summary>
public sealed class InvalidationWorkflowTests
{
    [Fact]
    public async Task Live_calls_take_what_the_batch_takes_and_what_waited_for_room_comes()
    {
        LiveHost host = new(Draft());
        CampaignRun batch = Run(host.Campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        foreach (Outcome outcome in Outcomes())
        {
            batch.Process(Of(outcome));
            await host.ProcessAsync(outcome);
        }

        batch.State.Find(new("d4"))!.Decision!.Qualification.Should()
            .BeOfType<PerfMarketing.Proofs.Qualification.Pending>("the limit has no room for it");
        Invalidation invalidation = Marches("i1") with
        {
            Part = 50.Percent,
            When = When.Fact(Facts.Placement).Is("top"),
            Reason = CorrectionReason.Fraud,
        };
        InvalidationDecision expected = batch.Invalidate(invalidation, At("2026-03-20T12:00:00Z"));
        InvalidationReport live = await InvalidateAsync(host, invalidation);
        InvalidationReport again = await InvalidateAsync(host, invalidation);
        InvalidationReport other = await InvalidateAsync(host, invalidation with { Part = 40.Percent });

        live.Decision.Entries.Should().Equal(expected.Entries);
        live.Decision.Entries.Should().HaveCount(2);
        live.Reviewed.SelectMany(static r => r.Posted).Should().Equal(
            batch.Entries.Where(static e => e.OutcomeId == new OutcomeId("d4")));
        live.Reviewed.Should().ContainSingle();
        again.Decision.Answer.Should().Be(BookingAnswer.Replayed);
        again.Decision.Entries.Should().Equal(expected.Entries);
        again.Receipt.Should().Be(live.Receipt).And.NotBeNull();
        other.Decision.Answer.Should().Be(BookingAnswer.Conflict);

        // A retraction after it takes the rest, live as in the batch.
        Correction retracted = Retracted("r1", "d1", "2026-03-22T12:00:00Z");
        batch.Process(Of(retracted));
        ConversionReport taken = await host.CorrectAsync(retracted);
        taken.Posted.Should().Equal(batch.Entries[^1]);
        ValueList<Statement> march = await host.Settlement.SettleAsync(
            host.Campaign.Id, new(2026, 3), At("2026-04-01T00:00:00Z"), CancellationToken.None);
        march.Should().Equal(batch.Statements(At("2026-04-01T00:00:00Z")).Where(static s => s.IsClosed));
    }

    [Fact]
    public async Task Many_callers_and_a_lost_acknowledgement_take_once()
    {
        int commits = 0;
        LiveHost host = new(Draft(), inner => new FaultyLedger(
            inner, n => n == 4 ? Fault.LostAnswer : ++commits > 100 ? Fault.Crash : Fault.None));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        foreach (Outcome outcome in Outcomes())
        {
            await host.ProcessAsync(outcome);
        }

        Invalidation invalidation = Marches("i1") with { Amount = 10.Eur };
        InvalidationReport[] reports = [await InvalidateAsync(host, invalidation)];
        reports = [.. reports, .. await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => InvalidateAsync(host, invalidation))))];

        reports.SelectMany(static r => r.Decision.Entries).Select(static e => e.Id).Distinct().Should().HaveCount(3);
        reports.Select(static r => r.Receipt).Distinct().Should().ContainSingle();
        ValueList<Statement> march = await host.Settlement.SettleAsync(
            host.Campaign.Id, new(2026, 3), At("2026-04-01T00:00:00Z"), CancellationToken.None);
        march.Single().Adjustments.Should().Be(-10.Eur);
    }

    // Evidence that contradicts itself holds what was earned: what is taken of it is let go, and that is told too.
    [Fact]
    public async Task Every_entry_of_an_invalidation_is_told()
    {
        LiveHost host = new(Contract(Pay.RevenueShare(10.Percent), static c => c.TrustingHost("order-paid"))
            .ToCampaign());
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z", 1_000.Eur));
        var proof = EvidenceVerdict.Asserted("order-paid", new("psp-1"), At("2026-03-04T12:00:00Z"));
        await host.TakeAsync(new CampaignInput.OfEvidence(new("o1"), proof));
        await host.TakeAsync(new CampaignInput.OfEvidence(new("o1"), proof with
        {
            Content = Digest.Of([7]),
            ReceivedAt = At("2026-03-05T12:00:00Z"),
            AssertedAt = At("2026-03-05T12:00:00Z"),
        }));
        await InvalidateAsync(host, Marches("i1") with { Part = 50.Percent });

        EntryId[] stored =
        [
            .. (await host.StoredAsync()).Where(static s => s.Stream.Kind == "ledger").Select(static s => s.Record)
                .OfType<LedgerEntry>().Select(static e => e.Id),
        ];
        stored.Should().HaveCount(4);
        host.Ledger.Outbox.Select(static m => m.Entry).Should().BeEquivalentTo(stored);
    }

    [Fact]
    public async Task Id_that_is_missing_is_refused()
    {
        InvalidationReport report = await InvalidateAsync(
            new(Draft()), Marches("i1") with { Id = default, Amount = 10.Eur });

        report.Decision.Reason!.Code.Should().Be(InvalidationReasons.Id);
    }

    private static async Task<InvalidationReport> InvalidateAsync(LiveHost host, Invalidation invalidation) =>
        await host.Invalidations.InvalidateAsync(
            host.Campaign.Id, invalidation, At("2026-03-20T12:00:00Z"), CancellationToken.None);

    private static Outcome[] Outcomes() =>
    [
        Day("d1", "2026-03-03T12:00:00Z", 5_000, "top"),
        Day("d2", "2026-03-04T12:00:00Z", 3_000, "side"),
        Day("d3", "2026-03-05T12:00:00Z", 2_000, "top"),
        Day("d4", "2026-03-06T12:00:00Z", 3_000, "side"),
    ];

    // A limit that holds what does not fit, and a budget that counts what was taken back as free.
    private static CampaignDraft Draft() => (Contract(
        Pay.PerUnit(0.01m.Eur, Measure.Quantity),
        static c => c.LimitedTo(Limit.Spend(110.Eur, PeriodUnit.Month).Or(LimitOverflow.Hold))) with
    {
        ReversalLimit = new(10.Percent, ReversalBase.Amount) { Exempt = [CorrectionReason.Fraud] },
    }).ToCampaign().BudgetedBy(new(new("all"), 500.Eur, PeriodUnit.Month));
}
