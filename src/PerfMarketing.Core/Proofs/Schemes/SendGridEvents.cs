using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The scheme <c>sendgrid</c>: the signed event webhook of Twilio SendGrid.</summary>
/// <remarks>
/// <para>
/// ECDSA on P-256 with SHA-256 over the timestamp's text followed by the raw body with its last CR LF; the signature is
/// DER in base64, in its one spelling. The time may lie 300 seconds off. Covered are <c>timestamp</c> and <c>body</c>.
/// </para>
/// <para>
/// A body is a list of events. One event alone gives its members as claims, its word as the state and its
/// <c>sg_event_id</c> as the replay key; <see cref="VerifyEach"/> gives such a verdict for each event of a list.
/// <see cref="EvidenceScheme.Verify"/> on a list of several leaves the result open. <c>delivered</c> means that the
/// receiving server took the mail: not that it reached an inbox or was read.
/// </para>
/// Source: Twilio SendGrid, "Getting started with the Event Webhook Security Features".
/// </remarks>
public sealed class SendGridEvents : EvidenceScheme
{
    /// <summary>The header with the signature.</summary>
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";

    /// <summary>The header with the signed time, in seconds since 1970.</summary>
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    /// <summary>The most events of one body.</summary>
    public const int EventsMax = 1_000;

    private static readonly ValueList<string> CoveredParts = ["timestamp", "body"];
    private static readonly ValueList<string> CoveredOfMany = ["timestamp", "event"];

    private SendGridEvents()
    {
    }

    /// <summary>The scheme.</summary>
    public static SendGridEvents Instance { get; } = new();

    /// <inheritdoc/>
    public override SchemeId Id => SchemeId.SendGrid;

    /// <summary>A key of the verification key as the settings page shows it.</summary>
    /// <param name="id">The key's name.</param>
    /// <param name="publicKey">
    /// Base64 of the <c>SubjectPublicKeyInfo</c>; anything else gives a key that is not usable.
    /// </param>
    public static ProofKey Key(KeyId id, string publicKey) =>
        new(id, SchemeId.SendGrid, ProofPublicKey.FromText(publicKey));

    /// <summary>Checks a body once and gives a verdict on each of its events.</summary>
    /// <param name="input">The evidence; hostile input gives a verdict, never an exception.</param>
    /// <param name="keys">The keys; those of other schemes are passed over.</param>
    /// <returns>
    /// A verdict for each event, in the body's order; the body's one verdict when it is not valid or holds no events.
    /// </returns>
    public ValueList<EvidenceVerdict> VerifyEach(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        EvidenceVerdict whole = Verify(input, keys);
        if (!whole.IsValid)
        {
            return [whole];
        }

        using JsonDocument? document = StrictJson.Parse(input.Body);
        return document is { RootElement: { ValueKind: JsonValueKind.Array } events } && events.GetArrayLength() > 0
            ? [.. events.EnumerateArray().Select(e => Read(input, e, OfOne(whole, events.GetArrayLength())))]
            : [whole];
    }

    /// <inheritdoc/>
    protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        Reason? wrong = MessageParts.ReadHeader(input, TimestampHeader, out string timestamp);
        Reason? alsoWrong = MessageParts.ReadHeader(input, SignatureHeader, out string signature);
        if ((wrong ?? alsoWrong) is { } header)
        {
            return Invalid(input, header);
        }

        if (SignedTime.Read(timestamp, input.ReceivedAt, out Instant signedAt) is { } untimely)
        {
            return Invalid(input, untimely);
        }

        byte[] raw = new byte[DerSignature.RawLength];
        if (!StrictBase64.TryDecode(signature, out byte[]? der) || !DerSignature.TryRead(der, raw))
        {
            return Invalid(input, CompactJws.Malformed("signature"));
        }

        byte[] content = [.. Encoding.ASCII.GetBytes(timestamp), .. input.Body.Span];
        SignatureTrial trial = new(input, verifier: null);
        trial.TryAll(keys, keyId: null, SignatureTrial.EcdsaP256Sha256, content, raw);
        return trial.Valid is { } key ? Read(input, key, signedAt) : trial.Refuse();
    }

    // The body of several events says more than any one of them: a pointer into it could name another's.
    private static EvidenceVerdict OfOne(EvidenceVerdict whole, int count) =>
        count == 1 ? whole : whole with { Covered = CoveredOfMany };

    // Reads the body of a message whose signature is valid.
    private static EvidenceVerdict Read(EvidenceInput input, ProofKey key, Instant signedAt)
    {
        Digest content = ContentOf(input);
        EvidenceVerdict verdict = new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            Authenticity = Authenticity.Valid,
            Strength = ProofStrength.Signature,
            Key = key.Id,
            Party = key.Party,
            Covered = CoveredParts,
            Finding = EvidenceFinding.Undecided,
            ReplayKey = MessageParts.IdOf(content),
            Content = content,
            AssertedAt = signedAt,
            ReceivedAt = input.ReceivedAt,
        };
        using JsonDocument? document = StrictJson.Parse(input.Body);
        return document?.RootElement switch
        {
            null => Invalid(input, CompactJws.Malformed("body")),
            { ValueKind: JsonValueKind.Object } only => Read(input, only, verdict),
            { ValueKind: JsonValueKind.Array } events when events.GetArrayLength() > EventsMax =>
                Invalid(input, new(ProofReasons.TooLarge)),
            { ValueKind: JsonValueKind.Array } events when events.GetArrayLength() == 1 =>
                Read(input, events[0], verdict),
            _ => verdict,
        };
    }

    // An event without an id is told by its own bytes: the same event may come again in another body.
    private static EvidenceVerdict Read(EvidenceInput input, JsonElement item, EvidenceVerdict whole)
    {
        Digest content = Digest.Of(JsonMarshal.GetRawUtf8Value(item));
        if (item.ValueKind != JsonValueKind.Object)
        {
            return whole with { Content = content, ReplayKey = MessageParts.IdOf(content) };
        }

        EvidenceId id = MessageParts.IdOf(content);
        if (item.TryGetProperty("sg_event_id", out _)
            && !EvidenceId.TryParse(StrictJson.Text(item, "sg_event_id"), CultureInfo.InvariantCulture, out id))
        {
            return Invalid(input, new(ProofReasons.BadId));
        }

        string? state = StrictJson.Text(item, "event");
        return whole with
        {
            Claims = StrictJson.Claims(item),
            State = state is { Length: <= EvidenceClaim.LengthMax } ? state : null,
            Finding = FindingOf(state),
            ReplayKey = id,
            Content = content,
        };
    }

    // Opens and clicks are left open: mail programmes fetch pictures and scanners follow links by themselves.
    private static EvidenceFinding FindingOf(string? state) => state switch
    {
        "delivered" => EvidenceFinding.Happened,
        "bounce" or "dropped" or "blocked" => EvidenceFinding.Failed,
        _ => EvidenceFinding.Undecided,
    };
}
