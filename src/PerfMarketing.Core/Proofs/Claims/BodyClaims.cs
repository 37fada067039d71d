using System.Globalization;
using System.Text;
using System.Text.Json;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Proofs.Claims;

/// <summary>Finds what stands under pointers (RFC 6901) in a JSON body, in one pass.</summary>
/// <remarks>
/// What <see cref="StrictJson"/> refuses has no values here either. A body whose names are escaped, or are more than a
/// few, is read as a document instead: then somebody has to look whether a name stands twice in other spellings.
/// </remarks>
internal static class BodyClaims
{
    // Beyond this, comparing names with each other takes longer than a document.
    private const int NameCountMax = 128;
    private const int Found = int.MaxValue;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = ClaimReader.DepthMax };

    private enum Answer
    {
        Read,
        Refused,
        Unsure,
    }

    /// <summary>Fills in the values of those that are sought in the body.</summary>
    public static void Read(ReadOnlyMemory<byte> body, Span<SoughtClaim> sought)
    {
        Answer answer = StrictJson.IsText(body.Span) ? TryRead(body.Span, sought) : Answer.Refused;
        if (answer == Answer.Read)
        {
            return;
        }

        using JsonDocument? document = answer == Answer.Unsure ? StrictJson.Parse(body) : null;
        foreach (ref SoughtClaim one in sought)
        {
            if (one.Source.Place == ClaimPlace.Body)
            {
                one.Value = document is null ? null : Find(document.RootElement, one.Source.Name);
            }
        }
    }

    private static Answer TryRead(ReadOnlySpan<byte> body, Span<SoughtClaim> sought)
    {
        Walk walk = new(
            body, sought, stackalloc Name[NameCountMax], stackalloc Container[ClaimReader.DepthMax + 1]);
        try
        {
            return walk.Read(new(body, Options));
        }
        catch (JsonException)
        {
            return Answer.Refused;
        }
    }

    private static string? Find(JsonElement at, string pointer)
    {
        foreach (string escaped in pointer[1..].Split('/'))
        {
            string token = escaped.Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(token, out JsonElement member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array && IndexOf(token) is { } index && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return StrictJson.TryText(at, out string? text) ? text : null;
    }

    private static int? IndexOf(ReadOnlySpan<char> token) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
        && (token.Length == 1 || token[0] != '0')
            ? index
            : null;

    /// <summary>A name in the body, of the object with a number.</summary>
    private readonly record struct Name(int Object, int Start, int Length);

    /// <summary>An object with its number, or an array with the index of its next item.</summary>
    private readonly record struct Container(bool IsArray, int Number);

    private ref struct Walk(
        ReadOnlySpan<byte> body, Span<SoughtClaim> sought, Span<Name> names, Span<Container> open)
    {
        private readonly ReadOnlySpan<byte> body = body;
        private readonly Span<SoughtClaim> sought = sought;
        private readonly Span<Name> names = names;
        private readonly Span<Container> open = open;
        private int nameCount;
        private int objectCount;
        private int depth;

        public Answer Read(Utf8JsonReader reader)
        {
            ReadOnlySpan<byte> name = default;
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = reader.ValueSpan;
                        if (reader.ValueIsEscaped || !IsNew((int)reader.TokenStartIndex + 1, name))
                        {
                            return Answer.Unsure;
                        }

                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        depth--;
                        Leave();
                        break;
                    default:
                        Enter(ref reader, name);
                        break;
                }
            }

            return Answer.Read;
        }

        // Names of one object are compared with each other.
        private bool IsNew(int start, ReadOnlySpan<byte> name)
        {
            int owner = open[depth - 1].Number;
            foreach (Name known in names[..nameCount])
            {
                if (known.Object == owner && known.Length == name.Length
                    && body.Slice(known.Start, known.Length).SequenceEqual(name))
                {
                    return false;
                }
            }

            if (nameCount == NameCountMax)
            {
                return false;
            }

            names[nameCount++] = new(owner, start, name.Length);
            return true;
        }

        private void Enter(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
        {
            bool opens = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            bool isItem = depth > 0 && open[depth - 1].IsArray;
            int index = isItem ? open[depth - 1].Number : 0;
            foreach (ref SoughtClaim one in sought)
            {
                if (depth > 0 && one.Level == depth - 1 && one.Source.Place == ClaimPlace.Body)
                {
                    Follow(ref one, ref reader, opens, isItem ? IsAt(one, index) : IsNamed(one, name));
                }
            }

            if (isItem)
            {
                open[depth - 1] = new(IsArray: true, index + 1);
            }

            if (opens)
            {
                bool isArray = reader.TokenType == JsonTokenType.StartArray;
                open[depth++] = new(isArray, isArray ? 0 : objectCount++);
            }
        }

        private readonly void Follow(ref SoughtClaim one, ref Utf8JsonReader reader, bool opens, bool leads)
        {
            if (!leads)
            {
                return;
            }

            int end = EndOf(one);
            if (end == PointerOf(one).Length)
            {
                one.Value = TextOf(ref reader);
                one.Level = Found;
            }
            else if (opens)
            {
                one.Offset = end;
                one.Level = depth;
            }
        }

        // Goes back by one part of every pointer that led into what ends here.
        private readonly void Leave()
        {
            foreach (ref SoughtClaim one in sought)
            {
                if (depth > 0 && one.Level == depth && one.Source.Place == ClaimPlace.Body)
                {
                    one.Offset = PointerOf(one)[..one.Offset].LastIndexOf('/');
                    one.Level = depth - 1;
                }
            }
        }

        private static ReadOnlySpan<char> PointerOf(in SoughtClaim one) => one.Source.Pointer;

        private static int EndOf(in SoughtClaim one)
        {
            ReadOnlySpan<char> pointer = PointerOf(one);
            int length = pointer[(one.Offset + 1)..].IndexOf('/');
            return length < 0 ? pointer.Length : one.Offset + 1 + length;
        }

        private static ReadOnlySpan<char> TokenOf(in SoughtClaim one) => PointerOf(one)[(one.Offset + 1)..EndOf(one)];

        private static bool IsAt(in SoughtClaim one, int index) => IndexOf(TokenOf(one)) == index;

        // A pointer is ASCII, and writes ~ as ~0 and / as ~1.
        private static bool IsNamed(in SoughtClaim one, ReadOnlySpan<byte> name)
        {
            ReadOnlySpan<char> token = TokenOf(one);
            int at = 0;
            for (int i = 0; i < token.Length; i++, at++)
            {
                char letter = token[i];
                if (letter == '~' && i + 1 < token.Length && token[i + 1] is '0' or '1')
                {
                    letter = token[++i] == '0' ? '~' : '/';
                }

                if (at >= name.Length || name[at] != letter)
                {
                    return false;
                }
            }

            return at == name.Length;
        }

        // Nothing is made of what is too long for a claim: an escape has at most six characters.
        private static string? TextOf(ref Utf8JsonReader reader) => reader.TokenType switch
        {
            JsonTokenType.String => reader.ValueSpan.Length <= 6 * EvidenceClaim.LengthMax ? reader.GetString() : null,
            JsonTokenType.Number => reader.ValueSpan.Length <= EvidenceClaim.LengthMax
                ? Encoding.ASCII.GetString(reader.ValueSpan)
                : null,
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => null,
        };
    }
}
