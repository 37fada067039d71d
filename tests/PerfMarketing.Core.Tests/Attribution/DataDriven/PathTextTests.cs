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
