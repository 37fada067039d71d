using System.Text;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The scheme <c>rfc9421</c>: HTTP Message Signatures over a request.</summary>
/// <remarks>
/// <para>
/// <c>hmac-sha256</c> under a <see cref="ProofSecret"/> and <c>ecdsa-p256-sha256</c> (64 bytes) under a
/// <see cref="ProofPublicKey"/>; others need an <see cref="ISignatureVerifier"/>. The signature names its key of the
/// ring (<c>keyid</c>) and when it was made (<c>created</c>); both are required. An <c>alg</c> must be the key's own.
/// </para>
/// <para>
/// What a signature covers is the sender's choice, so an <see cref="HttpSignaturePolicy"/> says what it must cover. A
/// covered <c>content-digest</c> is checked against the body (RFC 9530, SHA-256 and SHA-512), and only then is
/// <c>body</c> covered. Components with parameters of their own (<c>;sf</c>, <c>;bs</c>, <c>;req</c> …) are refused.
/// </para>
/// <para>
/// Hand over <c>signature</c>, <c>signature-input</c>, the covered fields and the request as it was sent. Of several
/// signatures, at most 4, the first that counts is taken.
/// </para>
/// </remarks>
public sealed class HttpMessageSignatures : EvidenceScheme
{
    /// <summary>The most signatures of one message.</summary>
    public const int SignaturesMax = 4;

    private readonly HttpSignaturePolicy policy;
    private readonly ISignatureVerifier? verifier;

    /// <summary>The scheme by a host's own policy.</summary>
    /// <param name="id">Its name, with the host's prefix; keys carry it too.</param>
    /// <param name="policy">What a signature must cover.</param>
    /// <param name="verifier">Verifies what the base class library cannot; null without one.</param>
    public HttpMessageSignatures(SchemeId id, HttpSignaturePolicy policy, ISignatureVerifier? verifier = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Id = id;
        this.policy = policy;
        this.verifier = verifier;
    }

    /// <summary>The scheme by the policy that covers the whole request.</summary>
    public static HttpMessageSignatures WholeRequest { get; } = new(SchemeId.HttpSignatures, new());

    /// <inheritdoc/>
    public override SchemeId Id { get; }

