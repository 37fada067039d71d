using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Integrity;

/// <summary>Trees of terms from a seed: small, and so alike that two of them share much.</summary>
internal sealed class RandomTerms(int seed)
{
    private static readonly string[] Names = ["id", "pays", "rate", "model", "a.b", "it's", "\\", "hold"];
    private static readonly string[] Texts = ["a", "b", "c", "12%", "fixed", "4.50 EUR"];
    private static readonly string[] Numbers = ["1", "1.0", "1.10", "1.1", "-2", "100", "1e2"];

    private ulong state = (ulong)seed;

    public TermNode Tree(int depth = 3) => Below(depth > 0 ? 8 : 4) switch
    {
        0 or 1 => TermNode.OfText(Pick(Texts)),
        2 => TermNode.OfNumber(Pick(Numbers)),
        3 => TermNode.OfFlag(Below(2) == 0),
        4 => TermNode.OfList([.. Enumerable.Range(0, Below(5)).Select(_ => Tree(depth - 1))]),
        5 => TermNode.OfList([.. Picks(Texts).Select(TermNode.OfText)]),
        6 => TermNode.OfList([.. Picks(Texts).Select(text => Identified(text, depth - 1))]),
        _ => Object(depth - 1),
    };

    /// <summary>The tree with a few places made anew, put elsewhere, added or left out.</summary>
    public TermNode Edit(TermNode node, int depth = 3)
    {
        if (node.Items.Count == 0 || Below(6) == 0)
        {
            return Below(2) == 0 ? node : Tree(depth);
        }

        List<(string Name, TermNode Node)> items = [.. node.Items.Select((item, i) => (
            node.Kind == TermKind.Object ? node.Names[i] : string.Empty,
            Below(2) == 0 ? item : Edit(item, depth - 1)))];
        if (Below(3) == 0)
        {
            items.RemoveAt(Below(items.Count));
        }

        if (Below(3) == 0 && items.Count > 1)
        {
            (items[0], items[^1]) = (items[^1], items[0]);
        }

        return node.Kind == TermKind.List
            ? TermNode.OfList([.. items.Select(static i => i.Node)])
            : TermNode.OfObject([.. items.Select(static i => i.Name)], [.. items.Select(static i => i.Node)]);
    }

    private TermNode Object(int depth)
    {
        string[] names = Picks(Names);
        return TermNode.OfObject([.. names], [.. names.Select(_ => Tree(depth))]);
    }

    private TermNode Identified(string id, int depth) =>
        TermNode.OfObject(["id", "version", "pays"], [TermNode.OfText(id), TermNode.OfNumber("1"), Tree(depth)]);

    private string[] Picks(string[] of) =>
        [.. of.OrderBy(_ => Below(1_000)).Take(Below(of.Length))];

    private string Pick(string[] of) => of[Below(of.Length)];

    // SplitMix64, so that a seed gives the same trees everywhere.
    private int Below(int end)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            ulong bits = state;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            bits ^= bits >> 31;
            return (int)(((UInt128)bits * (uint)end) >> 64);
        }
    }
}
