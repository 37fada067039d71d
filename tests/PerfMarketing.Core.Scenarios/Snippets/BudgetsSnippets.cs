using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Scenarios.Samples;
using PerfMarketing.Serialization;
using PerfMarketing.Time;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/budgets.md.</summary>
public sealed class BudgetsSnippets
{
    [Fact]
    public void Reserve_commit_and_release()
    {
        ContractCalendar calendar = ContractCalendar.In("Europe/Berlin");
        Instant now = Instant.FromUtc(2026, 3, 3, 12, 0);
        List<(BudgetEntry Entry, Instant At)> stream = [];

        #region reserve
        Budget budget = new(new("spring"), 100.Eur, PeriodUnit.Month);
        BudgetState state = new(budget, calendar.Containing(PeriodUnit.Month, now));

        BudgetAnswer answer = state.Reserve(new("sale-o1"), 80.Eur);
        if (answer.Entry is { } entry)
        {
            stream.Add((entry, now));
            state.Apply(entry, now);
        }
        #endregion

        #region decide
        string said = state.Reserve(new("sale-o2"), 30.Eur).Decision.Match(
            granted: g => $"granted {g.Amount}",
            partial: p => $"only {p.Available}",
            denied: d => $"{d.Reason}, again at {d.ResumesAt}");
        #endregion

        said.Should().Be(
            "budget.exhausted (requested: 30.00 EUR, available: 20.00 EUR), again at 2026-03-31T22:00:00Z");

        #region commit
        state.Apply(state.Commit(new("sale-o1"), 72.Eur).Entry!, now);
        state.Apply(state.Reverse(new("sale-o1"), new CorrectionId("return-1"), 12.Eur).Entry!, now);

        BudgetAmount spent = state.Committed;
        BudgetAmount left = state.Available;
        #endregion

        (spent, left).Should().Be(((BudgetAmount)60.Eur, (BudgetAmount)40.Eur));

        #region rebuild
        BudgetState again = new(budget, state.Period);
        foreach ((BudgetEntry recorded, Instant at) in stream)
        {
            again.Apply(recorded, at);
        }
        #endregion

        again.Reserved.Should().Be(80.Eur);
    }

    [Fact]
    public void Budget_of_outcomes()
    {
        #region outcomes
        Budget leads = new(new("leads"), BudgetAmount.Outcomes(500), PeriodUnit.Month);
        #endregion

        leads.Limit.Count.Should().Be(500);
    }

    [Fact]
    public void Budgets_of_the_page_are_terms_of_a_campaign()
    {
        string[] blocks =
            [.. KeptFile.Read("docs/budgets.md").Split("```json\n").Skip(1).Select(static b => b.Split("```")[0])];
        blocks.Should().HaveCount(4);
        foreach (string block in blocks)
        {
            CampaignDraft draft = CampaignJson.ParseCampaign($$"""
                {
                  "id": "page", "advertiser": "acme", "zone": "Europe/Berlin", "budgets": [{{block}}],
                  "contracts": [{
                    "id": "page", "payer": "acme", "partners": ["p-anna"], "currency": "EUR",
                    "clauses": [{ "id": "sale", "outcome": "sale", "pays": { "model": "fixed", "price": "8.00 EUR" } }]
                  }]
                }
                """);

            draft.Validate().Errors.Should().BeEmpty(block);
            CampaignJson.ParseCampaign(TermJson.Write(draft)).Should().Be(draft, block);
        }
    }
}
