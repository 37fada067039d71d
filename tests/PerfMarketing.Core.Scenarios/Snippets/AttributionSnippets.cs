using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Attribution.Validation;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/attribution.md.</summary>
public sealed class AttributionSnippets
{
    private static readonly Instant Sale = Instant.FromUtc(2026, 3, 20, 12, 0);

    [Fact]
    public void Share_an_outcome()
    {
        #region assign
        AttributionRule rule = new PositionBased(First: 0.4m, Last: 0.4m) { Lookback = Duration.FromDays(30) };

        JourneyTouch[] touches =
        [
            new() { Id = new("t1"), At = Sale - Duration.FromDays(40), Partner = new("p-blog") },
            new() { Id = new("t2"), At = Sale - Duration.FromDays(9), Partner = new("p-blog") },
            new() { Id = new("t3"), At = Sale - Duration.FromDays(3), Partner = new("p-mail") },
            new() { Id = new("t4"), At = Sale - Duration.FromHours(2), Partner = new("p-deals") },
        ];
        ConversionPoint conversion = new() { At = Sale, KnownAt = Sale };

        AttributionDecision decision = Attributor.Assign(rule, touches, conversion, explain: ExplainLevel.Full);
        string shares = string.Join(", ", decision.Credits.Select(c => $"{c.Partner} {c.Share}"));
        #endregion

        shares.Should().Be("p-blog 2/5, p-mail 1/5, p-deals 2/5");
        decision.Touches[0].Reason!.ToString().Should().Be("attribution.outside-lookback (lookback: 30d)");
    }

    [Fact]
    public void Refuse_touches()
    {
        #region eligibility
        ITouchEligibility eligibility = new OnlyPartners([new("p-mail")]);

        AttributionDecision decision = Attributor.Assign(
            new LastTouch(),
            [new() { At = Sale - Duration.FromDays(1), Partner = new("p-blog") }],
            new() { At = Sale, KnownAt = Sale },
            eligibility);
        #endregion

        decision.Reason!.ToString().Should().Be("attribution.no-touch (touches: 1, not-eligible: 1)");
    }

    [Fact]
    public void Add_a_rule()
    {
        #region catalog
        AttributionRuleCatalog catalog = AttributionRuleCatalog.Default
            .With("acme.all-but-last", AllButLast.Read, new NoTermsValidator<AllButLast>());
        #endregion

        AllButLast rule = new() { Lookback = LookbackWindow.Days(7) };
        TermFailures failures = [];
        TermReader.Read(TermNode.Of(rule), failures, catalog.Read).Should().Be(rule);
        failures.Should().BeEmpty();
        catalog.Validate(rule, "Attribution").Should().BeEmpty();
        JourneyTouch[] touches =
        [
            new() { At = Sale - Duration.FromDays(2), Partner = new("a") },
            new() { At = Sale - Duration.FromDays(1), Partner = new("b") },
        ];
        Attributor.Assign(rule, touches, new() { At = Sale, KnownAt = Sale }).Credits
            .Should().Equal(new Credit(new("a"), 1, 1));
    }

    #region only-partners
    private sealed class OnlyPartners(ValueList<PartnerId> partners) : ITouchEligibility
    {
        public Reason? Refuse(in JourneyTouch touch) =>
            partners.Contains(touch.Partner) ? null : Reason.Of("acme.other-partner", ("partner", touch.Partner));
    }
    #endregion

    #region rule
    private sealed record AllButLast : AttributionRule
    {
        public override string Tag => "acme.all-but-last";

        public static AllButLast Read(TermReader terms) => new();

        protected override void Weigh(in JourneyView journey, Span<long> weights) => weights[..^1].Fill(1);
    }
    #endregion
}
