using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Events.Conditions;

public sealed class CompiledConditionTests
{
    private static readonly FactKey<decimal> Score = new("acme.score");
    private static readonly FactKey<bool> Vip = new("acme.vip");
    private static readonly FactKey<LocalDate> Day = new("acme.day");
    private static readonly FactKey<Percentage> Rate = new("acme.rate");

    private static readonly Condition True = When.Fact(Facts.Device).Is("mobile");
    private static readonly Condition False = When.Fact(Facts.Device).Is("desktop");
    private static readonly Condition Unknown = When.Fact(Facts.Gender).Is("f");

    private static readonly FactSet Known =
    [
        Facts.Device.Of("mobile"), Facts.CallSeconds.Of(60), Facts.Margin.Of(12.30m.Eur), Vip.Of(true),
        Facts.Coupons.Of(["SPRING", "VIP10"]), Score.Of(0.5m), Day.Of(new(2026, 3, 1)), Rate.Of(10.Percent),
        Facts.Landing.Of("/spring/shoes"), Facts.ConsentWithdrawn.Of(Samples.Noon),
    ];

    public static TheoryData<string, Condition, bool> Leaves => new()
    {
        { "text is", When.Fact(Facts.Device).Is("mobile"), true },
        { "text is by character", When.Fact(Facts.Device).Is("Mobile"), false },
        { "text is not", When.Fact(Facts.Device).IsNot("desktop"), true },
        { "number is by value", When.Fact(Score).Is(0.50m), true },
        { "flag is", When.Fact(Vip).Is(true), true },
        { "flag is not", When.Fact(Vip).Is(false), false },
        { "amount is", When.Fact(Facts.Margin).Is(12.30m.Eur), true },
        { "amount of another currency is not", When.Fact(Facts.Margin).IsNot(12.30m.Usd), true },
        { "rate is by value", new FactEquals("acme.rate", FactValue.Of("10.0%")), true },
        { "one of the coupons is", When.Fact(Facts.Coupons).Has("VIP10"), true },
        { "none of the coupons is", When.Fact(Facts.Coupons).Has("VIP20"), false },
        { "in", When.Fact(Facts.Device).IsIn("tv", "mobile"), true },
        { "not in", When.Fact(Facts.Device).IsIn("tv", "desktop"), false },
        { "in many", When.Fact(Facts.Device).IsIn("a", "b", "c", "d", "mobile"), true },
        { "not in many", When.Fact(Facts.Device).IsIn("a", "b", "c", "d", "e"), false },
        { "number in", When.Fact(Facts.CallSeconds).IsIn(30, 60), true },
        { "one of the coupons in", new FactIn("coupons", [FactValue.Of("X"), FactValue.Of("SPRING")]), true },
        { "no coupon in many", new FactIn("coupons", ManyTexts()), false },
        { "range starts at from", When.Fact(Facts.CallSeconds).Between(60, 120), true },
        { "range ends before to", When.Fact(Facts.CallSeconds).Between(30, 60), false },
        { "at least", When.Fact(Facts.CallSeconds).AtLeast(60), true },
        { "above", When.Fact(Facts.CallSeconds).Above(60), false },
        { "at most", When.Fact(Facts.CallSeconds).AtMost(60), true },
        { "below", When.Fact(Facts.CallSeconds).Below(60), false },
        { "amounts in order", When.Fact(Facts.Margin).AtLeast(9.99m.Eur), true },
        { "rates in order", When.Fact(Rate).Below(9.5m.Percent), false },
        { "dates in order", When.Fact(Day).Between(new(2026, 3, 1), new(2026, 3, 2)), true },
        { "instants in order", When.Fact(Facts.ConsentWithdrawn).Above(Samples.Noon - Duration.Epsilon), true },
        { "prefix", When.Fact(Facts.Landing).StartsWith("/spring"), true },
        { "no prefix", When.Fact(Facts.Landing).StartsWith("/Spring"), false },
        { "prefix of a coupon", new FactPrefix("coupons", "VIP"), true },
        { "known", When.Fact(Facts.Device).IsKnown, true },
        { "not known", When.Fact(Facts.Gender).IsKnown, false },
        { "absent", When.Fact(Facts.Gender).IsAbsent, true },
        { "not absent", When.Fact(Facts.Device).IsAbsent, false },
    };

    [Theory]
    [MemberData(nameof(Leaves))]
    public void A_leaf_looks_at_its_fact(string reason, Condition condition, bool holds) =>
        Holds(condition, Known).Should().Be(holds, reason);

