using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;

namespace PerfMarketing.Tests.Attribution;

public sealed class JourneyCutTests
{
    private static readonly Linear Cutting = new() { CutAtConversion = true };

    // A log where every row is a touch and a conversion closes the journey: five rows of one instant.
    private static readonly JourneyTouch[] Rows =
        [.. Enumerable.Range(1, 5).Select(static row => Journeys.Touch($"r{row}", "a", 0, row))];

    [Theory]
    [InlineData("the first conversion", 2L, null, "+ + after-conversion after-conversion after-conversion")]
    [InlineData("the second one", 4L, 2L, "before-cut before-cut + + after-conversion")]
    [InlineData("its own touch counts", 3L, 2L, "before-cut before-cut + after-conversion after-conversion")]
    [InlineData("without a sequence it comes after its instant", null, 2L, "before-cut before-cut + + +")]
    public void Rows_of_one_instant_belong_to_one_conversion_each(
        string reason, long? sequence, long? previous, string fates)
    {
        ConversionPoint conversion = Journeys.Conversion(0) with
        {
            Sequence = sequence,
            Previous = previous is { } cut ? new JourneyCut(Journeys.Start, cut) : null,
        };

        string rows = string.Join(" ", fates.Split(' ').Select(static (fate, i) => $"r{i + 1}:{fate}"));
        Journeys.Assign(Cutting, Rows, conversion).Fates().Should().Be(rows, reason);
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
