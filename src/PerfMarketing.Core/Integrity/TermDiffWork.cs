using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>One comparison of two trees.</summary>
internal sealed class TermDiffWork
{
    // The terms that name an object's kind, where no form tells.
    private static readonly string[] Tags = ["model", "rule", "proof", ConditionTag];

    // A condition is one thought: half of one means nothing.
    private const string ConditionTag = "condition";

    public List<TermChange> Changes { get; } = [];

    public void Walk(TermNode before, TermNode after, TermForm? form, string pathBefore, string pathAfter)
    {
        bool isOther = before.Kind != after.Kind
            || (before.Kind == TermKind.Object && KindOf(before, form) != KindOf(after, form));
        if (isOther)
        {
            Change(before, after, pathBefore, pathAfter);
        }
        else if (before.Kind == TermKind.Object && !IsCondition(before))
        {
            WalkTerms(before, after, form?.ShapeOf(before), pathBefore, pathAfter);
        }
        else if (before.Kind == TermKind.List)
        {
            WalkItems(before, after, form?.Item, pathBefore, pathAfter);
        }
        else if (!TermOrder.Same(before, after, form))
        {
            Change(before, after, pathBefore, pathAfter);
        }
    }

    private static bool IsCondition(TermNode node) => node.Find(ConditionTag) is { Kind: TermKind.Text };

    private static string? KindOf(TermNode node, TermForm? form)
    {
        if (form is not null)
        {
            return form.Family is { } family ? node.Find(family.Tag)?.Text : null;
        }

        string? tag = Array.Find(Tags, tag => node.Find(tag) is { Kind: TermKind.Text });
        return tag is null ? null : node.Find(tag)!.Text;
    }

    private void WalkTerms(TermNode before, TermNode after, TermShape? shape, string pathBefore, string pathAfter)
    {
        foreach (string name in NamesOf(before, after))
        {
            TermField? field = shape?.Find(name);
            TermNode? old = before.Find(name) ?? field?.Fallback;
            TermNode? now = after.Find(name) ?? field?.Fallback;
            string placeBefore = TermPath.Member(pathBefore, name);
            string placeAfter = TermPath.Member(pathAfter, name);
            if (old is null)
            {
                Changes.Add(new(TermChangeKind.Added, null, placeAfter) { After = now });
            }
            else if (now is null)
            {
                Changes.Add(new(TermChangeKind.Removed, placeBefore, null) { Before = old });
            }
            else
            {
                Walk(old, now, field?.Form, placeBefore, placeAfter);
            }
        }
    }

    // The names of both, each new one after the one that it follows.
    private static List<string> NamesOf(TermNode before, TermNode after)
    {
        List<string> names = [.. before.Names.Distinct(StringComparer.Ordinal)];
        int place = 0;
        foreach (string name in after.Names.Distinct(StringComparer.Ordinal))
        {
            int known = names.IndexOf(name);
            if (known < 0)
            {
                names.Insert(place, name);
                known = place;
            }

            place = known + 1;
        }

        return names;
    }

    private void WalkItems(TermNode before, TermNode after, TermForm? form, string pathBefore, string pathAfter)
    {
        TermMatch match = TermMatch.Of(before.Items, after.Items, form);
        for (int i = 0; i < before.Items.Count; i++)
        {
            string placeBefore = TermPath.Item(pathBefore, i);
            int j = match.AfterOf[i];
            if (j < 0)
            {
                Changes.Add(new(TermChangeKind.Removed, placeBefore, null) { Before = before.Items[i] });
                continue;
            }

            string placeAfter = TermPath.Item(pathAfter, j);
            if (match.IsMoved[i])
            {
                Changes.Add(new(TermChangeKind.Moved, placeBefore, placeAfter));
            }

            Walk(before.Items[i], after.Items[j], form, placeBefore, placeAfter);
        }

        foreach (int j in match.Added)
        {
            Changes.Add(new(TermChangeKind.Added, null, TermPath.Item(pathAfter, j)) { After = after.Items[j] });
        }
    }

    private void Change(TermNode before, TermNode after, string pathBefore, string pathAfter) =>
        Changes.Add(new(TermChangeKind.Changed, pathBefore, pathAfter) { Before = before, After = after });
}
