using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Time;

public sealed class DateRangeTests
{
    private static readonly LocalDate March = new(2026, 3, 1);

    [Fact]
    public void A_range_holds_its_first_date_and_not_its_end()
    {
        DateRange range = new(March, new LocalDate(2026, 4, 1));

        range.Contains(March).Should().BeTrue();
        range.Contains(new(2026, 3, 31)).Should().BeTrue();
        range.Contains(new(2026, 4, 1)).Should().BeFalse();
        range.Contains(new(2026, 2, 28)).Should().BeFalse();
        range.Days.Should().Be(31);
        range.Should().Be(DateRange.Of(new YearMonth(2026, 3)));
    }

    [Fact]
    public void An_inclusive_end_is_brought_in_by_adding_one() =>
        DateRange.Inclusive(March, new(2026, 3, 31)).Should().Be(new DateRange(March, new LocalDate(2026, 4, 1)));

    [Fact]
    public void Ranges_without_an_end_go_on()
    {
        DateRange open = new(March);

        open.To.Should().BeNull();
        open.Contains(new(9999, 12, 31)).Should().BeTrue();
        FluentActions.Invoking(() => open.Days).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void The_default_is_empty()
    {
        default(DateRange).Contains(new(1, 1, 1)).Should().BeFalse();
        default(DateRange).Overlaps(new(new(1000, 1, 1))).Should().BeFalse();
    }

    [Theory]
    [InlineData("2026-01-01/2026-02-01", "2026-02-01/2026-03-01", false)]
    [InlineData("2026-01-01/2026-02-02", "2026-02-01/2026-03-01", true)]
    [InlineData("2026-01-01/..", "2027-01-01/2028-01-01", true)]
    [InlineData("2026-01-01/..", "2025-01-01/2026-01-01", false)]
    public void Neighbours_do_not_overlap(string left, string right, bool overlap)
    {
        DateRange.Parse(left).Overlaps(DateRange.Parse(right)).Should().Be(overlap);
        DateRange.Parse(right).Overlaps(DateRange.Parse(left)).Should().Be(overlap);
    }

    [Theory]
    [InlineData("2026-01-01/2027-01-01")]
    [InlineData("2026-01-01/..")]
    [InlineData("1000-01-01/9000-01-01")]
    public void Texts_come_back_as_they_were(string text) => DateRange.Parse(text).ToString().Should().Be(text);

    [Theory]
    [InlineData("2026-01-01/2026-01-01")]
    [InlineData("2026-01-02/2026-01-01")]
    [InlineData("2026-01-01")]
    [InlineData("2026-01-01 2027-01-01")]
    [InlineData("2026-02-30/2027-01-01")]
    [InlineData("../2027-01-01")]
    [InlineData("2026-01-01/xx")]
    [InlineData("0999-12-31/2027-01-01")]
    [InlineData("2026-01-01/9000-01-02")]
    [InlineData("9000-01-01/..")]
    [InlineData("")]
    [InlineData(null)]
    public void Other_texts_are_refused(string? text) => DateRange.TryParse(text, null, out _).Should().BeFalse();

    [Fact]
    public void A_range_ends_after_it_starts() =>
        FluentActions.Invoking(() => new DateRange(March, March)).Should().Throw<ArgumentException>();
}
