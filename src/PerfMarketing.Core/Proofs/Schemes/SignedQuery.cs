using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>
/// Schemes that sign a query, a form or an address: <c>shopify-oauth</c>, <c>shopify-app-proxy</c>, <c>vonage</c>,
/// <c>bitlabs</c>, <c>twilio</c>, and a host's own.
/// </summary>
/// <remarks>
/// The input needs its <see cref="EvidenceInput.Request"/> with the address as the sender wrote it. Fields that the
/// code fixes are claims; those it leaves open are uncovered claims. Strength is <see cref="ProofStrength.Mac"/> when
/// the form parts its fields and signs a time, else <see cref="ProofStrength.WeakMac"/>, as it always is for the
/// algorithms SHA-1 and MD5, which only verify after <see cref="AllowLegacy"/>. Sources: the providers' documentation
/// of signed requests.
/// </remarks>
public sealed class SignedQuery : EvidenceScheme
{
    private readonly SignedQueryProfile profile;
    private readonly MacRules rules;

    /// <summary>Makes a scheme.</summary>
    /// <param name="id">Its name; a host's own carries a prefix and a dot: <c>acme.clicks</c>.</param>
    /// <param name="profile">How it signs.</param>
    public SignedQuery(SchemeId id, SignedQueryProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        Id = id;
        this.profile = profile;
        rules = new(profile.Encoding, profile.Algorithm, profile.Others, profile.AllowLegacy);
    }

    /// <summary>Shopify, on installing an app: <c>hmac</c> over the sorted query.</summary>
    public static SignedQuery ShopifyOAuth { get; } =
        new(SchemeId.ShopifyOAuth, new(QueryForm.SortedPairs, "hmac") { TimeField = "timestamp" });

    /// <summary>Shopify, app proxy: <c>signature</c> over the sorted query with nothing between its fields.</summary>
    public static SignedQuery ShopifyAppProxy { get; } =
        new(SchemeId.ShopifyAppProxy, new(QueryForm.SortedPairsUnparted, "signature")
        {
            TimeField = "timestamp",
            Names = ["logged_in_customer_id", "path_prefix", "shop", "timestamp"],
        });

    /// <summary>Vonage: <c>sig</c> over the sorted fields of query and form; SHA-512 where the key says so.</summary>
    public static SignedQuery Vonage { get; } =
        new(SchemeId.Vonage, new(QueryForm.SortedPairsFlattened, "sig")
        {
            Others =
            [
                ProofAlgorithm.HmacSha512, ProofAlgorithm.HmacSha1, ProofAlgorithm.HmacMd5, ProofAlgorithm.Md5Suffix,
            ],
            TimeField = "timestamp",
        });

    /// <summary>BitLabs: <c>hash</c> with SHA-1 over the address before it; legacy.</summary>
    public static SignedQuery BitLabs { get; } =
        new(SchemeId.BitLabs, new(QueryForm.RawAddress, "hash") { Algorithm = ProofAlgorithm.HmacSha1 });

    /// <summary>Twilio: <c>X-Twilio-Signature</c> with SHA-1 over address and form; legacy.</summary>
    /// <remarks>A body that is not a form is covered by <c>bodySHA256</c> in the address.</remarks>
    public static SignedQuery Twilio { get; } =
        new(SchemeId.Twilio, new(QueryForm.AddressThenForm, "X-Twilio-Signature")
        {
            Algorithm = ProofAlgorithm.HmacSha1,
            Encoding = MacEncoding.Base64,
            Names = TwilioNames.All,
            Written = TwilioNames.Written,
        });

    /// <inheritdoc/>
    public override SchemeId Id { get; }

    /// <summary>This scheme with its algorithms that are broken elsewhere allowed, as a weak code.</summary>
    public SignedQuery AllowLegacy() => new(Id, profile with { AllowLegacy = true });

    /// <summary>A key of a secret in text.</summary>
    /// <param name="id">The key's name.</param>
    /// <param name="secret">The secret as the provider shows it; its UTF-8 bytes are the key.</param>
    public ProofKey Key(KeyId id, string secret) => new(id, Id, ProofSecret.FromText(secret));

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        SignedFields signed = new(profile);
        if (signed.Read(input) is { } wrong)
        {
            return Invalid(input, wrong);
        }

        Instant? signedAt = null;
        if (profile.TimeField is { } field)
        {
            string text = signed.Fields.FirstOrDefault(f => f.Name == field).Value ?? string.Empty;
            if (SignedTime.Read(text, input.ReceivedAt, out Instant at) is { } untimely)
            {
                return Invalid(input, untimely);
            }

            signedAt = at;
        }

        KeyMatches matches = rules.Match(input, keys, signed.Content, signed.Code, [Range.All]);
        return matches.Valid is { } key ? Valid(input, key, signed, signedAt) : matches.Refuse(input);
    }

    private EvidenceVerdict Valid(EvidenceInput input, ProofKey key, SignedFields signed, Instant? signedAt)
    {
        string? id = signed.Covered.FirstOrDefault(f => f.Name == profile.IdField).Value;
        bool hasId = EvidenceId.TryParse(id, null, out EvidenceId found);
        Digest content = hasId ? signed.Lasting() : Digest.Of(signed.Content);
        bool isParted = profile.Form is QueryForm.SortedPairs or QueryForm.SortedPairsFlattened or QueryForm.RawAddress;
        bool isFull = isParted && signedAt is not null && !MacRules.IsLegacy(rules.AlgorithmOf(key));
        return new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            Authenticity = Authenticity.Valid,
            Strength = isFull ? ProofStrength.Mac : ProofStrength.WeakMac,
            Key = key.Id,
            Party = key.Party,
            Covered = signed.CoveredParts,
            Claims = FormField.Claims(signed.Covered),
            Uncovered = FormField.Claims(signed.Uncovered),
            ReplayKey = hasId ? found : MessageParts.IdOf(content),
            Content = content,
            AssertedAt = isParted ? signedAt : null,
            ReceivedAt = input.ReceivedAt,
        };
    }
}
