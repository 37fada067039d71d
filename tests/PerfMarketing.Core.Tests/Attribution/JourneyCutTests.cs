using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;

namespace PerfMarketing.Tests.Attribution;

public sealed class JourneyCutTests
{
    private static readonly Linear Cutting = new() { CutAtConversion = true };

    // A log where every row is a touch and a conversion closes the journey: rows 1, 2*, 3, 4*, 5 (* converts), all at hour 0.
    private static readonly JourneyTouch[] Rows =
        [.. Enumerable.Range(1, 5).Select(static row => Journeys.Touch($"r{row}", "a", 0, row))];

    [Theory]
    [InlineData("the first conversion of an instant", 2L, null, "r1:+ r2:+ r3:after-conversion r4:after-conversion r5:after-conversion")]
    [InlineData("the second one", 4L, 2L, "r1:before-cut r2:before-cut r3:+ r4:+ r5:after-conversion")]
    [InlineData("two conversions in a row: its own touch counts", 3L, 2L, "r1:before-cut r2:before-cut r3:+ r4:after-conversion r5:after-conversion")]
    [InlineData("a conversion without a sequence comes after its instant", null, 2L, "r1:before-cut r2:before-cut r3:+ r4:+ r5:+")]
    public void Rows_of_one_instant_belong_to_one_conversion_each(string reason, long? sequence, long? previous, string fates)
    {
        ConversionPoint conversion = Journeys.Conversion(0) with
        {
            Sequence = sequence,
            Previous = previous is { } cut ? new JourneyCut(Journeys.Start, cut) : null,
        };

        Journeys.Assign(Cutting, Rows, conversion).Fates().Should().Be(fates, reason);
    }

    [Fact]
    public void Without_sequences_all_touches_of_an_instant_belong_to_its_first_outcome()
    {
        ConversionPoint conversion = Journeys.Conversion(0) with { Previous = new(Journeys.Start) };

        Journeys.Assign(Cutting, Rows, conversion).IsCredited.Should().BeFalse();
    }

    [Fact]
    public void Without_cutting_all_touches_of_the_instant_count_for_each_conversion()
    {
        ConversionPoint conversion = Journeys.Conversion(0) with { Sequence = 2, Previous = new(Journeys.Start, 1) };

        Journeys.Assign(new Linear(), Rows, conversion).Total.Should().Be(5);
    }

    [Fact]
    public void Only_touches_after_the_previous_outcome_count()
    {
        ConversionPoint conversion = Journeys.Conversion(9) with { Previous = new(Journeys.Hour(1), 0) };

        Journeys.Assign(Cutting, Journeys.Hourly("abcd"), conversion).Fates()
            .Should().Be("t0:before-cut t1:before-cut t2:+ t3:+");
    }
}
