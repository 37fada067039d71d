using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Attribution.DataDriven;

namespace PerfMarketing.Tests.Attribution.DataDriven;

public sealed class PathTextTests
{
    private static readonly string[] Parts =
        [" ", " ", ">", ">", " > ", "a", "b", "mail", "eightlet", "ninelette", "paid search", "\u00e9", "\u00a0", "7"];

    [Fact]
    public void A_path_is_cut_at_its_separators_whatever_its_names_look_like() => Prop.ForAll(
        Gen.Elements(Parts).ListOf().Select(static parts => string.Concat(parts)).ToArbitrary(),
        static text =>
        {
            PathCountsBuilder builder = new();
            string[] names = [.. text.Split('>').Select(static n => n.Trim()).Where(static n => n.Length > 0)];

            if (names.Any(static n => n.Length > 64 || !n.All(static c => c is >= ' ' and <= '~')))
            {
                return Throws(() => builder.TryAddText(text, 1, 0)) && !builder.Build().Paths.Any();
            }

            bool isPath = builder.TryAddText(text, 1, 0);

            return isPath == (names.Length > 0)
                && (!isPath || builder.Build().Paths.Single().Path.Select(static c => c.Value).SequenceEqual(names));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Many_short_names_are_told_apart()
    {
        string[] names = [.. Enumerable.Range(0, 5_000).Select(static i => $"c{i * 7}")];
        PathCountsBuilder builder = new();

        builder.TryAddText(string.Join('>', names.Concat(names)), 1, 0);

        builder.Build().Paths.Single().Path.Select(static c => c.Value).Should().Equal(names.Concat(names));
    }

    [Fact]
    public void What_is_left_of_a_longer_path_is_not_read()
    {
        PathCountsBuilder builder = new();

        for (int length = 200; length > 0; length--)
        {
            string[] names =
                [.. Enumerable.Range(0, length).Select(static i => new string((char)('a' + (i % 20)), 1 + (i % 9)))];
            builder.TryAddText(string.Join(length % 2 == 0 ? ">" : " > ", names), 1, 0).Should().BeTrue();
        }

        builder.Build().Paths.Should().HaveCount(200).And.OnlyContain(static path =>
            path.Path.Select(static (channel, i) => channel.Value.Length - (i % 9)).All(static rest => rest == 1));
    }

    [Fact]
    public void A_name_with_a_character_of_zero_is_not_the_name_without_it()
    {
        PathCountsBuilder builder = new();
        builder.TryAddText("a > b", 1, 0);

        Throws(() => builder.TryAddText("a\0 > b", 1, 0)).Should().BeTrue();
    }

    [Fact]
    public void A_builder_that_goes_on_changes_nothing_that_was_built()
    {
        PathCountsBuilder builder = new();
        builder.TryAddText("a > b", 1, 0, 2);
        PathCounts first = builder.Build();
        PathCounts same = PathCounts.Of(first.Paths);

        builder.TryAddText("c > a", 3, 1, 5);

        first.Should().Be(same);
        ModelComparison.Of(first, [PathModel.Parse("linear"), PathModel.Parse("shapley-rate")]).Should()
            .Be(ModelComparison.Of(same, [PathModel.Parse("linear"), PathModel.Parse("shapley-rate")]));
        builder.Build().Journeys.Should().Be(5);
    }

    private static bool Throws(Action add)
    {
        try
        {
            add();
            return false;
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
