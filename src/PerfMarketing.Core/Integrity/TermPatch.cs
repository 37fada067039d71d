using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>Makes changes to a tree.</summary>
internal sealed class TermPatch
{
    private readonly Dictionary<string, TermChange> removed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TermChange> moved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TermChange> changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(TermStep Step, TermNode Node)>> added = new(StringComparer.Ordinal);
    private int open;

    public TermPatch(ValueList<TermChange> changes)
    {
        open = changes.Count;
        foreach (TermChange change in changes)
        {
            switch (change.Kind)
            {
                case TermChangeKind.Added:
                    Add(change);
                    break;
                case TermChangeKind.Removed:
                    removed.Add(Known(change.PathBefore), change);
                    break;
                case TermChangeKind.Moved:
                    moved.Add(Known(change.PathBefore), change);
                    break;
                default:
                    changed.Add(Known(change.PathBefore), change);
                    break;
            }
        }
    }

    public TermNode Apply(TermNode before)
    {
        TermNode after = Patch(before, TermPath.Root, TermPath.Root);
        return open == 0 ? after : throw Foreign();
    }

    private static string Known(string? path) => path ?? throw Foreign();

    private static ArgumentException Foreign() =>
        new("The changes do not belong to these terms.", "changes");

    private void Add(TermChange change)
    {
        string path = Known(change.PathAfter);
        List<TermStep> steps = TermPath.Steps(path);
        string parent = TermPath.Root;
        foreach (TermStep step in steps.SkipLast(1))
        {
            parent = step.Name is { } name ? TermPath.Member(parent, name) : TermPath.Item(parent, step.Index);
        }

        if (!added.TryGetValue(parent, out List<(TermStep, TermNode)>? siblings))
        {
            added.Add(parent, siblings = []);
        }

        siblings.Add((steps.Count > 0 ? steps[^1] : throw Foreign(), change.After ?? throw Foreign()));
    }

    private TermNode Patch(TermNode node, string before, string after)
    {
        if (changed.TryGetValue(before, out TermChange? change))
        {
            open--;
            return change.After ?? throw Foreign();
        }

        return node.Kind switch
        {
            TermKind.Object => PatchTerms(node, before, after),
            TermKind.List => PatchItems(node, before, after),
            _ => node,
        };
    }

    private TermNode PatchTerms(TermNode node, string before, string after)
    {
        List<string> names = [];
        List<TermNode> items = [];
        for (int i = 0; i < node.Names.Count; i++)
        {
            string place = TermPath.Member(before, node.Names[i]);
            if (removed.ContainsKey(place))
            {
                open--;
                continue;
            }

            names.Add(node.Names[i]);
            items.Add(Patch(node.Items[i], place, TermPath.Member(after, node.Names[i])));
        }

        foreach ((TermStep step, TermNode item) in AddedTo(after).Concat(DefaultsOf(node, before)))
        {
            open--;
            names.Add(step.Name ?? throw Foreign());
            items.Add(item);
        }

        return TermNode.OfObject(names.ToValueList(), items.ToValueList());
    }

    // Terms that were absent and meant their default, and are there now.
    private IEnumerable<(TermStep Step, TermNode Node)> DefaultsOf(TermNode node, string before) =>
        from change in changed.Values
        let last = TermPath.Steps(change.PathBefore!)
        where last.Count > 0 && last[^1].Name is { } name && node.Find(name) is null
            && change.PathBefore == TermPath.Member(before, name)
        select (last[^1], change.After ?? throw Foreign());

    private TermNode PatchItems(TermNode node, string before, string after)
    {
        List<(TermStep Step, TermNode Node)> placed = [.. AddedTo(after)];
        open -= placed.Count;
        Queue<int> staying = [];
        for (int i = 0; i < node.Items.Count; i++)
        {
            string place = TermPath.Item(before, i);
            if (removed.ContainsKey(place))
            {
                open--;
            }
            else if (moved.TryGetValue(place, out TermChange? move))
            {
                open--;
                string target = Known(move.PathAfter);
                placed.Add((TermPath.Steps(target)[^1], Patch(node.Items[i], place, target)));
            }
            else
            {
                staying.Enqueue(i);
            }
        }

        var items = new TermNode?[placed.Count + staying.Count];
        foreach ((TermStep step, TermNode item) in placed)
        {
            bool isFree = step.Name is null && step.Index < items.Length && items[step.Index] is null;
            items[step.Index] = isFree ? item : throw Foreign();
        }

        for (int j = 0; j < items.Length; j++)
        {
            if (items[j] is null)
            {
                int i = staying.Dequeue();
                items[j] = Patch(node.Items[i], TermPath.Item(before, i), TermPath.Item(after, j));
            }
        }

        return TermNode.OfList(items.Select(static item => item!).ToValueList());
    }

    private List<(TermStep Step, TermNode Node)> AddedTo(string after) =>
        added.TryGetValue(after, out List<(TermStep Step, TermNode Node)>? siblings) ? siblings : [];
}
