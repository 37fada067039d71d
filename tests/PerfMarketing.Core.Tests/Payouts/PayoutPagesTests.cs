using System.Globalization;
using System.Text.Json;
using FluentValidation.Results;
using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Tests.Architecture;

namespace PerfMarketing.Tests.Payouts;

/// <summary>The pages of the models: their JSON is read and valid, and their tables are computed again.</summary>
/// <remarks>
/// A table with the columns <c>pays</c> and <c>lines</c> shows outcomes under the model whose JSON stands above it. The
/// other columns are <c>value</c>, <c>quantity</c>, what was tallied before (<c>outcomes before</c>,
/// <c>units before</c>, <c>value before</c>), <c>earlier</c> (how many earnings with the customer stand),
/// <c>months</c> (since the first of them), <c>sku</c>, <c>category</c> and <c>brand</c> of an order of one line, a
/// fact's name, or <c>leg:</c> and a contract's name, in back-ticks; an
/// empty cell is an absent one.
/// </remarks>
public sealed class PayoutPagesTests
{
    private static readonly LocalDate Start = new(2026, 1, 15);

    public static TheoryData<string> Pages() =>
        [.. SourceTree.Files("*.md", "docs/payouts").Select(static f => f.Path).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Json_of_the_page_is_valid(string path)
    {
        foreach (Block block in Blocks(path).Where(static b => b.IsJson))
        {
            JsonElement json = JsonDocument.Parse(block.Text).RootElement;
            if (json.TryGetProperty("model", out _))
            {
                IReadOnlyList<ValidationFailure> failures =
                    PayoutModelCatalog.Default.Validate(ReadModel(block.Text), "Pays");
                failures.Select(static f => $"{f.PropertyName}: {f.ErrorCode}").Should().BeEmpty(block.At);
            }
            else if (json.TryGetProperty("clauses", out _))
            {
                CampaignJson.ParseContract(block.Text).Validate().Errors.Should().BeEmpty(block.At);
            }
            else
            {
                TermJson.Parse(block.Text, static t => ClauseDraft.Read(t, TermCatalog.Default))
                    .Should().NotBeNull(block.At);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Tables_of_the_page_are_computed(string path)
    {
        string model = string.Empty;
        foreach (Block block in Blocks(path))
        {
            if (block.IsJson)
            {
                model = block.Text;
            }
            else if (Cells(block.Lines[0]) is var heads && heads.Contains("pays") && heads.Contains("lines"))
            {
                foreach (string row in block.Lines.Skip(2))
                {
                    Check(model, heads, Cells(row), $"{block.At}: {row}");
                }
            }
        }
    }

    private static void Check(string json, string[] heads, string[] cells, string because)
    {
        PayoutModel model = ReadModel(json);
        string[] lines = cells[Array.IndexOf(heads, "lines")].Split(", ", StringSplitOptions.RemoveEmptyEntries);
        string[] amounts = [.. cells.Concat(lines).Where(static c => c.Length > 4 && c[^4] == ' ')];
        Currency currency = Currency.Parse(amounts[0][^3..]);
        PayoutContext context = new(Accrual.Zero(currency));
        for (int i = 0; i < heads.Length; i++)
        {
            context = cells[i].Length == 0 ? context : With(context, heads[i], cells[i]);
        }

        context = WithLine(context, heads, cells);
        Payout payout = model.Compute(model.UsesTally ? Counting(context) : context);

        payout.Lines.Select(static l => l.ToString()).Should().Equal(lines, because);
        payout.Total.ToString().Should().Be(cells[Array.IndexOf(heads, "pays")], because);
    }

    private static PayoutContext With(PayoutContext context, string head, string cell) => head switch
    {
        "value" => context with { Value = Accrual.Parse(cell) },
        "quantity" => context with { Quantity = Number(cell) },
        "outcomes before" => context with { Before = context.Before with { Count = Number(cell) } },
        "units before" => context with { Before = context.Before with { Quantity = Number(cell) } },
        "value before" => context with { Before = context.Before with { Value = Accrual.Parse(cell) } },
        "earlier" => context with { History = context.History with { Count = (int)Number(cell) } },
        "months" => context with
        {
            At = Start.PlusMonths((int)Number(cell)).AtMidnight().InUtc().ToInstant(),
            History = context.History with { First = Start.AtMidnight().InUtc().ToInstant() },
        },
        "pays" or "lines" or "why" or "sku" or "category" or "brand" => context,
        _ when head.StartsWith("`leg:", StringComparison.Ordinal) =>
            context with { Legs = [new(new(head.Trim('`')["leg:".Length..]), Accrual.Parse(cell))] },
        _ when head.StartsWith('`') => context with { Facts = context.Facts.With(Fact(head.Trim('`'), cell)) },
        _ => throw new InvalidOperationException($"A table has no column '{head}'."),
    };

    // An outcome with the whole credit, after what the columns say was tallied before.
    private static PayoutContext Counting(PayoutContext context) => context with
    {
        IsCumulative = true,
        Counted = new(1, context.Quantity, context.Value, Accrual.Zero(context.Currency)),
        Before = context.Before with
        {
            Value = context.Before.Value.Amount == 0 ? Accrual.Zero(context.Currency) : context.Before.Value,
            Accrued = Accrual.Zero(context.Currency),
        },
    };

    private static PayoutContext WithLine(PayoutContext context, string[] heads, string[] cells)
    {
        string? Cell(string head) =>
            Array.IndexOf(heads, head) is >= 0 and var at && cells[at].Length > 0 ? cells[at] : null;

        return heads.Contains("sku")
            ? context with
            {
                Lines = [new(Cell("sku"), Cell("category"), Cell("brand"), context.Quantity, context.Value)],
            }
            : context;
    }

    private static Fact Fact(string name, string cell) =>
        decimal.TryParse(cell, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number)
            ? new FactKey<decimal>(name).Of(number)
            : new FactKey<string>(name).Of(cell);

    private static decimal Number(string cell) => decimal.Parse(cell, CultureInfo.InvariantCulture);

    private static PayoutModel ReadModel(string json) => TermJson.Parse(
        $$"""{"pays":{{json}}}""", static terms => PayoutModelCatalog.Default.Read(terms, "pays"));

    // Thousands are parted by commas, which no amount of the library has.
    private static string[] Cells(string row) =>
        [.. row.Trim().Trim('|').Split('|').Select(static c => c.Trim()).Select(static c => Plain(c))];

    private static string Plain(string cell) => System.Text.RegularExpressions.Regex.Replace(
        cell, @"(?<=\d),(?=\d{3})", string.Empty);

    // JSON fences and tables, in the order of the page.
    private static IEnumerable<Block> Blocks(string path)
    {
        IReadOnlyList<string> lines = SourceTree.Files("*.md", "docs/payouts").Single(f => f.Path == path).Lines;
        for (int i = 0; i < lines.Count; i++)
        {
            int start = i;
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                do
                {
                    i++;
                }
                while (!lines[i].StartsWith("```", StringComparison.Ordinal));
                if (lines[start] == "```json")
                {
                    yield return new(true, [.. lines.Skip(start + 1).Take(i - start - 1)], $"{path}({start + 1})");
                }
            }
            else if (lines[i].StartsWith('|'))
            {
                while (i + 1 < lines.Count && lines[i + 1].StartsWith('|'))
                {
                    i++;
                }

                yield return new(false, [.. lines.Skip(start).Take(i - start + 1)], $"{path}({start + 1})");
            }
        }
    }

    private sealed record Block(bool IsJson, List<string> Lines, string At)
    {
        public string Text => string.Join('\n', Lines);
    }
}
