using System.Text.Json;
using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Monetary;
using PerfMarketing.Serialization;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Ledger;

/// <summary>Requests, decisions, entries and readings as JSON, for hosts that store and send them.</summary>
public sealed class LedgerTermsTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly BudgetLine Line = new(new("month"), new(BudgetScopeKind.Contract, "k-1"), PeriodUnit.Month)
    {
        Limit = 100.Eur,
        Windows = BudgetWindowTerms.Google with { Rollover = Rollover.Capped, RolloverMax = 0.5m },
        Since = Noon,
        Recognition = BudgetRecognition.OnApproval,
        Alerts = [80.Percent],
    };

    private static readonly LedgerRequest[] Requests =
    [
        new LedgerRequest.Reserve(new("r"), [new("a"), new("b")], 1.50m.Eur, Noon),
        new LedgerRequest.Reserve(new("r"), [new("a")], 1.Eur, Noon)
        {
            Count = 3,
            Expires = Noon,
            From = new("lease"),
            PromisedAt = Noon,
        },
        new LedgerRequest.Commit(new("r"), 2.Eur),
        new LedgerRequest.Commit(new("r"), 2.Eur)
        {
            Count = 0,
            Budgets = [new("a")],
            At = Noon,
            BoughtAt = Noon,
            ApprovedAt = Noon,
        },
        new LedgerRequest.Release(new("r")),
        new LedgerRequest.Reverse(new("r"), new("c"), 1.Eur),
        new LedgerRequest.Reverse(new("r"), new("c"), 1.Eur) { Count = 1 },
        new LedgerRequest.Expect(new("e"), new("a"), Noon, 500),
        new LedgerRequest.ChangeLimit(new("c"), new("a"), Noon, 0),
        new LedgerRequest.Change(new("c"), Line),
    ];

    public static TheoryData<int> EachRequest => [.. Enumerable.Range(0, Requests.Length)];

    [Theory]
    [MemberData(nameof(EachRequest))]
    public void Requests_are_read_as_they_were_written(int index) =>
        TermJson.Parse(TermJson.Write(Requests[index]), LedgerRequest.Read).Should().Be(Requests[index]);

    [Fact]
    public void Every_kind_of_request_is_written_and_in_the_schema()
    {
        Type[] kinds = typeof(LedgerRequest).GetNestedTypes();
        Requests.Select(static r => r.GetType()).Distinct().Should().BeEquivalentTo(kinds);
        string schema = JsonSchema.Of("Request", LedgerRequest.Read);
        foreach (LedgerRequest request in Requests)
        {
            schema.Should().Contain($"\"{request.Name}\"");
        }
    }

    [Fact]
    public void Decisions_entries_and_readings_are_read_as_they_were_written()
    {
        List<LedgerEntry> entries = [];
        BudgetLine month = Line with { Recognition = BudgetRecognition.OnEvent };
        BudgetLine parent = new(new("top"), new(BudgetScopeKind.Account, "acme"), PeriodUnit.Month)
        {
            Limit = 150.Eur,
            Alerts = [50.Percent],
        };
        BudgetLedger ledger = new(new(Currency.Eur, "Etc/UTC", [parent, month with { Parent = parent.Id }]))
        {
            Journal = entries.Add,
        };
        List<LedgerDecision> decisions = [];
        foreach (LedgerRequest request in new LedgerRequest[]
            {
                new LedgerRequest.Reserve(new("lease"), [month.Id], 50.Eur, Noon) { Expires = Noon + Duration.Epsilon },
                new LedgerRequest.Commit(new("r"), 120.Eur) { Budgets = [month.Id], At = Noon, ApprovedAt = Noon },
                new LedgerRequest.Reverse(new("r"), new("c"), 1.Eur),
                new LedgerRequest.Reserve(new("s"), [month.Id], 990.Eur, Noon),
                new LedgerRequest.Reserve(new("s"), [new("none")], 990.Eur, Noon),
                new LedgerRequest.Expect(new("e"), month.Id, Noon, 500),
                new LedgerRequest.Change(new("ch"), month with { Parent = parent.Id, Limit = 120.Eur }),
                new LedgerRequest.Reserve(new("late"), [month.Id], 1.Eur, Noon)
                {
                    From = new("lease"),
                    PromisedAt = Noon,
                    Expires = Noon + Duration.Epsilon,
                },
            })
        {
            decisions.Add(ledger.Decide(request, Noon + (decisions.Count * Duration.Epsilon)));
        }

        decisions.Count(static d => d.IsDone).Should().Be(6);
        decisions.Should().Contain(static d => d.Alerts.Count > 0);
        entries.Select(static e => e.Kind).Should().Contain(
        [
            LedgerEntryKind.Changed, LedgerEntryKind.Expected, LedgerEntryKind.Promised, LedgerEntryKind.Stopped,
        ]);
        foreach (LedgerDecision decision in decisions)
        {
            TermJson.Parse(TermJson.Write(decision), LedgerDecision.Read).Should().Be(decision);
        }

        foreach (LedgerEntry entry in entries)
        {
            TermJson.Parse(TermJson.Write(entry), LedgerEntry.Read).Should().Be(entry);
        }

        BudgetSnapshot read = ledger.Read(month.Id, Noon)!;
        read.Whole.Should().NotBeNull();
        TermJson.Parse(TermJson.Write(read), BudgetSnapshot.Read).Should().Be(read);
    }

    [Theory]
    [InlineData("""{ "request": "buy", "id": "r" }""")]
    [InlineData("""{ "request": "reserve", "id": "r" }""")]
    [InlineData("""{ "request": "change", "id": "c", "line": 5 }""")]
    [InlineData("""{ "id": "r" }""")]
    public void What_is_no_request_is_said_and_not_thrown(string json)
    {
        Action read = () => TermJson.Parse(json, LedgerRequest.Read);

        read.Should().Throw<JsonException>();
    }
}
