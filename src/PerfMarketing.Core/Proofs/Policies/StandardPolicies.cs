using System.Collections.Frozen;
using NodaTime;

namespace PerfMarketing.Proofs.Policies;

/// <summary>What the names of standard policies mean, version 1. Never change an entry: add a version.</summary>
internal static class StandardPolicies
{
    private const decimal LargePixels = 242_500;

    private static readonly Duration Day = Duration.FromDays(1);

    private static readonly RequiredClaim Seconds =
        new("call-seconds") { Matches = "call-seconds", Tolerance = 2, AtLeast = 1 };

    private static readonly RequiredProof Consented =
        Signed("consent-recorded") with { MaxSkew = Duration.Zero, Claims = [new("consent-text-digest")] };

    private static readonly RequiredProof Unregistered =
        Stated("opt-out-checked") with { MaxAge = 31 * Day, MaxSkew = Duration.Zero };

    private static readonly RequiredProof Targeted =
        Stated("target-membership") with { MaxAge = 90 * Day, Claims = [new("in-target") { Is = "true" }] };

    private static readonly RequiredProof Reviewed =
        Signed("lead-reviewed") with { Within = 3 * Day, PastDue = PastDue.Approve };

    private static readonly RequiredProof Confirmed = Signed("opt-in-confirmed") with { Within = 7 * Day };

    private static readonly RequiredProof HumanCall =
        Signed("call-record") with { Claims = [Seconds, new("answered-by") { Is = "human" }] };

    /// <summary>The policies by their names.</summary>
    public static FrozenDictionary<string, EvidencePolicy> All { get; } = new Dictionary<string, EvidencePolicy>
    {
        ["impression"] = Stated("impression-logged"),
        ["viewable-impression"] = ProofPolicy.Any(
            Viewed("viewability-report", 50, 1),
            WithPixels(Viewed("viewability-report", 30, 1)),
            Viewed("video-viewability-report", 50, 2)),
        ["click"] = Stated("click-logged"),
        ["visit"] = Stated("visit-logged"),
        ["video-view"] = Signed("view-reported") with { Claims = [new("visible-seconds") { AtLeast = 2 }] },
        ["engagement"] = Signed("engagement-reported"),
        ["share"] = Signed("share-reported"),
        ["download"] = Stated("download-logged"),
        ["lead"] = ProofPolicy.All(Consented, Reviewed),
        ["lead-accepted"] = Signed("lead-reviewed"),
        ["quote-request"] = ProofPolicy.All(Consented, Signed("quote-requested")),
        ["list-sign-up"] = ProofPolicy.All(Stated("opt-in-requested"), Confirmed),
        ["enrolment"] = Signed("membership-confirmed"),
        ["order"] = Signed("order-placed"),
        ["sale"] = Signed("order-paid"),
        ["payment-collected"] = Signed("payment-collected"),
        ["instalment-collected"] = Signed("payment-collected") with
        {
            Claims = [new("instalment") { Matches = "instalment" }],
        },
        ["subscription-start"] = ProofPolicy.All(Signed("subscription-started"), Signed("invoice-paid")),
        ["subscription-renewal"] = Signed("invoice-paid"),
        ["install"] = Signed("install-postback") with { MinStrength = ProofStrength.PlatformAttested },
        ["in-app-event"] = Signed("in-app-event-reported"),
        ["message-delivered"] = ProofPolicy.All(Signed("message-status"), Targeted, Unregistered),
        ["message-read"] = ProofPolicy.All(Signed("message-status") with { States = ["read"] }, Targeted, Unregistered),
        ["notification-delivered"] = ProofPolicy.All(Signed("notification-status"), Targeted),
        ["email-delivered"] = ProofPolicy.All(
            Signed("email-status") with { Hold = 3 * Day }, Targeted, Unregistered),
        ["call-received"] = Signed("call-record") with { Claims = [Seconds] },
        ["outbound-call-answered"] = ProofPolicy.All(HumanCall, Unregistered),
        ["appointment"] = Signed("appointment-kept"),
        ["lead-turned-customer"] = Signed("order-paid"),
        ["consent"] = Consented,
        ["not-opted-out"] = Unregistered,
        ["recipient-in-target"] = Targeted,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly RequiredProof Nothing = new(default(EvidenceKind));

    /// <summary>Whether a name is known in a version.</summary>
    public static bool IsKnown(string? name, int version) =>
        name is not null && version == StandardProof.VersionMax && All.ContainsKey(name);

    /// <summary>A policy by its name, with an end to every wait that has none; one that nothing passes.</summary>
    public static EvidencePolicy Of(string? name, int version, Duration? within) => !IsKnown(name, version) ? Nothing
        : within is { } wait ? (EvidencePolicy)Ending(All[name!], wait)
        : All[name!];

    private static ProofPolicy Ending(ProofPolicy policy, Duration within) => policy switch
    {
        RequiredProof { Within: null } open => open with { Within = within },
        CompositePolicy several => several with { Of = [.. several.Of.Select(p => Ending(p, within))] },
        _ => policy,
    };

    private static RequiredProof Stated(EvidenceKind kind) => new(kind) { MinStrength = ProofStrength.Asserted };

    private static RequiredProof Signed(EvidenceKind kind) => new(kind);

    private static RequiredProof Viewed(EvidenceKind kind, int percent, int seconds) => new(kind)
    {
        Claims = [new("visible-percent") { AtLeast = percent }, new("visible-seconds") { AtLeast = seconds }],
    };

    private static RequiredProof WithPixels(RequiredProof viewed) =>
        viewed with { Claims = viewed.Claims.Add(new("area-pixels") { AtLeast = LargePixels }) };
}
