using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PerfMarketing.Primitives;

/// <summary>
/// Writes a value as its invariant text and reads it back strictly; the converter of every value type here.
/// </summary>
/// <remarks>
/// Malformed text is a <see cref="JsonException"/>, never another exception. Also serves as a property name.
/// </remarks>
/// <typeparam name="T">A type whose text form is its whole value.</typeparam>
public sealed class TextJsonConverter<T> : JsonConverter<T>
    where T : IParsable<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? Parse(ref reader)
            : throw new JsonException($"{typeof(T).Name} is written as a JSON string.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(InvariantText.Of(value));
    }

    /// <inheritdoc/>
    public override T ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(ref reader);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(InvariantText.Of(value!));
    }

    private static T Parse(ref Utf8JsonReader reader)
    {
        string? text;
        try
        {
            text = reader.GetString();
        }
        catch (InvalidOperationException unreadable)
        {
            // Invalid UTF-8 or a lone surrogate inside a string.
            throw new JsonException($"The text is not a valid {typeof(T).Name}.", unreadable);
        }

        return T.TryParse(text, CultureInfo.InvariantCulture, out T? value)
            ? value
            : throw new JsonException($"The text is not a valid {typeof(T).Name}.");
    }
}
