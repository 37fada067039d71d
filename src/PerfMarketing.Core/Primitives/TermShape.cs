namespace PerfMarketing.Primitives;

/// <summary>Everything that a reader asks of one object: what schema and diff are made from.</summary>
/// <param name="Fields">The terms, in the order in which they are asked for.</param>
internal sealed record TermShape(ValueList<TermField> Fields)
{
    /// <summary>The field with a name; null when nothing asks for it.</summary>
    public TermField? Find(string name)
    {
        foreach (TermField field in Fields)
        {
            if (string.Equals(field.Name, name, StringComparison.Ordinal))
            {
                return field;
            }
        }

        return null;
    }
}

/// <summary>One term that a reader asks for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Form">What it holds.</param>
/// <param name="IsRequired">Whether it has to be there, whatever else is.</param>
/// <param name="Fallback">What its absence means; null when absence means nothing of this form.</param>
internal sealed record TermField(string Name, TermForm Form, bool IsRequired, TermNode? Fallback);

/// <summary>Objects of one open family: each names its kind under the tag, and has that kind's terms.</summary>
/// <param name="name">The family in words, such as <c>payout model</c>.</param>
/// <param name="tag">The term that names the kind, such as <c>model</c>.</param>
internal sealed class TermFamily(string name, string tag)
{
    public string Name { get; } = name;

    public string Tag { get; } = tag;

    /// <summary>
    /// The kinds by their names, sorted; grows while it is recorded, and a kind may hold its own family.
    /// </summary>
    public SortedDictionary<string, TermShape> Cases { get; } = new(StringComparer.Ordinal);
}
