using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The scheme <c>bearer-token</c>: a secret that is sent along, in a header or in the query.</summary>
/// <remarks>
/// Says who sent the message, and guards none of its content: strength is <see cref="ProofStrength.Token"/>, nothing is
/// covered, and contracts have to say that this is enough. The token stands either in <c>Authorization: Bearer</c> or
/// in the field, never in both. What the query says beside is uncovered; the token itself is in no verdict. The replay
/// key is the id that the host names, or else the digest of query and body.
/// </remarks>
public sealed class BearerToken : EvidenceScheme
{
    private const string HeaderName = "Authorization";
    private const string Prefix = "Bearer ";

    private readonly string? field;

    /// <summary>Makes a scheme whose token stands in a field of the query.</summary>
    /// <param name="id">Its name, which carries a prefix and a dot: <c>acme.postback</c>.</param>
    /// <param name="field">The field, such as <c>security_token</c>; null for the header only.</param>
    public BearerToken(SchemeId id, string? field)
    {
        Id = id;
        this.field = field;
    }

    /// <summary>The scheme with the token in <c>Authorization: Bearer</c>.</summary>
    public static BearerToken Instance { get; } = new(SchemeId.BearerToken, null);

    /// <inheritdoc/>
    public override SchemeId Id { get; }

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        List<FormField> fields = [];
        if (!FormField.TryRead(FormField.QueryOf(input.Request?.Url), fields))
        {
            return Invalid(input, Reason.Of(ProofReasons.Malformed, ("part", "query")));
        }

        if (ReadToken(input, fields, out string token) is { } wrong)
        {
            return Invalid(input, wrong);
        }

        KeyMatches matches = default;
        foreach (ProofKey key in keys.Keys)
        {
            if (!matches.Takes(key, input))
            {
                continue;
            }

            if (key.Secret is not { IsUsable: true } secret)
            {
                matches.NoteUnusable(key);
                continue;
            }

            matches.Note(key, secret.IsText(token), input);
        }

        return matches.Valid is { } fit ? Valid(input, fit, fields) : matches.Refuse(input);
    }

    private Reason? ReadToken(EvidenceInput input, List<FormField> fields, out string token)
    {
        int headers = input.FindHeader(HeaderName, out string? header);
        List<FormField> found = fields.FindAll(f => f.Name == field);
        fields.RemoveAll(f => f.Name == field);
        bool isBearer = header?.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ?? false;
        token = found.Count > 0 ? found[0].Value : isBearer ? header![Prefix.Length..] : string.Empty;
        return headers + found.Count > 1 ? Reason.Of(ProofReasons.DuplicateHeader, ("header", field ?? HeaderName))
            : token.Length == 0 ? Reason.Of(ProofReasons.MissingHeader, ("header", field ?? HeaderName))
            : null;
    }

    private static EvidenceVerdict Valid(EvidenceInput input, ProofKey key, List<FormField> fields)
    {
        CanonicalWriter said = new("bearer-content");
        foreach (FormField field in fields)
        {
            said.Text(field.Name).Text(field.Value);
        }

        said.Text(ContentOf(input).ToString());
        var content = Digest.Of(said.WrittenSpan);
        return new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            Authenticity = Authenticity.Valid,
            Strength = ProofStrength.Token,
            Key = key.Id,
            Party = key.Party,
            Uncovered = FormField.Claims(fields),
            ReplayKey = input.Id is { IsUnset: false } id ? id : MessageParts.IdOf(content),
            Content = content,
            ReceivedAt = input.ReceivedAt,
        };
    }
}
