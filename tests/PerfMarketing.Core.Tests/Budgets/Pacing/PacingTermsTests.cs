using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Budgets.Pacing;

public sealed class PacingTermsTests
{
    private static readonly PacingTerms Full = new()
    {
        Mode = PacingMode.Custom,
        Ahead = Percentage.FromPercent(35),
        Points =
        [
            new(Percentage.FromPercent(10), Percentage.FromPercent(40)),
            new(Percentage.FromPercent(60), Percentage.FromPercent(80)),
        ],
        Burst = 3,
        FinishEarly = Percentage.FromPercent(5),
        ByIdentity = true,
        TargetReturn = 4.5m,
    };

    [Fact]
    public void Terms_are_read_as_they_were_written()
    {
        Again(Full, PacingTerms.Read).Should().Be(Full);
        Again(new PacingTerms(), PacingTerms.Read).Should().Be(new PacingTerms());
    }

    [Fact]
    public void Terms_that_make_no_sense_are_all_named()
    {
        PacingTerms wrong = new()
        {
            Mode = PacingMode.Learned,
            Ahead = Percentage.FromPercent(401),
            Points = Full.Points,
            Burst = 0,
            FinishEarly = Percentage.FromPercent(51),
            TargetReturn = 0,
        };

        new PacingTermsValidator().Validate(wrong).Errors.Select(static e => e.ErrorCode).Should().BeEquivalentTo(
            PacingCodes.PointsInvalid,
            PacingCodes.AheadInvalid,
            PacingCodes.BurstInvalid,
            PacingCodes.FinishEarlyInvalid,
            PacingCodes.TargetReturnInvalid);
        new PacingTermsValidator().Validate(Full with { TargetReturn = null }).IsValid.Should().BeTrue();
    }

    [Theory]
    [InlineData(50, 10, 50, 20)]
    [InlineData(60, 10, 50, 20)]
    [InlineData(50, 30, 60, 20)]
    [InlineData(0, 10, 60, 20)]
    [InlineData(50, 10, 100, 100)]
    public void Points_rise(int x1, int y1, int x2, int y2)
    {
        PacingTerms wrong = new()
        {
            Mode = PacingMode.Custom,
            Points =
            [
                new(Percentage.FromPercent(x1), Percentage.FromPercent(y1)),
                new(Percentage.FromPercent(x2), Percentage.FromPercent(y2)),
            ],
        };
        new PacingTermsValidator().Validate(wrong).IsValid.Should().BeFalse();
    }

    [Theory]
    [InlineData("""{ "format": 1, "seen": "-1" }""")]
    [InlineData("""{ "format": 1, "cost": "NaN" }""")]
    [InlineData("""{ "format": 1, "values": ["1", "2"] }""")]
    [InlineData("""{ "format": 1, "freshRequests": 9223372036854775807 }""")]
    [InlineData("""{ "format": 1, "usedThen": -9223372036854775808 }""")]
    [InlineData("""{ "format": 2 }""")]
    public void A_state_that_makes_no_sense_is_refused(string json)
    {
        TermFailures failures = [];
        TermJson.TryParse(json, PacerState.Read, failures, out _).Should().BeFalse();
        failures.Should().NotBeEmpty();
    }

    internal static T Again<T>(T terms, Func<TermReader, T> read)
        where T : class, ITerms
    {
        TermFailures failures = [];
        TermReader.Read(TermNode.Of(terms), failures, read).Should().NotBeNull();
        failures.Should().BeEmpty();
        return TermReader.Read(TermNode.Of(terms), failures, read)!;
    }
}
