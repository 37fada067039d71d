using System.Globalization;
using System.Text.Json;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Schemes;

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
            ? StrictJson.Parse(input.Body)
            : null;
        foreach (ClaimSource source in sources)
        {
            string? value = source.Place switch
            {
                ClaimPlace.Body => body is null ? null : Find(body.RootElement, source.Name),
                ClaimPlace.Form => Find(FieldsOf(input.Body.Span), source.Name),
                ClaimPlace.Query => Find(FieldsOf(input.Request?.Url), source.Name),
                ClaimPlace.Header => input.FindHeader(source.Name, out string? header) == 1
                    ? header!.Trim(' ', '\t')
                    : null,
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
                ClaimPlace.Query => part is "query" or "url" || part == source.ToString(),
                ClaimPlace.Header => string.Equals(part, source.ToString(), StringComparison.OrdinalIgnoreCase),
                _ => false,
            };
            if (covers)
            {
                return true;
            }
        }

        return false;
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

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    // By the reader that schemes use, so that nobody reads another field than the one that is signed.
    private static List<FormField> FieldsOf(ReadOnlySpan<byte> form)
    {
        List<FormField> fields = [];
        return FormField.TryRead(form, fields) ? fields : [];
    }

    private static List<FormField> FieldsOf(string? url)
    {
        List<FormField> fields = [];
        return FormField.TryRead(FormField.QueryOf(url), fields) ? fields : [];
    }

    // A name that stands twice says nothing.
    private static string? Find(List<FormField> fields, string name)
    {
        List<FormField> found = fields.FindAll(field => field.Name == name);
        return found.Count == 1 ? found[0].Value : null;
    }
}
