using System.Text.Json;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>What several schemes take from a message.</summary>
internal static class MessageParts
{
    private static readonly JsonReaderOptions Json = new() { MaxDepth = 32 };

    /// <summary>Reads a header that stands exactly once; null when it does.</summary>
    internal static Reason? ReadHeader(EvidenceInput input, string name, out string value)
    {
        int count = input.FindHeader(name, out string? found);
        value = found ?? string.Empty;
        return count switch
        {
            0 => Reason.Of(ProofReasons.MissingHeader, ("header", name)),
            1 => null,
            _ => Reason.Of(ProofReasons.DuplicateHeader, ("header", name)),
        };
    }

    /// <summary>The replay key of a message without a signed id: what it says itself, in full.</summary>
    internal static EvidenceId IdOf(Integrity.Digest content) => new($"sha256:{content}");

    /// <summary>
    /// The id in a field of a JSON object, a text or a whole number; null when the object has not exactly one.
    /// </summary>
    internal static EvidenceId? FindId(ReadOnlySpan<byte> body, string field)
    {
        try
        {
            return FindField(new(body, Json), field) is { } text && EvidenceId.TryParse(text, null, out EvidenceId id)
                ? id
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? FindField(Utf8JsonReader reader, string field)
    {
        string? found = null;
        int count = 0;
        bool isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
        while (isObject && reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
            {
                continue;
            }

            bool isField = reader.ValueTextEquals(field);
            reader.Read();
            if (isField)
            {
                count++;
                found = TextOf(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return count == 1 ? found : null;
    }

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.ValueSpan.Length <= Identifier.ForeignLengthMax ? reader.GetString() : null;
            case JsonTokenType.Number:
                return reader.TryGetInt64(out long number) ? InvariantText.Of(number) : null;
            default:
                reader.Skip();
                return null;
        }
    }
}
