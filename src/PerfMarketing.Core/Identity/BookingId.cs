using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Identity;

/// <summary>Names what a person booked by hand; it is the idempotency key of booking it.</summary>
/// <remarks>1 to 64 printable ASCII characters, compared ordinally; <c>default</c> is no id.</remarks>
[JsonConverter(typeof(TextJsonConverter<BookingId>))]
public readonly record struct BookingId : IIdentifier<BookingId>
{
    private readonly string? text;

    /// <summary>Makes an id of a text.</summary>
    /// <param name="value">1 to 64 printable ASCII characters.</param>
    /// <exception cref="FormatException">The text may not be an id.</exception>
    public BookingId(string value) => text = Identifier.Check(value, nameof(BookingId));

    /// <inheritdoc/>
    public string Value => text ?? throw Identifier.Unset(nameof(BookingId));

    /// <inheritdoc/>
    public bool IsUnset => text is null;

    /// <summary>Whether one id sorts before another.</summary>
    public static bool operator <(BookingId left, BookingId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one id sorts before another or equals it.</summary>
    public static bool operator <=(BookingId left, BookingId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one id sorts after another.</summary>
    public static bool operator >(BookingId left, BookingId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one id sorts after another or equals it.</summary>
    public static bool operator >=(BookingId left, BookingId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public static BookingId Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BookingId result)
    {
        bool valid = Identifier.IsValid(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(BookingId other) => string.CompareOrdinal(text, other.text);

    /// <summary>The id's text; empty for <c>default</c>.</summary>
    public override string ToString() => text ?? string.Empty;
}
