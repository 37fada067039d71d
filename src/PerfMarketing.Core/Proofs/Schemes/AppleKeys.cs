using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>The public keys that Apple has published for its postbacks: data, and no part of any scheme.</summary>
/// <remarks>
/// A scheme knows only the keys of the ring that it is given. When Apple publishes another key, put it into the ring
/// with its first instant; nothing here has to change for that. All are held by the party <c>apple</c>.
/// </remarks>
public static class AppleKeys
{
    /// <summary>How the names of development keys begin.</summary>
    public const string DevelopmentPrefix = "apple-development-identifier/";

    private const string Production =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWdp8GPcGqmhgzEFj9Z2nSpQVddayaPe4FMzqM9wib1+aHaaIzoHoLN9zW4K8y4SP"
        + "ykE3YVK3sVqW6Af0lfx3gg==";

    private const string Development0 =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAELeEDzpJEP+/qRSE5hJVC1p1J0ssUnQGMzBBbvnACBok8OVGGLgxL0myrKiy6lvRt"
        + "SlLRsWit87i+vftD8AEqeQ==";

    private const string Development1 =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YzdO7eM97s/IJ25kdW5CZ3A14USE5IJ5Ha/vhWaxI6UBI1ZxCEvjrKxVluVGe6q"
        + "WwF1BDFq+QHqKfH5u+wxHQ==";

    /// <summary>The day on which these were the keys that Apple's documentation shows.</summary>
    public static LocalDate AsOf { get; } = new(2026, 11, 21);

    /// <summary>The key of SKAdNetwork from version 2.1 on, <c>apple-skadnetwork</c>.</summary>
    public static ValueList<ProofKey> SkAdNetwork { get; } =
        [Key("apple-skadnetwork", SchemeId.SkAdNetwork, Production)];

    /// <summary>The key of AdAttributionKit, <c>apple-cas-identifier/0</c>: the same as SKAdNetwork's.</summary>
    public static ValueList<ProofKey> AdAttributionKit { get; } =
        [Key("apple-cas-identifier/0", SchemeId.AdAttributionKit, Production)];

    /// <summary>The keys of AdAttributionKit's developer mode, which prove nothing of customers.</summary>
    public static ValueList<ProofKey> AdAttributionKitDevelopment { get; } =
    [
        Key($"{DevelopmentPrefix}0", SchemeId.AdAttributionKitDevelopment, Development0),
        Key($"{DevelopmentPrefix}1", SchemeId.AdAttributionKitDevelopment, Development1),
    ];

    private static ProofKey Key(string id, SchemeId scheme, string spki) =>
        new(new(id), scheme, ProofPublicKey.FromText(spki)) { Party = new PartyId("apple") };
}
