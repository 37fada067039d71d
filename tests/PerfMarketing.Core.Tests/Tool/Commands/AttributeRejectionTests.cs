using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Commands;

/// <summary>What <c>attribute</c> cannot use of a log.</summary>
public sealed class AttributeRejectionTests
{
    private const string Log = """
        {"type":"touch","id":"t1","at":"2026-03-01T00:00:00Z","customer":"u1","partner":"p1","channel":"mail"}
        {"type":"outcome","id":"o1","at":"2026-03-02T00:00:00Z","customer":"u1","kind":"sale","value":"1.00 EUR"}
        {"type":"outcome","id":"!","at":"2026-03-02T00:00:00Z","customer":"u1","kind":"sale","value":"9.00 ?"}
        """;

    [Fact]
    public void Lines_that_cannot_be_used_are_written_with_place_and_reason()
    {
        using ToolRun tool = Start("o1", "EUR");

        tool.Run("attribute", "@log.jsonl", "--out", "@out").Should().Be(ExitCodes.Done, tool.Complained);

        string[] rows = tool.Read("out/rejected.csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        rows.Should().HaveCount(2);
        rows[1].Should().StartWith("3,").And.Contain(",log.id-conflict,").And.Contain("9.00 EUR");
    }

    [Fact]
    public void Values_of_two_currencies_are_refused_with_the_outcome_that_differs()
    {
        using ToolRun tool = Start("o2", "USD");

        tool.Run("attribute", "@log.jsonl").Should().Be(ExitCodes.BadInput);

        tool.Complained.Should().Contain("log.jsonl: journeys.currencies: ")
            .And.Contain("the outcome o2 is worth 9.00 USD, others EUR");
    }

    private static ToolRun Start(string id, string currency)
    {
        ToolRun tool = new();
        tool.Write("log.jsonl", Log.Replace("!", id, StringComparison.Ordinal)
            .Replace("?", currency, StringComparison.Ordinal));
        return tool;
    }
}
