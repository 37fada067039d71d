using System.Text.Json;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The scheme <c>jws</c>: a compact JSON Web Signature (RFC 7515) that is the whole body.</summary>
/// <remarks>
/// <para>
/// <c>HS256</c> under a <see cref="ProofSecret"/> and <c>ES256</c> under a <see cref="ProofPublicKey"/>; the header
/// must name the algorithm of the key, and never chooses it. Others need an <see cref="ISignatureVerifier"/>. Refused
/// are <c>crit</c>, <c>b64</c>, base64url with padding, other characters or other last bits, names that stand twice,
/// and an ES256 signature that has not exactly 64 bytes. A header that names a key of the ring (<c>kid</c>) is tried
/// under that key alone; otherwise at most 4 public keys are tried.
/// </para>
/// <para>
/// The scalar members of a JSON payload are covered claims; what is nested is covered too, but is no claim. <c>iat</c>
/// and <c>nbf</c> may lie 300 seconds off; <c>exp</c> is exact; with <c>iat</c> alone the message is good for 300
/// seconds. The replay key is <c>jti</c>, or the digest of what is signed. A code over no time is a
/// <see cref="ProofStrength.WeakMac"/>.
/// </para>
/// </remarks>
public sealed class JsonWebSignature : EvidenceScheme
{
    private static readonly ValueList<string> WithoutClaims = ["header", "payload"];

    private readonly ISignatureVerifier? verifier;

    internal JsonWebSignature(ISignatureVerifier? verifier) => this.verifier = verifier;

    /// <summary>The scheme.</summary>
    public static JsonWebSignature Compact { get; } = new(verifier: null);

    /// <inheritdoc/>
    public override SchemeId Id => SchemeId.Jws;

    /// <summary>A key, pinned to the one algorithm of its material.</summary>
    /// <param name="id">The key's name; messages may cite it as <c>kid</c>.</param>
    /// <param name="material">A secret for HS256, a public key for ES256, or a key for an adapter's algorithm.</param>
    public static ProofKey Key(KeyId id, ProofMaterial material)
    {
        ArgumentNullException.ThrowIfNull(material);
        return new(id, SchemeId.Jws, material);
    }

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        if (!CompactJws.TryRead(input.Body, out CompactJws? jws, out Reason? wrong))
        {
            return Invalid(input, wrong);
        }

        SignatureTrial trial = new(input, verifier);
        trial.TryAll(keys, KeyIdIn(keys, jws.KeyId), PinnedName(jws.Algorithm), jws.SigningInput, jws.Signature);
        return trial.Valid is { } key
            ? Read(input, jws, key, trial.IsMac)
            : trial.Refuse();
    }

    internal static string PinnedName(string jose) => jose switch
    {
        "HS256" => SignatureTrial.HmacSha256,
        "ES256" => SignatureTrial.EcdsaP256Sha256,
        "ES384" => SignatureAlgorithm.EcdsaP384Sha384,
        "ES512" => SignatureAlgorithm.EcdsaP521Sha512,
        "RS256" => SignatureAlgorithm.RsaPkcs1Sha256,
        "PS256" => SignatureAlgorithm.RsaPssSha256,
        "EdDSA" or "Ed25519" => SignatureAlgorithm.Ed25519,
        _ => string.Empty,
    };

    private static string? KeyIdIn(KeyRing keys, string? keyId)
    {
        foreach (ProofKey key in keys.Keys)
        {
            if (key.Scheme == SchemeId.Jws && key.Id.ToString() == keyId)
            {
                return keyId;
            }
        }

        return null;
    }

    // Reads the payload of a message whose signature is valid. What is no JSON object makes no claims.
    private static EvidenceVerdict Read(EvidenceInput input, CompactJws jws, ProofKey key, bool isMac)
    {
        EvidenceVerdict verdict = new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            Authenticity = Authenticity.Valid,
            Strength = isMac ? ProofStrength.WeakMac : ProofStrength.Signature,
            Key = key.Id,
            Party = key.Party,
            Covered = WithoutClaims,
            Content = Digest.Of(jws.SigningInput.Span),
            ReceivedAt = input.ReceivedAt,
        };
        using JsonDocument? payload = StrictJson.ParseObject(jws.Payload);
        if (payload is null)
        {
            return jws.Payload.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("{"u8)
                ? Invalid(input, CompactJws.Malformed("payload"))
                : verdict with { ReplayKey = MessageParts.IdOf(verdict.Content) };
        }

        return Read(input, payload.RootElement, verdict, isMac);
    }

    private static EvidenceVerdict Read(EvidenceInput input, JsonElement claims, EvidenceVerdict verdict, bool isMac)
    {
        if (!JwsTimes.TryRead(claims, out JwsTimes times))
        {
            return Invalid(input, new(ProofReasons.BadTimestamp));
        }

        if (times.Untimely(input.ReceivedAt) is { } untimely)
        {
            return Invalid(input, untimely);
        }

        bool hasId = claims.TryGetProperty("jti", out _);
        EvidenceId id = MessageParts.IdOf(verdict.Content);
        if (hasId && !EvidenceId.TryParse(StrictJson.Text(claims, "jti"), null, out id))
        {
            return Invalid(input, new(ProofReasons.BadId));
        }

        bool isTimed = times.IssuedAt is not null || times.ExpiresAt is not null;
        ValueList<string> covered = hasId ? WithoutClaims.Add("id") : WithoutClaims;
        return verdict with
        {
            Strength = isMac && isTimed ? ProofStrength.Mac : verdict.Strength,
            Covered = times.IssuedAt is null ? covered : covered.Add("timestamp"),
            Claims = StrictJson.Claims(claims),
            ReplayKey = id,
            AssertedAt = times.IssuedAt,
        };
    }
}
