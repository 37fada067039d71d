using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Events.Conditions;

public sealed class ConditionTests
{
    public static TheoryData<string, Condition> Cases => new()
    {
        { """{"condition":"equals","fact":"device","value":"mobile"}""", When.Fact(Facts.Device).Is("mobile") },
        { """{"condition":"equals","fact":"call-seconds","value":90}""", When.Fact(Facts.CallSeconds).Is(90) },
        { """{"condition":"equals","fact":"a","value":false}""", new FactEquals("a", FactValue.Of(false)) },
        {
            """{"condition":"equals","fact":"customer-status","value":"new"}""",
            When.Fact(Facts.CustomerStatus).Is(CustomerStatus.New)
        },
        { """{"condition":"in","fact":"country","values":["DE","AT"]}""", When.Fact(Facts.Country).IsIn("DE", "AT") },
        {
            """{"condition":"range","fact":"call-seconds","from":60,"to":120}""",
            When.Fact(Facts.CallSeconds).Between(60, 120)
        },
        {
            """{"condition":"range","fact":"margin","from":"5.00 EUR","fromExcluded":true}""",
            When.Fact(Facts.Margin).Above(5.Eur)
        },
        {
            """{"condition":"range","fact":"margin","to":"5.00 EUR","toIncluded":true}""",
            When.Fact(Facts.Margin).AtMost(5.Eur)
        },
        { """{"condition":"exists","fact":"coupons"}""", When.Fact(Facts.Coupons).IsKnown },
        { """{"condition":"prefix","fact":"landing","value":"/s"}""", When.Fact(Facts.Landing).StartsWith("/s") },
        {
            """{"condition":"all","of":[{"condition":"exists","fact":"a"},{"condition":"exists","fact":"b"}]}""",
            When.All(new FactExists("a"), new FactExists("b"))
        },
        { """{"condition":"any","of":[{"condition":"exists","fact":"a"}]}""", When.Any(new FactExists("a")) },
        { """{"condition":"not","of":{"condition":"exists","fact":"a"}}""", When.Not(new FactExists("a")) },
        {
            """{"condition":"local-hours","from":"22:00","to":"06:30"}""",
            When.LocalHours(new(22, 0), new(6, 30))
        },
        {
            """{"condition":"local-dates","dates":"2026-03-01/2026-04-01"}""",
            When.LocalDates(DateRange.Of(new(2026, 3)))
        },
        {
            """{"condition":"local-weekdays","days":["saturday","sunday"]}""",
            When.LocalWeekdays(IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday)
        },
    };

