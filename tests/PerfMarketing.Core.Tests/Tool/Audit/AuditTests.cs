using System.Text.Json;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tests.Tool.Audit;

public sealed class AuditTests
{
    // Sales pay 10 %; the month of March is closed when the log ends in April.
    private const string Campaign = """
        {
          "id": "spring", "advertiser": "shop", "attribution": { "rule": "last-touch", "lookback": "30d" },
          "contracts": [
            {
              "id": "affiliates", "payer": "shop", "partners": [ "blog", "mail" ], "currency": "EUR",
              "clauses": [
                {
                  "id": "sale", "outcome": "sale", "pays": { "model": "revenue-share", "rate": "10%" },
                  "proof": { "proof": "require", "kind": "order-paid", "minStrength": "asserted",
                             "coveredClaims": "as-named", "within": "14d" }
                }
              ]
            }
          ]
        }
        """;

    private const string Log = """
        {"type":"touch","id":"t1","at":"2026-03-01T09:00:00Z","customer":"c1","partner":"blog"}
        {"type":"touch","id":"t2","at":"2026-03-02T09:00:00Z","customer":"c2","partner":"mail"}
        {"type":"outcome","id":"o1","at":"2026-03-03T09:00:00Z","customer":"c1","kind":"sale","value":"100.00 EUR"}
        {"type":"evidence","id":"e1","outcome":"o1","kind":"order-paid","at":"2026-03-04T09:00:00Z"}
        {"type":"outcome","id":"o2","at":"2026-03-05T09:00:00Z","customer":"c1","kind":"sale","value":"50.00 EUR"}
        {"type":"evidence","id":"e2","outcome":"o2","kind":"order-paid","at":"2026-03-06T09:00:00Z"}
        {"type":"outcome","id":"o3","at":"2026-03-06T09:00:00Z","customer":"c2","kind":"sale","value":"70.00 EUR"}
        {"type":"evidence","id":"e3","outcome":"o3","kind":"order-paid","at":"2026-03-07T09:00:00Z"}
        {"type":"outcome","id":"o4","at":"2026-04-02T09:00:00Z","customer":"c9","kind":"sale","value":"70.00 EUR"}
        {"type":"outcome","id":"late"}

        """;

    [Fact]
    public void What_settle_wrote_is_sound()
    {
        using ToolRun tool = Settled();

        tool.Run("audit", "@out").Should().Be(ExitCodes.Done, tool.Complained);

        tool.Printed.Should().Contain("Nothing is broken").And.Contain("2 sealed, 5 proof(s)")
            .And.Contain("Head of the ledger: 6:");
        tool.Run("audit", "@out", "--json").Should().Be(ExitCodes.Done);
        tool.Json.GetProperty("sound").GetBoolean().Should().BeTrue();
        tool.Json.GetProperty("ledger").GetProperty("size").GetInt64().Should().Be(6, "three entries, three proofs");
        tool.Json.GetProperty("statements").GetInt64().Should().Be(2);
    }

