using PerfMarketing.Budgets;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tests.Settlement.Accounts;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>A stored entry is in one currency: what says otherwise is named, and counts as nothing.</summary>
public sealed class EntryCurrencyTests
{
    [Theory]
    [InlineData("overBudget", "\"overBudget\":\"5.00 EUR\"")]
    [InlineData("instalments", "\"amount\":\"9.00 EUR\"")]
    [InlineData("lines", "\"line\":\"fixed\",\"amount\":\"10")]
    [InlineData("kept", "\"kept\":\"1.00 EUR\"")]
    [InlineData("invalid", "\"invalid\":\"2.00 EUR\"")]
    [InlineData("byHand", "\"byHand\":\"3.00 EUR\"")]
    public void Part_in_another_currency_is_a_failure(string name, string text)
    {
        Earning earning = SampleEntries.Earning("e1", 10.Eur, At("2026-03-03T12:00:00Z")) with
        {
            OverBudget = 5.Eur,
            Instalments = [new(At("2026-03-03T12:00:00Z"), 9.Eur), new(At("2026-04-03T12:00:00Z"), 1.Eur)],
        };
        Adjustment adjustment =
            SampleEntries.Adjustment(earning, "r1", -4.Eur, At("2026-03-04T12:00:00Z")) with
            {
                Kept = 1.Eur,
                Invalid = 2.Eur,
                ByHand = 3.Eur,
            };
        string json = new CampaignRecord[] { earning, adjustment }.Select(static r => TermJson.Write(r))
            .First(j => j.Contains(text, StringComparison.Ordinal));
        Failures(json).Should().BeEmpty();
        int at = json.IndexOf("EUR", json.IndexOf(text, StringComparison.Ordinal), StringComparison.Ordinal);

        Failures(json[..at] + "USD" + json[(at + 3)..]).Should()
            .Equal($"$.{name} {SettlementReasons.EntryCurrency}");
    }

    [Theory]
    [InlineData("excess")]
    [InlineData("requested")]
    public void Entry_of_a_budget_is_in_one_currency_too(string name)
    {
        string json = TermJson.Write(new BudgetEntry
        {
            Kind = BudgetEntryKind.Committed,
            Budget = new("month"),
            Period = "2026-03",
            Reservation = new("a"),
            Requested = 11.Eur,
            Amount = 10.Eur,
            Excess = 5.Eur,
        });
        int at = json.IndexOf("EUR", json.IndexOf($"\"{name}\"", StringComparison.Ordinal), StringComparison.Ordinal);
        TermFailures failures = [];

        TermJson.TryParse(json[..at] + "USD" + json[(at + 3)..], BudgetEntry.Read, failures, out _).Should().BeFalse();

        failures.Select(static f => f.Code).Should().Equal(BudgetCodes.EntryCurrency);
    }

    private static IEnumerable<string> Failures(string json)
    {
        TermFailures failures = [];
        _ = TermJson.TryParse(json, CampaignRecord.Read, failures, out _);
        return failures.Select(static f => $"{f.Path} {f.Code}");
    }
}
