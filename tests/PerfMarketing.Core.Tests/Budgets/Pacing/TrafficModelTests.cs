using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Pacing;

public sealed class TrafficModelTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20_260_307, 1);

    private static readonly LocalDate Monday = new(2026, 3, 9);

    [Fact]
    public void Shares_add_up_to_the_whole_and_none_is_nothing() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Select(static n => (long)n * n).ArrayOf(96).ToArbitrary(),
        amounts =>
        {
            TrafficCurve curve = TrafficCurve.Of(amounts);
            TrafficCurve learned = TrafficCurve.Even.Learn(curve);
            return curve.Shares.ToArray().Sum() == TrafficCurve.Whole
                && learned.Shares.ToArray().Sum() == TrafficCurve.Whole
                && curve.Shares.ToArray().All(static s => s > 0)
                && Math.Abs(curve.Before(1) - 1) < 1e-12 && curve.Before(0) == 0
                && Enumerable.Range(0, 200).All(i => curve.Before(i / 200d) <= curve.Before((i + 1) / 200d))
                && PacingTermsTests.Again(curve, TrafficCurve.Read).Equals(curve);
        }).Check(Seeded);

    [Fact]
    public void A_day_counts_for_a_fifth_of_its_class()
    {
        TrafficModel model = TrafficModel.Empty
            .Learn(Traffic(Monday, (8, 1_000)), TrafficModel.Weekday)
            .Learn(Traffic(Monday.PlusDays(1), (8, 2_000)), TrafficModel.Weekday);

        model.Classes.Should().ContainSingle().Which.Should().BeEquivalentTo(new { PerDay = 1_200L, Days = 2 });
    }

    [Fact]
    public void The_curve_counts_from_the_fifth_weekday_and_the_second_weekend_day_on()
    {
        TrafficModel model = TrafficModel.Empty;
        for (int i = 0; i < 7; i++)
        {
            LocalDate date = Monday.PlusDays(i);
            model = model.Learn(Traffic(date, (6, 900), (18, 100)), TrafficModel.ClassOf(date));
            double noon = Noon(model, Monday.PlusDays(7));
            (Noon(model, Monday.PlusDays(12)) > 0.6).Should().Be(i >= 6, "weekend day {0}", i);
            (noon > 0.6).Should().Be(i >= 4, "weekday {0}", i);
        }

        PacingTermsTests.Again(model, TrafficModel.Read).Should().Be(model);
    }

    [Fact]
    public void A_window_of_several_days_weighs_them_by_their_traffic()
    {
        TrafficModel model = TrafficModel.Empty
            .Learn(Traffic(Monday, (8, 3_000)), TrafficModel.Weekday)
            .Learn(Traffic(Monday.PlusDays(5), (8, 1_000)), TrafficModel.Weekend);
        CalendarPeriod week = ContractCalendar.Utc.Containing(PeriodUnit.Week, Traffic(Monday).Day.Start);

        TrafficForecast forecast = model.Forecast(week, ContractCalendar.Utc);

        forecast.ExpectedCost.Should().BeApproximately(17_000, 1e-6);
        forecast.ShareBefore(week.Start + Duration.FromDays(5)).Should().BeApproximately(15d / 17, 1e-12);
        forecast.ShareBefore(week.Start + Duration.FromDays(5.5)).Should().BeApproximately(15.5 / 17, 1e-12);
        (forecast.ShareBefore(week.Start), forecast.ShareBefore(week.End)).Should().Be((0, 1));
    }

    [Fact]
    public void An_hour_has_its_part_of_the_day()
    {
        TrafficModel model = TrafficModel.Empty;
        for (int i = 0; i < 5; i++)
        {
            model = model.Learn(Traffic(Monday.PlusDays(i), (8, 750), (9, 250)), TrafficModel.Weekday);
        }

        Instant nine = Monday.PlusDays(7).AtMidnight().InUtc().ToInstant() + Duration.FromHours(8);
        CalendarPeriod hour = ContractCalendar.Utc.Containing(PeriodUnit.Hour, nine);
        model.Forecast(hour, ContractCalendar.Utc).ExpectedCost.Should().BeApproximately(750, 10);
    }

    [Fact]
    public void A_day_with_23_hours_is_cut_into_96_parts_too()
    {
        TrafficDay day = new(ContractCalendar.In("Europe/Berlin").Day(new(2026, 3, 29)));
        day.Add(day.Day.Start, 1);
        day.Add(day.Day.End - Duration.Epsilon, 2);
        day.Add(day.Day.End, 4);
        day.Add(day.Day.Start - Duration.Epsilon, 8);

        (day.Total, day.Amounts[0], day.Amounts[95]).Should().Be((3, 1, 2));
    }

    [Fact]
    public void The_greatest_numbers_are_learned_from_too()
    {
        TrafficDay day = new(ContractCalendar.Utc.Day(Monday));
        day.Add(day.Day.Start, long.MaxValue);
        day.Add(day.Day.Start, 1);
        day.Total.Should().Be(TrafficDay.AmountMax);
        TrafficClass known = new(TrafficModel.Weekday, TrafficCurve.Even, long.MaxValue, int.MaxValue);
        TrafficModel model = new TrafficModel { Classes = [known] }.Learn(day, TrafficModel.Weekday);
        model.Classes[0].Days.Should().Be(TrafficClass.DaysMax);
    }

    [Fact]
    public void A_window_without_an_end_has_no_forecast()
    {
        Action ages = static () => TrafficForecast.Even(
            ContractCalendar.Utc.Flight(new(new(1900, 1, 1), new LocalDate(2300, 1, 1))));
        ages.Should().Throw<ArgumentException>();
        Action forever = static () => TrafficForecast.Even(CalendarPeriod.Lifetime);
        Action skipped = static () => _ = new TrafficDay(ContractCalendar.In("Pacific/Apia").Day(new(2011, 12, 30)));
        forever.Should().Throw<ArgumentException>();
        skipped.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("""{ "shares": ["1", "2"] }""")]
    [InlineData("""{ }""")]
    public void A_curve_that_is_none_is_refused(string json)
    {
        TermFailures failures = [];
        TermJson.TryParse(json, TrafficCurve.Read, failures, out _).Should().BeFalse();
        failures.Should().NotBeEmpty();
    }

    private static double Noon(TrafficModel model, LocalDate date)
    {
        CalendarPeriod day = ContractCalendar.Utc.Day(date);
        return model.Forecast(day, ContractCalendar.Utc).ShareBefore(day.Start + Duration.FromHours(12));
    }

    private static TrafficDay Traffic(LocalDate date, params (int Hour, long Amount)[] amounts)
    {
        TrafficDay day = new(ContractCalendar.Utc.Day(date));
        foreach ((int hour, long amount) in amounts)
        {
            for (int quarter = 0; quarter < 4; quarter++)
            {
                long part = (amount / 4) + (quarter < amount % 4 ? 1 : 0);
                day.Add(day.Day.Start + Duration.FromHours(hour) + Duration.FromMinutes(15 * quarter), part);
            }
        }

        return day;
    }
}
