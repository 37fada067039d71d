using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The scheme <c>stripe</c>: webhooks of Stripe, version <c>v1</c> of <c>Stripe-Signature</c>.</summary>
/// <remarks>
/// The signature is hex(HMAC-SHA256(secret as text, t "." body)) over the raw body; the header lists
/// <c>t=…,v1=…,v1=…</c>, and any <c>v1</c> that fits will do, so that secrets roll without a gap. Other versions are
/// passed over. Covered are <c>timestamp</c> and <c>body</c>; the event's <c>id</c> in the signed body is the replay
/// key, or else the digest of the body. Source: Stripe, "Verify webhook signatures manually".
/// </remarks>
public sealed class Stripe : EvidenceScheme
{
    /// <summary>The header with the signed time and the signatures.</summary>
    public const string SignatureHeader = "Stripe-Signature";

    /// <summary>The most items in the header.</summary>
    public const int ItemsMax = 16;

    private static readonly MacRules Rules = MacRules.Of(MacEncoding.Hex, ProofAlgorithm.HmacSha256);
    private static readonly ValueList<string> CoveredParts = ["timestamp", "body"];

    private Stripe()
    {
    }

    /// <summary>The scheme.</summary>
    public static Stripe V1 { get; } = new();

    /// <inheritdoc/>
    public override SchemeId Id => SchemeId.Stripe;

    /// <summary>A key of a webhook's signing secret.</summary>
    /// <param name="id">The key's name.</param>
    /// <param name="secret">The secret as Stripe shows it, <c>whsec_</c> included.</param>
    public static ProofKey Key(KeyId id, string secret) => new(id, SchemeId.Stripe, ProofSecret.FromText(secret));

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        if (MessageParts.ReadHeader(input, SignatureHeader, out string header) is { } missing)
        {
            return Invalid(input, missing);
        }

        Span<Range> codes = stackalloc Range[ItemsMax];
        if (ReadItems(header, out Range time, codes, out int count) is { } malformed)
        {
            return Invalid(input, malformed);
        }

        if (SignedTime.Read(header.AsSpan(time), input.ReceivedAt, out Instant signedAt) is { } untimely)
        {
            return Invalid(input, untimely);
        }

        if (count == 0)
        {
            return Invalid(input, new(ProofReasons.NoSupportedScheme));
        }

        KeyMatches matches = Match(input, keys, header, time, codes[..count]);
        return matches.Valid is { } key ? Valid(input, key, signedAt) : matches.Refuse(input);
    }

    private static KeyMatches Match(
        EvidenceInput input, KeyRing keys, string header, Range time, ReadOnlySpan<Range> codes)
    {
        SignedContent content = new(stackalloc byte[1024], input.Body.Length + 16);
        content.Text(header.AsSpan(time));
        content.Append("."u8);
        content.Append(input.Body.Span);
        KeyMatches matches = Rules.Match(input, keys, content.Bytes, header, codes);
        content.Return();
        return matches;
    }

    // A second time is refused: whoever takes the first and whoever takes the last would read two messages.
    private static Reason? ReadItems(ReadOnlySpan<char> header, out Range time, Span<Range> codes, out int count)
    {
        time = default;
        count = 0;
        int items = 0;
        int times = 0;
        foreach (Range range in header.Split(','))
        {
            if (++items > ItemsMax)
            {
                return Reason.Of(ProofReasons.TooManySignatures, ("max", ItemsMax));
            }

            int start = range.Start.Value;
            if (header[range].StartsWith("t=", StringComparison.Ordinal))
            {
                times++;
                time = (start + 2)..range.End;
            }
            else if (header[range].StartsWith("v1=", StringComparison.Ordinal))
            {
                codes[count++] = (start + 3)..range.End;
            }
        }

        return times == 1 ? null : new(ProofReasons.BadTimestamp);
    }

    private static EvidenceVerdict Valid(EvidenceInput input, ProofKey key, Instant signedAt)
    {
        Digest content = ContentOf(input);
        return new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            Authenticity = Authenticity.Valid,
            Strength = ProofStrength.Mac,
            Key = key.Id,
            Party = key.Party,
            Covered = CoveredParts,
            ReplayKey = MessageParts.FindId(input.Body.Span, "id") ?? MessageParts.IdOf(content),
            Content = content,
            AssertedAt = signedAt,
            ReceivedAt = input.ReceivedAt,
        };
    }
}
