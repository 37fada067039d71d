using System.Globalization;
using System.Text.RegularExpressions;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Serialization;
using PerfMarketing.Tests.Architecture;

namespace PerfMarketing.Tests.Payouts.Periods;

/// <summary>
/// The pages of the kinds of period payout: their JSON is valid, and their tables are computed again.
/// </summary>
/// <remarks>
/// Each row closes a month, after those above it. A name in back-ticks is another partner's earnings when it begins
/// with
/// <c>p-</c>, else a numeric fact.
/// </remarks>
public sealed partial class PeriodPagesTests
{
    public static TheoryData<string> Pages() =>
        [.. SourceTree.Files("*.md", "docs/periods").Select(static f => f.Path).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Json_and_table_of_the_page_agree(string path)
    {
        IReadOnlyList<string> lines = SourceTree.Files("*.md", "docs/periods").Single(f => f.Path == path).Lines;
        string json = string.Join(
            '\n', lines.SkipWhile(static l => l != "```json").Skip(1).TakeWhile(static l => l != "```"));
        PeriodClauseDraft clause = TermJson.Parse(json, static t => PeriodClauseDraft.Read(t, TermCatalog.Default));
        ContractDraft contract = ContractDraft.For("page").PaidBy("acme").In(Currency.Eur, "Europe/Berlin")
            .WithPartner("p-blog").WithPartner("p-mail").WithPartner("p-shop") with
        { Periods = [clause] };
        contract.Validate().Errors.Should().BeEmpty(path);

        string[][] rows = [.. lines.Where(static l => l.StartsWith('|')).Select(Cells)];
        PeriodSample sample = new();
        foreach (string[] row in rows.Skip(2))
        {
            Check(sample, clause, rows[0], row, $"{path}: {string.Join(" | ", row)}");
        }

        rows.Should().HaveCountGreaterThan(3, path);
    }

    private static void Check(
        PeriodSample sample, PeriodClauseDraft clause, string[] heads, string[] row, string because)
    {
        Dictionary<string, string> cells = heads.Zip(row).Where(static c => c.Second.Length > 0)
            .ToDictionary(static c => c.First, static c => c.Second);
        string month = cells["month"];
        sample.Brought(
            month,
            value: Number(cells, "value"),
            earned: Number(cells, "earned"),
            count: Number(cells, "count"),
            quantity: Number(cells, "quantity"),
            facts: [.. cells.Keys.Where(static k => k[0] == '`' && !k.StartsWith("`p-", StringComparison.Ordinal))
                .Select(k => (k.Trim('`'), Number(cells, k)))]);
        foreach (string partner in cells.Keys.Where(static k => k.StartsWith("`p-", StringComparison.Ordinal)))
        {
            sample.Brought(month, earned: Number(cells, partner), partner: partner.Trim('`'));
        }

        PricedPeriod closed = sample.Close(clause.Pays, month, cells.GetValueOrDefault("in force"));

        closed.Amount.ToString().Should().Be(cells["posts"], because);
        string.Join(", ", PeriodSample.Lines(closed)).Should().Be(cells.GetValueOrDefault("lines", ""), because);
        if (cells.TryGetValue("balance", out string? balance))
        {
            closed.Closing.ToString().Should().Be(balance, because);
        }
    }

    private static decimal Number(Dictionary<string, string> cells, string name) =>
        cells.TryGetValue(name, out string? cell)
            ? decimal.Parse(cell.Replace(" EUR", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture)
            : 0;

    private static string[] Cells(string row) =>
        [.. row.Trim().Trim('|').Split('|').Select(static c => Thousands().Replace(c.Trim(), string.Empty))];

    [GeneratedRegex(@"(?<=\d),(?=\d{3})")]
    private static partial Regex Thousands();
}
