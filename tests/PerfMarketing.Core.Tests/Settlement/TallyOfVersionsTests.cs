using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.AmendmentSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What several versions priced in one tally follows corrections, to nothing when all of it is gone.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The log must come out the same each time.")]
public sealed class TallyOfVersionsTests
{
    private static readonly PayoutModel Graduated =
        new Tiered([new(10.Percent, UpTo: 200), new(20.Percent)]) { Of = Measure.Value };

    private static readonly PayoutModel Volume = Pay.Volume(new(10.Percent, UpTo: 3), new(20.Percent));

    private static readonly PayoutModel Ten = new Tiered([new(10.Percent)]) { Of = Measure.Value };

    private static readonly PayoutModel Twenty = new Tiered([new(20.Percent)]) { Of = Measure.Value };

    public static TheoryData<bool, string> Orders
    {
        get
        {
            TheoryData<bool, string> all = [];
            foreach (string order in (string[])["123", "132", "213", "231", "312", "321"])
            {
                all.Add(false, order);
                all.Add(true, order);
            }

            return all;
        }
    }

    // o1 is of the first version, o2 and o3 of the second one.
    [Theory]
    [MemberData(nameof(Orders))]
    public void All_that_goes_leaves_nothing_in_whatever_order(bool isVolume, string order)
    {
        CampaignDraft terms = Known(Amended(Ten, isVolume ? Volume : Graduated, Reevaluated, from: new(2026, 3, 15)));

        CampaignRun run = Settle(
            terms,
            [
                .. Sales("03-03", "03-21", "03-22"),
                .. order.Select(static (o, i) => Of(Retracted($"c{o}", $"o{o}", $"2026-03-{23 + i}T00:00:00Z"))),
            ]);

        Total(run).Should().Be(0.Eur);
    }

    // 10 % of the first, and what the second version pays of the third beside it: 20 % of both is not reached any more.
    [Fact]
    public void What_is_left_is_what_each_version_pays_in_the_order_of_posting()
    {
        CampaignRun run = Settle(
            Known(Amended(Ten, Volume, Reevaluated, from: new(2026, 3, 15))),
            [.. Sales("03-03", "03-21", "03-22"), Of(Retracted("c1", "o1", "2026-03-25T00:00:00Z"))]);

        run.Entries.Select(static e => $"{e.Tag} {e.OutcomeId} {e.Amount}").Should().Equal(
            "earning o1 10.00 EUR",
            "earning o2 10.00 EUR",
            "earning o3 20.00 EUR",
            "repricing o3 20.00 EUR",
            "adjustment o1 -10.00 EUR",
            "repricing o1 -30.00 EUR");
    }

    // What the first sale took of the others' price when it went is theirs, also when they are priced anew.
    [Fact]
    public void Terms_accepted_late_pay_no_result_less_for_one_that_is_gone()
    {
        CampaignDraft late = Amended(Volume, Ten, Reevaluated, from: new(2026, 3, 5));
        CampaignInput[] log =
            [.. Sales("03-03", "03-10", "03-11", "03-12"), Of(Retracted("c1", "o1", "2026-03-15T00:00:00Z"))];

        Total(Settle(late, log)).Should().Be(30.Eur);
        Total(Settle(Known(late), log)).Should().Be(30.Eur);
    }

    // Nothing of what is rounded alone follows from the tally.
    [Fact]
    public void Amendment_of_what_is_rounded_alone_pays_each_result_its_own()
    {
        CampaignDraft late = Amended(Pay.RevenueShare(16.Percent), Pay.Fixed(1.37m.Eur), Reevaluated);
        CampaignInput[] log = [.. Sales("03-03", "03-10"), Of(Returned("c1", "o1", "2026-03-15T00:00:00Z", 50.Eur))];

        CampaignRun run = Settle(late, log);

        run.Entries.OfType<Amendment>().Select(static a => a.Restated.Amount + a.Repriced).Should().Equal(
            1.37m.Eur, 1.37m.Eur);
        Total(run).Should().Be(Total(Settle(Known(late), log)));
    }

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

        run.Entries.GroupBy(static e => e.OutcomeId)
            .Select(static o => $"{o.Key} {o.Aggregate(0.Eur, static (sum, e) => sum + e.Amount)}")
            .Should().BeEquivalentTo("o1 10.00 EUR", "o2 0.00 EUR", "o3 20.00 EUR", "o4 20.00 EUR");
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

