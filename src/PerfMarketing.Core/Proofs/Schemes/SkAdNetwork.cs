using System.Text;
using System.Text.Json;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The scheme <c>skadnetwork</c>: Apple's install postbacks, versions 2.1 to 4.0.</summary>
/// <remarks>
/// <para>
/// ECDSA on P-256 with SHA-256 over the version's fields, joined by U+2063; the signature is DER in base64, in its one
/// spelling. Versions 1.0 and 2.0 are signed on P-192 and are not supported. Keys: <see cref="AppleKeys.SkAdNetwork"/>.
/// </para>
/// <para>
/// Conversion values are <b>not</b> signed: the device, the network in between and anybody else can change them. They
/// are among the uncovered claims and may not move money. A postback with <c>did-win</c> false is authentic and says
/// that the network did not win: its finding is <see cref="EvidenceFinding.Failed"/>. Versions without the field are
/// sent to the winner alone.
/// </para>
/// <para>
/// The replay key is the <c>transaction-id</c>, in 4.0 with the <c>postback-sequence-index</c>: one install has up to
/// three postbacks, and only index 0 speaks of the install. The later ones leave it open
/// (<see cref="EvidenceFinding.Undecided"/>), so that no install is paid three times. A device sends again until it
/// is answered with 200, so
/// answer a repetition so too. What is compared is what is signed, so nobody can spoil an install by repeating its
/// postback with another conversion value.
/// </para>
/// Source: Apple, "Verifying an install-validation postback" and "Combining parameters for SKAdNetwork postbacks".
/// </remarks>
public sealed class SkAdNetwork : EvidenceScheme
{
    /// <summary>The state of a postback to the network that won.</summary>
    public const string Won = "did-win";

    /// <summary>The state of a postback to a network that did not win.</summary>
    public const string Lost = "did-not-win";

    /// <summary>The state of a later postback of an install, which was told before.</summary>
    public const string Later = "did-win-later";

    /// <summary>The most bytes of a postback's body, 16 kB: Apple's have one or two. Longer ones fail.</summary>
    public const int BodyLengthMax = 16 * 1024;

    private const string SignatureField = "attribution-signature";
    private const char Separator = '\u2063';

    private SkAdNetwork()
    {
    }

    /// <summary>The scheme.</summary>
    public static SkAdNetwork Instance { get; } = new();

    /// <inheritdoc/>
    public override SchemeId Id => SchemeId.SkAdNetwork;

    /// <summary>A key beside Apple's own, for tests or when Apple publishes another.</summary>
    /// <param name="id">The key's name.</param>
    /// <param name="publicKey">
    /// Base64 of the <c>SubjectPublicKeyInfo</c>; anything else gives a key that is not usable.
    /// </param>
    public static ProofKey Key(KeyId id, string publicKey) =>
        new(id, SchemeId.SkAdNetwork, ProofPublicKey.FromText(publicKey));

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        using JsonDocument? document = ReadBody(input);
        if (document is null || StrictJson.Text(document.RootElement, "version") is not { } version)
        {
            return Invalid(input, CompactJws.Malformed("body"));
        }

        if (SkAdNetworkField.Of(version).IsEmpty)
        {
            bool isOld = version is "1.0" or "2.0";
            return Indeterminate(input, isOld
                ? Reason.Of(ProofReasons.Unsupported, ("version", version))
                : new(ProofReasons.UnsupportedVersion));
        }

        return Verify(input, keys, document.RootElement, version);
    }

    /// <summary>The object that a postback is, which the caller disposes; null when it is none, or too long.</summary>
    internal static JsonDocument? ReadBody(EvidenceInput input) =>
        input.Body.Length <= BodyLengthMax ? StrictJson.ParseObject(input.Body) : null;

    private static EvidenceVerdict Verify(EvidenceInput input, KeyRing keys, JsonElement postback, string version)
    {
        List<EvidenceClaim> claims = [];
        if (ReadFields(postback, version, claims) is { } wrong)
        {
            return Invalid(input, CompactJws.Malformed(wrong));
        }

        byte[] raw = new byte[DerSignature.RawLength];
        if (StrictJson.Text(postback, SignatureField) is not { Length: <= 128 } signature
            || !StrictBase64.TryDecode(signature, out byte[]? der) || !DerSignature.TryRead(der, raw))
        {
            return Invalid(input, CompactJws.Malformed(SignatureField));
        }

        byte[] content = Encoding.UTF8.GetBytes(string.Join(Separator, claims.Select(static c => c.Value)));
        SignatureTrial trial = new(input, verifier: null);
        trial.TryAll(keys, keyId: null, SignatureTrial.EcdsaP256Sha256, content, raw);
        return trial.Valid is { } key ? Valid(input, key, postback, claims, Digest.Of(content)) : trial.Refuse();
    }

    // The name of the field that is wrong; null when all are there and in their one form.
    private static string? ReadFields(JsonElement postback, string version, List<EvidenceClaim> claims)
    {
        int sources = 0;
        foreach (SkAdNetworkField field in SkAdNetworkField.Of(version))
        {
            if (!postback.TryGetProperty(field.Name, out JsonElement value))
            {
                if (field.IsOptional)
                {
                    continue;
                }

                return field.Name;
            }

            sources += field.IsOptional ? 1 : 0;
            if (!StrictJson.TryText(value, out string? text) || !field.Holds(text) || sources > 1)
            {
                return field.Name;
            }

            claims.Add(new(field.Name, text));
        }

        return null;
    }

    private static EvidenceVerdict Valid(
        EvidenceInput input, ProofKey key, JsonElement postback, List<EvidenceClaim> claims, Digest content)
    {
        string transaction = claims.Find(static c => c.Name == "transaction-id").Value;
        string? index = claims.Find(static c => c.Name == "postback-sequence-index").Value;
        bool lost = claims.Find(static c => c.Name == "did-win").Value == "false";
        HashSet<string> covered = [.. claims.Select(static c => c.Name), SignatureField];
        return new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            Authenticity = Authenticity.Valid,
            Strength = ProofStrength.PlatformAttested,
            Key = key.Id,
            Party = key.Party,
            Covered = claims.Select(static c => c.Name).ToValueList(),
            Claims = claims.ToValueList(),
            Uncovered = StrictJson.Claims(postback, name => !covered.Contains(name)),
            Finding = FindingOf(lost, index),
            State = StateOf(lost, index),
            ReplayKey = new EvidenceId(index is null ? transaction : $"{transaction}/{index}"),
            Content = content,
            ReceivedAt = input.ReceivedAt,
        };
    }

    /// <summary>What a postback says of the install.</summary>
    internal static EvidenceFinding FindingOf(bool lost, string? index) => lost ? EvidenceFinding.Failed
        : index is null or "0" ? EvidenceFinding.Happened
        : EvidenceFinding.Undecided;

    /// <summary>The same as a state.</summary>
    internal static string StateOf(bool lost, string? index) => lost ? Lost : index is null or "0" ? Won : Later;
}
