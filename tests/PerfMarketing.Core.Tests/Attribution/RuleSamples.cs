using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Attribution;

/// <summary>Rules of every kind with terms of every kind, for properties that all must have.</summary>
internal static class RuleSamples
{
    private static readonly FactKey<Instant> Step = new("bid-at");

    private static readonly TouchFilter Views =
        new() { Kinds = [TouchpointKind.View, TouchpointKind.Impression] };

    internal static AttributionRule[] All =>
    [
        new FirstTouch(),
        new FirstTouch { Counting = TouchCounting.LastOfPartner },
        new LastTouch { Lookback = Duration.FromHours(30), CutAtConversion = true },
        new LastTouch { Claims = [ClaimBasis.Coupon] },
        new Linear { CutAtConversion = true },
        new Linear { Ineligible = IneligibleShare.Nobody, Lookback = Duration.FromHours(33) },
        new Linear { Counting = TouchCounting.FirstOfPartner, Ineligible = IneligibleShare.Nobody },
        new Linear { MaxTouches = 3, Claims = [ClaimBasis.Territory, ClaimBasis.Coupon] },
        new Linear
        {
            Lookback = Duration.FromHours(50),
            Windows =
            [
                new(new() { Fact = "match", Values = ["probabilistic"] }, Duration.FromHours(6)),
                new(Views, Duration.FromHours(24)) { AfterClick = Duration.FromHours(4) },
                new(new() { Channels = [new("email")], Partners = [new("a")] }, LookbackWindow.Unlimited),
                new(new() { ExceptChannels = [new("direct"), new("email")] }, Duration.FromHours(40)),
            ],
        },
        new LastTouch { Lookback = Duration.FromHours(24), Stage = new("bid-at", Duration.FromHours(20)) },
        new Linear
        {
            Returning = new("bid-at", Duration.FromHours(15), new() { Fact = "method", Values = ["retargeting"] }),
        },
        new ReferencedTouch(),
        new ReferencedTouch { Fallback = new Linear() },
        new LastNonDirect(),
        new LastNonDirect { Ignored = [new("search"), new("email")], Counting = TouchCounting.LastOfPartner },
        new PositionBased { Lookback = Duration.FromHours(40) },
        new PositionBased(0.123456789m, 0.5m),
        new PositionBased(0.25m, 0.5m) { RestToAll = true },
        PositionVector.UShape,
        PositionVector.WShape(),
        PositionVector.ZShape() with { Counting = TouchCounting.FirstOfPartner },
        new PositionVector { Marks = [new(0.5m) { Place = 2 }, new(0) { Place = -2 }, new(0.1m) { Place = 0 }] },
        PriorityGroups.ClickBeforeView(),
        PriorityGroups.ClickBeforeView(new PositionBased()) with { Lookback = Duration.FromHours(20) },
        new PriorityGroups
        {
            Groups = [new() { Partners = [new("c"), new("d")] }, new() { Claims = [ClaimBasis.Coupon] }],
            Claims = [ClaimBasis.Coupon],
            Of = new Linear(),
        },
        new CustomWeights
        {
            Weights =
            [
                new(Views, 1), new(new() { Channels = [new("search")] }, 7), new(new() { Fact = "milestone" }, 0),
            ],
            Otherwise = 3,
        },
        new Participation(0.2m, 0.3m, 0.5m),
        new Participation(0.25m, 0.25m, 0.5m) { CloserOnly = true, Ineligible = IneligibleShare.Nobody },
        new Participation(0.2m, 0.3m, 0.5m)
        {
            Counting = TouchCounting.LastOfPartner, Ineligible = IneligibleShare.Nobody,
        },
        new OwnerFirst { Claims = [ClaimBasis.Binding, ClaimBasis.Coupon], Of = new Linear() },
        new OwnerFirst
        {
            Claims = [ClaimBasis.Coupon],
            When = OwnerCondition.IfInvolved,
            Several = SeveralOwners.First,
        },
        new OwnerFirst
        {
            Claims = [ClaimBasis.Coupon, ClaimBasis.Territory],
            When = OwnerCondition.IfWinner,
            Several = SeveralOwners.Last,
            Of = PriorityGroups.ClickBeforeView(new Linear()),
        },
        new TimeDecay(Duration.FromHours(5)) { Lookback = Duration.FromHours(45) },
    ];

    /// <summary>Refuses partner d and whatever came by search.</summary>
    internal static ITouchEligibility Fussy { get; } = new FussyEligibility();

    /// <summary>Claims of zero to four partners by the bits of a number.</summary>
    internal static ValueList<OutcomeClaim>? Claims(int bits)
    {
        List<OutcomeClaim> claims = [];
        Add(1, ClaimBasis.Coupon, "a");
        Add(2, ClaimBasis.Coupon, "z");
        Add(4, ClaimBasis.Territory, "b");
        Add(8, ClaimBasis.Binding, "d");
        return claims.Count == 0 ? null : claims.ToValueList();

        void Add(int bit, ClaimBasis basis, string partner)
        {
            if ((bits & bit) != 0)
            {
                claims.Add(new(basis, new PartnerId(partner)));
            }
        }
    }

    internal static FactSet Instants(Instant step) => [Step.Of(step)];

    private sealed class FussyEligibility : ITouchEligibility
    {
        private static readonly Reason Refused = new("acme.refused");

        public Reason? Refuse(in JourneyTouch touch) =>
            touch.Partner == new PartnerId("d") || touch.Channel == new ChannelId("search") ? Refused : null;
    }
}
