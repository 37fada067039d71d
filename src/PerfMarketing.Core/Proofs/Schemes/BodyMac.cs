using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>
/// Schemes that write an HMAC over the raw body into a header: <c>github</c>, <c>shopify</c>, and a host's own.
/// </summary>
/// <remarks>
/// The code covers <c>body</c> and no time, so its strength is <see cref="ProofStrength.WeakMac"/> and a message never
/// grows old: a repetition is told by the id inside the signed body, or else by the body's digest, and never by the
/// delivery id in a header, which anybody can change. Sources: GitHub, "Validating webhook deliveries"; Shopify,
/// "Verify a webhook".
/// </remarks>
public sealed class BodyMac : EvidenceScheme
{
    private static readonly ValueList<string> CoveredParts = ["body"];

    private readonly BodyMacProfile profile;
    private readonly MacRules rules;

    /// <summary>Makes a scheme.</summary>
    /// <param name="id">Its name; a host's own carries a prefix and a dot: <c>acme.orders</c>.</param>
    /// <param name="profile">Where and how the code is written.</param>
    /// <exception cref="ArgumentException">The algorithm is not HMAC with SHA-256, SHA-384 or SHA-512.</exception>
    public BodyMac(SchemeId id, BodyMacProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        bool isHmac = profile.Algorithm
            is ProofAlgorithm.HmacSha256 or ProofAlgorithm.HmacSha384 or ProofAlgorithm.HmacSha512;
        if (!isHmac || string.IsNullOrEmpty(profile.Header))
        {
            throw new ArgumentException("A body MAC names its header and an HMAC of SHA-2.", nameof(profile));
        }

        Id = id;
        this.profile = profile;
        rules = MacRules.Of(profile.Encoding, profile.Algorithm);
    }

    /// <summary>GitHub: <c>X-Hub-Signature-256: sha256=</c> and hexadecimal digits.</summary>
    public static BodyMac GitHub { get; } = new(SchemeId.GitHub, new("X-Hub-Signature-256")
    {
        Prefix = "sha256=",
        DeliveryHeader = "X-GitHub-Delivery",
    });

    /// <summary>Shopify: base64 in <c>X-Shopify-Hmac-Sha256</c>; the body's <c>id</c> tells repetitions.</summary>
    public static BodyMac Shopify { get; } = new(SchemeId.Shopify, new("X-Shopify-Hmac-Sha256")
    {
        Encoding = MacEncoding.Base64,
        DeliveryHeader = "X-Shopify-Webhook-Id",
        IdField = "id",
    });

    /// <inheritdoc/>
    public override SchemeId Id { get; }

    /// <summary>A key of a secret in text.</summary>
    /// <param name="id">The key's name.</param>
    /// <param name="secret">The secret as the provider shows it; its UTF-8 bytes are the key.</param>
    public ProofKey Key(KeyId id, string secret) => new(id, Id, ProofSecret.FromText(secret));

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        if (MessageParts.ReadHeader(input, profile.Header, out string header) is { } wrong)
        {
            return Invalid(input, wrong);
        }

        if (!header.StartsWith(profile.Prefix, StringComparison.Ordinal))
        {
            return Invalid(input, new(ProofReasons.NoSupportedScheme));
        }

        KeyMatches matches = rules.Match(input, keys, input.Body.Span, header, [profile.Prefix.Length..]);
        return matches.Valid is { } key ? Valid(input, key) : matches.Refuse(input);
    }

    private EvidenceVerdict Valid(EvidenceInput input, ProofKey key)
    {
        Digest content = ContentOf(input);
        EvidenceId? signed = profile.IdField is { } field ? MessageParts.FindId(input.Body.Span, field) : null;
        return new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            Authenticity = Authenticity.Valid,
            Strength = ProofStrength.WeakMac,
            Key = key.Id,
            Party = key.Party,
            Covered = CoveredParts,
            Uncovered = DeliveryId(input),
            ReplayKey = signed ?? MessageParts.IdOf(content),
            Content = content,
            ReceivedAt = input.ReceivedAt,
        };
    }

    private ValueList<EvidenceClaim> DeliveryId(EvidenceInput input) =>
        profile.DeliveryHeader is { } name && input.FindHeader(name, out string? value) == 1
            && value!.Length <= EvidenceClaim.LengthMax
            ? [new("delivery-id", value)]
            : [];
}
