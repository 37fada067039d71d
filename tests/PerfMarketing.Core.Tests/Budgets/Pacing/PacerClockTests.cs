using NodaTime;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Pacing;

/// <summary>What a wrong clock does to a pace, and what a lack of requests does.</summary>
public sealed class PacerClockTests
{
    private const int Count = 14_400;

    [Fact]
    public void One_reading_ahead_is_healed_within_a_minute()
    {
        (Pacer right, Pacer wrong) = (Started(), Started());
        wrong.Decide(new(1) { Worth = 2 }, At(18));
        wrong.Plan.From.Should().Be(At(18), "it may have been quiet for six hours");
        wrong.Plan.PassRate.Should().Be(1, "next to nothing came of what was expected");

        Go(right, 0, 10);
        Go(wrong, 0, 10);

        wrong.Plan.From.Should().Be(right.Plan.From);
        wrong.Plan.Level.Should().BeApproximately(right.Plan.Level, 0.03);
        wrong.Plan.PassRate.Should().BeApproximately(right.Plan.PassRate, 0.02);
        wrong.Plan.Threshold.Should().Be(right.Plan.Threshold);
        wrong.Save().Cost.Should().BeApproximately(right.Save().Cost, right.Save().Cost / 100);
    }

    [Fact]
    public void A_clock_that_was_ahead_for_long_is_believed_when_it_is_set_right()
    {
        (Pacer right, Pacer wrong) = (Started(), Started());
        Go(wrong, 360, 380);
        wrong.Plan.From.Should().Be(At(12) + Duration.FromMinutes(379));

        Go(right, 0, 40);
        Go(wrong, 20, 40);

        wrong.Plan.From.Should().Be(right.Plan.From);
        wrong.Plan.Level.Should().BeApproximately(right.Plan.Level, 0.05);
    }

    [Fact]
    public void One_reading_behind_changes_nothing()
    {
        (Pacer right, Pacer wrong) = (Started(), Started());
        PacePlan before = wrong.Plan;
        wrong.Decide(new(0), At(3));
        wrong.Plan.Should().BeSameAs(before);

        Go(right, 0, 5);
        Go(wrong, 0, 5);
        wrong.Plan.PassRate.Should().BeApproximately(right.Plan.PassRate, 0.001);
    }

    [Fact]
    public void Quiet_hours_are_believed_when_nobody_contradicts()
    {
        Pacer pacer = Started();
        Go(pacer, 180, 181);
        pacer.Plan.Level.Should().BeLessThan(0.1, "three hours without a request");
        Go(pacer, 181, 300);
        pacer.Plan.Level.Should().BeInRange(0.9, 1.1, "half of it fades in half an hour");
    }

    // Asked each minute or not, the same requests teach the same: a minute without one fades as any other.
    [Fact]
    public void Minutes_without_a_request_fade_as_if_each_had_been_planned()
    {
        static double Level(bool isAskedEachMinute)
        {
            TrafficForecast forecast = TrafficForecast.Even(Paces.Day, Count);
            PacerState state = new() { Cost = 1e9, Requests = 1e9 };
            Pacer pacer = new(new(), forecast, new(3_000), state);
            for (int minute = 0; minute <= 480; minute++)
            {
                bool hasRequests = minute % 40 == 0;
                if (hasRequests || isAskedEachMinute)
                {
                    // What the whole budget could not buy is no request: it only makes the pacer plan.
                    pacer.Decide(new(hasRequests ? 500 : 5_000), Paces.Start + Duration.FromMinutes(minute));
                }
            }

            return pacer.Plan.Level;
        }

        Level(isAskedEachMinute: false).Should().BeApproximately(Level(isAskedEachMinute: true), 1e-9);
    }

    // In a flight of ten years a clock may leap further than anything that was learned lasts.
    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(3_000)]
    public void A_leap_of_days_does_no_lasting_harm(int days)
    {
        const int Dates = 3_600;
        CalendarPeriod flight = new(
            PeriodUnit.Flight, new(2026, 3, 10), Dates, Paces.Start, Paces.Start + Duration.FromDays(Dates));
        Pacer pacer = new(new(), TrafficForecast.Even(flight, Count * (long)Dates), new(Count * 3L * Dates / 10));
        int Bought(Duration from, int minutes) => Enumerable.Range(0, minutes * 10).Count(i =>
            pacer.Decide(new(1) { Worth = 0.5 + (i * 7 % 10) }, Paces.Start + from + (Duration.FromMinutes(1) * i / 10))
                .IsAdmitted);

        Bought(Duration.Zero, 60);
        Bought(Duration.FromDays(days), 5);
        Bought(Duration.FromHours(1), 60);

        Bought(Duration.FromHours(2), 60).Should().BeInRange(170, 190, "30 % of 600");
        pacer.Plan.Level.Should().BeInRange(0.9, 1.1);
        pacer.Plan.Threshold.Should().BeInRange(6, 7.5);
        pacer.Save().Cost.Should().BeInRange(1_000, 4_000, "some 2,000 came in all");
    }

    [Fact]
    public void Outside_the_window_nothing_is_allocated_and_the_start_is_named()
    {
        Pacer pacer = Started();
        PaceRequest request = new(1);
        Instant end = Paces.Day.End;
        pacer.Decide(request, Paces.Day.Start - Duration.FromHours(1)).NextCheck.Should().Be(Paces.Day.Start);
        pacer.Decide(request, end).NextCheck.Should().Be(Instant.MaxValue);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            pacer.Decide(request, end);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        default(PaceDecision).PassRate.Should().Be(0);
    }

    private static Instant At(int hour) => Paces.Start + Duration.FromHours(hour);

    // Half a day as it was expected.
    private static Pacer Started()
    {
        Pacer pacer = Paces.Of(new(), 4_320, expectedCost: Count);
        Paces.Replay(pacer, Count, static i => 0.5 + (i * 7 % 10), 0, Count / 2);
        return pacer;
    }

    // Ten requests a minute, as expected, from some minutes after noon on.
    private static void Go(Pacer pacer, int from, int to) =>
        Paces.Replay(pacer, Count, static i => 0.5 + (i * 7 % 10), (720 + from) * 10, (720 + to) * 10);
}
