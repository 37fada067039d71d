using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Events;

public sealed class FactSetTests
{
    private static readonly FactKey<decimal> Score = new("acme.score");
    private static readonly FactKey<LocalDate> Day = new("acme.day");
    private static readonly FactKey<Percentage> Rate = new("acme.rate");
    private static readonly FactKey<bool> Vip = new("acme.vip");
    private static readonly FactKey<long> Number = new("acme.number");

    private static readonly FactSet All =
    [
        Facts.Device.Of("mobile"), Facts.CallSeconds.Of(95), Facts.BidPrice.Of(new(0.045m, Currency.Eur)),
        Facts.Margin.Of(12.30m.Eur), Facts.ConsentWithdrawn.Of(Instant.FromUtc(2026, 3, 1, 9, 0)),
        Facts.CustomerStatus.Of(CustomerStatus.Returning), Facts.Coupons.Of(["SPRING", "VIP10"]),
        Facts.LocalDay.Of(IsoDayOfWeek.Saturday), Score.Of(0.75m), Day.Of(new(2026, 3, 1)), Rate.Of(2.9m.Percent),
        Vip.Of(true), Number.Of(long.MinValue),
    ];

    [Fact]
    public void Every_type_comes_back()
    {
        Get(Facts.Device).Should().Be("mobile");
        Get(Facts.CallSeconds).Should().Be(95);
        Get(Facts.BidPrice).Should().Be(new Accrual(0.045m, Currency.Eur));
        Get(Facts.Margin).Should().Be(12.30m.Eur);
        Get(Facts.ConsentWithdrawn).Should().Be(Instant.FromUtc(2026, 3, 1, 9, 0));
        Get(Facts.CustomerStatus).Should().Be(CustomerStatus.Returning);
        Get(Facts.Coupons).Should().Equal("SPRING", "VIP10");
        Get(Facts.LocalDay).Should().Be(IsoDayOfWeek.Saturday);
        Get(Score).Should().Be(0.75m);
        Get(Day).Should().Be(new LocalDate(2026, 3, 1));
        Get(Rate).Should().Be(2.9m.Percent);
        Get(Vip).Should().BeTrue();
        Get(Number).Should().Be(long.MinValue);

        static T Get<T>(FactKey<T> key) =>
            All.TryGet(key, out T? value) ? value : throw new InvalidOperationException();
    }

    [Fact]
    public void Json_is_one_object_of_readable_values()
    {
        TermJson.Write(All).Should().Be(
            """
            {"acme.day":"2026-03-01","acme.number":-9223372036854775808,"acme.rate":"2.9%","acme.score":0.75,
            "acme.vip":true,"bid-price":"0.045 EUR","call-seconds":95,
            "consent-withdrawn":"2026-03-01T09:00:00Z","coupons":["SPRING","VIP10"],
            "customer-status":"returning","device":"mobile","local-day":"saturday","margin":"12.30 EUR"}
            """.ReplaceLineEndings(string.Empty));
        TermJson.Parse(TermJson.Write(All), FactSet.Read).Should().BeEquivalentTo(All).And.Equal(All);
    }

    [Theory]
    [InlineData("a fraction is no whole number", "call-seconds", "95.5")]
    [InlineData("a text is no number", "call-seconds", "\"95\"")]
    [InlineData("a number beyond 32 bits", "call-seconds", "5000000000")]
    [InlineData("no member of the enum", "customer-status", "\"lapsed\"")]
    [InlineData("no name of C#", "customer-status", "\"Returning\"")]
    [InlineData("no instant", "consent-withdrawn", "\"yesterday\"")]
    [InlineData("one text is not several", "coupons", "\"SPRING\"")]
    [InlineData("an amount off the grid", "margin", "\"0.045 EUR\"")]
    [InlineData("an amount with too few digits", "margin", "\"4.5 EUR\"")]
    public void A_fact_of_another_type_is_not_found(string reason, string name, string json)
    {
        FactSet facts = TermJson.Parse($$"""{"{{name}}":{{json}}}""", FactSet.Read);

        bool found = facts.TryGet(Facts.CallSeconds, out _) || facts.TryGet(Facts.CustomerStatus, out _)
            || facts.TryGet(Facts.ConsentWithdrawn, out _) || facts.TryGet(Facts.Coupons, out _)
            || facts.TryGet(Facts.Margin, out _);
        found.Should().BeFalse(reason);
        facts.TryFind(name, out _).Should().BeTrue(reason);
    }

