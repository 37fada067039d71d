using System.Globalization;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>
/// The scheme <c>standard-webhooks</c>: Standard Webhooks 1.0.0, symmetric (<c>v1</c>) and by Ed25519 (<c>v1a</c>).
/// </summary>
/// <remarks>
/// The signature is base64(HMAC-SHA256(secret, id "." timestamp "." body)) over the raw body; the header
/// <c>webhook-signature</c> lists several, parted by spaces, and any that fits will do. Covered are <c>id</c>,
/// <c>timestamp</c> and <c>body</c>; the id is the replay key. Signatures <c>v1a</c> are by Ed25519 over the same
/// bytes:
/// an <see cref="ISignatureVerifier"/> checks them under public keys (<c>whpk_</c>), and without one a message that is
/// signed in no other way is indeterminate. A message may ask for <see cref="KeyRing.KeysPerSchemeMax"/> such checks:
/// one signature under every key of a full ring, or two signatures under four. A <c>v1</c> that fits goes before. Ids
/// with a dot are refused, since the
/// same bytes would then
/// be signed for another id and time. Source: the specification at standardwebhooks.com, version 1.0.0.
/// </remarks>
public sealed class StandardWebhooks : EvidenceScheme
{
    /// <summary>The header with the message's id.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header with the signed time, in seconds since 1970.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header with the signatures.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How many seconds the signed time may lie before or after the receipt, both ends included.</summary>
    public const int ToleranceSeconds = SignedTime.ToleranceSeconds;

    /// <summary>The most signatures in the header.</summary>
    public const int SignaturesMax = 16;

    private const string SecretPrefix = "whsec_";
    private const string PublicPrefix = "whpk_";
    private const string VersionPrefix = "v1,";
    private const string AsymmetricPrefix = "v1a,";

    // 32 bytes in base64.
    private const int MacTextLength = 44;

    private static readonly MacRules Rules = MacRules.Of(MacEncoding.Base64, ProofAlgorithm.HmacSha256);
    private static readonly ValueList<string> CoveredClaims = ["id", "timestamp", "body"];

    private readonly ISignatureVerifier? verifier;

    internal StandardWebhooks(ISignatureVerifier? verifier) => this.verifier = verifier;

    /// <summary>The scheme.</summary>
    public static StandardWebhooks V1 { get; } = new(verifier: null);

    /// <inheritdoc/>
    public override SchemeId Id => SchemeId.StandardWebhooks;

    /// <summary>A key of a secret, or of a public key, in its usual text form.</summary>
    /// <param name="id">The key's name.</param>
    /// <param name="secret">
    /// Base64 of 24 to 64 bytes, with or without <c>whsec_</c> and padding; or <c>whpk_</c> and the 32 bytes of an
    /// Ed25519 public key. Verifying takes 16 bytes too: the specification's own libraries do, and its test vectors
    /// have secrets of 23. A bad one gives a key that is not usable, and verdicts with
    /// <see cref="ProofReasons.ConfigurationError"/>.
    /// </param>
    public static ProofKey Key(KeyId id, string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.StartsWith(PublicPrefix, StringComparison.Ordinal))
        {
            return new(id, SchemeId.StandardWebhooks, WebhookSignatures.ReadPublicKey(secret[PublicPrefix.Length..]));
        }

