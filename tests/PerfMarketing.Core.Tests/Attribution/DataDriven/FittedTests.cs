using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Attribution.DataDriven;

public sealed class FittedTests
{
    private static readonly PathCounts Paths = Toys.Paths("mail>ads 2/1; ads 1/3; seo>mail 1/4; seo 0/2");

    [Fact]
    public void Weights_are_removal_effects_in_millionths_of_a_millionth()
    {
        MarkovModel fit = Toys.Markov(Paths, 1);

        FittedModel model = FittedModel.Of("spring", 3, fit, Paths.Digest);

        model.Weights.Select(static w => w.Channel.Value).Should().Equal("ads", "mail", "seo");
        foreach ((FittedWeight weight, RemovalEffect effect) in model.Weights.Zip(fit.Effects))
        {
            weight.Weight.Should().BeInRange(
                (long)(effect.Removal * 1e12) - 1, (long)(effect.Removal * 1e12) + 1);
        }

        model.Counts.Should().Be(Paths.Digest);
        model.Digest.Should().NotBe((model with { Version = 4 }).Digest);
    }

    [Fact]
    public void The_channels_of_a_journey_share_by_their_weights()
    {
        Fitted rule = Rule(("ads", 3), ("mail", 1));

        AttributionDecision decision = Assign(rule, "mail", "ads", "ads", "seo");

        decision.Touches.Where(static t => t.Weight > 0).Select(static t => t.Weight).Should()
            .Equal(21_333_333_333_312, 31_999_999_999_968, 31_999_999_999_968);
        decision.Total.Should().Be(4 * 21_333_333_333_312);
    }

    [Fact]
    public void Small_weights_are_shared_evenly_by_any_number_of_touches()
    {
        AttributionDecision decision =
            Assign(Rule(("a", 1), ("b", 1)), [.. Enumerable.Repeat("a", 129), "b"]);

        // 64 · 10^12 / 129.
        decision.Touches.GroupBy(static t => t.Weight).Select(static same => (same.Key, same.Count()))
            .Should().BeEquivalentTo([(496_124_031_008, 129), (64 * FittedModel.WeightMax, 1)]);
    }

    [Fact]
    public void The_most_channels_of_the_greatest_weight_stay_within_64_bits()
    {
        string[] channels = [.. Enumerable.Range(0, Attributor.TouchCountMax).Select(static i => $"c{i:D5}")];
        Fitted rule = Rule([.. channels.Take(65_535).Select(static c => (c, FittedModel.WeightMax))]);

        Assign(rule, channels).Total.Should().Be(65_535 * 64 * FittedModel.WeightMax);
    }

    [Fact]
    public void A_chain_of_converting_journeys_is_recorded_as_such()
    {
        ChainCounts counts = ChainCounts.Of(Paths, 2, convertingOnly: true);
        TermFailures failures = [];
        ChainCounts read = TermReader.Read(TermNode.Of(counts), failures, ChainCounts.Read)!;

        failures.Should().BeEmpty();
        read.Should().Be(counts);
        read.Merge(counts).IsConvertingOnly.Should().BeTrue();
        MarkovModel.TryFit(read, out MarkovModel? fit, out _).Should().BeTrue();
        FittedModel.Of("spring", 1, fit!, counts.Digest).Method.ToString().Should().Be("markov-converting:2");
        FluentActions.Invoking(() => counts.Merge(ChainCounts.Of(Paths, 2))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_journey_of_unknown_channels_credits_nobody()
    {
        AttributionDecision decision = Assign(Rule(("ads", 3), ("mail", 0)), "seo", "mail");

        decision.IsCredited.Should().BeFalse();
        decision.Reason!.ToString().Should().Be("attribution.no-channel-weighs (model: spring, version: 1)");
    }

    [Fact]
    public void The_rule_with_its_model_comes_back_from_its_terms()
    {
        Fitted rule = Rule(("ads", 3), ("mail", 1)) with { Lookback = Duration.FromDays(30) };
        TermFailures failures = [];

        AttributionRule? read = TermReader.Read(TermNode.Of(rule), failures, AttributionRuleCatalog.Default.Read);

        failures.Should().BeEmpty();
        read.Should().Be(rule);
        AttributionRuleCatalog.Default.Validate(rule, "Attribution").Should().BeEmpty();
        JsonText.Write(TermNode.Of(rule)).Should().StartWith("""{"rule":"fitted","model":{"name":"spring","method":""");
    }

    [Theory]
    [InlineData("twice", "attribution.model-not-sorted", "ads", 1, "ads", 1)]
    [InlineData("not in order", "attribution.model-not-sorted", "mail", 1, "ads", 1)]
    [InlineData("negative", "attribution.model-weight-out-of-range", "ads", -1, "mail", 1)]
    [InlineData("too heavy", "attribution.model-weight-out-of-range", "ads", 1_000_000_000_001, "mail", 1)]
    [InlineData("nothing", "attribution.model-weighs-nothing", "ads", 0, "mail", 0)]
    public void What_makes_no_sense_is_named(
        string reason, string code, string first, long one, string second, long two) =>
        AttributionRuleCatalog.Default.Validate(Rule((first, one), (second, two)), "Attribution")
            .Select(static f => f.ErrorCode).Should().Equal([code], reason);

    [Fact]
    public void A_Shapley_value_pays_like_a_chain()
    {
        FittedModel model = FittedModel.Of("coverage", 1, Toys.Shapley(Paths, ShapleyGame.Coverage), Paths.Digest);

        // 2, 1.5 and 0.5 conversions; the heaviest weighs most.
        model.Weights.Select(static w => w.Weight)
            .Should().Equal(FittedModel.WeightMax, FittedModel.WeightMax * 3 / 4, FittedModel.WeightMax / 4);
        model.Method.ToString().Should().Be("shapley");
    }

    private static Fitted Rule(params (string Channel, long Weight)[] weights) => new(new FittedModel
    {
        Name = "spring",
        Version = 1,
        Method = PathModel.Parse("markov:1"),
        Counts = Paths.Digest,
        Weights = [.. weights.Select(static w => new FittedWeight(new(w.Channel), w.Weight))],
    });

    private static AttributionDecision Assign(AttributionRule rule, params string[] channels) => Attributor.Assign(
        rule,
        [.. channels.Select(static (channel, i) =>
            Journeys.Touch($"t{i}", "p", Math.Min(i, 23)) with { Channel = new(channel) })],
        Journeys.Conversion(24));
}