    public static TheoryData<string, Condition> Undecided => new()
    {
        { "an absent fact", When.Fact(Facts.Gender).Is("f") },
        { "an absent fact in a list", When.Fact(Facts.Gender).IsIn("f", "m") },
        { "an absent number", new FactRange("missing", From: FactValue.Of(1)) },
        { "an absent prefix", When.Fact(Facts.Gender).StartsWith("f") },
        { "a text against a number", new FactEquals("device", FactValue.Of(1)) },
        { "a number against a text", new FactEquals("call-seconds", FactValue.Of("60")) },
        { "a number in texts", new FactIn("call-seconds", [FactValue.Of("60")]) },
        { "a text in a range", new FactRange("device", From: FactValue.Of(1)) },
        { "another currency in a range", When.Fact(Facts.Margin).AtLeast(1.Usd) },
        { "an amount in a range of rates", new FactRange("margin", From: FactValue.Of(1.Percent)) },
        { "a number with a prefix", new FactPrefix("call-seconds", "6") },
        { "several texts in a range", new FactRange("coupons", From: FactValue.Of(1)) },
    };

    [Theory]
    [MemberData(nameof(Undecided))]
    public void What_is_not_known_is_false_also_under_not(string reason, Condition condition)
    {
        Holds(condition, Known).Should().BeFalse(reason);
        Holds(When.Not(condition), Known).Should().BeFalse(reason);
        Holds(When.Not(When.Not(condition)), Known).Should().BeFalse(reason);
        Explain(When.Not(condition), Known).Should().ContainSingle(reason)
            .Which.Code.Should().BeOneOf(ConditionCodes.FactUnknown, ConditionCodes.FactOtherKind);
    }

    // Kleene's strong logic: the least of all, the greatest of any; true, false, unknown as T, F, U.
    [Theory]
    [InlineData("TT", 'T', 'T')]
    [InlineData("TF", 'F', 'T')]
    [InlineData("TU", 'U', 'T')]
    [InlineData("FT", 'F', 'T')]
    [InlineData("FF", 'F', 'F')]
    [InlineData("FU", 'F', 'U')]
    [InlineData("UT", 'U', 'T')]
    [InlineData("UF", 'F', 'U')]
    [InlineData("UU", 'U', 'U')]
    public void Three_values_are_combined_as_Kleene_does(string parts, char all, char any)
    {
        Condition[] both = [.. parts.Select(static p => p switch { 'T' => True, 'F' => False, _ => Unknown })];

        TruthOf(When.All(both)).Should().Be(all);
        TruthOf(When.Any(both)).Should().Be(any);

        // A condition that holds is true, one whose opposite holds is false, the rest is unknown.
        static char TruthOf(Condition condition) =>
            Holds(condition, Known) ? 'T' : Holds(When.Not(condition), Known) ? 'F' : 'U';
    }

    [Theory]
    [InlineData("before", "2026-03-01T07:59:59Z", false)]
    [InlineData("from on", "2026-03-01T08:00:00Z", true)]
    [InlineData("up to the end", "2026-03-01T16:59:59Z", true)]
    [InlineData("not at the end", "2026-03-01T17:00:00Z", false)]
    [InlineData("an hour earlier in summer", "2026-07-01T07:00:00Z", true)]
    public void Hours_are_those_of_the_zone(string reason, string at, bool holds) =>
        HoldsAt(When.LocalHours(new(9, 0), new(18, 0)), at).Should().Be(holds, reason);

    [Theory]
    [InlineData("before midnight", "2026-03-01T21:00:00Z", true)]
    [InlineData("after midnight", "2026-03-02T04:59:59Z", true)]
    [InlineData("not at the end", "2026-03-02T05:00:00Z", false)]
    [InlineData("not at noon", "2026-03-02T11:00:00Z", false)]
    public void Hours_may_go_over_midnight(string reason, string at, bool holds) =>
        HoldsAt(When.LocalHours(new(22, 0), new(6, 0)), at).Should().Be(holds, reason);

    [Theory]
    [InlineData("the hour that is shown twice, first", "2026-10-25T00:30:00Z", true)]
    [InlineData("the hour that is shown twice, second", "2026-10-25T01:30:00Z", true)]
    [InlineData("the hour that is skipped", "2026-03-29T01:30:00Z", false)]
    public void Clocks_that_change_show_what_they_show(string reason, string at, bool holds) =>
        HoldsAt(When.LocalHours(new(2, 0), new(3, 0)), at).Should().Be(holds, reason);

    [Theory]
    [InlineData("the last second before", "2026-02-28T22:59:59Z", false)]
    [InlineData("the first date", "2026-02-28T23:00:00Z", true)]
    [InlineData("not the end", "2026-03-31T22:00:00Z", false)]
    public void Dates_are_those_of_the_zone(string reason, string at, bool holds) =>
        HoldsAt(When.LocalDates(new(new(2026, 3, 1), new(2026, 4, 1))), at).Should().Be(holds, reason);

