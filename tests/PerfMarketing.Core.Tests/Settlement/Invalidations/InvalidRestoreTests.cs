using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;
using static PerfMarketing.Tests.Settlement.AmendmentSample;
using static PerfMarketing.Tests.Settlement.Invalidations.InvalidationSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement.Invalidations;

/// <summary>Invalid results of tallies that are evaluated again, settled again over closed statements.</summary>
public sealed class InvalidRestoreTests
{
    private const string Evening = "2026-03-31T20:00:00Z";
    private const string Cut = "2026-04-20T12:00:00Z";

    // Four sales at 5 %, 8 % on all from the fourth; the first is invalid, and a fifth sale comes at that very instant.
    [Theory]
    [InlineData(Evening)]
    [InlineData("2026-03-06T12:00:00Z")]
    public void Run_that_goes_on_from_closed_statements_is_the_one_that_never_stopped(string asOf)
    {
        List<LedgerEntry> first = [];
        List<LedgerEntry> counted = [];
        ValueList<Statement> closed = Settle([], asOf, []).Statements(At(Cut));
        CampaignRun whole = Settle([], asOf, first);
        whole.Process(Late);

        CampaignRun again = Settle(closed, asOf, counted);
        again.Process(Late);

        closed.Where(static s => s.IsClosed).SelectMany(static s => s.Lines).Select(static e => e.Tag).Should()
            .Contain("repricing").And.Contain("adjustment");
        counted.Should().Equal(first, "each entry counts when it did");
        again.Statements(At("2026-05-20T12:00:00Z")).Should().Equal(whole.Statements(At("2026-05-20T12:00:00Z")));
        Total(again).Should().Be(15.Eur, "three sales are valid and stand");
    }

    private static CampaignInput Late => Of(Retracted("c1", "o2", "2026-05-01T12:00:00Z"));

    private static CampaignRun Settle(IEnumerable<Statement> closed, string asOf, List<LedgerEntry> counted)
    {
        CampaignDraft campaign = Contract(Pay.Volume(new(5.Percent, UpTo: 4), new(8.Percent)), Reevaluated)
            .ToCampaign();
        CampaignRun run = new(campaign.Build(), new Touches())
        {
            Recorded = record => counted.AddRange(record is LedgerEntry entry ? [entry] : []),
        };
        run.Restore(closed);
        foreach (int day in Enumerable.Range(3, 4))
        {
            run.Process(Of(Sale($"o{day - 2}", $"2026-03-{day:00}T12:00:00Z", 100.Eur)));
        }

        InvalidationDecision decision = run.Invalidate(InvalidOn("i1", day: 3), At(asOf));
        decision.Answer.Should().NotBe(BookingAnswer.Refused);
        run.Process(Of(Sale("o5", asOf, 100.Eur)));
        run.Expire(At(Cut));
        return run;
    }
}
