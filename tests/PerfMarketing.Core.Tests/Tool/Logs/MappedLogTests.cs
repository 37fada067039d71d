using System.Globalization;
using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tests.Tool.Logs;

public sealed class MappedLogTests
{
    private const string Header = "customer,time,interaction,conversion,channel\n";

    [Theory]
    [InlineData("no such instant", "c1,2018-07-03,impression,0,A", 4, "log.cell-malformed")]
    [InlineData("no customer", ",2018-07-03T10:00:00Z,impression,0,A", 1, "log.cell-malformed")]
    [InlineData("an e-mail address", "a@b.example,2018-07-03T10:00:00Z,impression,0,A", 1, "log.cell-malformed")]
    [InlineData("no partner", "c1,2018-07-03T10:00:00Z,impression,0,", 38, "log.cell-missing")]
    [InlineData("no such partner", "c1,2018-07-03T10:00:00Z,impression,0, A", 38, "log.cell-malformed")]
    [InlineData("a kind without meaning", "c1,2018-07-03T10:00:00Z,smell,0,A", 25, "log.unmapped")]
    [InlineData("a flag without meaning", "c1,2018-07-03T10:00:00Z,impression,yes,A", 36, "log.unmapped")]
    [InlineData("a cell too few", "c1,2018-07-03T10:00:00Z,impression,0", 0, "log.cell-count")]
    public void A_bad_row_is_rejected_whole(string reason, string row, int column, string code)
    {
        const string Good = "\nc1,2018-07-03T10:00:00Z,impression,0,A";
        EventColumns log = LogText.Read("log.csv", Header + row + Good, LogText.Mapping);

        log.Touches.Count.Should().Be(1, reason);
        log.Rejected.Should().ContainSingle().Which.Should()
            .Match<RejectedLine>(r => r.Line == 2 && r.Column == column && r.Code == code, reason);
    }

    [Fact]
    public void Everything_that_a_mapping_can_say()
    {
        EventColumns log = LogText.Read(
            "log.csv",
            "nr;when;seen;who;src;test;type;price;units;order\n"
            + "1;2026-03-29 02:30;1774749600;c1;blog;no;view;;;\n"
            + "2;2026-03-29 12:00;1774785600;c1;shop;yes;buy;12.5;3;A-1\n",
            """
            {
              "separator": ";",
              "at": { "column": "when", "form": "local", "zone": "Europe/Rome" },
              "recordedAt": { "column": "seen", "form": "unix-seconds" },
              "customer": { "column": "who" },
              "partner": { "constant": "p-net" },
              "kind": { "constant": "click" },
              "channel": { "column": "src", "values": { "blog": "content" }, "otherwise": "other" },
              "id": { "column": "nr" },
              "isTest": { "column": "test", "values": { "yes": "true", "no": "false" } },
              "touches": { "column": "type", "is": ["view"] },
              "outcomes": [
                {
                  "when": { "column": "type", "is": ["buy"] }, "kind": "order", "value": { "column": "price" },
                  "currency": "EUR", "quantity": { "column": "units" }, "orderId": { "column": "order" },
                  "id": { "column": "nr" }
                }
              ]
            }
            """);

        log.Rejected.Should().BeEmpty();
        Touchpoint touch = log.Touches.TouchpointOf(0);
        (touch.Id.Value, touch.Channel?.Value, touch.IsTest, touch.Partner.Value).Should()
            .Be(("1", "content", false, "p-net"));
        touch.At.Should().Be(NodaTime.Instant.FromUtc(2026, 3, 29, 1, 30), "the clocks skipped that hour");
        touch.RecordedAt.Should().Be(NodaTime.Instant.FromUtc(2026, 3, 29, 2, 0));
        Outcome outcome = (Outcome)log.Events.Single().Value;
        (outcome.Id.Value, outcome.Value?.ToString(), outcome.Quantity, outcome.OrderId?.Value, outcome.Touch).Should()
            .Be(("2", "12.50 EUR", 3m, "A-1", null));
    }

    [Fact]
    public void An_amount_off_its_grid_is_refused_and_not_rounded()
    {
        string mapping = LogText.Mapping.Replace(
            "\"kind\": \"sale\"",
            "\"kind\": \"sale\", \"value\": { \"column\": \"interaction\" }, \"currency\": \"EUR\"",
            StringComparison.Ordinal);
        mapping = mapping.Replace(
            "\"impression\": \"impression\"", "\"22.2000003\": \"visit\"", StringComparison.Ordinal);
        EventColumns log = LogText.Read("log.csv", Header + "c1,2018-07-03T10:00:00Z,22.2000003,1,A", mapping);

        (log.Touches.Count, log.Events.Count).Should().Be((0, 0));
        log.Rejected.Should().ContainSingle().Which.Reason.Should().Contain("'22.2000003'");
    }

    [Fact]
    public void Columns_that_the_mapping_names_must_be_there() =>
        FluentActions.Invoking(() => LogText.Read("log.csv", "customer,time,colour\n", LogText.Mapping))
            .Should().Throw<LogException>().Which.Problems.Select(static p => p.Code)
            .Should().Equal(Enumerable.Repeat("log.column-missing", 3));

    [Fact]
    public void A_bad_mapping_names_everything_at_once()
    {
        TermFailures failures = [];
        TermJson.TryParse(
            """
            {
              "separator": "::", "at": { "column": "t", "form": "local" }, "customer": {},
              "partner": { "column": "a", "constant": "b" },
              "outcomes": [ { "when": { "column": "c" }, "value": { "column": "d" } } ],
              "colour": "red"
            }
            """,
            LogMapping.Read,
            failures,
            out _).Should().BeFalse();

        failures.Select(static f => f.Path).Should().BeEquivalentTo(
            "$.separator", "$.at.zone", "$.customer.column", "$.partner.column", "$.outcomes[0].when.is",
            "$.outcomes[0].kind", "$.outcomes[0].value", "$.colour");
    }

    [Fact]
    public void A_mapping_comes_back_as_it_was_written()
    {
        string json = File.ReadAllText(Path.Combine(SourceTree.Root, "docs/samples/journey-log/mapping.json"));
        LogMapping mapping = TermJson.Parse(json, LogMapping.Read);
        TermJson.Parse(TermJson.Write(mapping), LogMapping.Read).Should().Be(mapping);
    }

    [Fact]
    public void The_real_journey_log_is_read_whole()
    {
        string log = Path.Combine(SourceTree.Root, "../shared/data/attribution/si05_attribution_events.csv.gz");
        if (!File.Exists(log))
        {
            // The log lies beside the repository and not in it: its licence differs.
            return;
        }

        string json = File.ReadAllText(Path.Combine(SourceTree.Root, "docs/samples/journey-log/mapping.json"));
        EventColumns events = LogFile.ReadAll(log, TermJson.Parse(json, LogMapping.Read), null, CancellationToken.None);

        (events.Touches.Count, events.Events.Count, events.Rejected.Count).Should().Be((62_483, 1_838, 0));
        (events.Touches.Tables.CustomerCount, events.Touches.Tables.ProfileCount).Should().Be((7_896, 10));
        decimal value = events.Events.Sum(static e => ((Outcome)e.Value).Value?.Amount ?? 0);
        value.ToString(CultureInfo.InvariantCulture).Should().Be("11423.50");
    }
}
