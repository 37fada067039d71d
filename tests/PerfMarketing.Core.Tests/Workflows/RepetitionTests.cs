using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

public sealed class RepetitionTests
{
    private const string Noon = "2026-03-03T12:00:00Z";

    private static CampaignDraft Proven => Contract(
        Pay.Fixed(10.Eur), c => c.TrustingHost("order-paid", within: Duration.FromDays(10))).ToCampaign();

    [Fact]
    public async Task Repetition_gets_the_original_receipt_whatever_was_decided_since()
    {
        LiveHost host = new(Proven);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        ConversionReport waits = await host.ProcessAsync(Sale("o1", Noon));
        ConversionReport proven = await host.ProveAsync("o1", Evidence("psp-1", "2026-03-04T12:00:00Z"));
        ConversionReport gone = await host.CorrectAsync(Retracted("r1", "o1", "2026-03-05T12:00:00Z"));

        ConversionReport waitsAgain = await host.ProcessAsync(Sale("o1", Noon));
        ConversionReport provenAgain = await host.ProveAsync("o1", Evidence("psp-1", "2026-03-04T12:00:00Z"));
        ConversionReport goneAgain = await host.CorrectAsync(Retracted("r1", "o1", "2026-03-05T12:00:00Z"));

        foreach ((ConversionReport first, ConversionReport again) in
            new[] { (waits, waitsAgain), (proven, provenAgain), (gone, goneAgain) })
        {
            again.Answer.Should().Be(DecisionAnswer.Replayed);
            again.Receipt.Should().NotBeNull().And.Be(first.Receipt);
            again.Records.Should().BeEquivalentTo(first.Records);
            again.Posted.Texts().Should().Equal(first.Posted.Texts());
        }

        provenAgain.Posted.Texts().Should().Equal("p-blog 10.00 EUR");
        goneAgain.State.Earnings[0].Net.Should().Be(0.Eur);
    }

    [Fact]
    public async Task Evidence_that_came_with_its_outcome_gets_the_receipt_of_the_outcome()
    {
        LiveHost host = new(Proven);
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        ConversionReport first = await host.ProcessAsync(Sale("o1", Noon), Evidence("psp-1", Noon));

        ConversionReport again = await host.ProveAsync("o1", Evidence("psp-1", Noon));

        again.Receipt.Should().NotBeNull().And.Be(first.Receipt);
    }

    [Theory]
    [InlineData("outcome")]
    [InlineData("evidence")]
    [InlineData("correction")]
    [InlineData("review")]
    public async Task Lost_acknowledgement_gives_the_receipt_of_what_was_committed(string call)
    {
        FaultyLedger? ledger = null;
        bool loses = false;
        LiveHost host = new(
            Proven,
            inner => ledger = new(inner, _ => loses && !(loses = false) ? Fault.LostAnswer : Fault.None));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        if (call != "outcome")
        {
            await host.ProcessAsync(Sale("o1", Noon));
        }

        loses = true;
        ConversionReport report = await (call switch
        {
            "outcome" => host.ProcessAsync(Sale("o1", Noon)),
            "evidence" => host.ProveAsync("o1", Evidence("psp-1", "2026-03-04T12:00:00Z")),
            "correction" => host.CorrectAsync(Retracted("r1", "o1", "2026-03-05T12:00:00Z")),
            _ => host.ReviewAsync("o1", "2026-03-13T12:00:00Z"),
        });

        CommitBatch lost = ledger!.Batches[^1];
        ledger.Batches[^2].Should().Be(lost);
        report.Receipt.Should().Be(CommitReceipt.Of(lost));
        report.Records.Should().NotBeEmpty();
        report.Records.Should().BeSubsetOf(lost.Appends.SelectMany(static a => a.Records));
    }

