namespace PerfMarketing.Primitives;

/// <summary>What a reader asks for under one name.</summary>
internal enum TermFormKind
{
    /// <summary>Only asked whether it is there.</summary>
    Unknown,

    /// <summary>Looked at as it stands: a text, a number, a flag or a list of texts.</summary>
    Scalar,

    /// <summary>A text, read as <see cref="TermForm.ValueType"/>.</summary>
    Text,

    /// <summary>One value of several.</summary>
    OneOf,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A list of <see cref="TermForm.Item"/>.</summary>
    List,

    /// <summary>An object with the terms of <see cref="TermForm.Shape"/>.</summary>
    Object,

    /// <summary>An object of one of the named kinds of <see cref="TermForm.Family"/>.</summary>
    Family,
}

/// <summary>What may stand under one name.</summary>
/// <param name="Kind">Which kind of value.</param>
internal sealed record TermForm(TermFormKind Kind)
{
    public static TermForm Unknown { get; } = new(TermFormKind.Unknown);

    public static TermForm Scalar { get; } = new(TermFormKind.Scalar);

    public static TermForm Number { get; } = new(TermFormKind.Number);

    public static TermForm Integer { get; } = new(TermFormKind.Integer);

    public static TermForm Flag { get; } = new(TermFormKind.Flag);

    /// <summary>The type that a text is read as; null when it is any text.</summary>
    public Type? ValueType { get; private init; }

    /// <summary>The values of <see cref="TermFormKind.OneOf"/>.</summary>
    public ValueList<TermNode> Members { get; private init; } = [];

    /// <summary>The items of a list.</summary>
    public TermForm? Item { get; private init; }

    /// <summary>The fewest items of a list that makes sense.</summary>
    public int CountMin { get; private init; }

    /// <summary>The most items of a list; null when there is no bound of its own.</summary>
    public int? CountMax { get; private init; }

    /// <summary>The terms of an object.</summary>
    public TermShape? Shape { get; private init; }

    /// <summary>The family of named kinds that an object belongs to.</summary>
    public TermFamily? Family { get; private init; }

    public static TermForm Text(Type? valueType = null) => new(TermFormKind.Text) { ValueType = valueType };

    public static TermForm Only(TermNode value) => new(TermFormKind.OneOf) { Members = [value] };

    public static TermForm MemberOf<T>()
        where T : struct, Enum => new(TermFormKind.OneOf)
        {
            Members = [.. Enum.GetValues<T>().Select(static member => TermNode.OfText(EnumText.Of(member)))],
        };

    public static TermForm List(TermForm item, int countMin = 0, int? countMax = null) =>
        new(TermFormKind.List) { Item = item, CountMin = countMin, CountMax = countMax };

    public static TermForm Object(TermShape shape) => new(TermFormKind.Object) { Shape = shape };

    public static TermForm Of(TermFamily family) => new(TermFormKind.Family) { Family = family };

    /// <summary>The shape of an object that is there: of a family, the one that its tag names.</summary>
    public TermShape? ShapeOf(TermNode node) => Kind switch
    {
        TermFormKind.Object => Shape,
        TermFormKind.Family => node.Find(Family!.Tag) is { } tag && Family.Cases.TryGetValue(tag.Text, out var found)
            ? found
            : null,
        _ => null,
    };
}
