using NodaTime.Text;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The scheme <c>pm1</c>: our own signed postback, as a query or as a form.</summary>
/// <remarks>
/// HMAC-SHA256 over an encoding in which no two postbacks read the same: <c>pm1</c> and a line feed, then, sorted by
/// name, <c>name=value</c> in the percent-encoding of RFC 3986 and a line feed for each field. Every field is covered
/// and is a claim; <c>event-id</c> is the replay key. A repetition may be signed anew: its content is the fields
/// without <c>issued-at</c>, <c>nonce</c> and <c>key-id</c>. The specification is <c>docs/pm1.md</c>.
/// </remarks>
public sealed class Pm1 : EvidenceScheme
{
    /// <summary>The field with the signature, in hexadecimal digits.</summary>
    public const string SignatureField = "sig";

    /// <summary>The field with the contract under which the event counts.</summary>
    public const string ContractField = "contract";

    private static readonly MacRules Rules = MacRules.Of(MacEncoding.Hex, ProofAlgorithm.HmacSha256);
    private static readonly ValueList<string> CoveredParts = ["fields"];

    private Pm1()
    {
    }

    /// <summary>The scheme.</summary>
    public static Pm1 Instance { get; } = new();

    /// <inheritdoc/>
    public override SchemeId Id => SchemeId.Pm1;

    /// <summary>A key of a secret.</summary>
    /// <param name="id">The key's name, which postbacks cite.</param>
    /// <param name="secret">Base64 of 24 to 64 bytes, with or without padding.</param>
    public static ProofKey Key(KeyId id, string secret) =>
        new(id, SchemeId.Pm1, ProofSecret.FromBase64(secret, ProofSecret.SigningLengthMin));

    /// <summary>Signs a postback.</summary>
    /// <param name="key">An active key of this scheme.</param>
    /// <param name="message">What it says.</param>
    /// <returns>The fields as a query or form, sorted by name, the signature last.</returns>
    /// <exception cref="ArgumentException">
    /// The key may not sign, or the message says what a postback may not.
    /// </exception>
    public static string Sign(ProofKey key, Pm1Message message)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(message);
        bool isActive = key.Scheme == SchemeId.Pm1 && key.State == ProofKeyState.Active;
        if (!isActive || key.Secret is not { CanSign: true } secret)
        {
            throw new ArgumentException("The key is not an active, usable key of pm1.", nameof(key));
        }

        List<FormField> fields =
        [
            new(ContractField, message.Contract.Value),
            new("kind", message.Kind.ToString()),
            new("event-id", message.EventId.Value),
            new("occurred-at", InstantPattern.General.Format(message.OccurredAt)),
            new("issued-at", InstantPattern.General.Format(message.IssuedAt)),
            new("key-id", key.Id.Value),
            new("nonce", message.Nonce),
            .. message.Fields.Select(static claim => new FormField(claim.Name, claim.Value)),
        ];
        if (Pm1Fields.Read(fields, out Pm1Fields read) is { } wrong)
        {
            throw new ArgumentException($"A postback cannot say this: {wrong}.", nameof(message));
        }

        Span<byte> mac = stackalloc byte[ProofSecret.MacLengthMax];
        return secret.TryMac(ProofAlgorithm.HmacSha256, read.Encode(Pm1Fields.All), mac, out int length)
            ? $"{read.ToQuery()}&{SignatureField}={Convert.ToHexStringLower(mac[..length])}"
            : throw new ArgumentException("The key's secret was erased.", nameof(key));
    }

    /// <inheritdoc/>
    protected override ProofMaterial ReadMaterial(string text) =>
        ProofSecret.FromBase64(text, ProofSecret.SigningLengthMin);

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        List<FormField> fields = [];
        bool isWritten = input.Body.IsEmpty
            ? FormField.TryRead(FormField.QueryOf(input.Request?.Url), fields)
            : FormField.TryRead(input.Body.Span, fields);
        if (!isWritten || fields.Count(static f => f.Name == SignatureField) != 1)
        {
            return Invalid(input, Pm1Fields.Malformed(isWritten ? SignatureField : "fields"));
        }

        string code = fields.Find(static f => f.Name == SignatureField).Value;
        fields.RemoveAll(static f => f.Name == SignatureField);
        if (Pm1Fields.Read(fields, out Pm1Fields read) is { } malformed)
        {
            return Invalid(input, malformed);
        }

        if (SignedTime.Check(read.IssuedAt, input.ReceivedAt) is { } untimely)
        {
            return Invalid(input, untimely);
        }

        KeyMatches matches = Rules.Match(input, keys, read.Encode(Pm1Fields.All), code, [Range.All], read.Key);
        if (matches.Valid is not { } key)
        {
            return matches.Refuse(input);
        }

        return read.Kind == input.Kind
            ? Valid(input, key, read)
            : Invalid(input, Reason.Of(ProofReasons.OtherKind, ("kind", read.Kind)));
    }

    private static EvidenceVerdict Valid(EvidenceInput input, ProofKey key, Pm1Fields read) => new()
    {
        Kind = input.Kind,
        Scheme = input.Scheme,
        Authenticity = Authenticity.Valid,
        Strength = ProofStrength.Mac,
        Key = key.Id,
        Party = key.Party,
        Covered = CoveredParts,
        Claims = FormField.Claims(read.Fields),
        Finding = read.Finding,
        State = read.State,
        ReplayKey = read.EventId,
        Content = Digest.Of(read.Encode(Pm1Fields.Lasting)),
        AssertedAt = read.IssuedAt,
        ReceivedAt = input.ReceivedAt,
    };
}
