using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Claims;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>Reads a signed query, form or address: its code, what that is over, and which fields it fixes.</summary>
internal sealed class SignedFields(SignedQueryProfile profile)
{
    private const string BodyDigestField = "bodySHA256";

    private readonly ArrayBufferWriter<byte> content = new(256);
    private readonly List<FormField> fields = [];
    private bool isBodyCovered;

    internal ReadOnlySpan<byte> Content => content.WrittenSpan;

    internal string Code { get; private set; } = string.Empty;

    /// <summary>The fields without the signature, sorted by name.</summary>
    internal List<FormField> Fields => fields;

    internal IEnumerable<FormField> Covered { get; private set; } = [];

    internal IEnumerable<FormField> Uncovered { get; private set; } = [];

    internal ValueList<string> CoveredParts { get; private set; } = [];

    private bool IsUnparted => profile.Form is QueryForm.SortedPairsUnparted or QueryForm.AddressThenForm;

    /// <summary>Reads a message; null when it is well written.</summary>
    internal Reason? Read(EvidenceInput input)
    {
        string url = input.Request?.Url ?? string.Empty;
        return profile.Form switch
        {
            QueryForm.RawAddress => ReadRaw(url),
            QueryForm.AddressThenForm => ReadAddress(input, url),
            _ => ReadPairs(input, url),
        };
    }

    /// <summary>
    /// What a repetition under the same id has in common with the first: it may be signed anew, with its own time.
    /// </summary>
    internal Digest Lasting()
    {
        bool isPairs = profile.Form is QueryForm.SortedPairs or QueryForm.SortedPairsFlattened;
        if (!isPairs || profile.TimeField is not { } time)
        {
            return Digest.Of(Content);
        }

        CanonicalWriter said = new("signed-query");
        foreach (FormField field in fields)
        {
            if (field.Name != time)
            {
                said.Text(field.Name)
                    .Text(profile.Form == QueryForm.SortedPairsFlattened ? Flat(field.Value) : field.Value);
            }
        }

        return Digest.Of(said.WrittenSpan);
    }

    private static Reason Malformed(string part) => Reason.Of(ProofReasons.Malformed, ("part", part));

    private Reason? ReadPairs(EvidenceInput input, string url)
    {
        bool readsForm = profile.Form == QueryForm.SortedPairsFlattened;
        if (!FormField.TryRead(FormField.QueryOf(url), fields)
            || (readsForm && !FormField.TryRead(input.Body.Span, fields)))
        {
            return Malformed("query");
        }

        if (fields.Count(field => field.Name == profile.Signature) != 1)
        {
            return Malformed(profile.Signature);
        }

        Code = fields.Find(field => field.Name == profile.Signature).Value;
        fields.RemoveAll(field => field.Name == profile.Signature);
        if (Sort() is { } wrong)
        {
            return wrong;
        }

        string text = profile.Form switch
        {
            QueryForm.SortedPairs => string.Join('&', fields.Select(static f => $"{Escape(f.Name)}={Escape(f.Value)}")),
            QueryForm.SortedPairsUnparted => string.Concat(fields.Select(static f => $"{f.Name}={f.Value}")),
            _ => string.Concat(fields.Select(static f => $"&{f.Name}={Flat(f.Value)}")),
        };
        Write(text);
        Cover(prefix: 0, text);
        return null;
    }

    private Reason? ReadRaw(string url)
    {
        int at = url.LastIndexOf($"{profile.Signature}=", StringComparison.Ordinal);
        if (at < 1 || url[at - 1] is not ('&' or '?') || url.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return Malformed("url");
        }

        Code = url[(at + profile.Signature.Length + 1)..];
        string signed = url[..(at - 1)];
        if (!FormField.TryRead(FormField.QueryOf(signed), fields) || Sort() is not null)
        {
            return Malformed("query");
        }

        Write(signed);
        Cover(prefix: 0, signed);
        return null;
    }

