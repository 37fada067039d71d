using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Time;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("90s", 90)]
    [InlineData("90m", 5_400)]
    [InlineData("36h", 129_600)]
    [InlineData("14d", 1_209_600)]
    public void Durations_are_written_in_one_unit(string text, int seconds)
    {
        DurationText duration = Duration.FromSeconds(seconds);

        duration.ToString().Should().Be(text);
        DurationText.Parse(text).Value.Should().Be(Duration.FromSeconds(seconds));
    }

    [Fact]
    public void Durations_compare_by_length()
    {
        DurationText hour = Duration.FromHours(1);
        DurationText day = Duration.FromDays(1);

        (hour < day && hour <= day && day > hour && day >= hour).Should().BeTrue();
    }

    [Fact]
    public void Dates_months_and_times_are_written_as_iso()
    {
        DateText.Parse("2026-03-09").Should().Be((DateText)new LocalDate(2026, 3, 9));
        MonthText.Parse("2026-03").Value.Should().Be(new YearMonth(2026, 3));
        TimeText.Parse("23:59").ToString().Should().Be("23:59");
        LocalTime time = TimeText.Parse("09:30");
        time.Should().Be(new LocalTime(9, 30));
    }

    [Theory]
    [InlineData("2026-3-9")]
    [InlineData("2026-02-30")]
    [InlineData("09.03.2026")]
    [InlineData("2026-03-09T00:00")]
    [InlineData("")]
    [InlineData(null)]
    public void Other_dates_are_refused(string? text)
    {
        DateText.TryParse(text, null, out _).Should().BeFalse();
        MonthText.TryParse(text, null, out _).Should().BeFalse();
        TimeText.TryParse(text, null, out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("24:00")]
    [InlineData("9:30")]
    [InlineData("09:30:00")]
    public void Other_times_are_refused(string text) => TimeText.TryParse(text, null, out _).Should().BeFalse();
}
