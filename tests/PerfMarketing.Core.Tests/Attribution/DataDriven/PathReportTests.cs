using NodaTime;
using PerfMarketing.Attribution.Paths;

namespace PerfMarketing.Tests.Attribution.DataDriven;

public sealed class PathReportTests
{
    private static readonly PathReport Report =
        PathReport.Of(Toys.Paths("A>B>A>C 2/1=9; B 1/3=4; C>A 0/4; A>A>B 3/2=5; C 1/0"), 2);

    [Fact]
    public void The_paths_with_the_most_conversions_come_first()
    {
        Report.TopPaths.Select(static p => (string.Concat(p.Path), p.Conversions, p.Value))
            .Should().Equal(("AAB", 3, 5), ("ABAC", 2, 9));
        Report.ConvertingPaths.Should().Be(4);
    }

    [Fact]
    public void A_channel_introduces_assists_and_closes() =>
        Report.Roles.Should().Equal(
            new ChannelRole(new("A"), Introduced: 5, Assisted: 5, Closed: 0, Involved: 5),
            new ChannelRole(new("B"), Introduced: 1, Assisted: 2, Closed: 4, Involved: 6),
            new ChannelRole(new("C"), Introduced: 1, Assisted: 0, Closed: 3, Involved: 3));

    [Fact]
    public void The_assist_ratio_is_of_assists_to_closes()
    {
        Report.Roles[0].AssistRatio.Should().BeNull();
        Report.Roles[1].AssistRatio.Should().Be(new PerfMarketing.Primitives.Ratio(1, 2));
    }

    [Fact]
    public void First_and_last_overlap_where_they_are_the_same() =>
        Report.FirstAndLast.Select(static p => $"{p.First}{p.Last} {p.Conversions}")
            .Should().Equal("AB 3", "AC 2", "BB 1", "CC 1");

    [Fact]
    public void Lengths_count_conversions() =>
        Report.Lengths.Should().Equal(new PathLength(1, 2, 4), new PathLength(3, 3, 5), new PathLength(4, 2, 9));

    [Fact]
    public void Lags_count_whole_days_of_what_was_counted()
    {
        Instant first = Instant.FromUtc(2026, 3, 1, 12, 0);
        TimeLagTally lags = new();

        lags.Add(first, first + Duration.FromHours(47), 2);
        lags.Add(first, first + Duration.FromHours(25), 1);
        lags.Add(first, first, 4);
        lags.Add(first, first + Duration.FromDays(9), 0);

        lags.ToLags().Should().Equal(new TimeLag(0, 4), new TimeLag(1, 3));
        FluentActions.Invoking(() => lags.Add(first, first, -1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => lags.Add(first, first - Duration.Epsilon, 1))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void What_enters_a_channel_leaves_it()
    {
        foreach (ChannelRole role in Report.Roles)
        {
            Report.Moves.Where(m => m.To == role.Channel).Sum(static m => m.Count)
                .Should().Be(Report.Moves.Where(m => m.From == role.Channel).Sum(static m => m.Count));
        }

        Report.Moves.Where(static m => m.Kind == ChannelMoveKind.Conversion).Sum(static m => m.Count).Should().Be(7);
        Report.Moves.Where(static m => m.Kind == ChannelMoveKind.End).Sum(static m => m.Count).Should().Be(10);
    }
}
