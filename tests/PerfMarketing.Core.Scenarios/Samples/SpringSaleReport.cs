using System.Globalization;
using System.Text;
using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>Writes what came of the sample as a page that a finance person can check.</summary>
internal sealed class SpringSaleReport
{
    private readonly StringBuilder text = new();
    private readonly CampaignRun run;
    private readonly Instant asOf;

    private SpringSaleReport(CampaignRun run, Instant asOf)
    {
        this.run = run;
        this.asOf = asOf;
    }

    /// <summary>The page.</summary>
    public static string Write(CampaignRun run, Instant asOf)
    {
        SpringSaleReport report = new(run, asOf);
        report.Line($"Spring sale 2026, with everything that was recorded up to {asOf}. Amounts in EUR.");
        report.Statements();
        report.Clauses();
        report.Budgets();
        report.Outcomes();
        return report.text.ToString();
    }

    private void Statements()
    {
        var partners = run.Statements(asOf).GroupBy(static s => (s.Contract, s.Partner));
        foreach (var partner in partners)
        {
            Line($"");
            Line($"{partner.Key.Partner}, contract {partner.Key.Contract}");
            Line($"{"month",-12}{"opening",12}{"gross",12}{"adjustments",12}{"payable",12}{"closing",12}");
            foreach (Statement s in partner)
            {
                string month = s.IsClosed ? s.Period : $"{s.Period} open";
                Line($"{month,-12}{Cell(s.Opening)}{Cell(s.Gross)}{Cell(s.Adjustments)}{Cell(s.Payable)}"
                    + Cell(s.Closing));
            }

            Statement last = partner.Last();
            Line($"{"total",-12}{string.Empty,12}{Cell(partner.Select(static s => s.Gross))}"
                + $"{Cell(partner.Select(static s => s.Adjustments))}{Cell(partner.Select(static s => s.Payable))}"
                + $"{Cell(last.Closing)}");
        }
    }

    private void Clauses()
    {
        Line($"");
        Line($"{"partner",-18}{"clause",-19}{"earnings",9}{"credited",14}{"gross",12}{"adjustments",12}{"net",12}");
        var clauses = run.Entries.GroupBy(static e => (e.Partner, e.Contract, e.Clause))
            .OrderBy(static g => g.Key.Partner).ThenBy(static g => g.Key.Clause);
        foreach (var clause in clauses)
        {
            Earning[] earnings = [.. clause.OfType<Earning>()];
            decimal credited = earnings.Sum(static e => e.Counted.Quantity);
            Line($"{clause.Key.Partner,-18}{clause.Key.Clause,-19}{earnings.Length,9}{credited,14:0.0000}"
                + $"{Cell(earnings.Select(static e => e.Amount))}"
                + $"{Cell(clause.OfType<Adjustment>().Select(static a => a.Amount))}"
                + $"{Cell(clause.Select(static e => e.Amount))}");
        }
    }

    private void Budgets()
    {
        Line($"");
        Line($"{"budget",-18}{"month",-9}{"limit",12}{"committed",12}{"reserved",12}{"available",12}");
        foreach (Budget budget in run.State.Campaign.Budgets)
        {
            foreach (BudgetState month in MonthsOf(budget))
            {
                Line($"{budget.Id,-18}{month.Period.Key,-9}{Cell(budget.Limit)}{Cell(month.Committed)}"
                    + $"{Cell(month.Reserved)}{Cell(month.Available)}");
            }
        }
    }

    private IEnumerable<BudgetState> MonthsOf(Budget budget) => run.Entries.Select(static e => e.OccurredAt).Order()
        .Select(at => run.State.BudgetOf(budget, at)).DistinctBy(static state => state.Period.Start);

    private void Outcomes()
    {
        Line($"");
        OutcomeState[] outcomes = [.. run.State.Outcomes.Where(static o => o.Outcome is not null)];
        Line($"{"outcomes",-44}{outcomes.Length,6}");
        foreach (var same in outcomes.GroupBy(Describe).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            Line($"{same.Key,-44}{same.Count(),6}");
        }
    }

    /// <summary>What was decided for an outcome, with the code of the first reason.</summary>
    public static string Describe(OutcomeState outcome) => outcome.Decision!.Qualification.Match(
        qualified: static _ => "qualified",
        pending: static p => $"pending {p.Missing[0]}",
        rejected: static r => $"rejected {r.Reasons[0].Code}",
        disputed: static d => $"disputed {d.Reasons[0].Code}");

    private static string Cell(IEnumerable<Money> amounts) =>
        Cell(amounts.Aggregate(Money.Zero(Currency.Eur), static (sum, amount) => sum + amount));

    private static string Cell(BudgetAmount amount) => Cell(amount.Amount!.Value);

    private static string Cell(Money amount) =>
        (amount.MinorUnits / 100m).ToString("0.00", CultureInfo.InvariantCulture).PadLeft(12);

    private void Line(FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');

    private void Line(string line) => text.Append(line.TrimEnd()).Append('\n');
}
