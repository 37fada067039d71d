using FsCheck;
using FsCheck.Fluent;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Random campaigns whose clauses tally, with rising and falling prices, under budgets and limits.</summary>
internal static class RoomLog
{
    // The first six follow from the tally alone, so that it may be evaluated again.
    private static readonly PayoutModel[] Models =
    [
        Pay.Volume(new(10.Eur, 3), new(4.Eur)),
        Pay.Volume(new(3.Eur, 2.5m), new(7.Eur)),
        new Tiered([new(5.Percent, 3), new(20.Percent)]) { Mode = TierMode.Volume, Of = Measure.Count },
        new Tiered([new(20.Percent, 40), new(5.Percent)]) { Mode = TierMode.Volume, Of = Measure.Value },
        Pay.Tiered(new(Accrual.Parse("3.335 EUR"), UpTo: 2), new(Accrual.Parse("1.125 EUR"))),
        new Tiered([new(5.Percent, 25), new(33.33m.Percent)]) { Of = Measure.Value },
        Pay.Tiered(new(3m.Eur, UpTo: 1), new(2m.Eur, UpTo: 2.5m), new(1m.Eur)).CappedAt(4.Eur),
        new Tiered([new(20.Percent, 2), new(5.Percent)]) { Mode = TierMode.Forward, Of = Measure.Count },
    ];

    public static Gen<Setting> Settings { get; } =
        from model in Gen.Choose(0, Models.Length - 1)
        from policy in Gen.Elements(Enum.GetValues<CorrectionPolicy>())
        from again in Gen.Elements(true, true, false)
        from linear in Gen.Elements(true, false)
        from proof in Gen.Elements(true, false, false)
        from budget in Gen.Elements(0, 9, 25, 60)
        from daily in Gen.Elements(true, false, false)
        from overflow in Gen.Elements(Enum.GetValues<LimitOverflow>())
        from cap in Gen.Choose(0, 4)
        from excess in Gen.Elements(
            LimitOverflow.Reject, LimitOverflow.Hold, LimitOverflow.PayRemainder, LimitOverflow.PayZero)
        from atCap in Gen.Elements(Enum.GetValues<CapBehavior>())
        from recognition in Gen.Elements(Enum.GetValues<BudgetRecognition>())
        from tolerance in Gen.Elements(0, 0, 15)
        from counts in Gen.Elements(BudgetCount.None, BudgetCount.None, BudgetCount.Credited, BudgetCount.Involved)
        from beside in Gen.Elements(true, false)
        select new Setting(model, policy, again && model < 6, linear, proof, budget, daily, overflow, cap, excess)
        {
            AtCap = atCap,
            Recognition = recognition,
            Tolerance = tolerance,
            Counts = counts,
            CountsMoney = beside || counts == BudgetCount.None,
        };

    public static Campaign CampaignOf(Setting setting, Func<ContractDraft, ContractDraft>? more = null)
    {
        TallyTerms tally = new()
        {
            Corrections = setting.IsReevaluated ? TallyCorrections.Reevaluated : TallyCorrections.Frozen,
        };
        ClauseDraft Terms(ClauseDraft clause)
        {
            ClauseDraft corrected = clause.Correcting(setting.Policy).TalliedBy(tally);
            return setting.IsProven ? corrected.TrustingHost("order-paid") : corrected;
        }

        ContractDraft contract = Contract(Models[setting.Model], Terms);
        if (LimitOf(setting) is { } limit)
        {
            contract = setting.Cap == 4
                ? contract.LimitedTo(limit)
                : contract with { Clauses = [.. contract.Clauses.Select(c => c with { Limits = [limit] })] };
        }

        contract = more?.Invoke(contract) ?? contract;
        CampaignDraft draft = contract.AttributedBy(setting.IsLinear ? new Linear() : new LastTouch());
        Budget budget = new(
            new("b"), setting.Budget.Eur, setting.IsDaily ? PeriodUnit.Day : PeriodUnit.Month)
        {
            AtCap = setting.AtCap,
            Recognition = setting.Recognition,
            Tolerance = ((decimal)setting.Tolerance).Percent,
        };
        Budget counted = budget with
        {
            Id = new("n"),
            Limit = BudgetAmount.Outcomes(setting.Budget / 15m),
            Credit = setting.Counts == BudgetCount.Involved ? TallyCredit.Involved : TallyCredit.Credited,
        };
        Budget[] budgets = setting.Budget == 0 ? []
            : setting.Counts == BudgetCount.None ? [budget]
            : setting.CountsMoney ? [budget, counted]
            : [counted];
        return budgets.Aggregate(draft, (d, b) => d.BudgetedBy(b.Or(setting.Overflow))).Build();
    }

    private static Limit? LimitOf(Setting setting)
    {
        Limit? limit = setting.Cap switch
        {
            1 => Limit.Spend(18.Eur, PeriodUnit.Month),
            2 => Limit.Spend(11.Eur, PeriodUnit.Week, LimitScope.Partner),
            3 => Limit.Outcomes(2, PeriodUnit.Month, LimitScope.Partner),
            4 => Limit.Spend(25.Eur, PeriodUnit.Month),
            _ => null,
        };
        return limit is { Amount: null } && setting.Excess == LimitOverflow.PayRemainder
            ? limit.Or(LimitOverflow.PayZero)
            : limit?.Or(setting.Excess);
    }

    /// <summary>Whether a budget counts outcomes, and how those that are shared.</summary>
    internal enum BudgetCount
    {
        None,
        Credited,
        Involved,
    }

    /// <summary>A campaign, in few small numbers.</summary>
    internal sealed record Setting(
        int Model,
        CorrectionPolicy Policy,
        bool IsReevaluated,
        bool IsLinear,
        bool IsProven,
        int Budget,
        bool IsDaily,
        LimitOverflow Overflow,
        int Cap,
        LimitOverflow Excess)
    {
        public CapBehavior AtCap { get; init; }

        public BudgetRecognition Recognition { get; init; }

        public int Tolerance { get; init; }

        public BudgetCount Counts { get; init; }

        public bool CountsMoney { get; init; } = true;
    }
}
