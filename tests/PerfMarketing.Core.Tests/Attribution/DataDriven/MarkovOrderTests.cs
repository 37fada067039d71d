using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>How many touches a Markov model should look back on.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The journeys must come out the same each time.")]
public sealed class MarkovOrderTests
{
    private const int Seed = 20_261_122;

    // What follows depends on the last two touches: on A, B comes X, on C, B comes Y; X converts.
    [Fact]
    public void The_order_that_made_the_journeys_is_found()
    {
        MarkovOrder choice = Choose(Made(4_000, "ABCD", static path =>
            path.EndsWith("AB", StringComparison.Ordinal) ? 'X'
            : path.EndsWith("CB", StringComparison.Ordinal) ? 'Y'
            : null));

        choice.Order.Should().Be(2);
        choice.Scores.Select(static s => s.Order).Should().Equal(1, 2, 3, 4);
        choice.Scores[1].HeldOut.Should().BeGreaterThan(choice.Scores[0].HeldOut + 0.05);
        choice.Scores.Select(static s => s.Windows).Should().BeInAscendingOrder();
        choice.Scores.Should().OnlyContain(static s => s.HeldOut < 0 && s.Learnt < 0);
    }

    [Fact]
    public void Touches_that_do_not_depend_on_each_other_need_no_more_than_order_1() =>
        Choose(Made(4_000, "ABCDEF", static _ => null)).Order.Should().Be(1);

    // Learnt: A converts 8 times and is lost 0 times; held out: twice. Three things may follow any window, each
    // counting half more than it was seen: p(A) = 8.5/9.5, p(conversion after A) = 8.5/9.5.
    [Fact]
    public void The_likelihood_is_that_of_the_stated_smoothing()
    {
        MarkovOrder choice = Choose(Toys.Paths("A 10/0"));

        (choice.Learnt, choice.HeldOut).Should().Be((8, 2));
        choice.Scores[0].HeldOut.Should().BeApproximately(Math.Log(8.5 / 9.5), 1e-15);
        choice.Scores[0].Learnt.Should().BeApproximately(Math.Log(8.5 / 9.5), 1e-15);
        choice.Order.Should().Be(1, "all orders are alike");
    }

    [Fact]
    public void What_was_never_seen_is_unlikely_and_not_impossible()
    {
        PathCounts paths = PathCounts.Of(
            [.. Enumerable.Range(0, 40).Select(static i => new PathCount([new($"c{i}")], 1, 0, 0))]);

        Choose(paths).Scores.Should().OnlyContain(static s => double.IsFinite(s.HeldOut));
    }

    [Fact]
    public void One_journey_in_five_is_held_out_whatever_the_order_of_rows()
    {
        PathCounts paths = Made(2_000, "AB", static _ => null);
        PathCounts turned = PathCounts.Of(paths.Paths.Reverse().SelectMany(static p => new[]
        {
            p with { Nulls = 0 }, p with { Conversions = 0, Value = 0 },
        }));

        MarkovOrder choice = Choose(paths);

        Choose(turned).Should().Be(choice);
        ((double)choice.HeldOut / paths.Journeys).Should().BeApproximately(0.2, 0.03);
        (choice.HeldOut + choice.Learnt).Should().Be(paths.Journeys);
    }

    [Theory]
    [InlineData("A 0/9", "model.nothing-converts (journeys: 9)")]
    [InlineData("A 1/0", "model.too-few-journeys (journeys: 1)")]
    public void Where_there_is_nothing_to_choose_by_it_is_refused(string paths, string expected)
    {
        MarkovOrder.TryChoose(Toys.Paths(paths), out MarkovOrder? choice, out Reason? refusal).Should().BeFalse();

        choice.Should().BeNull();
        refusal!.ToString().Should().Be(expected);
    }

    [Fact]
    public void Lost_journeys_may_be_left_out()
    {
        MarkovOrder.TryChoose(
            Toys.Paths("A>B 50/9; B 50/1000"), out MarkovOrder? choice, out _, highest: 2, convertingOnly: true)
            .Should().BeTrue();

        (choice!.Learnt + choice.HeldOut).Should().Be(100);
        choice.Scores.Should().HaveCount(2);
    }

    // A fixed sequence of journeys; what follows is drawn evenly where the rule does not say it.
    private static PathCounts Made(int count, string letters, Func<string, char?> next)
    {
        Random random = new(Seed);
        PathCountsBuilder builder = new();
        for (int i = 0; i < count; i++)
        {
            string path = string.Empty;
            while (path.Length < 8)
            {
                path += next(path) ?? letters[random.Next(letters.Length)];
                if (path[^1] is 'X' or 'Y' || random.Next(8) == 0)
                {
                    break;
                }
            }

            bool converts = path.EndsWith('X') || (!path.EndsWith('Y') && random.Next(2) == 0);
            builder.TryAddText(string.Join('>', path.ToCharArray()), converts ? 1 : 0, converts ? 0 : 1)
                .Should().BeTrue();
        }

        return builder.Build();
    }

    private static MarkovOrder Choose(PathCounts paths)
    {
        MarkovOrder.TryChoose(paths, out MarkovOrder? choice, out _).Should().BeTrue();
        return choice!;
    }
}
