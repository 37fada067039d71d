using System.Globalization;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>
/// Says what changed between two versions of terms, in phrases such as <c>cap 80.00 EUR → 60.00 EUR</c>.
/// </summary>
/// <param name="before">The older version.</param>
/// <param name="after">The newer version.</param>
internal sealed class TermSentences(TermNode before, TermNode after)
{
    private const string InnerTerm = "inner";
    private const string ModelTerm = "model";

    /// <summary>What a change is about and where it happened.</summary>
    /// <param name="change">The change.</param>
    /// <param name="subjects">The list whose items are subjects of their own, such as <c>clauses</c>.</param>
    /// <returns>The item's id, or null when the change is about the whole; and the steps below it.</returns>
    public (string? Subject, TermStep[] Below) SubjectOf(TermChange change, string subjects)
    {
        List<TermStep> steps = TermPath.Steps(change.Path);
        bool isInside = steps.Count > 1 && steps[0].Name == subjects;
        return isInside
            ? (NodeAt(change, steps.Take(2))?.Find(TermWords.IdTerm)?.Text, [.. steps.Skip(2)])
            : (null, [.. steps]);
    }

    /// <summary>The phrases of one change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="below">The steps that need to be said.</param>
    public IEnumerable<string> Phrases(TermChange change, TermStep[] below)
    {
        string label = Label(change, below);
        return change.Kind switch
        {
            TermChangeKind.Added => Whole(label, change.After!).Select(static term => $"new {term}"),
            TermChangeKind.Removed => Whole(label, change.Before!).Select(static term => $"{term} removed"),
            TermChangeKind.Moved => [Joined(label, ItemAt(change), MovedText(change))],
            _ => Changed(label, change.Before!, change.After!),
        };
    }

    /// <summary>Where an item of a list stood and stands, counted from 1.</summary>
    public static string MovedText(TermChange change)
    {
        int from = TermPath.Steps(change.PathBefore!)[^1].Index + 1;
        int to = TermPath.Steps(change.PathAfter!)[^1].Index + 1;
        return string.Create(CultureInfo.InvariantCulture, $"moved from place {from} to {to}");
    }

    // A list that comes or goes is its items.
    private static IEnumerable<string> Whole(string label, TermNode node) => node.Kind == TermKind.List
        ? node.Items.Select(item => Joined(TermWords.Singular(label), TermWords.Value(item)))
        : [Joined(label, TermWords.Value(node))];

    private static IEnumerable<string> Changed(string label, TermNode before, TermNode after)
    {
        if (Inside(after, before) is { } inner)
        {
            return Inner(before, inner).Concat(Around(after, inner).Select(static term => $"new {term}"));
        }

        return Inside(before, after) is { } old
            ? Inner(old, after).Concat(Around(before, old).Select(static term => $"{term} removed"))
            : [Joined(label, TermWords.Value(before), "→", TermWords.Value(after))];
    }

    // A model put around another one, or taken away from it, leaves the other one as it is.
    private static TermNode? Inside(TermNode outer, TermNode wanted)
    {
        TermNode? node = outer.Find(InnerTerm);
        while (node is not null && !(node.Find(ModelTerm) is { } model && model == wanted.Find(ModelTerm)))
        {
            node = node.Find(InnerTerm);
        }

        return node;
    }

    private static IEnumerable<string> Inner(TermNode before, TermNode after)
    {
        TermSentences inside = new(before, after);
        return TermDiff.Between(before, after)
            .SelectMany(change => inside.Phrases(change, [.. TermPath.Steps(change.Path)]));
    }

    private static IEnumerable<string> Around(TermNode outer, TermNode inner)
    {
        for (TermNode node = outer; !ReferenceEquals(node, inner); node = node.Find(InnerTerm)!)
        {
            string terms = TermWords.Terms(node, ModelTerm, InnerTerm);
            yield return terms.Length > 0 ? terms : TermWords.Value(node.Find(ModelTerm)!);
        }
    }

    private string Label(TermChange change, TermStep[] below)
    {
        List<string> words = [];
        List<TermStep> whole = TermPath.Steps(change.Path);
        for (int i = 0; i < below.Length; i++)
        {
            int depth = whole.Count - below.Length + i + 1;
            bool isLast = i == below.Length - 1;
            if (below[i].Name is not { } name)
            {
                words.Add(ItemLabel(change, whole, depth, isLast));
            }
            else if (i + 1 == below.Length || below[i + 1].Name is not null)
            {
                bool isSaid = !TermWords.IsQuietStep(name) || (isLast && change.Kind != TermChangeKind.Changed)
                    || (isLast && name == "pays");
                words.Add(isSaid ? TermWords.Name(name) : string.Empty);
            }
        }

        return Joined([.. words]);
    }

    private string ItemLabel(TermChange change, List<TermStep> whole, int depth, bool isLast)
    {
        string noun = depth > 1 && whole[depth - 2].Name is { } list ? TermWords.Singular(list) : "item";
        TermNode? item = NodeAt(change, whole.Take(depth));
        string number = (whole[depth - 1].Index + 1).ToString(CultureInfo.InvariantCulture);
        return item?.Find(TermWords.IdTerm) is { } id ? (isLast ? noun : $"{noun} {id.Text}")
            : item?.Kind == TermKind.Text ? noun
            : $"{noun} {number}";
    }

    private string ItemAt(TermChange change) =>
        NodeAt(change, TermPath.Steps(change.Path)) is not { } item ? string.Empty
        : item.Find(TermWords.IdTerm) is { } id ? id.Text
        : TermWords.Value(item);

    private TermNode? NodeAt(TermChange change, IEnumerable<TermStep> steps) =>
        TermPath.Find(change.PathAfter is null ? before : after, steps);

    private static string Joined(params string[] words) => string.Join(' ', words.Where(static w => w.Length > 0));
}
