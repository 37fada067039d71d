using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Attribution.Validation;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Attribution;

public sealed class AttributionRuleCatalogTests
{
    public static TheoryData<string, AttributionRule, string> Rules() => new()
    {
        { "referenced", new ReferencedTouch(), """{"rule":"referenced-touch"}""" },
        { "first", new FirstTouch(), """{"rule":"first-touch"}""" },
        { "last, cut", new LastTouch { CutAtConversion = true }, """{"rule":"last-touch","cutAtConversion":true}""" },
        { "window", new Linear { Lookback = Duration.FromHours(36) }, """{"rule":"linear","lookback":"36h"}""" },
        {
            "position", new PositionBased(0.4m, 0.4m) { Lookback = Duration.FromDays(30) },
            """{"rule":"position-based","first":0.4,"last":0.4,"lookback":"30d"}"""
        },
        { "decay", new TimeDecay(), """{"rule":"time-decay","halfLife":"7d"}""" },
        { "call id with fallback", new ReferencedTouch { Fallback = new Linear() },
            """{"rule":"referenced-touch","fallback":{"rule":"linear"}}""" },
        { "non-direct", new LastNonDirect(), """{"rule":"last-non-direct","ignored":["direct"]}""" },
        { "bonuses", new PositionBased(0.25m, 0.5m) { RestToAll = true },
            """{"rule":"position-based","first":0.25,"last":0.5,"restToAll":true}""" },
        { "vector", PositionVector.WShape(),
            """{"rule":"position-vector","marks":[{"place":1,"share":0.3},"""
            + """{"milestone":"lead","share":0.3},{"place":-1,"share":0.3}]}""" },
        { "groups", new PriorityGroups { Groups = [new() { Partners = [new("p")] }], Of = new FirstTouch() },
            """{"rule":"priority-groups","groups":[{"partners":["p"]}],"of":{"rule":"first-touch"}}""" },
        { "weights", new CustomWeights { Weights = [new(new() { Channels = [new("email")] }, 2)], Otherwise = 1 },
            """{"rule":"custom-weights","weights":[{"touches":{"channels":["email"]},"weight":2}],"otherwise":1}""" },
        { "roles", new Participation(0.2m, 0.3m, 0.5m) { CloserOnly = true },
            """{"rule":"participation","introducer":0.2,"assist":0.3,"closer":0.5,"closerOnly":true}""" },
        { "owner", new OwnerFirst { Claims = [ClaimBasis.Coupon], When = OwnerCondition.IfInvolved },
            """{"rule":"owner-first","when":"if-involved","of":{"rule":"last-touch"},"claims":["coupon"]}""" },
        { "windows", new LastTouch
            {
                Lookback = Duration.FromDays(7),
                Windows =
                [
                    new(new() { Kinds = ["view"] }, Duration.FromDays(1)) { AfterClick = Duration.FromHours(1) },
                ],
                Stage = new("bid-at", Duration.FromDays(10)),
                Returning = new(
                    "first-install-at", Duration.FromDays(90), new() { Fact = "method", Values = ["retargeting"] }),
                Counting = TouchCounting.FirstOfPartner,
                Ineligible = IneligibleShare.Nobody,
                MaxTouches = 50,
            },
            """{"rule":"last-touch","lookback":"7d","windows":"""
            + """[{"touches":{"kinds":["view"]},"lookback":"1d","afterClick":"1h"}],"stage":"""
            + """{"fact":"bid-at","within":"10d"},"returning":"""
            + """{"fact":"first-install-at","window":"90d","retargeting":{"fact":"method","values":"""
            + """["retargeting"]}},"counting":"first-of-partner","ineligible":"nobody","maxTouches":50}""" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rules_are_written_and_read_back(string reason, AttributionRule rule, string json)
    {
        TermFailures failures = [];

        JsonText.Write(TermNode.Of(rule)).Should().Be(json, reason);
        Read(json, failures).Should().Be(rule, reason);
        failures.Should().BeEmpty();
        AttributionRuleCatalog.Default.Validate(rule, "Rule").Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"rule":"position-based"}""", "0.4")]
    [InlineData("""{"rule":"time-decay"}""", "7d")]
    public void Absent_terms_have_their_documented_defaults(string json, string expected)
    {
        TermFailures failures = [];

        string text = JsonText.Write(TermNode.Of(Read(json, failures)!));
        failures.Should().BeEmpty();
        text.Should().Contain(expected);
    }

    [Fact]
    public void The_catalog_names_all_rules() => AttributionRuleCatalog.Default.Tags.Should().Equal(
        "custom-weights", "first-touch", "fitted", "last-non-direct", "last-touch", "linear", "owner-first",
        "participation", "position-based", "position-vector", "priority-groups", "referenced-touch", "time-decay");

    // Nothing that a file may hold throws; each is named with its place.
    [Theory]
    [InlineData("unknown rule", """{"rule":"markov","order":2}""", "$.rule attribution.rule-unknown")]
    [InlineData("foreign prefix", """{"rule":"acme.newest"}""", "$.rule attribution.rule-unknown")]
    [InlineData("no rule", """{"lookback":"30d"}""", "$.rule terms.missing")]
    [InlineData("rule of the wrong kind", """{"rule":7}""", "$.rule terms.wrong-kind")]
    [InlineData("not an object", "[]", "$ terms.wrong-kind")]
    [InlineData("a term of another rule", """{"rule":"linear","first":0.4}""", "$.first terms.unknown")]
    [InlineData("negative window", """{"rule":"linear","lookback":"-1d"}""", "$.lookback terms.malformed")]
    [InlineData("endless window", """{"rule":"linear","lookback":"99999999999d"}""", "$.lookback terms.malformed")]
    [InlineData("flag", """{"rule":"linear","cutAtConversion":"yes"}""", "$.cutAtConversion terms.wrong-kind")]
    [InlineData("exponent", """{"rule":"position-based","first":1e400}""", "$.first terms.malformed")]
    [InlineData("half-life", """{"rule":"time-decay","halfLife":"7 days"}""", "$.halfLife terms.malformed")]
    [InlineData("null half-life", """{"rule":"time-decay","halfLife":null}""", "$.halfLife terms.wrong-kind")]
    public void Hostile_terms_are_failures(string reason, string json, string expected)
    {
        TermFailures failures = [];

        AttributionRule? rule = Read(json, failures);

        failures.Should().ContainSingle(reason);
        $"{failures.Single().Path} {failures.Single().Code}".Should().Be(expected, reason);
        (rule is null).Should().Be(expected.Split(' ')[0] is "$.rule" or "$", reason);
    }

    [Fact]
    public void A_missing_rule_is_a_failure() =>
        AttributionRuleCatalog.Default.Validate(null, "Attribution").Should().ContainSingle()
            .Which.ErrorCode.Should().Be("attribution.rule-missing");

    [Fact]
    public void An_empty_window_is_a_failure()
    {
        Linear rule = new() { Lookback = default };

        AttributionRuleCatalog.Default.Validate(rule, "Attribution").Select(static f => (f.PropertyName, f.ErrorCode))
            .Should().Equal(("Attribution.Lookback", "attribution.lookback-empty"));
    }

    [Fact]
    public void An_integrators_rule_reads_validates_and_weighs_like_ours()
    {
        AttributionRuleCatalog catalog = AttributionRuleCatalog.Default.With(
            SecondTouch.TagName, SecondTouch.Read, new NoTermsValidator<SecondTouch>());
        SecondTouch rule = new() { Lookback = LookbackWindow.Days(30) };
        TermFailures failures = [];

        AttributionRuleCatalog.Default.Validate(rule, "Rule").Should().ContainSingle()
            .Which.ErrorCode.Should().Be("attribution.rule-unknown");
        catalog.Validate(rule, "Rule").Should().BeEmpty();
        TermReader.Read(TermNode.Of(rule), failures, catalog.Read).Should().Be(rule);
        failures.Should().BeEmpty();
        Journeys.Assign(rule, Journeys.Hourly("abc"), Journeys.Conversion(9)).Text().Should().Be("b 1/1");
        Journeys.Assign(rule, Journeys.Hourly("a"), Journeys.Conversion(9)).Reason
            .Should().Be(new Reason("attribution.none-chosen"));
    }

    [Fact]
    public void A_rule_may_not_take_anothers_name()
    {
        AttributionRuleCatalog catalog = AttributionRuleCatalog.Default.With(
            SecondTouch.TagName, SecondTouch.Read, new NoTermsValidator<SecondTouch>());

        Action twice = () => catalog.With(SecondTouch.TagName, SecondTouch.Read, new NoTermsValidator<SecondTouch>());
        Action bare = () => catalog.With("second", SecondTouch.Read, new NoTermsValidator<SecondTouch>());
        twice.Should().Throw<ArgumentException>();
        bare.Should().Throw<ArgumentException>();
        catalog.Validate(new Impostor(), "Rule").Should().ContainSingle()
            .Which.ErrorCode.Should().Be("attribution.rule-unknown");
    }

    [Theory]
    [InlineData("negative", -1L)]
    [InlineData("beyond 64 bits", long.MaxValue)]
    public void A_rule_with_impossible_weights_is_stopped(string reason, long weight)
    {
        Action use = () => Journeys.Assign(new Fixed(weight), Journeys.Hourly("ab"), Journeys.Conversion(9));

        use.Should().Throw<Exception>(reason).Which.Should().Match(static e =>
            e is InvalidOperationException || e is OverflowException);
    }

    private static AttributionRule? Read(string json, TermFailures failures)
    {
        JsonText.TryRead(System.Text.Encoding.UTF8.GetBytes(json), failures, out TermNode node).Should().BeTrue();
        return TermReader.Read(node, failures, AttributionRuleCatalog.Default.Read);
    }

    private sealed record SecondTouch : AttributionRule
    {
        public const string TagName = "acme.second-touch";

        public override string Tag => TagName;

        public static SecondTouch Read(TermReader terms) => new();

        protected override void Weigh(in JourneyView journey, Span<long> weights)
        {
            if (journey.Count > 1)
            {
                weights[1] = 1;
            }
        }
    }

    private sealed record Impostor : AttributionRule
    {
        public override string Tag => SecondTouch.TagName;

        protected override void Weigh(in JourneyView journey, Span<long> weights) => weights.Fill(1);
    }

    private sealed record Fixed(long Weight) : AttributionRule
    {
        public override string Tag => "acme.fixed";

        protected override void Weigh(in JourneyView journey, Span<long> weights) => weights.Fill(Weight);
    }
}