    [Fact]
    public void The_order_of_setting_makes_no_difference()
    {
        FactSet one = FactSet.Empty.With(Facts.Device, "tv").With(Facts.City, "Bonn");
        FactSet other = FactSet.Empty.With(Facts.City, "Ulm").With(Facts.Device, "tv").With(Facts.City, "Bonn");

        (one == other).Should().BeTrue();
        one.GetHashCode().Should().Be(other.GetHashCode());
        (one == one.With(Facts.City, "Ulm")).Should().BeFalse();
        one.Should().HaveCount(2);
    }

    [Fact]
    public void Numbers_are_equal_by_value_and_texts_by_character()
    {
        FactSet.Empty.With(Score, 1.0m).Should().Equal(FactSet.Empty.With(Score, 1.00m));
        FactSet.Empty.With(Facts.City, "ulm").Equals(FactSet.Empty.With(Facts.City, "Ulm")).Should().BeFalse();
    }

    [Fact]
    public void Setting_leaves_the_set_as_it_was()
    {
        FactSet empty = FactSet.Empty;
        _ = empty.With(Facts.City, "Bonn");

        empty.Should().BeEmpty();
        empty.With(Facts.City, "Bonn").Without("city").Should().BeEmpty();
    }

    [Fact]
    public void Names_with_one_hash_are_told_apart()
    {
        // Two names whose FNV-1a is the same, found by search.
        (string first, string second) = Collision();
        FactSet facts = [new(first, FactValue.Of("one")), new(second, FactValue.Of("two"))];

        Fact.HashOf(first).Should().Be(Fact.HashOf(second));
        facts.TryGet(new FactKey<string>(first), out string? one).Should().BeTrue();
        facts.TryGet(new FactKey<string>(second), out string? two).Should().BeTrue();
        (one, two).Should().Be(("one", "two"));
    }

    [Fact]
    public void Bounds_hold()
    {
        Fact[] full = [.. Enumerable.Range(0, FactSet.CountMax).Select(i => new Fact($"f{i}", FactValue.Of(i)))];
        FactSet set = FactSet.Create(full);
        Action[] bad =
        [
            () => set.With(Facts.City, "Bonn"), static () => _ = FactSet.Empty.With(new Fact("Bad", default)),
            static () => Facts.City.Of(new string('x', FactValue.TextLengthMax + 1)),
            static () => Facts.City.Of("\uD83D"), static () => Score.Of(0.0000000001m), static () => Score.Of(1e19m),
            static () => Facts.Coupons.Of(Enumerable.Repeat("x", FactValue.TextCountMax + 1).ToValueList()),
            static () => Facts.CustomerStatus.Of((CustomerStatus)9),
        ];

        set.Should().HaveCount(FactSet.CountMax);
        set.With(new Fact("f0", FactValue.Of(1))).Should().HaveCount(FactSet.CountMax);
        bad.Should().AllSatisfy(static act => act.Should().Throw<ArgumentException>());
    }