    /// <summary>A key, pinned to the one algorithm of its material.</summary>
    /// <param name="id">The key's name, which messages cite as <c>keyid</c>.</param>
    /// <param name="material">A secret, a public key, or a key for an adapter's algorithm.</param>
    public static ProofKey Key(KeyId id, ProofMaterial material)
    {
        ArgumentNullException.ThrowIfNull(material);
        return new(id, SchemeId.HttpSignatures, material);
    }

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        return Verify(input, keys, status: null);
    }

    internal EvidenceVerdict Verify(EvidenceInput input, KeyRing keys, int? status)
    {
        HttpSignatureBase message = new(input, status);
        if (message.Field("signature-input") is not { } inputs)
        {
            return Invalid(input, Reason.Of(ProofReasons.MissingHeader, ("header", "signature-input")));
        }

        if (message.Field("signature") is not { } signatures)
        {
            return Invalid(input, Reason.Of(ProofReasons.MissingHeader, ("header", "signature")));
        }

        List<HttpSignatureInput>? labelled = HttpSignatureInput.Read(inputs, SignaturesMax);
        Dictionary<string, byte[]>? bytes = StructuredFieldReader.BytesByKey(signatures, SignaturesMax);
        if (labelled is null || bytes is null)
        {
            return Invalid(input, CompactJws.Malformed(labelled is null ? "signature-input" : "signature"));
        }

        EvidenceVerdict? refused = null;
        foreach (HttpSignatureInput one in labelled)
        {
            EvidenceVerdict verdict = bytes.TryGetValue(one.Label, out byte[]? signature)
                ? Verify(input, keys, message, one, signature)
                : Invalid(input, CompactJws.Malformed("signature"));
            if (verdict.IsValid)
            {
                return verdict;
            }

            refused ??= verdict;
        }

        return refused!;
    }

    private EvidenceVerdict Verify(
        EvidenceInput input, KeyRing keys, HttpSignatureBase message, HttpSignatureInput one, byte[] signature)
    {
        if (Refuse(input, one) is { } refused)
        {
            return Invalid(input, refused);
        }

        if (!message.TryLines(one, out string lines, out string? missing))
        {
            return Invalid(input, Reason.Of(ProofReasons.MissingHeader, ("header", missing)));
        }

        SignatureTrial trial = new(input, verifier);
        byte[] content = Encoding.ASCII.GetBytes($"{lines}\"@signature-params\": {one.Serialized}");
        trial.TryAll(keys, one.KeyId, one.Algorithm, content, signature);
        if (trial.Valid is not { } key)
        {
            return trial.Refuse();
        }

        string? digest = one.Components.Contains(HttpSignaturePolicy.ContentDigest)
            ? message.Field(HttpSignaturePolicy.ContentDigest)
            : null;
        if (digest is not null && !ContentDigest.Matches(digest, input.Body.Span))
        {
            return Invalid(input, new(ProofReasons.DigestMismatch));
        }

        return ReplayKeyOf(message, one, content) is { } replayKey
            ? Valid(input, key, message, one, digest is not null) with
            {
                Strength = trial.IsMac ? ProofStrength.Mac : ProofStrength.Signature,
                ReplayKey = replayKey,
                Content = Digest.Of(Encoding.ASCII.GetBytes(lines)),
            }
            : Invalid(input, new(ProofReasons.BadId));
    }

    // What can be refused before any key is used.
    private Reason? Refuse(EvidenceInput input, HttpSignatureInput one)
    {
        if (one.KeyId is null || one.Created is not { } created)
        {
            return CompactJws.Malformed(one.KeyId is null ? "keyid" : "created");
        }

        if (policy.Tag is not null && one.Tag != policy.Tag)
        {
            return CompactJws.Malformed("tag");
        }

        foreach (string component in policy.ReplayField is { } field ? policy.Required.Add(field) : policy.Required)
        {
            bool isNeedless = component == HttpSignaturePolicy.ContentDigest && input.Body.IsEmpty;
            if (!one.Components.Contains(component) && !isNeedless)
            {
                return Reason.Of(ProofReasons.ClaimNotCovered, ("claim", component));
            }
        }

        return input.ReceivedAt >= one.Expires
            ? Reason.Of(ProofReasons.TooOld, ("tolerance", "0s"))
            : SignedTime.Check(created, input.ReceivedAt, policy.MaxAgeSeconds);
    }

    private EvidenceId? ReplayKeyOf(HttpSignatureBase message, HttpSignatureInput one, byte[] content)
    {
        string? named = policy.ReplayField is { } field ? message.Field(field) : one.Nonce;
        return named is null
            ? MessageParts.IdOf(Digest.Of(content))
            : EvidenceId.TryParse(named, null, out EvidenceId id) ? id : null;
    }

    private static EvidenceVerdict Valid(
        EvidenceInput input, ProofKey key, HttpSignatureBase message, HttpSignatureInput one, bool isBodyCovered)
    {
        // A field of the message may have any name: none of them is a part that schemes cover.
        List<string> covered = [.. one.Components.Select(static c => c[0] == '@' ? c : $"header:{c}"), "timestamp"];
        if (isBodyCovered)
        {
            covered.Add("body");
        }

        if (one.Components.Any(static c => c is "@query" or "@target-uri" or "@request-target"))
        {
            covered.Add("query");
        }

        return new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            Authenticity = Authenticity.Valid,
            Key = key.Id,
            Party = key.Party,
            Covered = covered.ToValueList(),
            Claims = one.Components.Select(c => new EvidenceClaim(c, message.ValueOf(c)!))
                .Where(static c => c.Value.Length <= EvidenceClaim.LengthMax).ToValueList(),
            AssertedAt = one.Created,
            ReceivedAt = input.ReceivedAt,
        };
    }
}