    public static TheoryData<string, Condition, string, string> Wrong => new()
    {
        { "a bad name", new FactExists("Device"), ConditionCodes.FactName, "fact" },
        { "no values", new FactIn("a", []), ConditionCodes.Empty, "values" },
        { "too many values", new FactIn("a", Values(1_001)), ConditionCodes.TooManyValues, "values" },
        { "no bounds", new FactRange("a"), ConditionCodes.Empty, "from" },
        { "a text as bound", new FactRange("a", FactValue.Of("x")), ConditionCodes.ValueKind, "from" },
        { "a flag as bound", new FactRange("a", null, FactValue.Of(true)), ConditionCodes.ValueKind, "to" },
        { "two kinds", new FactRange("a", FactValue.Of(1), FactValue.Of(2.Eur)), ConditionCodes.ValueKind, "to" },
        {
            "two currencies", new FactRange("a", FactValue.Of(1.Usd), FactValue.Of(2.Eur)),
            ConditionCodes.ValueKind, "to"
        },
        { "backwards", new FactRange("a", FactValue.Of(2), FactValue.Of(1)), ConditionCodes.RangeEmpty, "to" },
        { "nothing inside", new FactRange("a", FactValue.Of(2), FactValue.Of(2)), ConditionCodes.RangeEmpty, "to" },
        {
            "several texts", new FactEquals("a", FactValue.Of<ValueList<string>>(["x"])),
            ConditionCodes.ValueKind, "value"
        },
        { "an empty start", new FactPrefix("a", ""), ConditionCodes.Empty, "value" },
        { "no parts", new AllOf([]), ConditionCodes.Empty, "of" },
        { "nothing to choose from", new AnyOf([]), ConditionCodes.Empty, "of" },
        { "no hours", new LocalHours(default, default), ConditionCodes.RangeEmpty, "to" },
        { "parts of a minute", new LocalHours(new(9, 0, 1), default), ConditionCodes.ValueKind, "from" },
        { "no dates", new LocalDates(default), ConditionCodes.RangeEmpty, "dates" },
        { "no days", new LocalWeekdays([]), ConditionCodes.Empty, "days" },
        { "no day", new LocalWeekdays([IsoDayOfWeek.None]), ConditionCodes.Weekday, "days" },
        {
            "a day twice", new LocalWeekdays([IsoDayOfWeek.Monday, IsoDayOfWeek.Monday]),
            ConditionCodes.Weekday, "days"
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Json_names_the_case_first_and_brings_it_back(string json, Condition condition)
    {
        TermJson.Write(condition).Should().Be(json);
        TermJson.Parse(json, Condition.Read).Should().Be(condition);
        condition.Check().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named_and_does_not_compile(
        string reason, Condition condition, string code, string term)
    {
        Condition nested = new AllOf([new FactExists("a"), new Not(condition)]);
        Action compile = () => condition.Compile(DateTimeZone.Utc);

        condition.Check().Should().Equal([Reason.Of(code, ("term", term))], reason);
        nested.Check().Should().Equal([Reason.Of(code, ("term", $"of[1].of.{term}"))], reason);
        compile.Should().Throw<ArgumentException>(reason);
    }

    [Fact]
    public void A_range_may_hold_one_value() =>
        new FactRange("a", FactValue.Of(2), FactValue.Of(2)) { ToIncluded = true }.Check().Should().BeEmpty();

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        Condition deep = Nested(Condition.DepthMax);
        Condition deeper = Nested(Condition.DepthMax + 1);
        Condition wide = Wide(Condition.TermCountMax - 1);
        Condition wider = Wide(Condition.TermCountMax + 5);

        deep.Check().Should().BeEmpty();
        wide.Check().Should().BeEmpty();
        deeper.Check().Select(static r => r.Code).Should().Equal(ConditionCodes.TooDeep);
        wider.Check().Select(static r => r.Code).Should().Equal(ConditionCodes.TooManyTerms);
        TermJson.Parse(TermJson.Write(deep), Condition.Read).Should().Be(deep);
        Failures(TermJson.Write(deeper)).Should().ContainSingle().Which.Should().EndWith(ConditionCodes.TooDeep);
        Failures(TermJson.Write(wider)).Should().ContainSingle().Which.Should().EndWith(ConditionCodes.TooManyTerms);

        static Condition Nested(int depth) => depth == 1 ? new FactExists("a") : new Not(Nested(depth - 1));
        static Condition Wide(int count) =>
            new AnyOf(Enumerable.Repeat((Condition)new FactExists("a"), count).ToValueList());
    }

    [Theory]
    [InlineData("an unknown case", """{"condition":"matches","fact":"a","value":"x.*"}""",
        "$.condition condition.unknown")]
    [InlineData("no case", """{"fact":"a"}""", "$.condition terms.missing")]
    [InlineData("a list as case", """{"condition":[]}""", "$.condition terms.wrong-kind")]
    [InlineData("no value", """{"condition":"equals","fact":"a"}""", "$.value terms.missing")]
    [InlineData("several texts", """{"condition":"equals","fact":"a","value":["x"]}""", "$.value condition.value-kind")]
    [InlineData("null", """{"condition":"equals","fact":"a","value":null}""", "$.value terms.wrong-kind")]
    [InlineData("no values", """{"condition":"in","fact":"a"}""", "$.values terms.missing")]
    [InlineData("empty values", """{"condition":"in","fact":"a","values":[]}""", "$.values condition.empty")]
    [InlineData("no bound", """{"condition":"range","fact":"a"}""", "$.from terms.missing")]
    [InlineData("a text as bound", """{"condition":"range","fact":"a","from":"x"}""", "$.from condition.value-kind")]
    [InlineData("no parts", """{"condition":"all"}""", "$.of terms.missing")]
    [InlineData("empty parts", """{"condition":"any","of":[]}""", "$.of condition.empty")]
    [InlineData("a bad time", """{"condition":"local-hours","from":"9","to":"18:00"}""", "$.from terms.malformed")]
    [InlineData("a bad day", """{"condition":"local-weekdays","days":["sonntag"]}""", "$.days condition.weekday")]
    [InlineData("no prefix", """{"condition":"prefix","fact":"a"}""", "$.value terms.missing")]
    [InlineData("no dates", """{"condition":"local-dates"}""", "$.dates terms.missing")]
    [InlineData("a name nobody knows", """{"condition":"exists","fact":"a","not":true}""", "$.not terms.unknown")]
    public void Bad_terms_are_noted_and_nothing_throws(string reason, string json, string failure) =>
        Failures(json).Should().Equal([failure], reason);

    [Fact]
    public void A_condition_reads_as_a_person_would_say_it() =>
        When.All(
            When.Fact(Facts.Device).Is("mobile"),
            When.Any(When.Fact(Facts.CallSeconds).Between(60, 120), When.Fact(Facts.Country).IsIn("DE", "AT")),
            When.Fact(Facts.Gender).IsAbsent, When.LocalHours(new(22, 0), new(6, 0)),
            When.LocalWeekdays(IsoDayOfWeek.Sunday), When.LocalDates(DateRange.Of(new(2026, 3))),
            When.Fact(Facts.Landing).StartsWith("/s")).ToString()
            .Should().Be(
                "all of (device is mobile; any of (call-seconds in [60, 120); country in [DE, AT]); "
                + "not (gender is known); local time 22:00-06:00; local day sunday; "
                + "local date 2026-03-01/2026-04-01; landing starts with /s)");

    [Fact]
    public void A_condition_without_a_key_is_a_bug()
    {
        Action start = static () => When.Fact(default(FactKey<string>));

        start.Should().Throw<ArgumentException>();
    }

    private static IEnumerable<string> Failures(string json)
    {
        TermFailures failures = [];
        TermJson.TryParse(json, Condition.Read, failures, out Condition? _);
        return failures.Select(static f => $"{f.Path} {f.Code}");
    }

    private static ValueList<FactValue> Values(int count) =>
        Enumerable.Range(0, count).Select(static i => FactValue.Of(i)).ToValueList();
}
