using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>
/// The scheme <c>standard-webhooks</c>: Standard Webhooks 1.0.0 with symmetric signatures (<c>v1</c>).
/// </summary>
/// <remarks>
/// The signature is base64(HMAC-SHA256(secret, id "." timestamp "." body)) over the raw body; the header
/// <c>webhook-signature</c> lists several, parted by spaces, and any that fits will do. Covered are <c>id</c>,
/// <c>timestamp</c> and <c>body</c>; the id is the replay key. A message that is signed by <c>v1a</c> (Ed25519) alone
/// is indeterminate: the base class library has no Ed25519. Ids with a dot are refused, since the same bytes would then
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
    public const int ToleranceSeconds = 300;

    /// <summary>The most signatures in the header.</summary>
    public const int SignaturesMax = 16;

    private const string SecretPrefix = "whsec_";
    private const string VersionPrefix = "v1,";
    private const string AsymmetricPrefix = "v1a,";

    // 32 bytes in base64.
    private const int MacTextLength = 44;

    // 9999-12-31T23:59:59Z, the last second an instant can hold.
    private const long SecondsMax = 253_402_300_799;

    private static readonly ValueList<string> CoveredClaims = ["id", "timestamp", "body"];

    private StandardWebhooks()
    {
    }

    /// <summary>The scheme.</summary>
    public static StandardWebhooks V1 { get; } = new();

    /// <inheritdoc/>
    public override SchemeId Id => SchemeId.StandardWebhooks;

    /// <summary>A key of a secret in its usual text form.</summary>
    /// <param name="id">The key's name.</param>
    /// <param name="secret">
    /// Base64 of 24 to 64 bytes (verifying takes 16), with or without <c>whsec_</c> and padding. A bad secret gives a
    /// key that is not usable, and verdicts with <see cref="ProofReasons.ConfigurationError"/>.
    /// </param>
    public static ProofKey Key(KeyId id, string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
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
            && key.Secret is { CanSign: true } && TryCompute(key.Secret, id.Value, timestamp, body, mac)
            ?
            [
                new(IdHeader, id.Value),
                new(TimestampHeader, timestamp),
                new(SignatureHeader, string.Concat(VersionPrefix, mac)),
            ]
            : throw new ArgumentException("The key is not an active, usable key of Standard Webhooks.", nameof(key));
    }

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        if (ReadHeaders(input, out string id, out string timestamp, out string signatures) is { } wrong)
        {
            return Invalid(input, wrong);
        }

        if (ReadTime(timestamp, input.ReceivedAt, out Instant signedAt) is { } untimely)
        {
            return Invalid(input, untimely);
        }

        List<string> candidates = [];
        if (ReadSignatures(signatures, candidates, out bool hasAsymmetric) is { } malformed)
        {
            return Invalid(input, malformed);
        }

        if (candidates.Count == 0)
        {
            return hasAsymmetric
                ? Indeterminate(input, Reason.Of(ProofReasons.Unsupported, ("version", "v1a")))
                : Invalid(input, new(ProofReasons.NoSupportedScheme));
        }

        KeyMatches matches = Match(input, keys, id, timestamp, candidates);
        return matches.Valid is { } key
            ? Valid(input, key, new(id), signedAt)
            : matches.Refuse(input);
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
        Reason? wrong = ReadHeader(input, IdHeader, out id);
        wrong = ReadHeader(input, TimestampHeader, out timestamp) is { } later ? wrong ?? later : wrong;
        wrong = ReadHeader(input, SignatureHeader, out signatures) is { } last ? wrong ?? last : wrong;
        bool isId = Identifier.IsValid(id, Identifier.ForeignLengthMax) && !id.Contains('.', StringComparison.Ordinal);
        return wrong ?? (isId ? null : new Reason(ProofReasons.BadId));
    }

    private static Reason? ReadHeader(EvidenceInput input, string name, out string value)
    {
        int count = input.FindHeader(name, out string? found);
        value = found ?? string.Empty;
        return count switch
        {
            0 => Reason.Of(ProofReasons.MissingHeader, ("header", name)),
            1 => null,
            _ => Reason.Of(ProofReasons.DuplicateHeader, ("header", name)),
        };
    }

    // Digits only and no leading zero, so that one time has one text.
    private static Reason? ReadTime(string timestamp, Instant receivedAt, out Instant signedAt)
    {
        signedAt = default;
        bool isCanonical = timestamp.Length is >= 1 and <= 12 && !timestamp.AsSpan().ContainsAnyExceptInRange('0', '9')
            && (timestamp[0] != '0' || timestamp.Length == 1);
        if (!isCanonical || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || seconds > SecondsMax)
        {
            return new(ProofReasons.BadTimestamp);
        }

        signedAt = Instant.FromUnixTimeSeconds(seconds);
        Duration age = receivedAt - signedAt;
        Duration tolerance = Duration.FromSeconds(ToleranceSeconds);
        string? code = age > tolerance ? ProofReasons.TooOld : age < -tolerance ? ProofReasons.TooNew : null;
        return code is null ? null : Reason.Of(code, ("tolerance", "300s"));
    }

    private static Reason? ReadSignatures(string header, List<string> candidates, out bool hasAsymmetric)
    {
        hasAsymmetric = false;
        int count = 0;
        foreach (Range range in header.AsSpan().Split(' '))
        {
            ReadOnlySpan<char> item = header.AsSpan(range);
            count += item.IsEmpty ? 0 : 1;
            if (count > SignaturesMax)
            {
                return Reason.Of(ProofReasons.TooManySignatures, ("max", SignaturesMax));
            }

            hasAsymmetric |= item.StartsWith(AsymmetricPrefix, StringComparison.Ordinal);
            if (item.StartsWith(VersionPrefix, StringComparison.Ordinal))
            {
                candidates.Add(item[VersionPrefix.Length..].ToString());
            }
        }

        return null;
    }

    // Every key meets every signature, and nothing ends the loops early: the time taken tells neither which key fits
    // nor where texts differ.
    private static KeyMatches Match(
        EvidenceInput input, KeyRing keys, string id, string timestamp, List<string> candidates)
    {
        KeyMatches matches = default;
        Span<char> mac = stackalloc char[MacTextLength];
        foreach (ProofKey key in keys.Keys)
        {
            if (!matches.Takes(key, input, ProofAlgorithm.HmacSha256))
            {
                continue;
            }

            if (!TryCompute(key.Secret, id, timestamp, input.Body.Span, mac))
            {
                matches.NoteUnusable(key);
                continue;
            }

            bool fits = false;
            foreach (string candidate in candidates)
            {
                fits |= IsSame(candidate, mac);
            }

            matches.Note(key, fits, input);
        }

        return matches;
    }

    // Compares canonical base64 texts of 32 bytes; a text of another length or spelling is another text.
    private static bool IsSame(string candidate, ReadOnlySpan<char> mac) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(candidate.AsSpan()), MemoryMarshal.AsBytes(mac));

    private static bool TryCompute(
        ProofSecret? secret, string id, string timestamp, ReadOnlySpan<byte> body, Span<char> mac)
    {
        using IncrementalHash? hash = secret?.StartHmacSha256();
        if (hash is null)
        {
            return false;
        }

        Span<byte> head = stackalloc byte[Identifier.ForeignLengthMax + 32];
        int length = Encoding.ASCII.GetBytes(id, head);
        head[length++] = (byte)'.';
        length += Encoding.ASCII.GetBytes(timestamp, head[length..]);
        head[length++] = (byte)'.';
        hash.AppendData(head[..length]);
        hash.AppendData(body);
        Span<byte> bytes = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _ = hash.GetHashAndReset(bytes);
        return Convert.TryToBase64Chars(bytes, mac, out _);
    }
}