    [Theory]
    [InlineData("null", """{"a":null}""", TermCodes.WrongKind)]
    [InlineData("an object", """{"a":{}}""", TermCodes.WrongKind)]
    [InlineData("numbers in a list", """{"a":["x",1]}""", TermCodes.WrongKind)]
    [InlineData("an exponent", """{"a":1e3}""", TermCodes.Malformed)]
    [InlineData("29 digits", """{"a":1.0000000000000000000000000001}""", TermCodes.Malformed)]
    [InlineData("beyond 64 bits", """{"a":99999999999999999999}""", EventCodes.FactBounds)]
    [InlineData("ten decimals", """{"a":0.0000000001}""", EventCodes.FactBounds)]
    [InlineData("a bad name", """{"Bad Name":1}""", EventCodes.FactName)]
    [InlineData("a name twice", """{"a":1,"a":2}""", TermCodes.Duplicate)]
    public void Bad_terms_are_noted_and_nothing_throws(string reason, string json, string code)
    {
        TermFailures failures = [];

        TermJson.TryParse(json, FactSet.Read, failures, out FactSet? _).Should().BeFalse(reason);
        failures.Should().ContainSingle(reason).Which.Code.Should().Be(code);
    }

    // The longest line of a log holds so many: with a look through all names for each of them it took a minute.
    [Fact]
    public void What_is_very_wide_is_refused_by_its_first_fact_too_many()
    {
        string many = string.Join(',', Enumerable.Range(0, 80_000).Select(static i => $"\"fact-{i}\":1"));
        TermFailures failures = [];

        TermJson.TryParse($"{{{many}}}", FactSet.Read, failures, out FactSet? _).Should().BeFalse();

        failures.Select(static f => $"{f.Code} {f.Path}").Should().Equal($"{EventCodes.TooManyFacts} $.fact-64");
    }

    [Fact]
    public void Of_two_children_with_a_name_the_first_is_found_however_many_there_are()
    {
        foreach (int count in new[] { 3, 300 })
        {
            var wide = TermNode.OfObject(
                [.. Enumerable.Range(0, count).Select(static i => $"n{i / 2}")],
                [.. Enumerable.Range(0, count).Select(static i => TermNode.OfNumber($"{i}"))]);

            wide.Find("n1")!.Text.Should().Be("2");
            wide.Find("n0")!.Text.Should().Be("0");
            wide.Find("elsewhere").Should().BeNull();
        }
    }

    [Fact]
    public void Too_many_facts_or_texts_are_noted()
    {
        string many = string.Join(',', Enumerable.Range(0, 65).Select(static i => $"\"f{i}\":1"));
        string texts = string.Join(',', Enumerable.Repeat("\"x\"", 33));

        Codes($"{{{many}}}").Should().Equal(EventCodes.TooManyFacts);
        Codes($$"""{"a":[{{texts}}]}""").Should().Equal(EventCodes.FactBounds);
        Codes($$"""{"a":"{{new string('x', 1001)}}"}""").Should().Equal(EventCodes.FactBounds);

        static IEnumerable<string> Codes(string json)
        {
            TermFailures failures = [];
            TermJson.TryParse(json, FactSet.Read, failures, out FactSet? _);
            return failures.Select(static f => f.Code);
        }
    }

    [Fact]
    public void Looking_up_allocates_nothing()
    {
        _ = Read();
        long before = GC.GetAllocatedBytesForCurrentThread();
        int found = 0;
        for (int i = 0; i < 1_000; i++)
        {
            found += Read();
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        found.Should().Be(6_000);

        static int Read() => (All.TryGet(Facts.Device, out string? _) ? 1 : 0)
            + (All.TryGet(Facts.BidPrice, out Accrual _) ? 1 : 0)
            + (All.TryGet(Facts.ConsentWithdrawn, out Instant _) ? 1 : 0)
            + (All.TryGet(Facts.CustomerStatus, out CustomerStatus _) ? 1 : 0)
            + (All.TryGet(Day, out LocalDate _) ? 1 : 0) + (All.TryGet(Vip, out bool _) ? 1 : 0)
            + (All.TryGet(Facts.City, out string? _) ? 1 : 0);
    }

    private static (string First, string Second) Collision()
    {
        Dictionary<int, string> seen = [];
        for (int i = 0; ; i++)
        {
            string name = $"n{i:x}";
            if (!seen.TryAdd(Fact.HashOf(name), name))
            {
                return (seen[Fact.HashOf(name)], name);
            }
        }
    }
}
