using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What budgets must hold by the ledger alone, whatever the log.</summary>
internal static class BudgetBook
{
    /// <summary>
    /// In every period what is committed is what was posted; with what is set aside it is above the limit by no more
    /// than the entries say.
    /// </summary>
    public static void MustAgree(CampaignRun run, IEnumerable<LedgerEntry> entries)
    {
        LedgerEntry[] posted = [.. entries];
        foreach (Budget budget in run.State.Campaign.Budgets)
        {
            if (budget.Limit.Count is not null)
            {
                MustCount(run, budget);
                continue;
            }

            foreach (var period in posted.GroupBy(e => run.State.Campaign.PeriodOf(budget, CountsAt(run, budget, e))))
            {
                BudgetState state = run.State.BudgetOf(budget, CountsAt(run, budget, period.First()));
                state.Committed.Should().Be(Sum(period.Select(static e => e.Amount)));
                Money flagged = Sum(period.Select(static e => e.OverBudget ?? 0.Eur));
                (state.Committed + state.Reserved).Should().BeLessThanOrEqualTo(budget.Ceiling + flagged);
                (budget.AtCap == CapBehavior.StopAndReject && flagged != 0.Eur).Should().BeFalse();
            }
        }
    }

    // A budget of outcomes holds what was bought and not taken back in full, by credit or whole.
    private static void MustCount(CampaignRun run, Budget budget)
    {
        Dictionary<CalendarPeriod, decimal> counted = [];
        foreach (OutcomeState outcome in run.State.Outcomes)
        {
            foreach (var leg in outcome.Earnings.GroupBy(static e => (e.Earning.Contract, e.Earning.Clause)))
            {
                EarningState[] bought = [.. leg.Where(static e => e.Net.MinorUnits != 0 || (e.Causes.Count == 0
                    && e.Earning.Lines.All(static l => l.Code is not ("over-budget" or "over-limit"))))];
                CalendarPeriod period =
                    run.State.Campaign.PeriodOf(budget, CountsAt(run, budget, leg.First().Earning));
                decimal credit = bought.Sum(static e => (decimal)e.Earning.Credit.Weight / e.Earning.Credit.Total);
                counted[period] = counted.GetValueOrDefault(period)
                    + (budget.Credit == TallyCredit.Involved && bought.Length > 0 ? 1 : credit);
            }
        }

        foreach ((CalendarPeriod period, decimal count) in counted)
        {
            run.State.BudgetOf(budget, period.Start).Committed.Count
                .Should().BeApproximately(count, 0.000000001m);
        }
    }

    /// <summary>Every period of a budget that may hold something.</summary>
    public static BudgetState[] StatesOf(CampaignRun run, Budget budget) =>
    [
        .. run.State.Outcomes.Select(static o => o.Outcome?.At)
            .Concat(run.State.Outcomes.Select(static o => o.Decision?.DecidedAt))
            .Concat(RandomLog.Touches.Select(static t => (Instant?)t.At))
            .Concat(run.Entries.Select(e => (Instant?)CountsAt(run, budget, e)))
            .OfType<Instant>().Select(at => run.State.BudgetOf(budget, at)).Distinct(),
    ];

    private static Instant CountsAt(CampaignRun run, Budget budget, LedgerEntry entry)
    {
        EntryId? about = entry switch
        {
            Adjustment adjustment => adjustment.Corrects,
            Amendment amendment => amendment.Corrects,
            Repricing repricing => repricing.CausedBy,
            _ => null,
        };
        Earning? earning = entry as Earning
            ?? run.Entries.OfType<Earning>().FirstOrDefault(e => e.Id == about);
        return budget.Recognition switch
        {
            BudgetRecognition.OnTouch => earning?.TouchedAt ?? entry.OccurredAt,
            BudgetRecognition.OnApproval => earning?.DecidedAt ?? entry.DecidedAt,
            _ => entry.OccurredAt,
        };
    }

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(0.Eur, static (sum, a) => sum + a);
}
