using System.Globalization;
using System.Text;
using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>One step of a path: into a named term, or to an item of a list.</summary>
/// <param name="Name">The term's name; null for an item.</param>
/// <param name="Index">The item's position from 0; 0 for a named term.</param>
internal readonly record struct TermStep(string? Name, int Index = 0);

/// <summary>JSON paths of terms: <c>$.clauses[3].pays.rate</c>, and <c>$['a.b']</c> where a name is no word.</summary>
internal static class TermPath
{
    public const string Root = "$";

    public static string Member(string path, string name) => IsWord(name)
        ? $"{path}.{name}"
        : $"{path}['{Escaped(name)}']";

    public static string Item(string path, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>The steps of a path that this class wrote.</summary>
    public static List<TermStep> Steps(string path)
    {
        List<TermStep> steps = [];
        int at = 1;
        while (at < path.Length)
        {
            steps.Add(path[at] == '.' ? Word(path, ref at)
                : path[at + 1] == '\'' ? Quoted(path, ref at)
                : Index(path, ref at));
        }

        return steps;
    }

    /// <summary>What stands at the end of some steps; null when nothing does.</summary>
    public static TermNode? Find(TermNode? root, IEnumerable<TermStep> steps)
    {
        TermNode? node = root;
        foreach (TermStep step in steps)
        {
            node = step.Name is { } name ? node?.Find(name)
                : node is { Kind: TermKind.List } && step.Index < node.Items.Count ? node.Items[step.Index]
                : null;
        }

        return node;
    }

    private static string Escaped(string name) =>
        name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);

    private static bool IsWord(string name) => name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c));

    private static TermStep Word(string path, ref int at)
    {
        int start = ++at;
        while (at < path.Length && path[at] is not ('.' or '['))
        {
            at++;
        }

        return new(path[start..at]);
    }

    private static TermStep Index(string path, ref int at)
    {
        int end = path.IndexOf(']', at);
        int index = int.Parse(path.AsSpan(at + 1, end - at - 1), NumberStyles.None, CultureInfo.InvariantCulture);
        at = end + 1;
        return new(null, index);
    }

    private static TermStep Quoted(string path, ref int at)
    {
        StringBuilder name = new();
        for (at += 2; path[at] != '\''; at++)
        {
            at += path[at] == '\\' ? 1 : 0;
            name.Append(path[at]);
        }

        at += 2;
        return new(name.ToString());
    }
}
