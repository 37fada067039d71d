using NodaTime;
using PerfMarketing.Attribution.Paths;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>Reports on the paths of each segment.</summary>
public sealed class SegmentTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    [Fact]
    public void Each_value_of_a_fact_is_a_segment_and_the_unknown_is_the_rest()
    {
        SegmentTallies tallies = SegmentTallies.ByFact("device");
        Add(tallies, "phone", "AB", 2, 0);
        Add(tallies, null, "A", 1, 0);
        Add(tallies, "phone", "B", 1, 3);
        Add(tallies, "desk", "BA", 0, 1);

        SegmentReport[] reports = [.. tallies.ToReports(1)];

        reports.Select(static r => $"{r.Segment} {r.Counts.Conversions}/{r.Counts.Journeys}")
            .Should().Equal("desk 0/1", "phone 3/6", "(rest) 1/1");
        reports[1].Paths.TopPaths.Select(static p => string.Concat(p.Path)).Should().Equal("AB");
        reports[1].Paths.Roles.Should().Equal(
            new ChannelRole(new("A"), Introduced: 2, Assisted: 2, Closed: 0, Involved: 2),
            new ChannelRole(new("B"), Introduced: 1, Assisted: 0, Closed: 3, Involved: 3));
        reports[1].Lags.Should().Equal(new TimeLag(3, 3));
        reports[0].Paths.Moves.Should().Contain(new ChannelMove(ChannelMoveKind.End, new("A"), default, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_rest_has_a_place_of_its_own_whenever_it_comes(bool isFirst)
    {
        SegmentTallies tallies = SegmentTallies.ByFact("device");
        if (isFirst)
        {
            Add(tallies, null, "A", 1, 0);
        }

        for (int i = 1; i < SegmentTallies.SegmentCountMax; i++)
        {
            Add(tallies, $"d{i}", "A", 1, 0);
        }

        if (!isFirst)
        {
            Add(tallies, null, "A", 1, 0);
        }

        Action more = () => Add(tallies, "one-more", "A", 1, 0);
        more.Should().Throw<InvalidOperationException>();
        tallies.ToReports(0).Should().HaveCount(SegmentTallies.SegmentCountMax);
    }

    [Fact]
    public void Conditions_are_asked_in_their_order()
    {
        SegmentTallies tallies = SegmentTallies.ByCondition(
            DateTimeZone.Utc,
            ("mobile", When.Fact(Facts.Device).IsIn("phone", "tablet")),
            ("never", When.Fact(Facts.Device).Is("tv")),
            ("known", When.Fact(Facts.Device).IsKnown));
        Add(tallies, "tablet", "A", 1, 0);
        Add(tallies, "desk", "B", 1, 0);
        Add(tallies, null, "C", 0, 1);

        tallies.ToReports(0).Select(static r => $"{r.Segment} {r.Counts.Journeys}")
            .Should().Equal("mobile 1", "never 0", "known 1", "(rest) 1");
    }

    [Fact]
    public void The_segments_add_up_to_all_journeys()
    {
        SegmentTallies tallies = SegmentTallies.ByFact("device");
        for (int i = 0; i < 60; i++)
        {
            Add(tallies, i % 4 == 3 ? null : $"d{i % 4}", i % 2 == 0 ? "AB" : "CA", i % 5, i % 3);
        }

        PathReport all = PathReport.Of(
            tallies.ToReports(0).Select(static r => r.Counts).Aggregate(static (sum, part) => sum.Merge(part)), 0);

        foreach (ChannelRole role in all.Roles)
        {
            tallies.ToReports(0).SelectMany(static r => r.Paths.Roles).Where(r => r.Channel == role.Channel)
                .Sum(static r => r.Assisted).Should().Be(role.Assisted);
        }
    }

    [Fact]
    public void What_has_too_many_values_is_no_segment()
    {
        SegmentTallies tallies = SegmentTallies.ByFact("device");
        for (int i = 0; i < SegmentTallies.SegmentCountMax - 1; i++)
        {
            Add(tallies, $"d{i}", "A", 1, 0);
        }

        Add(tallies, null, "A", 1, 0);
        FluentActions.Invoking(() => Add(tallies, "one more", "A", 1, 0)).Should().Throw<InvalidOperationException>();
        tallies.ToReports(0).Should().HaveCount(SegmentTallies.SegmentCountMax);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a", "")]
    [InlineData("a", "(rest)")]
    public void Segments_have_names_of_their_own(string one, string other)
    {
        Condition known = When.Fact(Facts.Device).IsKnown;

        FluentActions.Invoking(() => SegmentTallies.ByCondition(DateTimeZone.Utc, (one, known), (other, known)))
            .Should().Throw<ArgumentException>();
    }

    private static void Add(SegmentTallies tallies, string? device, string path, long converted, long lost)
    {
        FactSet facts = device is null ? FactSet.Empty : FactSet.Create(Facts.Device.Of(device));
        SegmentTally tally = tallies.Of(facts, Noon);
        tally.Paths.Add([.. path.Select(static c => new ChannelId(c.ToString()))], converted, lost);
        if (converted > 0)
        {
            tally.Lags.Add(Noon - Duration.FromDays(3), Noon, converted);
        }
    }
}
