using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Events;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <content>In which periods of budgets a decision may move amounts.</content>
internal sealed partial class CampaignStreams
{
    private IEnumerable<StreamId> BudgetsOf(OutcomeState known, Outcome outcome, OutcomeDecided[] decisions) =>
        from budget in campaign.Budgets
        from at in InstantsOf(budget, known, outcome, decisions).Distinct()
        select StreamId.OfBudget(campaign.Id, budget.Id, campaign.PeriodOf(budget, at).Key);

    // What is pending counts when it occurred, or by the touch that it was credited to then.
    private static IEnumerable<Instant> InstantsOf(
        Budget budget, OutcomeState known, Outcome outcome, OutcomeDecided[] decisions) => budget.Recognition switch
        {
            BudgetRecognition.OnTouch =>
            [
                .. decisions.Select(d => CampaignDecider.TouchedAt(d.Attribution) ?? outcome.At),
                .. known.Earnings.Select(e => e.Earning.TouchedAt ?? outcome.At),
            ],
            BudgetRecognition.OnApproval =>
            [
                outcome.At,
                .. decisions.Select(static d => d.DecidedAt),
                .. known.Earnings.Select(static e => e.Earning.DecidedAt),
            ],
            _ => [outcome.At],
        };
}
