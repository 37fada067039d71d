using System.Text.RegularExpressions;

namespace PerfMarketing.Tests.Architecture;

/// <summary>The code in the pages is code that tests run, and their links lead somewhere.</summary>
public sealed partial class DocsTests
{
    private const string Snippets = "tests/PerfMarketing.Core.Scenarios/Snippets";

    [Fact]
    public void Code_in_the_pages_is_a_tested_region()
    {
        HashSet<string> regions = [.. SourceTree.Files("*.cs", Snippets).SelectMany(Regions)];
        IEnumerable<string> untested =
            from page in Pages()
            from fence in Fences(page)
            where !regions.Contains(fence.Code)
            select $"{page.Path}({fence.Line}): {fence.Code.Split('\n')[0]}";

        untested.ShouldBeNone($"each csharp block is, line by line, a #region of a test in {Snippets}");
    }

    [Fact]
    public void Every_tested_region_is_shown_in_a_page()
    {
        HashSet<string> shown = [.. Pages().SelectMany(Fences).Select(static f => f.Code)];

        SourceTree.Files("*.cs", Snippets).SelectMany(f => Regions(f).Where(r => !shown.Contains(r))
            .Select(r => $"{f.Path}: {r.Split('\n')[0]}"))
            .ShouldBeNone("a region that no page shows is stale");
    }

    [Fact]
    public void Links_lead_somewhere()
    {
        IEnumerable<string> dead =
            from page in Pages()
            from Match link in Link().Matches(Prose(page))
            let target = link.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal)
                && !target.StartsWith("mailto:", StringComparison.Ordinal)
            where !Leads(page, target)
            select $"{page.Path}: {target}";

        dead.ShouldBeNone();
    }

    private static IEnumerable<SourceFile> Pages() => SourceTree.Files("*.md", "docs").Concat(
        new[] { "README.md", "CHANGELOG.md" }.Where(static f => File.Exists(Path.Combine(SourceTree.Root, f)))
            .Select(static f => new SourceFile(f, File.ReadAllText(Path.Combine(SourceTree.Root, f)))));

    private static IEnumerable<(int Line, string Code)> Fences(SourceFile page)
    {
        List<string>? open = null;
        for (int i = 0; i < page.Lines.Count; i++)
        {
            string line = page.Lines[i].Trim();
            if (open is null && Opening().IsMatch(line))
            {
                open = [];
            }
            else if (open is not null && line.StartsWith("```", StringComparison.Ordinal))
            {
                yield return (i - open.Count, Normal(open));
                open = null;
            }
            else
            {
                open?.Add(line);
            }
        }
    }

    private static IEnumerable<string> Regions(SourceFile file)
    {
        Stack<List<string>> open = new();
        foreach (string line in file.Lines.Select(static l => l.Trim()))
        {
            if (line.StartsWith("#region", StringComparison.Ordinal))
            {
                open.Push([]);
            }
            else if (line.StartsWith("#endregion", StringComparison.Ordinal))
            {
                yield return Normal(open.Pop());
            }
            else if (open.Count > 0)
            {
                open.Peek().Add(line);
            }
        }
    }

    // Indentation and blank lines at the ends do not count.
    private static string Normal(IEnumerable<string> lines) =>
        string.Join('\n', lines.Select(static l => l.Trim())).Trim('\n');

    private static string Prose(SourceFile page) =>
        Fence().Replace(page.Text, string.Empty);

    private static bool Leads(SourceFile page, string target)
    {
        string[] parts = target.Split('#', 2);
        string path = parts[0].Length == 0
            ? Path.Combine(SourceTree.Root, page.Path)
            : Path.GetFullPath(Path.Combine(SourceTree.Root, Path.GetDirectoryName(page.Path)!, parts[0]));
        bool exists = File.Exists(path) || Directory.Exists(path);
        return exists && (parts.Length == 1 || Anchors(path).Contains(parts[1], StringComparer.OrdinalIgnoreCase));
    }

    // A heading's anchor: spaces to hyphens, punctuation dropped.
    private static IEnumerable<string> Anchors(string path) => File.ReadLines(path)
        .Where(static l => l.StartsWith('#'))
        .Select(static l => Punctuation().Replace(l.TrimStart('#').Trim(), string.Empty).Replace(' ', '-'));

    [GeneratedRegex("^```(csharp|cs|c#)\\b")]
    private static partial Regex Opening();

    [GeneratedRegex("(?s)```.*?```|`[^`\n]*`")]
    private static partial Regex Fence();

    [GeneratedRegex("""\]\((?<target>[^)\s]+)(\s+"[^"]*")?\)""")]
    private static partial Regex Link();

    [GeneratedRegex("[^\\w\\- ]")]
    private static partial Regex Punctuation();
}