    private Reason? ReadAddress(EvidenceInput input, string url)
    {
        if (MessageParts.ReadHeader(input, profile.Signature, out string code) is { } missing)
        {
            return missing;
        }

        Code = code;
        List<FormField> query = [];
        if (url.Length == 0 || !FormField.TryRead(FormField.QueryOf(url), query))
        {
            return Malformed("url");
        }

        isBodyCovered = query.Exists(static f => f.Name == BodyDigestField);
        if (isBodyCovered && !query.TrueForAll(f => f.Name != BodyDigestField || IsDigestOf(input.Body.Span, f.Value)))
        {
            return Reason.Of(ProofReasons.NoMatch);
        }

        if (!isBodyCovered && !FormField.TryRead(input.Body.Span, fields))
        {
            return Malformed("form");
        }

        if (Sort() is { } wrong)
        {
            return wrong;
        }

        string text = url + string.Concat(fields.Select(static f => f.Name + f.Value));
        Write(text);
        Cover(url.Length, text);
        return null;
    }

    // Names that could be taken for a part of a pair are refused, and so is a second value of one name unless the form
    // joins them.
    private Reason? Sort()
    {
        if (fields.Exists(static f => f.Name.AsSpan().ContainsAny('=', '&')))
        {
            return Malformed("name");
        }

        FormField[] sorted = [.. fields.OrderBy(static f => f.Name, StringComparer.Ordinal)];
        fields.Clear();
        foreach (IGrouping<string, FormField> group in sorted.GroupBy(static f => f.Name, StringComparer.Ordinal))
        {
            if (group.Count() > 1 && profile.Form != QueryForm.SortedPairsUnparted)
            {
                return Malformed(HostileText.Shown(group.Key));
            }

            fields.Add(new(group.Key, string.Join(',', group.Select(static f => f.Value))));
        }

        return null;
    }

    // Named one by one, so that nothing beside them is taken for covered: neither the code itself nor a field that
    // could be written in two ways.
    private void Cover(int prefix, string text)
    {
        bool isClear = !IsUnparted || IsReadOneWay(prefix, text);
        Func<FormField, bool> isFixed = profile.Form == QueryForm.SortedPairsFlattened
            ? static field => !field.Value.AsSpan().ContainsAny('&', '=', '_')
            : _ => isClear;
        Covered = fields.Where(isFixed);
        Uncovered = fields.Where(field => !isFixed(field));
        CoveredParts = profile.Form == QueryForm.AddressThenForm
            ? !isClear ? [] : isBodyCovered ? ["url", "body"] : ["url", "form"]
            : [.. Covered.Take(EvidenceClaim.CountMax).Select(static field => ClaimSource.OfQuery(field.Name))];
    }

    // Every field has a name that the provider is known to write, and such names stand in the text nowhere else: then
    // the text falls into those names and their values in one way only, as long as nobody else writes a value.
    private bool IsReadOneWay(int prefix, string text)
    {
        string mark = profile.Form == QueryForm.SortedPairsUnparted ? "=" : string.Empty;
        HashSet<int> starts = [];
        int at = prefix;
        foreach (FormField field in fields)
        {
            bool isMarked = mark.Length > 0 && field.Value.Contains('=', StringComparison.Ordinal);
            if (isMarked || !profile.Names.Contains(field.Name) || profile.Written.Contains(field.Name))
            {
                return false;
            }

            starts.UnionWith(Enumerable.Range(at, field.Name.Length));
            at += field.Name.Length + mark.Length + field.Value.Length;
        }

        foreach (string name in profile.Names)
        {
            for (int found = text.IndexOf(name, StringComparison.Ordinal); found >= 0;
                found = text.IndexOf(name, found + 1, StringComparison.Ordinal))
            {
                if (!starts.Contains(found) || !starts.Contains(found + name.Length - 1))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, content);

    private static string Escape(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("&", "%26", StringComparison.Ordinal);

    private static string Flat(string text) =>
        text.Replace('&', '_').Replace('=', '_');

    private static bool IsDigestOf(ReadOnlySpan<byte> body, string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, digest);
        return MacText.Fits(text, MacEncoding.Hex, digest) || MacText.Fits(text, MacEncoding.Base64, digest);
    }
}
