using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/conditions.md.</summary>
public sealed class ConditionsSnippets
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    [Fact]
    public void Compile_and_evaluate()
    {
        #region evaluate
        Condition condition = When.All(
            When.Fact(Facts.Device).Is("mobile"),
            When.Fact(Facts.CallSeconds).AtLeast(60),
            When.Fact(Facts.Gender).IsNot("m"));

        CompiledCondition compiled = condition.Compile(DateTimeZoneProviders.Tzdb["Europe/Berlin"]);

        FactSet facts = [Facts.Device.Of("mobile"), Facts.CallSeconds.Of(45)];
        bool holds = compiled.Evaluate(facts, Noon);
        ValueList<Reason> reasons = compiled.Explain(facts, Noon);
        #endregion

        holds.Should().BeFalse();
        reasons.Select(static r => r.ToString()).Should().Equal(
            "condition.out-of-range (fact: call-seconds, value: 45, range: [60, ))",
            "condition.fact-unknown (fact: gender)");
    }

    [Fact]
    public void Say_more()
    {
        #region more
        Condition weekendNights = When.All(
            When.LocalWeekdays(IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday),
            When.LocalHours(new LocalTime(22, 0), new LocalTime(6, 0)));
        Condition newOrValuable = When.Any(
            When.Fact(Facts.CustomerStatus).Is(CustomerStatus.New),
            When.Fact(Facts.Margin).Between(20.Eur, 500.Eur));
        Condition withoutCoupon = When.Fact(Facts.Coupons).IsAbsent;
        #endregion

        When.All(weekendNights, newOrValuable, withoutCoupon).Check().Should().BeEmpty();
    }

    [Fact]
    public void Read_json()
    {
        const string Json = """{"condition":"equals","fact":"device","value":"mobile"}""";

        #region read
        TermFailures failures = [];
        if (TermJson.TryParse(Json, Condition.Read, failures, out Condition? read))
        {
            read.Compile(DateTimeZone.Utc);
        }
        #endregion

        read.Should().Be(When.Fact(Facts.Device).Is("mobile"));
    }
}
