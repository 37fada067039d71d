using System.Buffers.Text;
using System.Globalization;
using System.Text;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The scheme <c>double-opt-in</c>: the token in a confirmation mail, sent back by a person's POST.</summary>
/// <remarks>
/// <para>
/// A token is <c>v1.payload.mac</c>. The payload is base64url without padding of the UTF-8 lines <c>opt-in</c> (the
/// purpose), list, subject, issued-at, first instant, end and nonce, parted by line feeds, times in seconds since 1970;
/// the MAC is HMAC-SHA256 over <c>v1.payload</c>, in lower-case hexadecimal digits. Values are printable ASCII, so no
/// two tokens sign the same bytes.
/// </para>
/// <para>
/// The body of the request is the token and nothing else, and its method is POST: link scanners and mail proxies follow
/// links by GET. The nonce is the replay key, so a token confirms once. Covered are <c>list</c>, <c>subject</c>,
/// <c>issued-at</c> and <c>nonce</c>. The two other records of a sign-up, the request and the mail's delivery, are
/// evidence of the kinds <see cref="Requested"/> and <see cref="Delivered"/>.
/// </para>
/// </remarks>
public sealed class DoubleOptIn : EvidenceScheme
{
    /// <summary>The longest token.</summary>
    public const int TokenLengthMax = 1_024;

    private const string Version = "v1.";
    private const string Purpose = "opt-in";
    private const int MacLength = 64;

    private static readonly ValueList<string> CoveredParts = ["list", "subject", "issued-at", "nonce"];

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly MacRules rules = MacRules.Of(MacEncoding.Hex, ProofAlgorithm.HmacSha256);

    private DoubleOptIn()
    {
    }

    /// <summary>The scheme.</summary>
    public static DoubleOptIn V1 { get; } = new();

    /// <summary>The kind of the first record: somebody asked to be put on the list.</summary>
    public static EvidenceKind Requested { get; } = new("opt-in-requested");

    /// <summary>The kind of the second record: the mail with the token was delivered.</summary>
    public static EvidenceKind Delivered { get; } = new("opt-in-mail-delivered");

    /// <summary>The kind of the third record: the token came back by POST.</summary>
    public static EvidenceKind Confirmed { get; } = new("opt-in-confirmed");

    /// <inheritdoc/>
    public override SchemeId Id => SchemeId.DoubleOptIn;

    /// <summary>A key of a secret.</summary>
    /// <param name="id">The key's name.</param>
    /// <param name="secret">The host's secret: 24 to 64 bytes.</param>
    public static ProofKey Key(KeyId id, ProofSecret secret) => new(id, SchemeId.DoubleOptIn, secret);

    /// <summary>Makes the token for a confirmation mail.</summary>
    /// <param name="key">An active key of this scheme.</param>
    /// <param name="request">What is to be confirmed.</param>
    /// <exception cref="ArgumentException">The key may not sign, or the request is not sound.</exception>
    public static string Sign(ProofKey key, OptInRequest request)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(request);
        if (key.Scheme != SchemeId.DoubleOptIn || key.State != ProofKeyState.Active
            || key.Secret is not { CanSign: true } || !request.IsSound)
        {
            throw new ArgumentException("The key signs opt-ins, and the request names list, subject and nonce.");
        }

        Instant issued = request.IssuedAt;
        string payload = string.Join(
            '\n', Purpose, request.List, request.Subject, Seconds(issued), Seconds(issued + request.NotBefore),
            Seconds(issued + request.ValidFor), request.Nonce.Value);
        string signed = Version + Base64Url.EncodeToString(Strict.GetBytes(payload));
        Span<byte> mac = stackalloc byte[ProofSecret.MacLengthMax];
        return key.Secret.TryMac(ProofAlgorithm.HmacSha256, Strict.GetBytes(signed), mac, out int length)
            ? $"{signed}.{Convert.ToHexStringLower(mac[..length])}"
            : throw new ArgumentException("The key's secret was erased.", nameof(key));
    }

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        if (input.Request?.Method != "POST")
        {
            return Invalid(input, new(ProofReasons.MethodRefused));
        }

        if (input.Body.Length > TokenLengthMax)
        {
            return Invalid(input, new(ProofReasons.TooLarge));
        }

        string token = Encoding.Latin1.GetString(input.Body.Span);
        int macAt = token.LastIndexOf('.') + 1;
        if (!token.StartsWith(Version, StringComparison.Ordinal) || macAt <= Version.Length
            || token.Length - macAt != MacLength || token.AsSpan(macAt).ContainsAnyInRange('A', 'F'))
        {
            return Invalid(input, new(ProofReasons.Malformed));
        }

        KeyMatches matches = rules.Match(
            input, keys, Encoding.Latin1.GetBytes(token[..(macAt - 1)]), token, [macAt..]);
        return matches.Valid is { } key
            ? Judge(input, key, Fields(token.AsSpan()[Version.Length..(macAt - 1)]))
            : matches.Refuse(input);
    }

    private static EvidenceVerdict Judge(EvidenceInput input, ProofKey key, string[] fields)
    {
        if (fields is not [Purpose, var list, var subject, var issued, var from, var until, var nonce]
            || !EvidenceId.TryParse(nonce, null, out EvidenceId id)
            || Time(issued) is not { } issuedAt || Time(from) is not { } first || Time(until) is not { } end)
        {
            return Invalid(input, new(ProofReasons.Malformed));
        }

        // The first instants are the scanners' that send forms too; the end is the sender's patience.
        if (input.ReceivedAt < first || input.ReceivedAt >= end)
        {
            string code = input.ReceivedAt < first ? ProofReasons.TooNew : ProofReasons.TooOld;
            return Invalid(input, Reason.Of(code, ("tolerance", $"{from}-{until}")));
        }

        return new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            Authenticity = Authenticity.Valid,
            Strength = ProofStrength.Mac,
            Key = key.Id,
            Party = key.Party,
            Covered = CoveredParts,
            Claims = [new("list", list), new("subject", subject), new("issued-at", issued), new("nonce", nonce)],
            State = "confirmed",
            ReplayKey = id,
            Content = ContentOf(input),
            AssertedAt = issuedAt,
            ReceivedAt = input.ReceivedAt,
        };
    }

    // One payload has one text: what decodes to the same bytes and is written otherwise is refused.
    private static string[] Fields(ReadOnlySpan<char> payload)
    {
        Span<byte> bytes = stackalloc byte[TokenLengthMax];
        return Base64Url.IsValid(payload) && Base64Url.TryDecodeFromChars(payload, bytes, out int length)
            && payload.SequenceEqual(Base64Url.EncodeToString(bytes[..length]))
            && Ascii.IsValid(bytes[..length])
            ? Encoding.ASCII.GetString(bytes[..length]).Split('\n')
            : [];
    }

    private static Instant? Time(string text) =>
        text.Length is > 0 and <= 11
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            ? Instant.FromUnixTimeSeconds(seconds)
            : null;

    private static string Seconds(Instant at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
