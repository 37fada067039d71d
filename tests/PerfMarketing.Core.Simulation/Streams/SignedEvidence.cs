using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using PerfMarketing.Proofs;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Streams;

/// <summary>What is wrong with a signature.</summary>
internal enum Forgery
{
    None,

    /// <summary>Signed by a stranger.</summary>
    OtherSecret,

    /// <summary>The body was changed after it was signed.</summary>
    OtherBody,

    /// <summary>The id was changed after it was signed.</summary>
    OtherId,

    /// <summary>The signature is missing.</summary>
    Unsigned,
}

/// <summary>
/// A message that the provider signs by Standard Webhooks, or that somebody would like to have been signed by it. The
/// simulation signs with its own few lines: it does not ask the library what it should accept.
/// </summary>
/// <param name="Id">The message's id; a repetition has the same.</param>
/// <param name="Kind">The kind of evidence.</param>
/// <param name="Body">The raw body.</param>
internal sealed record SignedEvidence(string Id, string Kind, byte[] Body)
{
    private const long ToleranceSeconds = 300;

    /// <summary>The key; null for one that counts when it is sent.</summary>
    public string? Key { get; init; }

    /// <summary>Chooses among several keys that count.</summary>
    public int Draw { get; init; }

    /// <summary>How far the sender's clock is off.</summary>
    public int SkewSeconds { get; init; }

    /// <summary>
    /// When it was signed, by whoever sends the same bytes again; null when it is signed when it is sent.
    /// </summary>
    public Instant? SignedAt { get; init; }

    public Forgery Forgery { get; init; }

    /// <summary>The key that signs what is received at an instant; null when there is none.</summary>
    public KeyPlan? KeyAt(WorldPlan world, Instant receivedAt)
    {
        if (Key is not null)
        {
            return Array.Find(world.Keys, k => k.Id == Key);
        }

        KeyPlan[] counting = [.. world.Keys.Where(k => k.CountsAt(SignedAt ?? receivedAt))];
        return counting.Length == 0 ? null : counting[Draw % counting.Length];
    }

    /// <summary>Whether it should be believed.</summary>
    public bool IsAuthentic(WorldPlan world, Instant receivedAt) =>
        Forgery == Forgery.None
        && KeyAt(world, receivedAt) is { } key && key.CountsAt(receivedAt)
        && Duration.FromSeconds(SecondsAt(receivedAt)) - (receivedAt - NodaConstants.UnixEpoch) is var age
        && age <= Duration.FromSeconds(ToleranceSeconds) && age >= -Duration.FromSeconds(ToleranceSeconds);

    /// <summary>The message as the host receives it.</summary>
    public EvidenceInput Receive(WorldPlan world, Instant at)
    {
        string seconds = SecondsAt(at).ToString(CultureInfo.InvariantCulture);
        byte[] secret = Forgery == Forgery.OtherSecret ? SHA256.HashData(Body)
            : KeyAt(world, at)?.Secret ?? SHA256.HashData(Body);
        byte[] signedBody = Forgery == Forgery.OtherBody ? [.. Body, (byte)' '] : Body;
        string signedId = Forgery == Forgery.OtherId ? Id + "x" : Id;
        byte[] content = [.. Encoding.ASCII.GetBytes($"{signedId}.{seconds}."), .. signedBody];
        string signature = "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, content));
        return new()
        {
            Kind = new EvidenceKind(Kind),
            Scheme = SchemeId.StandardWebhooks,
            ReceivedAt = at,
            Body = Body,
            Headers =
            [
                new("webhook-id", Id),
                new("webhook-timestamp", seconds),
                new("webhook-signature", Forgery == Forgery.Unsigned ? "v1,AAAA" : signature),
            ],
        };
    }

    private long SecondsAt(Instant receivedAt) => (SignedAt ?? receivedAt).ToUnixTimeSeconds() + SkewSeconds;
}
