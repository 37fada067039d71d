using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Events;

public sealed class CorrectionTests
{
    public static TheoryData<string, Correction> Cases => new()
    {
        { """{"correction":"retraction",$}""", Samples.Retraction() },
        {
            """{"correction":"restatement",$,"value":"70.00 EUR","quantity":3}""",
            Samples.Restatement(70.Eur, quantity: 3)
        },
        {
            """{"correction":"line-return",$,"lines":[{"line":1,"quantity":2},{"sku":"shoe","amount":"5.00 EUR"}]}""",
            Samples.LineReturn("k1", 1, new() { Line = 1, Quantity = 2 }, new() { Sku = "shoe", Amount = 5.Eur })
        },
        { """{"correction":"amount-return",$,"amount":"5.00 EUR"}""", Samples.AmountReturn(5.Eur) },
        { """{"correction":"return-withdrawn",$,"replaces":"k0"}""", Samples.Withdrawn("k0", "k1", 1) },
        { """{"correction":"chargeback",$}""", Samples.Chargeback() },
        { """{"correction":"chargeback",$,"amount":"5.00 EUR"}""", Samples.Chargeback(5.Eur) },
        { """{"correction":"chargeback-won",$,"replaces":"k0"}""", Samples.Won("k0", "k1", 1) },
    };

    public static TheoryData<string, string, Correction> Wrong => new()
    {
        { "no id", EventCodes.IdMissing, Samples.Retraction() with { Id = default } },
        { "no outcome", EventCodes.OutcomeMissing, Samples.Retraction() with { Outcome = default } },
        { "replaces itself", EventCodes.NamesItself, Samples.Retraction() with { Replaces = new("k1") } },
        { "an empty note", EventCodes.Text, Samples.Retraction() with { Note = "" } },
        { "half a letter", EventCodes.Text, Samples.Retraction() with { Note = "\uD83D" } },
        { "states nothing", EventCodes.Contradictory, Samples.Restatement(null) },
        { "a negative value", EventCodes.AmountNegative, Samples.Restatement(-1.Eur) },
        { "none of it", EventCodes.Quantity, Samples.Restatement(1.Eur, quantity: 0) },
        { "no lines", EventCodes.LinesMissing, Samples.LineReturn("k1", 1) },
        { "neither line nor sku", EventCodes.Contradictory, Samples.LineReturn("k1", 1, new ReturnedLine()) },
        {
            "line and sku", EventCodes.Contradictory,
            Samples.LineReturn("k1", 1, new ReturnedLine { Line = 0, Sku = "x" })
        },
        {
            "a line before the first", EventCodes.Contradictory,
            Samples.LineReturn("k1", 1, new ReturnedLine { Line = -1 })
        },
        {
            "quantity and amount", EventCodes.Contradictory,
            Samples.LineReturn("k1", 1, new ReturnedLine { Line = 0, Quantity = 1, Amount = 1.Eur })
        },
        { "a negative return", EventCodes.AmountNegative, Samples.AmountReturn(-1.Eur) },
        { "withdraws nothing", EventCodes.ReplacesMissing, Samples.Withdrawn("k0") with { Replaces = null } },
        { "wins nothing", EventCodes.ReplacesMissing, Samples.Won("k0") with { Replaces = null } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Json_names_the_case_first_and_brings_it_back(string json, Correction correction)
    {
        string full = json.Replace("$", """
            "id":"k1","outcome":"o1","at":"2026-03-01T13:00:00Z"
            """, StringComparison.Ordinal);

        TermJson.Write(correction).Should().Be(full);
        TermJson.Parse(full, Correction.Read).Should().Be(correction);
        correction.Check().Should().BeEmpty();
    }

    [Fact]
    public void Json_brings_the_rest_back()
    {
        Correction full = Samples.Retraction() with
        {
            RecordedAt = Samples.Hour(5),
            Replaces = new("k0"),
            Note = "out of stock",
        };

        TermJson.Parse(TermJson.Write(full), Correction.Read).Should().Be(full);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named_and_not_thrown(string reason, string code, Correction correction) =>
        correction.Check().Select(static r => r.Code).Should().Equal([code], reason);

    [Theory]
    [InlineData("an unknown case", """ "correction":"refund","x":1 """, "$.correction correction.unknown")]
    [InlineData("no case", """ "note":"x" """, "$.correction terms.missing")]
    [InlineData("a number", """ "correction":3 """, "$.correction terms.wrong-kind")]
    [InlineData("a line out of bounds", """ "correction":"line-return","lines":[{"line":99999999999}] """,
        "$.lines[0].line terms.malformed")]
    public void Bad_terms_are_noted_and_nothing_throws(string reason, string terms, string failure)
    {
        string json = $$"""{"id":"k1","outcome":"o1","at":"2026-03-01T12:00:00Z",{{terms}}}""";
        TermFailures failures = [];

        TermJson.TryParse(json, Correction.Read, failures, out Correction? _).Should().BeFalse(reason);
        failures.Select(static f => $"{f.Path} {f.Code}").Should().Equal([failure], reason);
    }

    [Fact]
    public void Match_calls_the_function_of_the_case()
    {
        Correction[] all =
        [
            Samples.Retraction(), Samples.Restatement(1.Eur), Samples.LineReturn("k", 1), Samples.AmountReturn(1.Eur),
            Samples.Withdrawn("k0"), Samples.Chargeback(), Samples.Won("k0"),
            new Rejection { Id = new("k9"), Outcome = new("o1"), At = Samples.Retraction().At },
        ];

        all.Select(static c => c.Match(
                static _ => 0, static _ => 1, static _ => 2, static _ => 3, static _ => 4, static _ => 5,
                static _ => 6, static _ => 7))
            .Should().Equal(0, 1, 2, 3, 4, 5, 6, 7);
    }
}
