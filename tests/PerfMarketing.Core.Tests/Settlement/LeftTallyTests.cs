using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.AmendmentSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Results that leave a tally take their own with them, and nothing that others brought there.</summary>
public sealed class LeftTallyTests
{
    private static readonly PayoutModel Ten = new Tiered([new(10.Percent)]) { Of = Measure.Value };

    private static readonly PayoutModel Twenty = new Tiered([new(20.Percent)]) { Of = Measure.Value };

    // o1 at 10 % by the first version, o2 and o3 at 20 % by the second one, all in the tally of one month.
    [Theory]
    [InlineData("o1", "-10.00 EUR")]
    [InlineData("o2", "-20.00 EUR")]
    [InlineData("o3", "-20.00 EUR")]
    public void What_one_version_priced_stays_when_a_result_of_another_goes(string gone, string own)
    {
        CampaignRun run = Settle(
            Amended(Ten, Twenty, Reevaluated, from: new(2026, 3, 15)),
            [.. Sales("03-03", "03-21", "03-22"), Of(Retracted("c1", gone, "2026-03-25T00:00:00Z"))]);

        run.Entries.Skip(3).Select(static e => $"{e.Tag} {e.Amount}").Should().Equal(
            $"adjustment {own}", "repricing 0.00 EUR");
    }

    [Fact]
    public void Terms_accepted_later_price_what_they_reach_and_nothing_before()
    {
        // o1 stays at 10 %; o2 is taken back; o3 is worth 20.00 and was paid 10.00.
        CampaignRun run = Settle(
            Amended(Ten, Twenty, Reevaluated, from: new(2026, 3, 5)),
            [
                .. Sales("03-03", "03-10", "03-11"), Of(Retracted("c1", "o2", "2026-03-15T00:00:00Z")),
                Of(Sale("o4", "2026-03-21T12:00:00Z", 100.Eur)),
            ]);

        run.Entries.GroupBy(static e => e.OutcomeId).Select(static o => $"{o.Key} {Sum(o)}").Should().BeEquivalentTo(
            "o1 10.00 EUR", "o2 0.00 EUR", "o3 20.00 EUR", "o4 20.00 EUR");
    }

    [Fact]
    public void A_third_that_goes_leaves_the_tally_to_the_last_decimal()
    {
        // A third of 7.30 is 2.433333333333, a third of one outcome at 7.30 would be 2.4333333333309.
        CampaignDraft terms = Contract(
            Pay.Fixed(7.3m.Eur), static c => Reevaluated(c).Rounded(default, RoundAt.Period))
            .AttributedBy(new Linear());
        CampaignRun run = Run(
            terms,
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-01T09:30:00Z"),
            Touch("p-blog", "2026-03-01T09:40:00Z"));
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        Tally[] before = Tallies(run);

        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z")));
        run.Process(Of(Retracted("c2", "o2", "2026-03-04T00:00:00Z")));

        Tallies(run).Should().Equal(before);
        before.Select(static t => t.Accrued.Amount).Should().Equal(4.866666666667m, 2.433333333333m);
    }

    private static ClauseDraft Reevaluated(ClauseDraft clause) =>
        clause.TalliedBy(new() { Corrections = TallyCorrections.Reevaluated });

    private static IEnumerable<CampaignInput> Sales(params IEnumerable<string> days) =>
        days.Select(static (day, i) => (CampaignInput)Of(Sale($"o{i + 1}", $"2026-{day}T12:00:00Z", 100.Eur)));

    private static Money Sum(IEnumerable<LedgerEntry> entries) =>
        entries.Aggregate(0.Eur, static (sum, entry) => sum + entry.Amount);

    private static Tally[] Tallies(CampaignRun run) =>
    [
        .. run.Entries.OfType<Earning>().Where(static e => e.OutcomeId == new OutcomeId("o1"))
            .Select(e => run.State.TallyOf(e.TallyKey, Currency.Eur)),
    ];
}
