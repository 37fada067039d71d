using System.Globalization;
using System.Text;
using System.Text.Json;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>
/// The scheme <c>ad-attribution-kit</c>: Apple's postbacks of AdAttributionKit, and
/// <c>ad-attribution-kit.development</c> for those of its developer mode.
/// </summary>
/// <remarks>
/// <para>
/// The body is a JSON object whose member <c>jws-string</c> is a compact JWS; it is signed by ES256 under the key of
/// the ring that its header names. Keys: <see cref="AppleKeys.AdAttributionKit"/>.
/// </para>
/// <para>
/// Covered are the members of the JWS payload. What stands beside it in the body (<c>conversion-value</c>,
/// <c>coarse-conversion-value</c>, <c>ad-interaction-type</c>, <c>country-code</c>) is <b>not</b> signed and may not
/// move money. <c>did-win</c> false is <see cref="EvidenceFinding.Failed"/>, and of an install that was won only index
/// 0 speaks, as in <see cref="SkAdNetwork"/>. The replay key is the <c>postback-identifier</c> with the
/// <c>postback-sequence-index</c>.
/// </para>
/// <para>
/// Whoever turns on developer mode gets signed postbacks of installs that never were. So development keys are refused
/// by <see cref="Production"/>, and what <see cref="Development"/> finds valid is only
/// <see cref="ProofStrength.Asserted"/>; it is in no catalog by default.
/// </para>
/// Source: Apple, "Identifying the parameters in a postback" and "Verifying a postback" of AdAttributionKit.
/// </remarks>
public sealed class AdAttributionKit : EvidenceScheme
{
    private const string JwsMember = "jws-string";
    private const string IndexMember = "postback-sequence-index";

    private readonly bool isDevelopment;

    private AdAttributionKit(bool isDevelopment) => this.isDevelopment = isDevelopment;

    /// <summary>The scheme for customers' devices.</summary>
    public static AdAttributionKit Production { get; } = new(isDevelopment: false);

    /// <summary>The scheme for devices in developer mode, to add to a test host's catalog.</summary>
    public static AdAttributionKit Development { get; } = new(isDevelopment: true);

    /// <inheritdoc/>
    public override SchemeId Id => isDevelopment ? SchemeId.AdAttributionKitDevelopment : SchemeId.AdAttributionKit;

    /// <summary>A key beside Apple's own, for tests or when Apple publishes another.</summary>
    /// <param name="id">The key's name, which postbacks cite as <c>kid</c>.</param>
    /// <param name="publicKey">
    /// Base64 of the <c>SubjectPublicKeyInfo</c>; anything else gives a key that is not usable.
    /// </param>
    public static ProofKey Key(KeyId id, string publicKey) =>
        new(id, SchemeId.AdAttributionKit, ProofPublicKey.FromText(publicKey));

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        using JsonDocument? body = SkAdNetwork.ReadBody(input);
        if (body is null || StrictJson.Text(body.RootElement, JwsMember) is not { } text)
        {
            return Invalid(input, CompactJws.Malformed(JwsMember));
        }

        if (!CompactJws.TryRead(Encoding.UTF8.GetBytes(text), out CompactJws? jws, out Reason? wrong))
        {
            return Invalid(input, wrong);
        }

        if (jws.Algorithm != "ES256")
        {
            return Invalid(input, new(ProofReasons.AlgRefused));
        }

        if (jws.KeyId is not { } keyId)
        {
            return Invalid(input, CompactJws.Malformed("header"));
        }

        if (!isDevelopment && keyId.StartsWith(AppleKeys.DevelopmentPrefix, StringComparison.Ordinal))
        {
            return Invalid(input, new(ProofReasons.DevKeyInProduction));
        }

        SignatureTrial trial = new(input, verifier: null);
        trial.TryAll(keys, keyId, SignatureTrial.EcdsaP256Sha256, jws.SigningInput, jws.Signature);
        return trial.Valid is { } key ? Read(input, key, jws, body.RootElement) : trial.Refuse();
    }

    // Reads the payload of a postback whose signature is valid.
    private EvidenceVerdict Read(EvidenceInput input, ProofKey key, CompactJws jws, JsonElement body)
    {
        using JsonDocument? document = StrictJson.ParseObject(jws.Payload);
        if (document is not { RootElement: var payload }
            || !payload.TryGetProperty("did-win", out JsonElement won)
            || won.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
            || ReadId(payload) is not { } id)
        {
            return Invalid(input, CompactJws.Malformed("payload"));
        }

        ValueList<EvidenceClaim> claims = StrictJson.Claims(payload);
        bool lost = won.ValueKind == JsonValueKind.False;
        string index = payload.GetProperty(IndexMember).GetRawText();
        return new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            Authenticity = Authenticity.Valid,
            Strength = isDevelopment ? ProofStrength.Asserted : ProofStrength.PlatformAttested,
            Key = key.Id,
            Party = key.Party,
            Covered = claims.Select(static c => c.Name).Where(static n => !IsPart(n)).ToValueList(),
            Claims = claims,
            Uncovered = StrictJson.Claims(body, static name => name != JwsMember),
            Finding = SkAdNetwork.FindingOf(lost, index),
            State = SkAdNetwork.StateOf(lost, index),
            ReplayKey = id,
            Content = Digest.Of(jws.SigningInput.Span),
            ReceivedAt = input.ReceivedAt,
        };
    }

    // A member of that name would vouch for what stands around the signed text.
    private static bool IsPart(string name) => name is "body" or "query" or "url";

    private static EvidenceId? ReadId(JsonElement payload) =>
        StrictJson.Text(payload, "postback-identifier") is { Length: > 0 and <= Identifier.LengthMax } text
        && payload.TryGetProperty(IndexMember, out JsonElement index)
        && index.ValueKind == JsonValueKind.Number && index.GetRawText() is "0" or "1" or "2"
        && EvidenceId.TryParse($"{text}/{index.GetRawText()}", CultureInfo.InvariantCulture, out EvidenceId id)
            ? id
            : null;
}