        bool hasPrefix = secret.StartsWith(SecretPrefix, StringComparison.Ordinal);
        string text = hasPrefix ? secret[SecretPrefix.Length..] : secret;
        return new(id, SchemeId.StandardWebhooks, ProofSecret.FromBase64(text));
    }

    /// <summary>Signs a message.</summary>
    /// <param name="key">An active key of this scheme.</param>
    /// <param name="id">The message's id, without a dot; every repetition has the same.</param>
    /// <param name="at">When the message is sent; fractions of a second are cut off.</param>
    /// <param name="body">The raw body.</param>
    /// <returns>The three headers to send along.</returns>
    /// <exception cref="ArgumentException">The key may not sign, or the id has a dot.</exception>
    public static ValueList<EvidenceHeader> Sign(ProofKey key, EvidenceId id, Instant at, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (id.Value.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException("The id of a signed message has no dot.", nameof(id));
        }

        string timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Span<char> mac = stackalloc char[MacTextLength];
        return key.Scheme == SchemeId.StandardWebhooks && key.State == ProofKeyState.Active
            && key.Secret is { CanSign: true } secret && TryCompute(secret, id.Value, timestamp, body, mac)
            ?
            [
                new(IdHeader, id.Value),
                new(TimestampHeader, timestamp),
                new(SignatureHeader, string.Concat(VersionPrefix, mac)),
            ]
            : throw new ArgumentException("The key is not an active, usable key of Standard Webhooks.", nameof(key));
    }

    /// <inheritdoc/>
    protected override ProofMaterial ReadMaterial(string text) => Key(default, text).Material;

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        if (ReadHeaders(input, out string id, out string timestamp, out string signatures) is { } wrong)
        {
            return Invalid(input, wrong);
        }

        if (SignedTime.Read(timestamp, input.ReceivedAt, out Instant signedAt) is { } untimely)
        {
            return Invalid(input, untimely);
        }

        Span<Range> codes = stackalloc Range[SignaturesMax];
        Span<Range> asymmetric = stackalloc Range[SignaturesMax];
        if (ReadSignatures(signatures, codes, asymmetric, out int count, out int others) is { } malformed)
        {
            return Invalid(input, malformed);
        }

        if (count == 0 && others == 0)
        {
            return Invalid(input, new(ProofReasons.NoSupportedScheme));
        }

        SignedContent content = new(stackalloc byte[1024], ContentLength(input.Body.Length));
        Compose(ref content, id, timestamp, input.Body.Span);
        (KeyRing secrets, bool hasPublic) = WebhookSignatures.SecretsOf(keys);
        KeyMatches matches = count == 0
            ? default
            : Rules.Match(input, secrets, content.Bytes, signatures, codes[..count]);
        bool asks = matches.Valid is null && others > 0 && (hasPublic || count == 0);
        EvidenceVerdict verdict = matches.Valid is { } key ? Valid(input, key, new(id), signedAt)
            : asks ? VerifyAsymmetric(input, keys, content.Bytes.ToArray(), signatures, asymmetric[..others])
            : matches.Refuse(input);
        content.Return();
        return asks && verdict.IsValid ? verdict with { ReplayKey = new(id), AssertedAt = signedAt } : verdict;
    }

    // By a public key of whoever signed: stronger than a code, which we could have made ourselves.
    private EvidenceVerdict VerifyAsymmetric(
        EvidenceInput input, KeyRing keys, byte[] content, string signatures, ReadOnlySpan<Range> ranges)
    {
        if (verifier is null)
        {
            return Indeterminate(input, Reason.Of(ProofReasons.Unsupported, ("version", "v1a")));
        }

        SignatureTrial trial = WebhookSignatures.Try(
            new(input, verifier, KeyRing.KeysPerSchemeMax), keys, content, signatures, ranges);
        return trial.Valid is { } key
            ? Valid(input, key, default, input.ReceivedAt) with { Strength = ProofStrength.Signature }
            : trial.Refuse();
    }

    private static EvidenceVerdict Valid(EvidenceInput input, ProofKey key, EvidenceId id, Instant signedAt) => new()
    {
        Kind = input.Kind,
        Scheme = input.Scheme,
        Authenticity = Authenticity.Valid,
        Strength = ProofStrength.Mac,
        Key = key.Id,
        Party = key.Party,
        Covered = CoveredClaims,
        ReplayKey = id,
        Content = ContentOf(input),
        AssertedAt = signedAt,
        ReceivedAt = input.ReceivedAt,
    };

    private static Reason? ReadHeaders(EvidenceInput input, out string id, out string timestamp, out string signatures)
    {
        Reason? wrong = MessageParts.ReadHeader(input, IdHeader, out id);
        wrong = MessageParts.ReadHeader(input, TimestampHeader, out timestamp) is { } later ? wrong ?? later : wrong;
        wrong = MessageParts.ReadHeader(input, SignatureHeader, out signatures) is { } last ? wrong ?? last : wrong;
        bool isId = Identifier.IsValid(id, Identifier.ForeignLengthMax) && !id.Contains('.', StringComparison.Ordinal);
        return wrong ?? (isId ? null : new Reason(ProofReasons.BadId));
    }

    private static Reason? ReadSignatures(
        ReadOnlySpan<char> header, Span<Range> codes, Span<Range> asymmetric, out int count, out int others)
    {
        count = 0;
        others = 0;
        int items = 0;
        foreach (Range range in header.Split(' '))
        {
            ReadOnlySpan<char> item = header[range];
            items += item.IsEmpty ? 0 : 1;
            if (items > SignaturesMax)
            {
                return Reason.Of(ProofReasons.TooManySignatures, ("max", SignaturesMax));
            }

            if (item.StartsWith(AsymmetricPrefix, StringComparison.Ordinal))
            {
                asymmetric[others++] = (range.Start.Value + AsymmetricPrefix.Length)..range.End;
            }

            if (item.StartsWith(VersionPrefix, StringComparison.Ordinal))
            {
                codes[count++] = (range.Start.Value + VersionPrefix.Length)..range.End;
            }
        }

        return null;
    }

    private static int ContentLength(int body) => Identifier.ForeignLengthMax + 32 + body;

    private static void Compose(
        ref SignedContent content, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        content.Text(id);
        content.Append("."u8);
        content.Text(timestamp);
        content.Append("."u8);
        content.Append(body);
    }

    private static bool TryCompute(
        ProofSecret secret, string id, string timestamp, ReadOnlySpan<byte> body, Span<char> mac)
    {
        SignedContent content = new(stackalloc byte[1024], ContentLength(body.Length));
        Compose(ref content, id, timestamp, body);
        Span<byte> bytes = stackalloc byte[ProofSecret.MacLengthMax];
        bool computed = secret.TryMac(ProofAlgorithm.HmacSha256, content.Bytes, bytes, out int length);
        content.Return();
        return computed && Convert.TryToBase64Chars(bytes[..length], mac, out _);
    }
}
