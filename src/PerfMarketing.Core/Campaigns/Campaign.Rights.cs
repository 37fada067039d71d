using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Campaigns;

/// <content>Which outcomes belong, which touches may earn, and what is one partner's alone.</content>
public sealed partial class Campaign
{
    private readonly CampaignRights rights;

    /// <summary>Which touches may earn in the campaign; null when the campaign itself refuses none.</summary>
    public Permissions? Permissions => draft.Permissions;

    /// <summary>Which outcomes belong to the campaign; null when all of its flight do.</summary>
    public CampaignScope? Scope => draft.Scope;

    /// <inheritdoc/>
    public Reason? Refuse(in JourneyTouch touch) => RefusalOf(touch, Instant.MaxValue);

    /// <summary>Why an outcome does not belong to the campaign, its flight aside; null when it does.</summary>
    /// <param name="outcome">The outcome.</param>
    public Reason? RefuseOutcome(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return Scope is { } scope ? RefuseOutcome(scope, outcome) : null;
    }

    private Reason? RefuseOutcome(CampaignScope scope, Outcome outcome) =>
        scope.Kinds.Count > 0 && !scope.Kinds.Contains(outcome.Kind) ? Outside("kind", outcome.Kind)
            : scope.Places.Count > 0 && !scope.Places.Any(p => p.Contains(outcome.Facts)) ? Outside("place", "other")
            : rights.Scope is { } when && !when.Evaluate(outcome.Facts, outcome.At)
                ? Outside("condition", when.Explain(outcome.Facts, outcome.At)[0].Code)
            : null;

    /// <summary>
    /// Why a partner may not have credit for an outcome: it used another partner's coupon code and none of its own.
    /// </summary>
    /// <param name="partner">The partner who would have credit.</param>
    /// <param name="outcome">The outcome.</param>
    /// <returns>The reason; null when the partner may.</returns>
    public Reason? RefuseCredit(PartnerId partner, Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (!rights.HasCoupons || !outcome.Facts.TryGet(Facts.Coupons, out ValueList<string>? coupons))
        {
            return null;
        }

        string? foreign = null;
        foreach (string coupon in coupons)
        {
            if (OwnerOf(coupon, outcome.At) is { } owner)
            {
                if (owner == partner)
                {
                    return null;
                }

                foreign ??= coupon;
            }
        }

        return foreign is null ? null
            : Reason.Of(ExclusivityCodes.CouponOfOther, ("partner", partner), ("coupon", foreign));
    }

    /// <summary>Whose a coupon code is at an instant; null when it is nobody's alone.</summary>
    /// <param name="coupon">The code; capitals do not matter.</param>
    /// <param name="at">When it was used.</param>
    public PartnerId? OwnerOf(string coupon, Instant at)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        foreach (ContractLine line in lines)
        {
            if (line.InForce(at)?.Rights.OwnerOf(coupon, at) is { } owner)
            {
                return owner;
            }
        }

        return null;
    }

    /// <summary>Why a touch may not earn under one contract, by the version in force when it happened.</summary>
    internal Reason? RefuseUnder(ContractId contract, in JourneyTouch touch)
    {
        foreach (ContractLine line in lines)
        {
            if (line.Id == contract)
            {
                return line.InForce(touch.Partner, touch.At, Instant.MaxValue)?.Rights.Refuse(touch);
            }
        }

        return null;
    }

    private static Reason Outside(string what, object value) =>
        Reason.Of(CampaignCodes.OutsideScope, (what, value));

    private Reason? RefusalOf(in JourneyTouch touch, Instant asOf) => RefusalOf(touch, asOf, assisting: false);

    /// <summary>
    /// Why a touch does not count as an assist; null when an assisting contract pays for such touches.
    /// </summary>
    internal Reason? RefuseAssist(in JourneyTouch touch, Instant asOf) => RefusalOf(touch, asOf, assisting: true);

    /// <summary>Whether an assisting contract names a partner at an instant.</summary>
    internal bool Assists(PartnerId partner, Instant at, Instant asOf)
    {
        foreach (ContractLine line in LinesOf(partner))
        {
            if (line.InForce(partner, at, asOf) is { Assists: true })
            {
                return true;
            }
        }

        return false;
    }

    private Reason? RefusalOf(in JourneyTouch touch, Instant asOf, bool assisting)
    {
        if (rights.Permissions?.Refuse(touch) is { } general)
        {
            return general;
        }

        Reason? refusal = null;
        foreach (ContractLine line in LinesOf(touch.Partner))
        {
            if (line.InForce(touch.Partner, touch.At, asOf) is { IsOverride: false } contract
                && contract.Assists == assisting)
            {
                refusal = contract.Rights.Refuse(touch);
                if (refusal is null)
                {
                    return Reserved(touch);
                }
            }
        }

        return refusal ?? Reason.Of(
            !assisting && Assistants.Count > 0 && Assists(touch.Partner, touch.At, asOf)
                ? CampaignCodes.AssistsOnly
                : CampaignCodes.PartnerNotNamed,
            ("partner", touch.Partner));
    }

    private Reason? Reserved(in JourneyTouch touch)
    {
        if (rights.HasExclusives)
        {
            foreach (ContractLine line in lines)
            {
                if (line.InForce(touch.At) is { Rights.HasExclusives: true } contract
                    && contract.Rights.Reserves(touch))
                {
                    return Reason.Of(ExclusivityCodes.GrantedToOther, ("contract", contract.Id));
                }
            }
        }

        return null;
    }

    private sealed class CampaignRights(CampaignDraft draft, DateTimeZone zone, ValueList<Contract> contracts)
    {
        public CompiledPermissions? Permissions { get; } = CompiledPermissions.Of(draft.Permissions, zone);

        public CompiledCondition? Scope { get; } = draft.Scope?.When?.Compile(zone);

        public bool HasExclusives { get; } = contracts.Any(static c => c.Rights.HasExclusives);

        public bool HasCoupons { get; } = contracts.Any(static c => c.Rights.HasCoupons);
    }
}