    [Fact]
    public async Task Conflicting_content_is_kept_once_and_moves_no_money()
    {
        LiveHost host = new(Contract(Pay.RevenueShare(10.Percent)).ToCampaign());
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        Outcome sale = Sale("o1", Noon, 50.Eur);
        await host.ProcessAsync(sale);
        await host.CorrectAsync(Retracted("r1", "o1", "2026-03-05T12:00:00Z"));
        Correction other = Retracted("r1", "o1", "2026-03-06T12:00:00Z");

        ConversionReport dearer = await host.ProcessAsync(sale with { Value = 60.Eur });
        ConversionReport again = await host.ProcessAsync(sale with { Value = 60.Eur });
        ConversionReport later = await host.CorrectAsync(other);
        ConversionReport laterAgain = await host.CorrectAsync(other);

        ConflictReceived[] kept = [.. later.State.Conflicts];
        kept.Select(static c => (c.Original, c.Content)).Should().Equal(
            (EventDigest.Of(sale), EventDigest.Of(sale with { Value = 60.Eur })),
            (EventDigest.Of(Retracted("r1", "o1", "2026-03-05T12:00:00Z")), EventDigest.Of(other)));
        kept[0].Outcome!.Value.Should().Be(60.Eur);
        kept[1].Correction.Should().Be(other);
        dearer.Records.Should().Equal(kept[0]);
        again.Receipt.Should().NotBeNull().And.Be(dearer.Receipt);
        again.Records.Should().Equal(kept[0]);
        laterAgain.Receipt.Should().Be(later.Receipt);
        laterAgain.State.Conflicts.Should().HaveCount(2);
        laterAgain.State.Earnings[0].Net.Should().Be(0.Eur);
        host.Ledger.Entries.Should().HaveCount(2);
        kept.Select(static c => TermJson.Parse(TermJson.Write(c), CampaignRecord.Read)).Should()
            .Equal(kept);
    }

    [Fact]
    public async Task Only_so_many_conflicts_are_kept()
    {
        LiveHost host = new(Contract(Pay.RevenueShare(10.Percent)).ToCampaign());
        await host.ProcessAsync(Sale("o1", Noon, 50.Eur));
        for (int i = 0; i <= CampaignDecider.ConflictCountMax; i++)
        {
            ConversionReport report = await host.ProcessAsync(Sale("o1", Noon, Money.FromMinor(i, Currency.Eur)));
            report.Answer.Should().Be(DecisionAnswer.Conflict);
            report.State.Conflicts.Should().HaveCount(Math.Min(i + 1, CampaignDecider.ConflictCountMax));
        }
    }

    [Fact]
    public async Task Many_callers_with_one_outcome_get_one_receipt()
    {
        LiveHost host = new(Contract(Pay.RevenueShare(10.Percent)).ToCampaign());
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));

        ConversionReport[] reports = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ =>
            Task.Run(() => host.ProcessAsync(Sale("o1", Noon, 50.Eur)))));

        reports.Count(static r => r.Answer == DecisionAnswer.Decided).Should().Be(1);
        reports.Select(static r => r.Receipt).Distinct().Should().ContainSingle().Which.Should().NotBeNull();
        host.Ledger.Entries.Should().ContainSingle();
    }

    [Theory]
    [InlineData("acme/outcome/o1", "acme")]
    [InlineData("ac%2Fme/ledger/c%251/p", "ac%2Fme")]
    [InlineData("/payee/p-blog/remittances/EUR", "/payee/p-blog")]
    [InlineData("/advertiser/ac%2Fme/claim/0f", "/advertiser/ac%2Fme")]
    public void Stream_is_read_from_its_text(string text, string unit)
    {
        StreamId stream = StreamId.Parse(text);

        stream.ToString().Should().Be(text);
        stream.Unit.ToString().Should().Be(unit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("acme")]
    [InlineData("acme/outcome")]
    [InlineData("acme//o1")]
    [InlineData("/payer/p/remittances/EUR")]
    [InlineData("/payee/p/remittances")]
    [InlineData("/advertiser/acme/claim")]
    [InlineData("acme/outcome/ö1")]
    public void Text_that_names_no_stream_is_refused(string text) =>
        StreamId.TryParse(text, null, out _).Should().BeFalse();

    [Fact]
    public void Stream_read_from_its_text_is_the_stream()
    {
        StreamId ledger = StreamId.OfLedger(new("ac/me"), new("c%1"), new("p-blog"));

        StreamId.Parse(ledger.ToString()).Should().Be(ledger);
    }
}
