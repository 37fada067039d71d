using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;

namespace PerfMarketing.Tests.Attribution;

public sealed class TimeDecayTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_260_302, 1);

    // https://webmasterid.com/attribution-models/decay-half-life: 1, 0.5 and 0.25 at 0, 7 and 14 days.
    [Theory]
    [InlineData("decay-7d", 7, "a 1/7, b 2/7, c 4/7")]
    [InlineData("two half-lives apart", 14, "a 1/21, b 4/21, c 16/21")]
    public void A_touch_loses_half_in_a_half_life(string id, int days, string expected)
    {
        int hours = days * 24;
        JourneyTouch[] touches =
            [Journeys.Touch("t0", "a", 0), Journeys.Touch("t1", "b", hours), Journeys.Touch("t2", "c", 2 * hours)];

        Journeys.Assign(new TimeDecay(), touches, Journeys.Conversion(2 * hours)).Text().Should().Be(expected, id);
    }

    [Fact]
    public void Age_counts_from_the_newest_touch_not_from_the_conversion()
    {
        JourneyTouch[] touches = [Journeys.Touch("t0", "a", 0), Journeys.Touch("t1", "b", 7 * 24)];

        Journeys.Assign(new TimeDecay(), touches, Journeys.Conversion(1_000)).Text().Should().Be("a 1/3, b 2/3");
    }

    [Fact]
    public void One_touch_gets_everything_however_old() =>
        Journeys.Assign(new TimeDecay(Duration.FromSeconds(1)), Journeys.Hourly("a"), Journeys.Conversion(80_000))
            .Text().Should().Be("a 1/1");

    [Fact]
    public void A_touch_older_than_47_half_lives_gets_nothing()
    {
        JourneyTouch[] touches = [Journeys.Touch("t0", "a", 0), Journeys.Touch("t1", "b", 47)];

        AttributionDecision decision =
            Journeys.Assign(new TimeDecay(Duration.FromHours(1)), touches, Journeys.Conversion(47));

        decision.Text().Should().Be("b 1/1");
        decision.Fates().Should().Be("t0:not-chosen t1:+");
    }

    [Fact]
    public void Ages_of_thousands_of_years_are_weighed()
    {
        JourneyTouch[] touches =
        [
            Journeys.Touch("t0", "a", 0) with { At = Instant.MinValue, RecordedAt = default },
            Journeys.Touch("t1", "b", 1) with { At = Instant.MaxValue, RecordedAt = default },
        ];
        ConversionPoint conversion = new() { At = Instant.MaxValue, KnownAt = Instant.MaxValue };

        Journeys.Assign(new TimeDecay(Duration.FromDays(36_525)), touches, conversion).Text().Should().StartWith("b ");
    }

    [Fact]
    public void Shares_agree_with_the_reference_to_1e_9() => Prop.ForAll(
        Gen.Choose(0, 90 * 86_400).ListOf().Where(static ages => ages.Count > 0).ToArbitrary(),
        Gen.Choose(1, 60 * 86_400).ToArbitrary(),
        static (ages, halfLife) => WorstError([.. ages], halfLife) is var worst && worst.Numerator * 1_000_000_000
            <= worst.Denominator).Check(Seeded);

    [Theory]
    [InlineData("50 touches, stated 4e-13", 50, 2_500_000_000_000)]
    [InlineData("5,000 touches, stated 4e-11", 5_000, 25_000_000_000)]
    public void The_error_is_within_the_stated_bound(string reason, int count, long inverse)
    {
        (BigInteger numerator, BigInteger denominator) =
            WorstError([.. Enumerable.Range(0, count).Select(static i => (int)(i * 7_919L % 2_592_000))], 604_800);

        (numerator * inverse <= denominator).Should().BeTrue(reason);
    }

    [Fact]
    public void A_half_life_of_zero_is_named_and_never_used()
    {
        TimeDecay rule = new(Duration.Zero);

        AttributionRuleCatalog.Default.Validate(rule, "Rule").Should().ContainSingle()
            .Which.Should().Match<FluentValidation.Results.ValidationFailure>(static f =>
                f.ErrorCode == "attribution.half-life-not-positive" && f.PropertyName == "Rule.HalfLife");
        Action use = () => Journeys.Assign(rule, Journeys.Hourly("ab"), Journeys.Conversion(9));
        use.Should().Throw<InvalidOperationException>();
    }

    // The greatest difference of a touch's share from the exact one, as a fraction.
    private static (BigInteger Numerator, BigInteger Denominator) WorstError(int[] ages, int halfLife)
    {
        JourneyTouch[] touches = [.. ages.Select(static (age, i) => Journeys.Touch($"t{i}", "p", 0) with
        {
            At = Journeys.Start - Duration.FromSeconds(age),
        })];
        AttributionDecision decision = Journeys.Assign(
            new TimeDecay(Duration.FromSeconds(halfLife)), touches, Journeys.Conversion(0));

        int[] oldestFirst = [.. ages.OrderDescending()];
        BigInteger[] exact = [.. oldestFirst.Select(age => HalvingReference.Of(age - oldestFirst[^1], halfLife))];
        BigInteger sum = exact.Aggregate(BigInteger.Add);
        BigInteger worst = exact
            .Select((e, i) => BigInteger.Abs((decision.Touches[i].Weight * sum) - (e * decision.Total))).Max();
        return (worst, sum * decision.Total);
    }
}
