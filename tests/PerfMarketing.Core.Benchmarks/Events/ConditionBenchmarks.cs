using BenchmarkDotNet.Attributes;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Serialization;

namespace PerfMarketing.Benchmarks.Events;

/// <summary>A condition of five terms on twelve facts, beside a dictionary and a walk over the terms.</summary>
[MemoryDiagnoser]
public class ConditionBenchmarks
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 1, 12, 0);
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    private static readonly AllOf Five = (AllOf)When.All(
        When.Fact(Facts.Device).Is("mobile"),
        When.Fact(Facts.Country).IsIn("DE", "AT", "CH"),
        When.Fact(Facts.CallSeconds).Between(60, 600),
        When.Fact(Facts.Margin).AtLeast(10.Eur),
        When.Fact(Facts.Landing).StartsWith("/spring"));

    private static readonly CompiledCondition Compiled = Five.Compile(Berlin);

    private static readonly CompiledCondition Timed = When.All(
        When.Fact(Facts.Device).Is("mobile"),
        When.LocalHours(new(9, 0), new(18, 0)),
        When.LocalWeekdays(IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday)).Compile(Berlin);

    // Read from JSON, as events are: no text of it is the same object as a key's.
    private static readonly FactSet Known = TermJson.Parse(
        """
        {"age-band":"25-34","call-seconds":95,"city":"Berlin","country":"DE","creative":"c-17","customer-status":"new",
        "device":"mobile","grade":"A","landing":"/spring/shoes","margin":"12.30 EUR","placement":"top","sub-id-1":"x"}
        """,
        FactSet.Read);

    private readonly Dictionary<string, object> naive = new()
    {
        ["age-band"] = "25-34", ["call-seconds"] = 95m, ["city"] = "Berlin", ["country"] = "DE", ["creative"] = "c-17",
        ["customer-status"] = "new", ["device"] = "mobile", ["grade"] = "A", ["landing"] = "/spring/shoes",
        ["margin"] = 12.30m.Eur, ["placement"] = "top", ["sub-id-1"] = "x",
    };

    [Benchmark(Baseline = true)]
    public bool FiveTerms() => Compiled.Evaluate(Known, At);

    [Benchmark]
    public bool NaiveFiveTerms() => Naive(Five);

    [Benchmark]
    public bool ThreeTermsWithTime() => Timed.Evaluate(Known, At);

    [Benchmark]
    public bool FindText() => Known.TryGet(Facts.Landing, out string? _);

    [Benchmark]
    public bool FindAmount() => Known.TryGet(Facts.Margin, out Money _);

    private bool Naive(Condition condition) => condition switch
    {
        AllOf all => all.Of.All(Naive),
        FactEquals equals => naive.TryGetValue(equals.Fact, out object? value) && equals.Value.Text.Equals(value),
        FactIn among => naive.TryGetValue(among.Fact, out object? value)
            && among.Values.Any(v => v.Text.Equals(value)),
        FactRange range => naive.TryGetValue(range.Fact, out object? value)
            && value switch
            {
                decimal number => range.From is { } from && from.TryAs(out decimal low) && number >= low,
                Money amount => range.From is { } from && from.TryAs(out Money low) && amount >= low,
                _ => false,
            },
        FactPrefix prefix => naive.TryGetValue(prefix.Fact, out object? value)
            && value is string text && text.StartsWith(prefix.Value, StringComparison.Ordinal),
        _ => false,
    };
}
