using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Time;

public sealed class LookbackWindowTests
{
    private static readonly Instant Touch = Instant.FromUtc(2026, 3, 1, 9, 0);

    [Fact]
    public void A_window_holds_its_start_and_not_its_end()
    {
        LookbackWindow month = LookbackWindow.Days(30);
        Instant end = Touch + Duration.FromDays(30);

        month.Contains(Touch, Touch).Should().BeTrue();
        month.Contains(Touch, end - Duration.Epsilon).Should().BeTrue();
        month.Contains(Touch, end).Should().BeFalse();
        month.Contains(Touch, Touch - Duration.Epsilon).Should().BeFalse();
    }

    [Fact]
    public void An_unlimited_window_holds_all_that_follows()
    {
        LookbackWindow.Unlimited.Contains(Instant.MinValue, Instant.MaxValue).Should().BeTrue();
        LookbackWindow.Unlimited.Contains(Touch, Touch - Duration.Epsilon).Should().BeFalse();
        LookbackWindow.Unlimited.Length.Should().BeNull();
    }

    [Fact]
    public void The_default_catches_nothing()
    {
        default(LookbackWindow).Contains(Touch, Touch).Should().BeFalse();
        default(LookbackWindow).ToString().Should().Be("0s");
        LookbackWindow.Parse("0d").Should().Be(default(LookbackWindow));
    }

    [Theory]
    [InlineData("30d", "30d")]
    [InlineData("12h", "12h")]
    [InlineData("45m", "45m")]
    [InlineData("24h", "1d")]
    [InlineData("unlimited", "unlimited")]
    public void Texts_come_back_in_their_greatest_unit(string text, string written)
    {
        LookbackWindow window = LookbackWindow.Parse(text);

        window.ToString().Should().Be(written);
        LookbackWindow.Parse(written).Should().Be(window);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("d")]
    [InlineData("30 d")]
    [InlineData("-1d")]
    [InlineData("+1d")]
    [InlineData("1.5h")]
    [InlineData("30D")]
    [InlineData("1w")]
    [InlineData("1d12h")]
    [InlineData("36526d")]
    [InlineData("99999999999s")]
    [InlineData("Unlimited")]
    [InlineData("٣d")]
    public void Other_texts_are_refused(string text)
    {
        LookbackWindow.TryParse(text, null, out LookbackWindow window).Should().BeFalse();
        window.Should().Be(default(LookbackWindow));
        FluentActions.Invoking(() => LookbackWindow.Parse(text)).Should().Throw<FormatException>();
    }

    [Fact]
    public void Lengths_are_whole_seconds_within_a_hundred_years()
    {
        LookbackWindow.Days(DurationText.DaysMax).ToString().Should().Be("36525d");
        Duration[] wrong =
        [
            -Duration.FromSeconds(1),
            Duration.FromMilliseconds(1500),
            Duration.FromDays(DurationText.DaysMax) + Duration.Epsilon,
        ];
        foreach (Duration length in wrong)
        {
            FluentActions.Invoking(() => new LookbackWindow(length)).Should().Throw<ArgumentOutOfRangeException>();
        }
    }
}
