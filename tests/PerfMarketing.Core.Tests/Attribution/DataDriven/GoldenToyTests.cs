using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>Small sets of journeys whose results are known as fractions.</summary>
public sealed class GoldenToyTests
{
    private const double Tight = 1e-14;

    private static readonly PathCounts Three = Toys.Paths("C1>C2>C3 1/0; C1 0/1; C2>C3 0/1");

    private static readonly PathCounts Loops =
        Toys.Paths("A>B>A>C 2/1; B 1/3; C>A 0/4; A>A>B 3/2; C 1/0");

    [Fact]
    public void Three_channels_have_the_removal_effects_of_the_fractions()
    {
        MarkovModel model = Toys.Markov(Three, 1);

        model.ConversionProbability.Should().Be(1 / 3.0);
        model.Removals().ShouldBeNear(Tight, 0.5, 1, 1);
        model.Credits().ShouldBeNear(Tight, 0.2, 0.4, 0.4);
    }

    [Theory]
    [InlineData(1, 13 / 24.0, 17 / 28.0, 149 / 273.0)]
    [InlineData(2, 5 / 7.0, 6 / 7.0, 3 / 7.0)]
    [InlineData(3, 5 / 7.0, 6 / 7.0, 3 / 7.0)]
    [InlineData(8, 5 / 7.0, 6 / 7.0, 3 / 7.0)]
    public void Loops_have_the_removal_effects_of_the_fractions(int order, double a, double b, double c)
    {
        MarkovModel model = Toys.Markov(Loops, order);

        model.ConversionProbability.Should().Be(7 / 17.0);
        model.Removals().ShouldBeNear(Tight, a, b, c);
        model.ResidualBound.Should().BeLessThan(1e-14);
    }

    [Fact]
    public void Coverage_has_the_credits_of_the_fractions() =>
        Toys.Shapley(Loops, ShapleyGame.Coverage).Credits().ShouldBeNear(Tight, 13 / 6.0, 19 / 6.0, 5 / 3.0);

    [Fact]
    public void Nothing_is_fitted_when_nothing_converts()
    {
        PathCounts none = Toys.Paths("A>B 0/3; B 0/1");

        MarkovModel.TryFit(none, 1, out _, out Reason? markov).Should().BeFalse();
        ShapleyModel.TryFit(none, ShapleyGame.Coverage, out _, out Reason? shapley).Should().BeFalse();

        markov!.ToString().Should().Be("model.nothing-converts (journeys: 4)");
        shapley.Should().Be(markov);
    }

    [Fact]
    public void Skipping_a_channel_loses_what_comes_directly_out_of_it()
    {
        MarkovOptions skip = new() { Removal = RemovalMode.Skip };

        // Of seven conversions two end with C, four with B, one with C alone; no other way out is lost.
        Toys.Markov(Loops, 1, skip).Removals().ShouldBeNear(Tight, 0, 4 / 7.0, 3 / 7.0);

        // With windows as long as the longest path it is who took part.
        Toys.Markov(Loops, 4, skip).Removals().ShouldBeNear(Tight, 5 / 7.0, 6 / 7.0, 3 / 7.0);
    }

    [Fact]
    public void Groups_are_removed_together()
    {
        MarkovOptions options = new() { Groups = [new("a and b", [new("A"), new("B")])] };

        MarkovModel model = Toys.Markov(Loops, 2, options);

        model.Effects.Select(static e => e.Name).Should().Equal("C", "a and b");

        // Without A and B only the lone C converts.
        model.Removals().ShouldBeNear(Tight, 3 / 7.0, 6 / 7.0);
    }

    [Fact]
    public void Converting_journeys_alone_are_a_model_of_their_own()
    {
        MarkovModel.TryFit(ChainCounts.Of(Loops, 1, convertingOnly: true), out MarkovModel? model, out _)
            .Should().BeTrue();

        model!.ConversionProbability.Should().Be(1);
    }

    [Fact]
    public void Rate_games_share_out_what_they_are_worth()
    {
        // v(A) = 1/2, v(B) = 0, v(AB) = 3/5: A gets 11/20, B 1/20.
        PathCounts paths = Toys.Paths("A 1/1; A>B 2/0; B 0/1");

        ShapleyModel subset = Toys.Shapley(paths, ShapleyGame.SubsetRate);
        subset.Worths.Select(static w => w.Worth).ShouldBeNear(Tight, 11 / 20.0, 1 / 20.0);
        subset.Credits().ShouldBeNear(Tight, 33 / 12.0, 3 / 12.0);
        subset.IsUnstable.Should().BeTrue();

        // {A}: its own conversion. {A, B}: v(A) = 1/2, v(B) = 0, v(AB) = 1, so 3/4 and 1/4 of two conversions.
        Toys.Shapley(paths, ShapleyGame.ExactSetRate).Credits().ShouldBeNear(Tight, 2.5, 0.5);

        // A: 3/4 + (1 − 3/4 − 2/3)/2 = 13/24; B: 2/3 + (1 − 3/4 − 2/3)/2 = 11/24.
        Toys.Shapley(paths, ShapleyGame.ShaoLi).Worths.Select(static w => w.Worth)
            .ShouldBeNear(Tight, 13 / 24.0, 11 / 24.0);
    }

    [Fact]
    public void The_Markov_game_is_worth_the_probability_of_converting()
    {
        // Only A: 4/5 begin there and 1/4 of them convert, 1/5. Only B: 1/5 begin and 2/3 convert, 2/15. Both: 3/5.
        PathCounts paths = Toys.Paths("A 1/1; A>B 2/0; B 0/1");

        Toys.Shapley(paths, ShapleyGame.Markov).Worths.Select(static w => w.Worth)
            .ShouldBeNear(Tight, 1 / 3.0, 4 / 15.0);
    }
}
