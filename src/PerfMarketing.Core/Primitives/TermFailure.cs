namespace PerfMarketing.Primitives;

/// <summary>One thing that is wrong with terms that were read.</summary>
/// <param name="Path">Where: a JSON path such as <c>$.clauses[3].pays.inner.tiers[1].upTo</c>.</param>
/// <param name="Code">What, as a stable code: one of the <c>terms.*</c> codes, or the reader's own.</param>
/// <param name="Message">What, for a person; never echoes more than 64 characters of the input.</param>
/// <param name="Line">The line in the source text from 1; 0 when there is no source text.</param>
/// <param name="Column">The byte position in the line from 1; 0 when there is no source text.</param>
public sealed record TermFailure(string Path, string Code, string Message, int Line = 0, int Column = 0)
{
    /// <summary>Place, code and message on one line.</summary>
    public override string ToString() =>
        Line > 0 ? $"{Path} ({Line},{Column}): {Code}: {Message}" : $"{Path}: {Code}: {Message}";
}

/// <summary>The codes of what can be wrong with terms that are read.</summary>
public static class TermCodes
{
    /// <summary>A required term is absent.</summary>
    public const string Missing = "terms.missing";

    /// <summary>An item of a list is null, in a draft that was made in code.</summary>
    public const string ItemMissing = "terms.item-missing";

    /// <summary>A term has a name that nothing reads.</summary>
    public const string Unknown = "terms.unknown";

    /// <summary>A name stands twice in one object.</summary>
    public const string Duplicate = "terms.duplicate";

    /// <summary>A term holds another kind of value than asked for.</summary>
    public const string WrongKind = "terms.wrong-kind";

    /// <summary>A text cannot be read as the type asked for.</summary>
    public const string Malformed = "terms.malformed";

    /// <summary>The whole text is not well-formed JSON, or breaks a bound on size or depth.</summary>
    public const string Syntax = "terms.syntax";

    /// <summary>The written form has a version that this library does not know.</summary>
    public const string FormatUnknown = "terms.format-unknown";

    /// <summary>There were more failures than are kept; the rest is not listed.</summary>
    public const string TooMany = "terms.too-many-failures";
}