    // Columns: file, what is replaced first, by what, the line that is broken, its code.
    [Theory]
    [InlineData("statements.json", "10.00 EUR", "11.00 EUR", 2, "settlement.entry-unsound")]
    [InlineData("statements.json", "\"occurredAt\":\"2026-03-0", "\"occurredAt\":\"2026-02-0", 2, "audit.changed")]
    [InlineData("statements.json", "\n]}", "\n]", 4, "audit.malformed")]
    [InlineData("statements.json", "\"mail\"", "\"blog\"", 3, "settlement.statement-unsound")]
    [InlineData("statements.json", "2026-04-02", "2026-05-02", 1, "audit.changed")]
    [InlineData("statements.json", "\n{", "\r{", 1, "terms.syntax")]
    [InlineData("decisions.jsonl", "\"100.00 EUR\"", "\"900.00 EUR\"", 1, "audit.changed")]
    [InlineData("decisions.jsonl", "\"e2\"", "\"e9\"", 2, "audit.changed")]
    [InlineData("decisions.jsonl", "{\"outcome\":{\"id\":\"o2\"", "{\"outcome\":{\"id\":\"o7\"", 2, "audit.changed")]
    [InlineData("decisions.jsonl", "{\"outcome\"", "{\"outcome", 1, "terms.syntax")]
    [InlineData("ledger.csv", "10.00,EUR", "19.00,EUR", 2, "audit.row-differs")]
    [InlineData("ledger.csv", "statement,", "Statement,", 1, "audit.row-differs")]
    [InlineData("rejected.csv", "late", "lost", 2, "audit.changed")]
    [InlineData("seals.jsonl", "\"size\":3", "\"size\":4", 1, "audit.seal-broken")]
    [InlineData("proofs.jsonl", "amount=10.00 EUR", "amount=10.01 EUR", 2, "audit.proof-broken")]
    [InlineData("chain.jsonl", "{\"of\":\"entry\"", "{\"of\":\"decision\"", 4, "audit.malformed")]
    [InlineData("chain.jsonl", "{\"format\":1", "{\"format\":2", 1, "terms.format-unknown")]
    [InlineData("chain.jsonl", "{\"ledger\":{\"size\":6", "{\"ledger\":{\"size\":5", -1, "audit.head-broken")]
    public void A_tampered_file_is_named_with_its_first_broken_line(
        string file, string from, string to, int line, string code)
    {
        using ToolRun tool = Settled();
        string path = Path.Combine(tool.Folder, "out", file);
        string text = File.ReadAllText(path);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        at.Should().BeGreaterThanOrEqualTo(0, "the file holds what is to be changed");
        File.WriteAllText(path, string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length)));

        tool.Run("audit", "@out", "--json").Should().Be(ExitCodes.BadInput);

        JsonElement fault = tool.Json.GetProperty("broken")[0];
        fault.GetProperty("file").GetString().Should().Be(file);
        fault.GetProperty("code").GetString().Should().Be(code, fault.GetProperty("message").GetString());
        fault.GetProperty("line").GetInt32().Should().Be(line < 0 ? text.Trim().Split('\n').Length : line);
        tool.Run("audit", "@out").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain($"{file}(").And.Contain(code);
    }

    [Theory]
    [InlineData("statements.json")]
    [InlineData("decisions.jsonl")]
    [InlineData("ledger.csv")]
    [InlineData("rejected.csv")]
    [InlineData("seals.jsonl")]
    [InlineData("chain.jsonl")]
    public void A_file_that_is_gone_or_no_text_is_named(string file)
    {
        using ToolRun tool = Settled();
        string path = Path.Combine(tool.Folder, "out", file);
        File.WriteAllBytes(path, [0xFF, 0xFE, 0x00]);
        tool.Run("audit", "@out").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain($"{file}(");

        File.Delete(path);
        tool.Run("audit", "@out").Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain($"{file}(1,1): audit.unreadable");
    }

    [Theory]
    [InlineData("decisions.jsonl")]
    [InlineData("ledger.csv")]
    [InlineData("rejected.csv")]
    [InlineData("seals.jsonl")]
    [InlineData("proofs.jsonl")]
    [InlineData("chain.jsonl")]
    public void A_line_that_was_dropped_or_doubled_is_found(string file)
    {
        using ToolRun tool = Settled();
        string path = Path.Combine(tool.Folder, "out", file);
        string[] lines = File.ReadAllText(path).Split('\n');
        for (int i = 0; i < lines.Length - 1; i++)
        {
            File.WriteAllText(path, string.Join('\n', [.. lines[..i], .. lines[(i + 1)..]]));
            tool.Run("audit", "@out").Should().Be(ExitCodes.BadInput, $"line {i + 1} is gone");
            File.WriteAllText(path, string.Join('\n', [.. lines[..i], lines[i], lines[i], .. lines[(i + 1)..]]));
            tool.Run("audit", "@out").Should().Be(ExitCodes.BadInput, $"line {i + 1} stands twice");
        }
    }

    // Each byte of each file, in another way from one to the next; what is all of a folder is seen without evidence or
    // closed months too.
    [Theory]
    [InlineData("with closed months", "2026-05-01T00:00:00Z", 11)]
    [InlineData("with nothing but a touch", "2026-03-01T09:30:00Z", 1)]
    public void One_broken_byte_of_any_file_is_found(string because, string asOf, int step)
    {
        using ToolRun tool = Settled("--as-of", asOf);
        byte[] changes = [0x20, 0x01, 0x07, 0x80, 0x10, 0x02];
        List<string> missed = [];
        foreach (string path in Directory.GetFiles(Path.Combine(tool.Folder, "out")).Order(StringComparer.Ordinal))
        {
            byte[] bytes = File.ReadAllBytes(path);
            for (int at = 0; at < bytes.Length; at += bytes[at] == '\n' ? 1 : step)
            {
                byte[] broken = [.. bytes];
                broken[at] ^= bytes[at] == '\n' ? (byte)0x07 : changes[at % changes.Length];
                File.WriteAllBytes(path, broken);
                int code = tool.Run("audit", "@out");
                if (code != ExitCodes.BadInput
                    || !tool.Complained.Contains(Path.GetFileName(path), StringComparison.Ordinal))
                {
                    missed.Add($"{Path.GetFileName(path)}, byte {at}: {tool.Complained}");
                }
            }

            File.WriteAllBytes(path, bytes.Length == 0 ? "\n"u8.ToArray() : bytes[..^1]);
            tool.Run("audit", "@out").Should().Be(ExitCodes.BadInput, $"{path} is cut by one byte");
            File.WriteAllBytes(path, [0xEF, 0xBB, 0xBF, .. bytes]);
            tool.Run("audit", "@out").Should().Be(ExitCodes.BadInput, $"{path} begins with something else");
            File.WriteAllBytes(path, bytes);
        }

        missed.Should().BeEmpty(because);
        tool.Run("audit", "@out").Should().Be(ExitCodes.Done, tool.Complained);
    }

    [Fact]
    public void Every_digit_of_the_chain_and_of_the_seals_counts()
    {
        using ToolRun tool = Settled();
        foreach (string file in (string[])["chain.jsonl", "seals.jsonl"])
        {
            string path = Path.Combine(tool.Folder, "out", file);
            string text = File.ReadAllText(path);
            for (int i = 5; i < text.Length; i += 37)
            {
                char other = text[i] == '0' ? '1' : '0';
                if (!char.IsAsciiHexDigitLower(text[i]))
                {
                    continue;
                }

                File.WriteAllText(path, string.Concat(text.AsSpan(0, i), other.ToString(), text.AsSpan(i + 1)));
                tool.Run("audit", "@out").Should().Be(ExitCodes.BadInput, $"{file}, character {i}");
            }

            File.WriteAllText(path, text);
        }
    }

    [Fact]
    public void A_published_head_finds_a_folder_that_was_made_anew()
    {
        using ToolRun tool = Settled();
        tool.Run("audit", "@out", "--json");
        JsonElement ledger = tool.Json.GetProperty("ledger");
        string head = $"{ledger.GetProperty("size").GetInt64()}:{ledger.GetProperty("root").GetString()}";
        tool.Run("audit", "@out", "--head", head).Should().Be(ExitCodes.Done, tool.Complained);

        tool.Write("log.jsonl", Log.Replace("50.00 EUR", "51.00 EUR", StringComparison.Ordinal));
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--out", "@out").Should().Be(ExitCodes.Done);
        tool.Run("audit", "@out").Should().Be(ExitCodes.Done, "it is sound in itself");
        tool.Run("audit", "@out", "--head", head).Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("chain.jsonl(").And.Contain("audit.head-broken");

        string more = Log + """
            {"type":"evidence","id":"e4","outcome":"o4","kind":"order-paid","at":"2026-04-03T09:00:00Z"}

            """;
        tool.Write("log.jsonl", more);
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--out", "@out").Should().Be(ExitCodes.Done);
        tool.Run("audit", "@out", "--head", head).Should().Be(ExitCodes.Done, "the ledger was only added to");
    }

    [Fact]
    public void A_key_makes_other_salts_and_is_not_written()
    {
        using ToolRun tool = Settled();
        string seals = tool.Read("out/seals.jsonl");
        string proof = tool.Read("out/proofs.jsonl");
        tool.Write("key", new string('k', 32));
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--out", "@out", "--seal-key", "@key", "--proofs")
            .Should().Be(ExitCodes.Done);

        tool.Run("audit", "@out").Should().Be(ExitCodes.Done, tool.Complained);
        tool.Read("out/seals.jsonl").Should().NotBe(seals);
        tool.Read("out/proofs.jsonl").Should().NotBe(proof);
        tool.Read("out/chain.jsonl").Should().NotContain("kkkk");
        tool.Write("key", "short");
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--out", "@out", "--seal-key", "@key")
            .Should().Be(ExitCodes.BadInput);
        tool.Complained.Should().Contain("settle.seal-key-unusable").And.NotContain("short");
    }

    [Fact]
    public void The_order_of_the_log_makes_no_other_chain()
    {
        using ToolRun tool = Settled();
        tool.Write("log.jsonl", string.Join('\n', Log.Trim().Split('\n').Reverse()) + "\n");
        tool.Run("settle", "@c.json", "--events", "@log.jsonl", "--out", "@again", "--proofs")
            .Should().Be(ExitCodes.Done);

        foreach (string file in (string[])["seals.jsonl", "proofs.jsonl"])
        {
            tool.Read($"again/{file}").Should().Be(tool.Read($"out/{file}"));
        }

        // Where a rejected line stood in the log is the one thing that differs.
        tool.Read("again/chain.jsonl").Split('\n').Where(static l => l.Contains("entry", StringComparison.Ordinal))
            .Should().Equal(tool.Read("out/chain.jsonl").Split('\n')
                .Where(static l => l.Contains("entry", StringComparison.Ordinal)));
    }

    [Fact]
    public void Wrong_words_are_wrong_usage()
    {
        using ToolRun tool = Settled();

        tool.Run("audit").Should().Be(ExitCodes.WrongUsage);
        tool.Run("audit", "@out", "--head", "6").Should().Be(ExitCodes.WrongUsage);
        tool.Run("audit", "@none").Should().Be(ExitCodes.BadInput);
    }

    private static ToolRun Settled(params string[] more)
    {
        ToolRun tool = new();
        tool.Write("c.json", Campaign);
        tool.Write("log.jsonl", Log);
        tool.Run([.. (string[])["settle", "@c.json", "--events", "@log.jsonl", "--out", "@out", "--proofs"], .. more])
            .Should().Be(ExitCodes.Done, tool.Complained);
        return tool;
    }
}
