using PerfMarketing.Campaigns;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Invalidations.InvalidationSample;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

public sealed class BookingWorkflowTests
{
    private const string Noon = "2026-03-03T12:00:00Z";

    [Fact]
    public async Task What_is_booked_is_in_the_statement_once_however_often_it_is_handed_in()
    {
        LiveHost host = new(Contract(Pay.RevenueShare(10.Percent)).ToCampaign());
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        BookingReport[] answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ =>
            Task.Run(() => BookAsync(host, Manual("b1", 5.Eur)))));
        await host.ProcessAsync(Sale("o1", Noon, 100.Eur));
        BookingReport conflict = await BookAsync(host, Manual("b1", 5.Eur) with { Partner = new("p-mail") });

        answers.Count(static a => a.Answer == BookingAnswer.Booked).Should().Be(1);
        answers.Count(static a => a.Answer == BookingAnswer.Replayed).Should().Be(31);
        answers.Select(static a => a.Receipt).Distinct().Should().ContainSingle().Which.Should().NotBeNull();
        answers.SelectMany(static a => a.Entries).Distinct().Should().ContainSingle();
        conflict.Answer.Should().Be(BookingAnswer.Conflict);
        ValueList<Statement> march = await host.Settlement.SettleAsync(
            host.Campaign.Id, new(2026, 3), At("2026-04-01T00:00:00Z"), CancellationToken.None);
        march.Select(static s => $"{s.Partner} {s.Gross}").Should().Equal("p-blog 15.00 EUR");
        host.Ledger.Outbox.Select(static m => m.Topic).Should().Equal("manual-entry", "earning");
    }

    [Fact]
    public async Task What_contradicts_a_booking_is_kept_once_and_moves_no_money()
    {
        LiveHost host = new(Contract(Pay.RevenueShare(10.Percent)).ToCampaign());
        await BookAsync(host, Manual("b1", 5.Eur));
        int entries = host.Ledger.Entries.Count;

        BookingReport[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            Task.Run(() => BookAsync(host, Manual("b1", (6 + (i % 2)).Eur)))));

        answers.Should().OnlyContain(static a => a.Answer == BookingAnswer.Conflict && a.Receipt != null);
        answers.Select(static a => a.Receipt).Distinct().Should().HaveCount(2);
        host.Ledger.Entries.Should().HaveCount(entries);
        host.Ledger.Outbox.Should().ContainSingle();
        BookingConflict[] kept = await KeptAsync(host, "b1");
        kept.Select(static k => k.Manual!.Amount).Should().BeEquivalentTo([6.Eur, 7.Eur]);
        var original = TermDigest.Of(Manual("b1", 5.Eur));
        kept.Should().OnlyContain(k => k.Original == original);
    }

    [Fact]
    public async Task Booking_and_invalidation_of_one_id_are_kept_as_a_conflict()
    {
        LiveHost host = new(Contract(Pay.RevenueShare(10.Percent)).ToCampaign());
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", Noon, 100.Eur));
        await BookAsync(host, Manual("b1", 5.Eur));
        Invalidation invalid = Marches("b1") with { Part = 50.Percent };

        InvalidationReport first = await InvalidateAsync(host, invalid);
        InvalidationReport again = await InvalidateAsync(host, invalid);
        InvalidationReport taken = await InvalidateAsync(host, invalid with { Id = new("i1") });
        InvalidationReport other = await InvalidateAsync(host, invalid with { Id = new("i1"), Part = 40.Percent });
        BookingReport crossed = await BookAsync(host, Manual("i1", 5.Eur));

        new[] { first, again, other }.Should().OnlyContain(static r => r.Decision.Answer == BookingAnswer.Conflict);
        again.Receipt.Should().Be(first.Receipt).And.NotBeNull();
        taken.Decision.Answer.Should().Be(BookingAnswer.Booked);
        crossed.Answer.Should().Be(BookingAnswer.Conflict);
        (await KeptAsync(host, "b1")).Should().ContainSingle().Which.Invalidation.Should().Be(invalid);
        (await KeptAsync(host, "i1")).Select(static k => (k.Invalidation?.Part, k.Manual?.Amount)).Should()
            .Equal((40.Percent, null), (null, 5.Eur));
    }

    [Theory]
    [InlineData(TallyScope.Partner)]
    [InlineData(TallyScope.Contract)]
    public async Task Opening_tally_counts_in_live_calls_as_in_a_batch(TallyScope scope)
    {
        LiveHost host = new(Contract(
            Pay.Tiered(new Tier(1.Eur, UpTo: 2), new Tier(9.Eur)),
            c => c.TalliedBy(new() { Scope = scope })).ToCampaign());
        CampaignRun batch = Run(host.Campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        ManualEarning opening = Manual("t1", 0.Eur) with
        {
            Kind = ManualKind.OpeningTally,
            Tally = new() { Clause = new("sale"), Counted = new(2, 2, 0.Eur, 2.Eur) },
        };
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));

        BookingReport booked = await BookAsync(host, opening);
        ConversionReport sale = await host.ProcessAsync(Sale("o1", Noon));
        BookingReport late = await BookAsync(host, opening with { Id = new("t2") });
        batch.Book(opening, At(Noon));
        batch.Process(Of(Sale("o1", Noon)));

        booked.Entries.Concat(sale.Posted).Texts().Should().Equal("p-blog 0.00 EUR", "p-blog 9.00 EUR");
        batch.Entries.Texts().Should().Equal("p-blog 0.00 EUR", "p-blog 9.00 EUR");
        late.Reason!.Code.Should().Be(BookingReasons.TallyBegun);
    }

    [Fact]
    public async Task Lost_answer_of_the_store_books_nothing_twice()
    {
        LiveHost host = new(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign(),
            static inner => new FaultyLedger(inner, static n => n == 0 ? Fault.LostAnswer : Fault.None));

        BookingReport answer = await BookAsync(host, Manual("b1", 5.Eur));

        answer.Answer.Should().Be(BookingAnswer.Replayed, "the entry is read back where the answer was lost");
        answer.Entries.Should().ContainSingle();
        host.Ledger.Outbox.Should().ContainSingle();
    }

    [Fact]
    public async Task What_is_booked_into_a_closed_period_is_in_the_next_one()
    {
        LiveHost host = new(Contract(Pay.RevenueShare(10.Percent))
            .PaysPer(PeriodUnit.Month, new Retainer(90.Eur)).ToCampaign());
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", Noon, 100.Eur));
        Task<ValueList<Statement>> SettleAsync(int month) => host.Settlement.SettleAsync(
            host.Campaign.Id, new(2026, month), At("2026-05-01T00:00:00Z"), CancellationToken.None).AsTask();
        ValueList<Statement> march = await SettleAsync(3);

        BookingReport booked = await BookAsync(host, Manual("b1", 5.Eur));

        march.Should().NotBeEmpty();
        booked.Answer.Should().Be(BookingAnswer.Booked);
        booked.Entries[0].DecidedAt.Should().BeGreaterThanOrEqualTo(march[0].To);
        (await SettleAsync(3)).Should().Equal(march);
    }

    private static Task<BookingReport> BookAsync(LiveHost host, ManualEarning manual) =>
        host.Bookings.BookAsync(host.Campaign.Id, manual, At(Noon), CancellationToken.None).AsTask();

    private static async Task<InvalidationReport> InvalidateAsync(LiveHost host, Invalidation invalidation) =>
        await host.Invalidations.InvalidateAsync(host.Campaign.Id, invalidation, At(Noon), CancellationToken.None);

    private static async Task<BookingConflict[]> KeptAsync(LiveHost host, string booking)
    {
        List<BookingConflict> kept = [];
        ValueList<StreamPosition> all = [new(StreamId.OfBooking(host.Campaign.Id, new(booking)), 0)];
        await foreach (StoredRecord stored in host.Ledger.ReadAsync(all, CancellationToken.None))
        {
            kept.AddRange(stored.Record is BookingConflict conflict ? [conflict] : []);
        }

        return [.. kept];
    }

    private static ManualEarning Manual(string id, Money amount) => new()
    {
        Id = new(id),
        Contract = new("acme-2026"),
        Partner = new("p-blog"),
        Amount = amount,
        At = At(Noon),
        Author = "ann",
        Note = "goodwill",
    };
}
