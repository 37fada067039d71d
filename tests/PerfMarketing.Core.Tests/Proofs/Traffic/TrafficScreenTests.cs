using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Proofs.Traffic;
using static PerfMarketing.Tests.Proofs.Traffic.Traffic;

namespace PerfMarketing.Tests.Proofs.Traffic;

public sealed class TrafficScreenTests
{
    // Columns: why, the rule, its time in seconds, the delay after the touch, whether it is found.
    [Theory]
    [InlineData("a skew of clocks is allowed", TrafficRuleKind.BeforeTouch, 5, -5, false)]
    [InlineData("more than the skew is not", TrafficRuleKind.BeforeTouch, 5, -6, true)]
    [InlineData("after the touch is right", TrafficRuleKind.BeforeTouch, 5, 1, false)]
    [InlineData("click injection", TrafficRuleKind.TooFast, 10, 9, true)]
    [InlineData("ten seconds are enough", TrafficRuleKind.TooFast, 10, 10, false)]
    [InlineData("before the touch is another rule's", TrafficRuleKind.TooFast, 10, -1, false)]
    [InlineData("windows are half-open", TrafficRuleKind.OutsideLookback, 3600, 3600, true)]
    [InlineData("inside", TrafficRuleKind.OutsideLookback, 3600, 3599, false)]
    public void Times_between_touch_and_result_are_judged(
        string because, TrafficRuleKind kind, int within, int delay, bool isFound)
    {
        TrafficTerms terms = Terms(new TrafficRule(kind) { Within = Duration.FromSeconds(within), Score = 7 });

        TrafficSignal[] found = [.. TrafficScreen.Judge(terms, Case(Install("i1"), delay))];

        found.Should().HaveCount(isFound ? 1 : 0, because);
        found.All(signal => signal.Score == 7 && signal.Code == TrafficReasons.Of(kind)).Should().BeTrue();
        TrafficScreen.Judge(terms, Case(Install("i1"), delay: null)).Should().BeEmpty("there is no touch");
    }

    [Fact]
    public void A_reason_says_what_was_found()
    {
        TrafficTerms terms = Terms(new TrafficRule(TrafficRuleKind.TooFast) { Within = Duration.FromSeconds(10) });

        TrafficScreen.Judge(terms, Case(Install("i1"), 3)).Single().Reason.ToString()
            .Should().Be("traffic.too-fast (delay: 3s, within: 10s)");
    }

    [Fact]
    public void A_rule_looks_only_at_the_kinds_that_it_names()
    {
        TrafficRule rule = new(TrafficRuleKind.TooFast) { Within = Duration.FromSeconds(10), Outcomes = ["sale"] };

        TrafficScreen.Judge(Terms(rule), Case(Install("i1"), 3)).Should().BeEmpty();
        TrafficScreen.Judge(Terms(rule), Case(Install("i1") with { Kind = "sale" }, 3)).Should().HaveCount(1);
    }

    [Fact]
    public void Countries_are_those_expected_or_that_of_the_touch()
    {
        Outcome german = Install("i1") with { Facts = FactSet.Create(Facts.Country.Of("DE")) };
        TrafficTerms same = Terms(new TrafficRule(TrafficRuleKind.CountryMismatch));
        TrafficTerms named = Terms(new TrafficRule(TrafficRuleKind.CountryMismatch) { Values = ["FR", "IT"] });
        TrafficCase abroad = new(german) { TouchFacts = FactSet.Create(Facts.Country.Of("FR")) };

        Codes(TrafficScreen.Judge(same, abroad)).Should().Equal(TrafficReasons.CountryMismatch);
        TrafficScreen.Judge(same, new(german)).Should().BeEmpty("the touch's country is not known");
        TrafficScreen.Judge(same, abroad with { TouchFacts = german.Facts }).Should().BeEmpty();
        Codes(TrafficScreen.Judge(named, new(german))).Should().Equal(TrafficReasons.CountryMismatch);
        TrafficScreen.Judge(named, new(Install("i2"))).Should().BeEmpty("its country is not known");
    }

    [Fact]
    public void Currencies_and_classes_are_those_named()
    {
        TrafficTerms euro = Terms(new TrafficRule(TrafficRuleKind.CurrencyMismatch) { Values = ["EUR"] });
        TrafficTerms bots = Terms(new TrafficRule(TrafficRuleKind.Classified) { Values = ["data-centre", "bot"] });
        Outcome dollars = Install("i1") with { Value = Money.FromMinor(100, Currency.Usd) };
        FactSet listed = FactSet.Create(Facts.TrafficClasses.Of(["vpn", "bot"]));

        Codes(TrafficScreen.Judge(euro, new(dollars))).Should().Equal(TrafficReasons.CurrencyMismatch);
        TrafficScreen.Judge(euro, new(Install("i1"))).Should().BeEmpty();
        TrafficScreen.Judge(bots, new(Install("i1") with { Facts = listed })).Single().Reason.ToString()
            .Should().Be("traffic.classified (class: bot)");
        TrafficScreen.Judge(bots, new(Install("i1")) { TouchFacts = listed }).Should().HaveCount(1);
        TrafficScreen.Judge(bots, new(Install("i1"))).Should().BeEmpty();
    }
}
