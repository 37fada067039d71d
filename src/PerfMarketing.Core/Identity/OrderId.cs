using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Identity;

/// <summary>
/// Names the business key of an outcome, such as an order number, unique per advertiser.
/// </summary>
/// <remarks>1 to 200 printable ASCII characters, compared ordinally; <c>default</c> is no id.</remarks>
[JsonConverter(typeof(TextJsonConverter<OrderId>))]
public readonly record struct OrderId : IIdentifier<OrderId>
{
    private readonly string? text;

    /// <summary>Makes an id of a text.</summary>
    /// <param name="value">1 to 200 printable ASCII characters.</param>
    /// <exception cref="FormatException">The text may not be an id.</exception>
    public OrderId(string value) => text = Identifier.Check(value, nameof(OrderId), Identifier.ForeignLengthMax);

    /// <inheritdoc/>
    public string Value => text ?? throw Identifier.Unset(nameof(OrderId));

    /// <inheritdoc/>
    public bool IsUnset => text is null;

    /// <summary>Whether one id sorts before another.</summary>
    public static bool operator <(OrderId left, OrderId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one id sorts before another or equals it.</summary>
    public static bool operator <=(OrderId left, OrderId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one id sorts after another.</summary>
    public static bool operator >(OrderId left, OrderId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one id sorts after another or equals it.</summary>
    public static bool operator >=(OrderId left, OrderId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public static OrderId Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out OrderId result)
    {
        bool valid = Identifier.IsValid(s, Identifier.ForeignLengthMax);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(OrderId other) => string.CompareOrdinal(text, other.text);

    /// <summary>The id's text; empty for <c>default</c>.</summary>
    public override string ToString() => text ?? string.Empty;
}
