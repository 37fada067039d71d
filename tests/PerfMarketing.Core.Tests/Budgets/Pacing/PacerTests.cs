using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Monetary;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Pacing;

public sealed class PacerTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(50).WithReplay(20_260_307, 1);

    // Source: cases/budget-and-experiment-cases.json, area frp. The level is 1.2 where 124 came instead of 100.
    [Theory]
    [InlineData("frp-1", 250, 125, 40, 124, 100, 1.2, 0.2604166666666667, 45)]
    [InlineData("frp-2", 250, 125, 40, 130, 100, 1.25, 0.25, 45)]
    [InlineData("frp-3", 100, 99, 97, 0, 0, 1, 1, 100)]
    public void Plan_of_the_forecast(
        string id,
        int minutes,
        int at,
        long used,
        double seen,
        double expected,
        double level,
        double pass,
        long ceiling)
    {
        TrafficForecast forecast = TrafficForecast.Even(Paces.Window(minutes), 400);
        PacerState state = new() { Seen = seen, Expected = expected, Cost = 1_000, Requests = 1_000 };
        Pacer pacer = new(new(), forecast, new(100, used), state);

        pacer.Decide(new(0), Paces.Start + Duration.FromMinutes(at));

        pacer.Plan.Level.Should().BeApproximately(level, 1e-12, id);
        pacer.Plan.PassRate.Should().BeApproximately(pass, 1e-12, id);
        pacer.Plan.Ceiling.Should().Be(ceiling, id);
    }

    // Source: cases/budget-and-experiment-cases.json, area even-pace-dst: 240.00 at noon of a day of 23 hours.
    [Fact]
    public void Even_pace_follows_the_real_length_of_the_day()
    {
        CalendarPeriod day = ContractCalendar.In("America/New_York").Day(new(2026, 3, 8));
        Pacer pacer = new(new() { Mode = PacingMode.Even }, TrafficForecast.Even(day), new(24_000));

        pacer.Decide(new(1), Instant.FromUtc(2026, 3, 8, 15, 59));

        pacer.Plan.Until.Should().Be(Instant.FromUtc(2026, 3, 8, 16, 0));
        pacer.Plan.Ceiling.Should().Be(11_478, "even-pace-dst-1: 240.00 × 11/23 is 114.78");
    }

    // Source: cases/platform-cases.json, areas pacing/even and pacing/frontloaded.
    [Fact]
    public void Even_and_front_loaded_as_google_ad_manager_has_them()
    {
        CalendarPeriod week = ContractCalendar.Utc.Flight(new(new(2026, 3, 2), new LocalDate(2026, 3, 9)));
        Ceiling(PacingMode.Even, week, 7_000, 1d / 7).Should().Be(1_000, "gam-even-7000-7d");

        // At most 25 % above in the first half.
        long half = Ceiling(PacingMode.FrontLoaded, week, 1_000_000, 0.5);
        half.Should().BeInRange(550_000, 625_000, "gam-frontload-limits");
        const double Minute = 1d / (7 * 1_440);
        double first = Ceiling(PacingMode.FrontLoaded, week, 1_000_000_000, Minute) / (Minute * 1e9);
        first.Should().BeApproximately(1.4, 0.001, "gam-frontload-limits: 40 % above at the start");
        double last = Ceiling(PacingMode.FrontLoaded, week, 1_000_000_000_000, 1 - (100 * Minute)) / 1e12;
        double step = Ceiling(PacingMode.FrontLoaded, week, 1_000_000_000_000, 1 - (99 * Minute)) / 1e12;
        ((step - last) / ((1 - last) / 100))
            .Should().BeApproximately(1.05, 0.01, "gam-frontload-limits: 5 % above what is needed at the end");
    }

    [Fact]
    public void A_curve_of_ones_own_is_straight_between_its_points()
    {
        PacingTerms terms = new()
        {
            Mode = PacingMode.Custom,
            Points = [new(Percentage.FromPercent(25), Percentage.FromPercent(60))],
        };
        Pacer pacer = new(terms, TrafficForecast.Even(Paces.Window(100)), new(1_000));
        long At(int minute)
        {
            pacer.Decide(new(0), Paces.Start + Duration.FromMinutes(minute - 1));
            return pacer.Plan.Ceiling;
        }

        (At(5), At(25), At(55)).Should().Be((120, 600, 760));
    }

    [Fact]
    public void Ahead_is_the_traffic_and_a_part_more()
    {
        PacingTerms terms = new() { Mode = PacingMode.Ahead };
        Pacer pacer = new(terms, TrafficForecast.Even(Paces.Window(100)), new(1_000));
        pacer.Decide(new(0), Paces.Start + Duration.FromMinutes(49));
        pacer.Plan.Ceiling.Should().Be(600);
        pacer.Decide(new(0), Paces.Start + Duration.FromMinutes(95));
        pacer.Plan.Ceiling.Should().Be(1_000);
    }

    [Fact]
    public void A_budget_is_spread_over_the_traffic_and_used_up()
    {
        Pacer pacer = Paces.Of(new(), 3_000);
        List<PaceDecision> decisions = Paces.Replay(pacer, 10_000, static _ => null);

        pacer.Counter.Used.Should().Be(3_000);
        decisions.Take(5_000).Count(static d => d.IsAdmitted).Should().BeInRange(1_480, 1_600);
        decisions.Should().Contain(static d => d.Reason == PaceReason.Throttled);
        decisions[^1].Reason.Should().Be(PaceReason.Exhausted);
    }

    [Fact]
    public void The_best_requests_are_bought_where_their_worth_is_told()
    {
        Pacer pacer = Paces.Of(new(), 3_000);
        List<PaceDecision> decisions = Paces.Replay(pacer, 10_000, static i => 0.5 + (i * 7 % 10));

        IEnumerable<int> bought = Enumerable.Range(2_000, 7_000).Where(i => decisions[i].IsAdmitted);
        bought.Average(static i => 0.5 + (i * 7 % 10)).Should().BeApproximately(8.5, 0.1, "the best three of ten");
        decisions[5_000].Threshold.Should().BeInRange(6, 8);
        decisions.Should().Contain(static d => d.Reason == PaceReason.BelowValue);
    }

    [Fact]
    public void A_minute_takes_no_more_than_its_burst()
    {
        Pacer pacer = Paces.Of(new() { Burst = 3 }, 14_400, expectedCost: 14_400);
        pacer.Decide(new(1), Paces.Start);
        Instant next = Paces.Start + Duration.FromMinutes(1);
        List<PaceDecision> decisions = [.. Enumerable.Range(0, 100).Select(_ => pacer.Decide(new(1), next))];

        decisions.Count(static d => d.IsAdmitted).Should().Be((int)(3 * 14_399 / 1_440d / (0.98 - (1 / 1_440d))));
        decisions[^1].Reason.Should().Be(PaceReason.BurstCap);
    }

    [Fact]
    public void What_is_in_flight_counts_as_used()
    {
        Pacer pacer = Paces.Of(new() { Mode = PacingMode.AsSoonAsPossible }, 100);
        pacer.CountInFlight(70);

        PaceDecision first = pacer.Decide(new(30), Paces.Start);
        (first.IsAdmitted, first.Headroom).Should().Be((true, 30));
        pacer.Decide(new(1), Paces.Start).Reason.Should().Be(PaceReason.Exhausted);
        pacer.CountInFlight(60);
        pacer.Decide(new(1), Paces.Start + Duration.FromMinutes(1)).IsAdmitted.Should().BeTrue("a new plan sees it");
    }

    [Fact]
    public void A_decision_allocates_nothing()
    {
        Pacer pacer = Paces.Of(new(), 3_000);
        PaceRequest told = new(1) { Worth = 2 };
        PaceRequest untold = new(1);
        void Decide(int count)
        {
            for (int i = 0; i < count; i++)
            {
                pacer.Decide(told, Paces.Start);
                pacer.Decide(untold, Paces.Start);
            }
        }

        Decide(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Decide(1_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Fact]
    public void Outside_its_window_and_paused_nothing_is_bought_and_nothing_learned()
    {
        Pacer pacer = Paces.Of(new() { Mode = PacingMode.AsSoonAsPossible }, 100);
        pacer.Decide(new(1), Paces.Day.Start - Duration.Epsilon).Reason.Should().Be(PaceReason.OutsideWindow);
        pacer.Decide(new(1), Paces.Day.Start).IsAdmitted.Should().BeTrue();
        pacer.Pause();
        pacer.Decide(new(1), Paces.Day.Start).Reason.Should().Be(PaceReason.Paused);
        pacer.Resume();
        pacer.Decide(new(1), Paces.Day.End).Reason.Should().Be(PaceReason.OutsideWindow);
        pacer.Save().Requests.Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public void Half_of_the_requests_come_through_at_a_target_that_half_of_them_miss()
    {
        // Worth 0.5 or 3 for a cost of 1, in turn: buying all gives 1.75 on average, which a target of 2 forbids.
        PacingTerms terms = new() { TargetReturn = 2 };
        Pacer pacer = Paces.Of(terms, 100_000);
        List<PaceDecision> decisions = Paces.Replay(pacer, 10_000, static i => i % 2 == 0 ? 0.5 : 3);

        double worth = 0;
        int bought = 0;
        for (int i = 0; i < decisions.Count; i++)
        {
            worth += decisions[i].IsAdmitted ? (i % 2 == 0 ? 0.5 : 3) : 0;
            bought += decisions[i].IsAdmitted ? 1 : 0;
        }

        (worth / bought).Should().BeGreaterThanOrEqualTo(2);
        bought.Should().BeGreaterThan(5_000, "the surplus of good ones pays for some others");
    }

    [Fact]
    public void The_same_id_is_decided_alike_where_the_terms_say_so()
    {
        PacingTerms terms = new() { ByIdentity = true };
        bool[] Decide(string prefix)
        {
            Pacer pacer = Paces.Of(terms, 5_000);
            return [.. Enumerable.Range(0, 200).Select(i =>
                pacer.Decide(new(0) { Id = $"{prefix}{i}" }, Paces.Start).IsAdmitted)];
        }

        Decide("user-").Should().Equal(Decide("user-"));
        Decide("user-").Should().NotEqual(Decide("other-"));
        Decide("user-").Count(static a => a).Should().BeInRange(70, 130, "the pass rate is about a half");
    }

    [Fact]
    public void Less_is_let_through_the_more_is_used_and_more_the_higher_the_limit() => Prop.ForAll(
        ArbMap.Default.ArbFor<(PositiveInt Limit, PositiveInt Used, PositiveInt More)>(),
        given =>
        {
            long limit = given.Limit.Get * 10L;
            long used = Math.Min(given.Used.Get, limit);
            double Pass(long of, long spent)
            {
                Pacer pacer = Paces.Of(new(), of, spent, 1_000);
                pacer.Decide(new(0), Paces.Start + Duration.FromHours(12));
                return pacer.Plan.PassRate;
            }

            double pass = Pass(limit, used);
            return Pass(limit, used + given.More.Get) <= pass && Pass(limit + given.More.Get, used) >= pass;
        }).Check(Seeded);

    [Fact]
    public void Ten_times_the_money_is_decided_alike() => Prop.ForAll(
        Gen.Choose(100, 2_000).ToArbitrary(),
        limit =>
        {
            static List<PaceReason> Reasons(long limit, int unit)
            {
                Pacer pacer = Paces.Of(new(), limit * unit, 0, 2_000L * unit);
                Duration step = Duration.FromDays(1) / 2_000;
                return [.. Enumerable.Range(0, 2_000).Select(i => pacer.Decide(
                    new(unit) { Worth = (1 + (i % 13)) * unit }, Paces.Start + (step * i)).Reason)];
            }

            return Reasons(limit, 1).SequenceEqual(Reasons(limit, 8));
        }).Check(Seeded);

    [Fact]
    public void Two_threads_never_pass_the_limit()
    {
        Pacer pacer = Paces.Of(new() { Mode = PacingMode.AsSoonAsPossible }, 10_000);
        long admitted = 0;
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 50_000; i++)
            {
                if (pacer.Decide(new(3) { Worth = 1 }, Paces.Start + Duration.FromSeconds(i / 10)).IsAdmitted)
                {
                    Interlocked.Add(ref admitted, 3);
                }
            }
        }))];
        Array.ForEach(threads, static t => t.Start());
        Array.ForEach(threads, static t => t.Join());

        admitted.Should().Be(9_999);
        pacer.Counter.Used.Should().Be(admitted);
    }

    [Fact]
    public void A_request_that_the_whole_budget_cannot_buy_teaches_nothing()
    {
        static double Bought(bool hasGiant)
        {
            Pacer pacer = Paces.Of(new(), 3_000);
            double bought = 0;
            for (int i = 0; i < 10_000; i++)
            {
                Instant at = Paces.Start + (Duration.FromDays(1) * i / 10_000);
                if (hasGiant && i == 400)
                {
                    pacer.Decide(new(100_000) { Worth = 1 }, at).Reason.Should().Be(PaceReason.Exhausted);
                }

                double worth = 0.5 + (i * 7 % 10);
                bought += pacer.Decide(new(1) { Worth = worth }, at).IsAdmitted ? worth : 0;
            }

            return bought;
        }

        Bought(hasGiant: true).Should().Be(Bought(hasGiant: false));
    }

    [Fact]
    public void Huge_costs_do_not_end_a_pace()
    {
        TrafficForecast forecast = TrafficForecast.Even(Paces.Day, BudgetCounter.AmountMax);
        Pacer pacer = new(new(), forecast, new(BudgetCounter.AmountMax));
        for (int i = 0; i < 300; i++)
        {
            Instant at = Paces.Start + Duration.FromSeconds(i);
            pacer.Decide(new(BudgetCounter.AmountMax) { Worth = i % 2 == 0 ? 1e18 : null }, at);
            pacer.Decide(new(long.MaxValue), at).IsAdmitted.Should().BeFalse();
        }

        pacer.Plan.Level.Should().BePositive();
        PacingTermsTests.Again(pacer.Save(), PacerState.Read).Should().Be(pacer.Save());
    }

    [Fact]
    public void A_clock_that_goes_back_is_decided_by_the_plan_in_force()
    {
        Pacer pacer = Paces.Of(new() { Mode = PacingMode.AsSoonAsPossible }, 100);
        pacer.Decide(new(1), Paces.Start + Duration.FromMinutes(1)).IsAdmitted.Should().BeTrue();
        pacer.Decide(new(1), Paces.Start + Duration.FromSeconds(59)).IsAdmitted.Should().BeTrue();
        pacer.Decide(new(1), Paces.Day.End).Reason.Should().Be(PaceReason.OutsideWindow);
        pacer.Decide(new(1), Paces.Day.End - Duration.Epsilon).IsAdmitted.Should().BeTrue("the window is not over");
    }

    [Fact]
    public void A_controller_at_its_bound_stays_there()
    {
        TrafficForecast forecast = TrafficForecast.Even(Paces.Day, 1_000);
        Pacer pacer = new(new() { Mode = PacingMode.Feedback }, forecast, new(300, 290));
        double before = 1;
        for (int minute = 0; minute < 200; minute++)
        {
            pacer.Decide(new(0), Paces.Start + Duration.FromMinutes(minute));
            pacer.Plan.PassRate.Should().BeLessThanOrEqualTo(before + 0.001, "minute {0}", minute);
            before = pacer.Plan.PassRate;
        }
    }

    [Fact]
    public void A_target_holds_before_the_spread_of_worth_is_known()
    {
        Pacer pacer = Paces.Of(new() { TargetReturn = 4 }, 10_000);
        for (int i = 0; i < 40; i++)
        {
            pacer.Decide(new(1) { Worth = 0.1 }, Paces.Start).Reason.Should().Be(PaceReason.BelowValue);
            pacer.Decide(new(1) { Worth = 4 }, Paces.Start).IsAdmitted.Should().BeTrue();
        }
    }

    [Theory]
    [InlineData(PacingMode.Even)]
    [InlineData(PacingMode.Learned)]
    [InlineData(PacingMode.FrontLoaded)]
    public void What_is_in_flight_counts_for_a_curve_too(PacingMode mode)
    {
        Pacer pacer = Paces.Of(new() { Mode = mode }, 3_000, 1_500);
        pacer.CountInFlight(1_000);
        pacer.Decide(new(1), Paces.Start + Duration.FromHours(12)).Reason.Should().Be(PaceReason.BurstCap);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Pacer pacer = Paces.Of(new() { Mode = PacingMode.AsSoonAsPossible }, 100);
        Action[] wrong =
        [
            () => pacer.Decide(new(-1), Paces.Start),
            () => pacer.Decide(new(1) { Worth = -0.1 }, Paces.Start),
            () => pacer.Decide(new(1) { Worth = double.NaN }, Paces.Start),
            () => pacer.CountInFlight(-1),
        ];
        wrong.Should().AllSatisfy(static act => act.Should().Throw<ArgumentOutOfRangeException>());
        pacer.Decide(new(1) { Worth = double.PositiveInfinity }, Paces.Start).IsAdmitted.Should().BeTrue();
    }

    private static long Ceiling(PacingMode mode, CalendarPeriod window, long limit, double part)
    {
        Pacer pacer = new(new() { Mode = mode }, TrafficForecast.Even(window), new(limit));
        Instant until = window.Start + Duration.FromMinutes(Math.Round(window.Length.TotalMinutes * part));
        pacer.Decide(new(0), until - Duration.Epsilon);
        return pacer.Plan.Ceiling;
    }
}
