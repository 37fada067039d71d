using System.Diagnostics;

namespace PerfMarketing.Primitives;

/// <summary>What a <see cref="TermNode"/> holds.</summary>
public enum TermKind
{
    /// <summary>Nothing: JSON <c>null</c>. Never written; refused when read.</summary>
    Null,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A number, kept as its digits.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A list of nodes.</summary>
    List,

    /// <summary>Named nodes, in the order in which they were written.</summary>
    Object,
}

/// <summary>A tree of terms: the one form between objects and their JSON, digest and diff.</summary>
/// <remarks>
/// Immutable. Two nodes are equal when kind, text and children are; where in a file a node stood
/// (<see cref="Line"/>, <see cref="Column"/>) does not count.
/// </remarks>
[DebuggerDisplay("{Kind} {Text}")]
public sealed class TermNode : IEquatable<TermNode>
{
    // Up to so many names are looked through, one after the other.
    private const int ScannedCount = 32;

    // Where each name stands, made when a wide object is first asked: what is hostile is wide.
    private Dictionary<string, int>? places;

    private TermNode(TermKind kind, string text, ValueList<TermNode> items, ValueList<string> names)
    {
        Kind = kind;
        Text = text;
        Items = items;
        Names = names;
    }

    /// <summary>What the node holds.</summary>
    public TermKind Kind { get; }

    /// <summary>The text, the number's digits, or <c>true</c>/<c>false</c>; empty for the other kinds.</summary>
    public string Text { get; }

    /// <summary>The children of a list or an object, in order; empty for the other kinds.</summary>
    public ValueList<TermNode> Items { get; }

    /// <summary>
    /// The names of an object's children, one for each of <see cref="Items"/>; empty for the other kinds.
    /// </summary>
    public ValueList<string> Names { get; }

    /// <summary>The line in the source text, counted from 1; 0 when the node was not read from text.</summary>
    public int Line { get; private init; }

    /// <summary>The byte position in the line, counted from 1; 0 when the node was not read from text.</summary>
    public int Column { get; private init; }

    /// <summary>The node for JSON <c>null</c>.</summary>
    public static TermNode Null { get; } = new(TermKind.Null, string.Empty, [], []);

    /// <summary>Whether two trees hold the same.</summary>
    public static bool operator ==(TermNode? left, TermNode? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether two trees differ.</summary>
    public static bool operator !=(TermNode? left, TermNode? right) => !(left == right);

    /// <summary>A node that holds a text.</summary>
    /// <param name="text">The text.</param>
    public static TermNode OfText(string text) => new(TermKind.Text, text, [], []);

    /// <summary>A node that holds a number.</summary>
    /// <param name="digits">The number as JSON writes it.</param>
    public static TermNode OfNumber(string digits) => new(TermKind.Number, digits, [], []);

    /// <summary>A node that holds true or false.</summary>
    /// <param name="value">The value.</param>
    public static TermNode OfFlag(bool value) => new(TermKind.Flag, value ? "true" : "false", [], []);

    /// <summary>A node that holds a list.</summary>
    /// <param name="items">The children, in order.</param>
    public static TermNode OfList(ValueList<TermNode> items) => new(TermKind.List, string.Empty, items, []);

    /// <summary>A node that holds named children.</summary>
    /// <param name="names">The names, one for each child.</param>
    /// <param name="items">The children.</param>
    /// <exception cref="ArgumentException">There are not as many names as children.</exception>
    public static TermNode OfObject(ValueList<string> names, ValueList<TermNode> items)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(items);
        return names.Count == items.Count
            ? new(TermKind.Object, string.Empty, items, names)
            : throw new ArgumentException("Every child has one name.", nameof(names));
    }

    /// <summary>The terms of an object as a tree.</summary>
    /// <param name="terms">The object.</param>
    public static TermNode Of(ITerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        TermWriter writer = new();
        terms.Write(writer);
        return writer.ToNode();
    }

    /// <summary>A node without children, with its place in a source text.</summary>
    internal static TermNode Leaf(TermKind kind, string text, int line, int column) =>
        new(kind, text, [], []) { Line = line, Column = column };

    /// <summary>A list, or an object when it has names, with its place in a source text.</summary>
    internal static TermNode Branch(ValueList<string>? names, ValueList<TermNode> items, int line, int column) =>
        new(names is null ? TermKind.List : TermKind.Object, string.Empty, items, names ?? [])
        {
            Line = line,
            Column = column,
        };

    /// <summary>The same node with its place in a source text.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The byte position in the line, from 1.</param>
    public TermNode At(int line, int column) => new(Kind, Text, Items, Names) { Line = line, Column = column };

    /// <summary>The first child with a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The child, or null when there is none.</returns>
    public TermNode? Find(string name)
    {
        if (Names.Count > ScannedCount)
        {
            places ??= PlacesOf(Names);
            return places.TryGetValue(name, out int place) ? Items[place] : null;
        }

        for (int i = 0; i < Names.Count; i++)
        {
            if (string.Equals(Names[i], name, StringComparison.Ordinal))
            {
                return Items[i];
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Equals(TermNode? other) =>
        other is not null && Kind == other.Kind && string.Equals(Text, other.Text, StringComparison.Ordinal)
        && Names.Equals(other.Names) && Items.Equals(other.Items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TermNode);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Text, Items, Names);

    private static Dictionary<string, int> PlacesOf(ValueList<string> names)
    {
        Dictionary<string, int> found = new(names.Count, StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            found.TryAdd(names[i], i);
        }

        return found;
    }
}