    [Theory]
    [InlineData("friday in UTC is saturday in Berlin", "2026-03-06T23:00:00Z", true)]
    [InlineData("sunday", "2026-03-08T12:00:00Z", true)]
    [InlineData("monday", "2026-03-08T23:00:00Z", false)]
    public void Weekdays_are_those_of_the_zone(string reason, string at, bool holds) =>
        HoldsAt(When.LocalWeekdays(IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday), at).Should().Be(holds, reason);

    [Fact]
    public void An_instant_without_a_date_is_unknown()
    {
        CompiledCondition condition = When.Any(
            When.LocalHours(new(9, 0), new(18, 0)), When.LocalDates(new(new(2026, 3, 1))),
            When.LocalWeekdays(IsoDayOfWeek.Sunday), When.Not(When.LocalWeekdays(IsoDayOfWeek.Monday))).Compile(Berlin);

        foreach (Instant at in new[] { Instant.MinValue, Instant.MaxValue, Instant.FromUtc(9999, 12, 31, 23, 59) })
        {
            condition.Evaluate(FactSet.Empty, at).Should().BeFalse();
            condition.Explain(FactSet.Empty, at).Should().HaveCount(4)
                .And.OnlyContain(static r => r.Code == ConditionCodes.InstantOutOfRange);
        }
    }

    [Fact]
    public void What_holds_needs_no_reasons() => Explain(True, Known).Should().BeEmpty();

    [Fact]
    public void Reasons_name_every_leaf_that_stands_against_it()
    {
        Condition condition = When.All(
            True, False, Unknown, When.Any(When.Fact(Facts.CallSeconds).Above(90), When.Fact(Facts.City).IsKnown),
            When.Fact(Facts.CallSeconds).IsIn(1, 2), When.Fact(Facts.Landing).StartsWith("/autumn"), When.Not(True));

        Explain(condition, Known).Select(static r => r.ToString()).Should().Equal(
            "condition.not-equal (fact: device, value: mobile, expected: desktop)",
            "condition.fact-unknown (fact: gender)",
            "condition.out-of-range (fact: call-seconds, value: 60, range: (90, ))",
            "condition.absent (fact: city)",
            "condition.not-in (fact: call-seconds, value: 60)",
            "condition.no-prefix (fact: landing, value: /spring/shoes, prefix: /autumn)",
            "condition.excluded (condition: device is mobile)");
    }

    [Fact]
    public void Reasons_of_time_say_what_the_clocks_show()
    {
        Condition condition = When.All(
            When.LocalHours(new(22, 0), new(6, 0)), When.LocalDates(new(new(2026, 4, 1), new LocalDate(2026, 5, 1))),
            When.LocalWeekdays(IsoDayOfWeek.Monday, IsoDayOfWeek.Friday));

        Explain(condition, Known).Select(static r => r.ToString()).Should().Equal(
            "condition.outside-hours (time: 13:00:00, hours: 22:00-06:00)",
            "condition.outside-dates (date: 2026-03-01, dates: 2026-04-01/2026-05-01)",
            "condition.other-weekday (day: sunday, days: monday friday)");
    }

    [Fact]
    public void A_reason_never_repeats_a_long_text() =>
        Explain(False, [Facts.Device.Of(new string('x', 900))]).Single().ToString().Length.Should().BeLessThan(150);

    [Fact]
    public void Evaluating_allocates_nothing()
    {
        CompiledCondition condition = When.All(
            True, When.Fact(Facts.CallSeconds).AtLeast(30), When.Fact(Facts.Coupons).Has("VIP10"),
            When.Fact(Facts.Margin).Above(1.Eur), When.Fact(Facts.Device).IsIn("a", "b", "c", "d", "mobile"),
            When.Not(False), When.LocalHours(new(9, 0), new(18, 0)), When.LocalDates(DateRange.Of(new(2026, 3))),
            When.LocalWeekdays(IsoDayOfWeek.Sunday), When.Fact(Facts.Landing).StartsWith("/"))
            .Compile(Berlin);
        bool holds = condition.Evaluate(Known, Samples.Noon);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            holds &= condition.Evaluate(Known, Samples.Noon);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        holds.Should().BeTrue();
    }

    private static DateTimeZone Berlin => DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    private static bool Holds(Condition condition, FactSet facts) =>
        condition.Compile(Berlin).Evaluate(facts, Samples.Noon);

    private static bool HoldsAt(Condition condition, string at) => condition.Compile(Berlin)
        .Evaluate(FactSet.Empty, NodaTime.Text.InstantPattern.ExtendedIso.Parse(at).Value);

    private static ValueList<Reason> Explain(Condition condition, FactSet facts) =>
        condition.Compile(Berlin).Explain(facts, Samples.Noon);

    private static ValueList<FactValue> ManyTexts() =>
        Enumerable.Range(0, 9).Select(static i => FactValue.Of($"C{i}")).ToValueList();
}
