using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Identity;

/// <summary>Names a programme, unique per advertiser.</summary>
/// <remarks>1 to 64 printable ASCII characters, compared ordinally; <c>default</c> is no id.</remarks>
[JsonConverter(typeof(TextJsonConverter<ProgrammeId>))]
public readonly record struct ProgrammeId : IIdentifier<ProgrammeId>
{
    private readonly string? text;

    /// <summary>Makes an id of a text.</summary>
    /// <param name="value">1 to 64 printable ASCII characters.</param>
    /// <exception cref="FormatException">The text may not be an id.</exception>
    public ProgrammeId(string value) => text = Identifier.Check(value, nameof(ProgrammeId));

    /// <inheritdoc/>
    public string Value => text ?? throw Identifier.Unset(nameof(ProgrammeId));

    /// <inheritdoc/>
    public bool IsUnset => text is null;

    /// <summary>Whether one id sorts before another.</summary>
    public static bool operator <(ProgrammeId left, ProgrammeId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one id sorts before another or equals it.</summary>
    public static bool operator <=(ProgrammeId left, ProgrammeId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one id sorts after another.</summary>
    public static bool operator >(ProgrammeId left, ProgrammeId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one id sorts after another or equals it.</summary>
    public static bool operator >=(ProgrammeId left, ProgrammeId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public static ProgrammeId Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ProgrammeId result)
    {
        bool valid = Identifier.IsValid(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(ProgrammeId other) => string.CompareOrdinal(text, other.text);

    /// <summary>The id's text; empty for <c>default</c>.</summary>
    public override string ToString() => text ?? string.Empty;
}