    // Rounded by the period, all follow from the tally; rounded by outcome, those without tiers do not.
    [Theory]
    [InlineData(RoundAt.Period)]
    [InlineData(RoundAt.Outcome)]
    public void Terms_that_were_accepted_late_come_to_what_they_would_have_come_to(RoundAt at)
    {
        int shared = 0;
        for (int seed = 0; seed < 150; seed++)
        {
            Random random = new(seed);
            CampaignDraft late = Amended(
                AnyModel(random),
                AnyModel(random),
                c => Reevaluated(c).Rounded(default, at),
                from: new(2026, 3, random.Next(2, 27)));
            if (!late.Validate().IsValid)
            {
                continue;
            }

            (CampaignInput[] log, CampaignInput[] goes) = AnyLog(random);
            CampaignRun amended = Settle(late, log);
            CampaignRun always = Settle(Known(late), log);

            Total(amended).Should().Be(Total(always), $"seed {seed}");
            Total(Settle(late, [.. log, .. goes])).Should().Be(0.Eur, $"seed {seed}");
            Total(Settle(Known(late), [.. log, .. goes])).Should().Be(0.Eur, $"seed {seed}");
            shared += always.Entries.Select(static e => e.Version).Distinct().Count() - 1;
        }

        shared.Should().BeGreaterThan(80);
    }

    // What a limit left unpaid of some hides nothing that others were paid, and takes nothing of them.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_limits_cut_nobody_owes_and_nothing_is_left_of_what_is_gone(bool isLate)
    {
        int cut = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            Limit most = Limit.Spend(Money.FromMinor(random.Next(500, 5_000), Currency.Eur), PeriodUnit.Month)
                .Or(LimitOverflow.PayRemainder);
            RoundAt at = random.Next(3) > 0 ? RoundAt.Period : RoundAt.Outcome;
            CampaignDraft late = Amended(
                AnyModel(random),
                AnyModel(random),
                c => Reevaluated(c).Rounded(default, at).LimitedTo(most),
                from: new(2026, 3, random.Next(2, 27)));
            if (!late.Validate().IsValid)
            {
                continue;
            }

            (CampaignInput[] log, CampaignInput[] goes) = AnyLog(random);
            CampaignRun run = Run(isLate ? late : Known(late), Blog);
            foreach (CampaignInput input in log.Concat(goes))
            {
                run.Process(input);
                Total(run).Should().BeGreaterThanOrEqualTo(0.Eur, $"seed {seed}");
            }

            Total(run).Should().Be(0.Eur, $"seed {seed}");
            cut += run.Entries.OfType<Earning>().SelectMany(static e => e.Lines).Any(static l => l.Code == "over-limit")
                ? 1
                : 0;
        }

        cut.Should().BeGreaterThan(100);
    }

    private static Tally[] Tallies(CampaignRun run) =>
    [
        .. run.Entries.OfType<Earning>().Where(static e => e.OutcomeId == new OutcomeId("o1"))
            .Select(e => run.State.TallyOf(e.TallyKey, Currency.Eur)),
    ];

    private static PayoutModel AnyModel(Random random) => random.Next(6) switch
    {
        0 => Pay.Fixed(Money.FromMinor(random.Next(1, 400), Currency.Eur)),
        1 => Pay.RevenueShare(random.Next(1, 20).Percent),
        2 => Ten,
        3 => Pay.Tiered(
            new(Money.FromMinor(random.Next(1, 400), Currency.Eur), UpTo: random.Next(1, 6)),
            new(Money.FromMinor(random.Next(1, 400), Currency.Eur))),
        4 => Pay.Volume(new(random.Next(1, 10).Percent, UpTo: random.Next(2, 6)), new(random.Next(1, 20).Percent)),
        _ => Graduated,
    };

    private static (CampaignInput[] Log, CampaignInput[] Goes) AnyLog(Random random)
    {
        List<CampaignInput> log = [];
        int count = 0;
        for (int day = 2; day < 28; day++)
        {
            string at = $"2026-03-{day:00}T{random.Next(10, 20)}:00:00Z";
            string outcome = $"o{random.Next(1, count + 1)}";
            log.Add(count < 2 || random.Next(3) > 0
                ? Of(Sale($"o{++count}", at, Money.FromMinor(random.Next(1, 9_999), Currency.Eur)))
                : random.Next(2) == 0 ? Of(Retracted($"c{day}", outcome, at))
                : Of(Returned($"c{day}", outcome, at, Money.FromMinor(random.Next(1, 3_000), Currency.Eur))));
        }

        int[] all = [.. Enumerable.Range(1, count)];
        random.Shuffle(all);
        return (
            [.. log],
            [.. all.Select(static (o, i) => Of(Retracted($"g{o}", $"o{o}", $"2026-03-29T12:{i:00}:00Z")))]);
    }
}
