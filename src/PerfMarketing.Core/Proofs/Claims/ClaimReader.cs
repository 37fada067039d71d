using System.Runtime.CompilerServices;
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

        // Contracts name few fields, whose places need no object of their own.
        Few few = default;
        Span<SoughtClaim> sought = few;
        if (fields.Count > Few.Count)
        {
            sought = new SoughtClaim[fields.Count];
        }

        sought = sought[..Choose(fields, verdict, sought)];
        if (sought.IsEmpty)
        {
            return verdict;
        }

        ReadBody(input, sought);
        ReadOthers(input, sought);
        return verdict with
        {
            Claims = With(verdict.Claims, sought, isCovered: true),
            Uncovered = With(verdict.Uncovered, sought, isCovered: false),
        };
    }

    // Each place once.
    private static int Choose(ValueList<ClaimField> fields, EvidenceVerdict verdict, Span<SoughtClaim> sought)
    {
        int count = 0;
        foreach (ClaimField field in fields)
        {
            if (field.From.Place != ClaimPlace.Claim && !field.From.IsUnset && field.Fits(verdict)
                && !IsAmong(field.From, sought[..count]))
            {
                sought[count++] = new() { Source = field.From, IsCovered = IsCovered(verdict, field.From) };
            }
        }

        return count;
    }

    private static bool IsAmong(ClaimSource source, ReadOnlySpan<SoughtClaim> sought)
    {
        foreach (ref readonly SoughtClaim one in sought)
        {
            if (one.Source == source)
            {
                return true;
            }
        }

        return false;
    }

    private static void ReadBody(EvidenceInput input, Span<SoughtClaim> sought)
    {
        foreach (ref readonly SoughtClaim one in sought)
        {
            if (one.Source.Place == ClaimPlace.Body)
            {
                BodyClaims.Read(input.Body, sought);
                return;
            }
        }
    }

    private static void ReadOthers(EvidenceInput input, Span<SoughtClaim> sought)
    {
        List<FormField>? form = null;
        List<FormField>? query = null;
        foreach (ref SoughtClaim one in sought)
        {
            one.Value = one.Source.Place switch
            {
                ClaimPlace.Form => Find(form ??= FieldsOf(input.Body.Span), one.Source.Name),
                ClaimPlace.Query => Find(query ??= FieldsOf(input.Request?.Url), one.Source.Name),
                ClaimPlace.Header => input.FindHeader(one.Source.Name, out string? header) == 1
                    ? header!.Trim(' ', '\t')
                    : null,
                _ => one.Value,
            };
        }
    }

    // What was claimed before stands before, and instead of the same again.
    private static ValueList<EvidenceClaim> With(
        ValueList<EvidenceClaim> known, ReadOnlySpan<SoughtClaim> sought, bool isCovered)
    {
        int more = 0;
        foreach (ref readonly SoughtClaim one in sought)
        {
            more += Adds(one, known, isCovered) ? 1 : 0;
        }

        if (more == 0)
        {
            return known;
        }

        EvidenceClaim[] all = new EvidenceClaim[Math.Min(known.Count + more, EvidenceClaim.CountMax)];
        known.AsSpan().CopyTo(all);
        int count = known.Count;
        foreach (ref readonly SoughtClaim one in sought)
        {
            if (count < all.Length && Adds(one, known, isCovered))
            {
                all[count++] = new(one.Source.ToString(), one.Value!);
            }
        }

        return ValueList<EvidenceClaim>.Own(all);
    }

    private static bool Adds(in SoughtClaim one, ValueList<EvidenceClaim> known, bool isCovered)
    {
        if (one.IsCovered != isCovered || one.Value is not { Length: <= EvidenceClaim.LengthMax }
            || known.Count >= EvidenceClaim.CountMax)
        {
            return false;
        }

        foreach (EvidenceClaim claim in known)
        {
            if (claim.Name == one.Source.ToString())
            {
                return false;
            }
        }

        return true;
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

    [InlineArray(Count)]
    private struct Few
    {
        public const int Count = 16;

        private SoughtClaim first;
    }
}
