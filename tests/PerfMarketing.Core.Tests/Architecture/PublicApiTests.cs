using System.Text;

namespace PerfMarketing.Tests.Architecture;

/// <summary>What the packages offer is kept as text, one file per namespace, so that a change of it is seen.</summary>
public sealed class PublicApiTests
{
    private const string Folder = "tests/PerfMarketing.Core.Tests/PublicApi";

    [Fact]
    public void The_public_API_is_the_one_that_is_kept()
    {
        Dictionary<string, string> listings = Listings();
        IEnumerable<string> differences = listings.Select(static l =>
            Golden.Compare($"{Folder}/{l.Key}.golden.txt", l.Value))
            .OfType<string>();

        differences.ShouldBeNone();
    }

    [Fact]
    public void Every_kept_listing_has_its_namespace()
    {
        HashSet<string> names = [.. Listings().Keys];
        List<string> stale = [.. SourceTree.Files("*.golden.txt", Folder).Select(static f => f.Path)
            .Where(path => !names.Contains(Path.GetFileName(path)
                .Replace(".golden.txt", string.Empty, StringComparison.Ordinal)))];
        if (Golden.Updates)
        {
            stale.ForEach(static path => File.Delete(Path.Combine(SourceTree.Root, path)));
            stale.Clear();
        }

        stale.ShouldBeNone();
    }

    private static Dictionary<string, string> Listings() => Assemblies.Core.GetExportedTypes()
        .Concat(Assemblies.Testing.GetExportedTypes())
        .Where(static t => !t.IsNested)
        .GroupBy(static t => t.Namespace!, StringComparer.Ordinal)
        .ToDictionary(static g => g.Key, static g => Listing(g.Key, g), StringComparer.Ordinal);

    private static string Listing(string name, IEnumerable<Type> types)
    {
        StringBuilder text = new StringBuilder("namespace ").Append(name).Append('\n');
        foreach (Type type in types.OrderBy(static t => t.FullName, StringComparer.Ordinal))
        {
            text.Append('\n');
            PublicApiListing.Write(type, text, string.Empty);
        }

        return text.ToString();
    }
}
