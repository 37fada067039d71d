using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Tallies;
using PerfMarketing.Testing;
using PerfMarketing.Time;

namespace PerfMarketing.Simulation.Worlds;

/// <summary>
/// Draws terms that the oracle does not know: such worlds are checked by what must hold of them, and by the batch.
/// </summary>
internal static class WideTerms
{
    /// <summary>Who only assists: it has touches in every world.</summary>
    public const string Assistant = "p-nobody";

    private const ulong Salt = 0x5749_4445;
    private const ulong BudgetSalt = 0x434F_554E;

    /// <summary>
    /// The campaign with limits, payouts for periods, an assisting contract, rules of traffic and terms of settlement.
    /// </summary>
    public static CampaignDraft Add(CampaignDraft draft, WorldPlan plan)
    {
        SeededRandom random = new(plan.Seed ^ Salt);
        Currency currency = draft.Contracts[0].Currency;
        List<ContractDraft> contracts = [];
        foreach (IGrouping<ContractId, ContractDraft> versions in draft.Contracts.GroupBy(static c => c.Id))
        {
            // The versions of a contract have the same: what they share keeps its name.
            Limit[] limits = [.. LimitsOf(random, currency)];
            Limit[] own = random.Happens(300) ? [OwnOf(random, currency)] : [];
            (PeriodUnit Per, PeriodPayout Pays)[] periods = [.. PeriodsOf(random, currency)];
            TrafficTerms? traffic = random.Happens(500) ? TrafficOf(random) : null;
            foreach (ContractDraft version in versions)
            {
                ContractDraft wide = version with
                {
                    Limits = [.. limits],
                    Traffic = traffic,
                    Clauses = [.. version.Clauses.Select((c, i) => i == 0 ? c with { Limits = [.. own] } : c)],
                };
                contracts.Add(periods.Aggregate(wide, static (d, p) => d.PaysPer(p.Per, p.Pays)));
            }
        }

        if (random.Happens(700))
        {
            contracts.Add(AssistOf(random, draft.Contracts[0]));
        }

        return SettlementDraw.Add(
            draft with
            {
                Contracts = contracts.ToValueList(),
                Budgets = CountOf(plan) is { } counted ? draft.Budgets.Add(counted) : draft.Budgets,
            },
            plan);
    }

    /// <summary>The budget that counts outcomes; null in most worlds.</summary>
    public static Budget? CountOf(WorldPlan plan)
    {
        SeededRandom random = new(plan.Seed ^ BudgetSalt);
        return random.Happens(400)
            ? new(
                new("outcomes"),
                BudgetAmount.Outcomes(random.Between(3, 160) / 2m),
                random.Pick(PeriodUnit.Day, PeriodUnit.Month, PeriodUnit.Lifetime))
            {
                AtCap = random.Pick(
                    CapBehavior.StopAndReject, CapBehavior.StopAndHonorInFlight, CapBehavior.StopAdmission),
                OnExceeded = random.Pick(LimitOverflow.Reject, LimitOverflow.Hold, LimitOverflow.PayZero),
                Credit = random.Pick(TallyCredit.Credited, TallyCredit.Involved),
            }
            : null;
    }

    private static IEnumerable<Limit> LimitsOf(SeededRandom random, Currency currency)
    {
        if (random.Happens(750))
        {
            Limit limit = Limit.Spend(
                Money.FromMinor(random.Between(500, 60_000), currency),
                random.Pick(PeriodUnit.Month, PeriodUnit.Lifetime, PeriodUnit.Week, PeriodUnit.Month),
                random.Pick(LimitScope.Contract, LimitScope.Partner, LimitScope.Contract));
            yield return limit.Or(random.Pick(
                LimitOverflow.PayRemainder, LimitOverflow.Hold, LimitOverflow.Reject, LimitOverflow.PayZero,
                LimitOverflow.Notify));
        }

        if (random.Happens(400))
        {
            Limit limit = Limit.Outcomes(
                random.Between(2, 40),
                random.Pick(PeriodUnit.Day, PeriodUnit.Month, PeriodUnit.Lifetime),
                random.Pick(LimitScope.Contract, LimitScope.Partner, LimitScope.Customer));
            yield return limit.Or(random.Pick(LimitOverflow.Hold, LimitOverflow.Reject, LimitOverflow.PayZero));
        }
    }

    private static Limit OwnOf(SeededRandom random, Currency currency) => random.Happens(500)
        ? Limit.OncePerCustomer()
        : Limit.Spend(Money.FromMinor(random.Between(200, 20_000), currency), PeriodUnit.Month)
            .Or(LimitOverflow.PayRemainder);

    private static IEnumerable<(PeriodUnit Per, PeriodPayout Pays)> PeriodsOf(SeededRandom random, Currency currency)
    {
        Money Draw(long most) => Money.FromMinor(random.Between(100, most), currency);
        if (random.Happens(600))
        {
            yield return (random.Pick(PeriodUnit.Month, PeriodUnit.Week), new Retainer(Draw(9_000)));
        }

        if (random.Happens(400))
        {
            yield return (PeriodUnit.Month, new PerformanceBonus(5.Percent, Draw(4_000)));
        }

        if (random.Happens(500))
        {
            yield return (PeriodUnit.Month, random.Happens(500)
                ? new Guarantee(Draw(20_000)) { Accumulates = random.Happens(500) }
                : new Draw(Draw(20_000)));
        }
    }

    private static TrafficTerms TrafficOf(SeededRandom random) => new()
    {
        Rules =
        [
            new(TrafficRuleKind.TooFast) { Within = Duration.FromMinutes(random.Between(30, 900)), Score = 60 },
            new(TrafficRuleKind.Velocity)
            {
                Within = Duration.FromHours(6),
                Max = (int)random.Between(2, 6),
                Score = 30,
            },
        ],
        HoldAt = random.Happens(500) ? 30 : null,
        RejectAt = 60,
    };

    private static ContractDraft AssistOf(SeededRandom random, ContractDraft beside) =>
        ContractDraft.For("con-assist").PaidBy("acme").WithPartner(Assistant)
            .In(beside.Currency, beside.Zone).Assisting()
            .Pays("sale", random.Happens(500)
                ? Pay.Fixed(Money.FromMinor(random.Between(1, 500), beside.Currency))
                : Pay.RevenueShare(Percentage.FromFraction(random.Between(1, 500) / 10_000m)));
}
