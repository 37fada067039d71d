using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;

namespace PerfMarketing.Tests.Attribution;

public sealed class RuleValidationTests
{
    public static TheoryData<string, AttributionRule, string> Wrong() => new()
    {
        { "nothing ignored", new LastNonDirect { Ignored = [] }, "Rule.Ignored:attribution.count-out-of-range" },
        { "no groups", new PriorityGroups(), "Rule.Groups:attribution.count-out-of-range" },
        {
            "values without a fact", new PriorityGroups { Groups = [new() { Values = ["x"] }] },
            "Rule.Groups[0].Values:attribution.fact-name"
        },
        {
            "a name that names no fact", new PriorityGroups { Groups = [new() { Fact = "Not A Fact" }] },
            "Rule.Groups[0].Fact:attribution.fact-name"
        },
        {
            "a window inside", new PriorityGroups
            {
                Groups = [new() { Partners = [new("p")] }],
                Of = new Linear { Lookback = Duration.FromDays(1) },
            },
            "Rule.Of:attribution.inner-terms"
        },
        {
            "a wrong rule inside", new ReferencedTouch { Fallback = new PositionBased(0.7m, 0.7m) },
            "Rule.Fallback.Last:attribution.shares-above-one"
        },
        {
            "a rule of nobody's inside", new OwnerFirst { Claims = [ClaimBasis.Coupon], Of = new Unknown() },
            "Rule.Of:attribution.rule-unknown"
        },
        { "no weights", new CustomWeights { Otherwise = 1 }, "Rule.Weights:attribution.count-out-of-range" },
        {
            "weights that weigh nothing", new CustomWeights { Weights = [new(TouchFilter.All, 0)] },
            "Rule:attribution.weight-out-of-range"
        },
        {
            "negative weight", new CustomWeights { Weights = [new(TouchFilter.All, -1)], Otherwise = 1 },
            "Rule.Weights[0].Weight:attribution.weight-out-of-range"
        },
        { "no marks", new PositionVector(), "Rule.Marks:attribution.count-out-of-range" },
        {
            "neither place nor milestone", new PositionVector { Marks = [new(0.5m)] },
            "Rule.Marks[0].Place:attribution.mark-unclear"
        },
        {
            "both", new PositionVector { Marks = [new(0.5m) { Place = 1, Milestone = "lead" }] },
            "Rule.Marks[0].Place:attribution.mark-unclear"
        },
        {
            "marks above one", new PositionVector { Marks = [new(0.6m) { Place = 1 }, new(0.5m) { Place = -1 }] },
            "Rule.Marks:attribution.shares-above-one"
        },
        { "roles above one", new Participation(0.5m, 0.5m, 0.5m), "Rule.Closer:attribution.shares-above-one" },
        { "no role", new Participation(0, 0, 0), "Rule.Closer:attribution.no-share" },
        { "too fine a role", new Participation(0.1234567891m, 0, 0.5m), "Rule:attribution.share-too-fine" },
        { "no claims", new OwnerFirst(), "Rule.Claims:attribution.claims-missing" },
        { "no touches", new Linear { MaxTouches = 0 }, "Rule.MaxTouches:attribution.count-out-of-range" },
        {
            "an empty window of views", new Linear { Windows = [new(TouchFilter.All, default)] },
            "Rule.Windows[0].Lookback:attribution.lookback-empty"
        },
        {
            "a step without a name", new Linear { Stage = new(string.Empty, Duration.FromDays(1)) },
            "Rule.Stage.Fact:attribution.fact-name"
        },
        {
            "an empty window of returning", new Linear { Returning = new("first-at", default, TouchFilter.All) },
            "Rule.Returning.Window:attribution.lookback-empty"
        },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_terms_are_named_with_their_path(string reason, AttributionRule rule, string expected) =>
        string.Join(" ", AttributionRuleCatalog.Default.Validate(rule, "Rule")
            .Select(static f => $"{f.PropertyName}:{f.ErrorCode}")).Should().Be(expected, reason);

    [Fact]
    public void All_samples_are_valid() => RuleSamples.All.Should().OnlyContain(static rule =>
        AttributionRuleCatalog.Default.Validate(rule, "Rule").Count == 0);

    private sealed record Unknown : AttributionRule
    {
        public override string Tag => "acme.unknown";

        protected override void Weigh(in JourneyView journey, Span<long> weights) => weights.Fill(1);
    }
}
