using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Claims;

/// <summary>Reads what evidence says by the fields that contracts name, after it was found authentic.</summary>
/// <remarks>
/// What the signature covers becomes a claim under the text of its <see cref="ClaimSource"/>; what it does not is noted
/// as uncovered. Values stay as they are written: contracts say how to read them. Hostile input never throws: a body
/// that is malformed, or has a name twice, makes no claim.
/// </remarks>
public static class ClaimReader
{
    /// <summary>The greatest depth of a JSON body.</summary>
    public const int DepthMax = 32;

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = DepthMax,
    };

    /// <summary>A verdict with what the evidence says by some fields.</summary>
    /// <param name="verdict">The verdict; one that is not valid is returned as it is.</param>
    /// <param name="input">The evidence that it is about.</param>
    /// <param name="fields">The fields; those of other kinds and schemes are passed over.</param>
    public static EvidenceVerdict Read(
        EvidenceVerdict verdict, EvidenceInput input, ValueList<ClaimField> fields)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(fields);
        if (!verdict.IsValid || input.Body.Length > EvidenceInput.BodyLengthMax)
        {
            return verdict;
        }

        ClaimSource[] sources =
        [
            .. fields.Where(f => f.From.Place != ClaimPlace.Claim && !f.From.IsUnset && f.Fits(verdict))
                .Select(static f => f.From).Distinct(),
        ];
        return sources.Length == 0 ? verdict : Read(verdict, input, sources);
    }

    private static EvidenceVerdict Read(EvidenceVerdict verdict, EvidenceInput input, ClaimSource[] sources)
    {
        List<EvidenceClaim> covered = [.. verdict.Claims];
        List<EvidenceClaim> uncovered = [.. verdict.Uncovered];
        using JsonDocument? body = Array.Exists(sources, static s => s.Place == ClaimPlace.Body)
            ? Parse(input.Body)
            : null;
        foreach (ClaimSource source in sources)
        {
            string? value = source.Place switch
            {
                ClaimPlace.Body => body is null ? null : Find(body.RootElement, source.Name),
                ClaimPlace.Form => FormOf(input.Body) is { } form ? Find(form, source.Name) : null,
                ClaimPlace.Query => QueryOf(input) is { } query ? Find(query, source.Name) : null,
                ClaimPlace.Header => input.FindHeader(source.Name, out string? header) == 1 ? header : null,
                _ => null,
            };
            List<EvidenceClaim> into = IsCovered(verdict, source) ? covered : uncovered;
            string name = source.ToString();
            if (value is { Length: <= EvidenceClaim.LengthMax } && into.Count < EvidenceClaim.CountMax
                && !into.Exists(c => c.Name == name))
            {
                into.Add(new(name, value));
            }
        }

        return verdict with { Claims = covered.ToValueList(), Uncovered = uncovered.ToValueList() };
    }

    private static bool IsCovered(EvidenceVerdict verdict, ClaimSource source)
    {
        foreach (string part in verdict.Covered)
        {
            bool covers = source.Place switch
            {
                ClaimPlace.Body or ClaimPlace.Form => part == "body",
                ClaimPlace.Query => part is "query" or "url",
                ClaimPlace.Header => string.Equals(part, source.ToString(), StringComparison.OrdinalIgnoreCase)
                    || string.Equals(part, source.Name, StringComparison.OrdinalIgnoreCase),
                _ => false,
            };
            if (covers)
            {
                return true;
            }
        }

        return false;
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Utf8.IsValid(body.Span) ? JsonDocument.Parse(body, Strict) : null;
        }
        catch (JsonException)
        {
            return null;
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
            else if (at.ValueKind == JsonValueKind.Array && IsIndex(token, out int index)
                && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return TextOf(at);
    }

    private static bool IsIndex(string token, out int index) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out index)
        && (token.Length == 1 || token[0] != '0');

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no text.
            return null;
        }
    }

    private static string? FormOf(ReadOnlyMemory<byte> body) =>
        Ascii.IsValid(body.Span) ? Encoding.ASCII.GetString(body.Span) : null;

    private static string? QueryOf(EvidenceInput input)
    {
        string? url = input.Request?.Url;
        int start = url?.IndexOf('?', StringComparison.Ordinal) ?? -1;
        return start < 0 ? null : url![(start + 1)..].Split('#')[0];
    }

    // A name that stands twice says nothing.
    private static string? Find(string pairs, string name)
    {
        string? found = null;
        foreach (string pair in pairs.Split('&'))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? pair : pair[..equals];
            if (key.Length <= 3 * ClaimSource.LengthMax && WebUtility.UrlDecode(key) == name)
            {
                if (found is not null || equals < 0 || pair.Length - equals > 3 * EvidenceClaim.LengthMax)
                {
                    return null;
                }

                found = WebUtility.UrlDecode(pair[(equals + 1)..]);
            }
        }

        return found;
    }
}
