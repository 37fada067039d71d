using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Settlement;

/// <summary>A random campaign of the kinds of term that exist, and random inputs over four months.</summary>
/// <remarks>Both are made of few small numbers, so that a failure shrinks to something a person can read.</remarks>
internal static class RandomLog
{
    private static readonly Instant Begin = At("2026-01-20T09:00:00Z");

    private static readonly PayoutModel[] Models =
    [
        Pay.Fixed(7.01m.Eur),
        Pay.RevenueShare(33.33m.Percent),
        Pay.RevenueShare(12.Percent).CappedAt(5.Eur),
        Pay.Tiered(new(Accrual.Parse("0.333 EUR"), UpTo: 3), new(Accrual.Parse("0.125 EUR"))),
        Pay.Tiered(new(3m.Eur, UpTo: 1), new(2m.Eur, UpTo: 2.5m), new(1m.Eur)).CappedAt(4.Eur),
        Pay.Fixed(Accrual.Parse("0.045 EUR")),
    ];

    private static readonly AttributionRule[] Rules =
        [new LastTouch(), new Linear(), new PositionBased(0.4m, 0.4m), new FirstTouch()];

    /// <summary>The touches of the one customer; two partners, and one whom no contract names.</summary>
    public static JourneyTouch[] Touches { get; } =
    [
        Touch("p-mail", "2026-01-02T09:00:00Z"),
        Touch("p-blog", "2026-01-03T09:00:00Z"),
        Touch("p-nobody", "2026-01-04T09:00:00Z"),
        Touch("p-shop", "2026-01-05T09:00:00Z"),
        Touch("p-mail", "2026-02-20T09:00:00Z", recordedAt: "2026-03-02T09:00:00Z"),
    ];

    public static Gen<Setting> Settings { get; } =
        from model in Gen.Choose(0, Models.Length - 1)
        from policy in Gen.Elements(Enum.GetValues<CorrectionPolicy>())
        from rule in Gen.Choose(0, Rules.Length - 1)
        from proof in Gen.Choose(0, 2)
        from hold in Gen.Elements(0, 20, 45)
        from limit in Gen.Elements(0, 9, 25, 60)
        from overflow in Gen.Elements(Enum.GetValues<LimitOverflow>())
        from cap in Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Choose(1, 6)))
        from excess in Gen.Elements(Enum.GetValues<LimitOverflow>())
        from atCap in Gen.Elements(Enum.GetValues<CapBehavior>())
        from recognition in Gen.Elements(Enum.GetValues<BudgetRecognition>())
        select new Setting(model, policy, rule, proof, hold, limit, overflow, cap, excess)
        {
            AtCap = atCap,
            Recognition = recognition,
        };

    private static readonly GradeTerms Grades =
        GradeTerms.None
        .Accept("A").Scale("B", 50.Percent).Hold("C").Reverse("D").HoldingFor(Duration.FromDays(20));

    public static Gen<Step[]> Steps { get; } =
        from count in Gen.Choose(1, 22)
        from steps in (
            from what in Gen.Frequency(
                (5, Gen.Constant(0)), (3, Gen.Constant(1)), (4, Gen.Choose(2, 9)), (3, Gen.Choose(10, 13)))
            from id in Gen.Choose(0, 6)
            from hours in Gen.Elements(0, 1, 30, 100, 250)
            from amount in Gen.Choose(0, 3_000)
            from lag in Gen.Elements(0, 0, 40, 900)
            select new Step(what, id, hours, amount, lag)).ArrayOf(count)
        select steps;

    public static Campaign CampaignOf(Setting setting)
    {
        ClauseDraft Terms(ClauseDraft clause) => (setting.Proof == 0
                ? clause
                : clause.TrustingHost("order-paid", within: setting.Proof == 1 ? null : Duration.FromDays(12)))
            .Correcting(setting.Policy).HeldFor(Duration.FromDays(setting.Hold)).GradedBy(Grades)
            .Rounded(RoundingMode.HalfAwayFromZero, setting.Model == 5 ? RoundAt.Period : RoundAt.Outcome);
        CampaignDraft draft = Limited(Contract(Models[setting.Model], Terms), setting, Terms)
            .AttributedBy(Rules[setting.Rule])
            .With(ContractDraft.For("shop-2026").PaidBy("acme").WithPartner("p-shop").WithPartner("p-mail")
                .In(Currency.Eur, "Europe/Berlin")
                .Pays("sale", Pay.RevenueShare(10.Percent), c => c.Correcting(setting.Policy)));
        Budget budget = new(new("b"), Money.FromMinor(setting.Limit * 100, Currency.Eur), PeriodUnit.Month)
        {
            AtCap = setting.AtCap,
            Recognition = setting.Recognition,
        };
        return (setting.Limit == 0 ? draft : draft.BudgetedBy(budget.Or(setting.Overflow))).Build();
    }

    private static ContractDraft Limited(
        ContractDraft contract, Setting setting, Func<ClauseDraft, ClauseDraft> terms)
    {
        Limit[] own = setting.Cap switch
        {
            1 => [Limit.Spend(9.Eur, PeriodUnit.Month)],
            2 => [Limit.Outcomes(1.5m, PeriodUnit.Month, LimitScope.Partner)],
            3 => [Limit.First(2, LimitScope.Customer)],
            4 => [Limit.Spend(8.Eur, PeriodUnit.Week, LimitScope.PartnerCustomer), Limit.First(3, LimitScope.Contract)],
            5 => [Limit.ForMonths(1)],
            _ => [],
        };
        ContractDraft limited = contract with
        {
            Clauses = [.. contract.Clauses.Select(c => c with { Limits = [.. own.Select(l => Fit(l, setting))] })],
        };
        return setting.Cap == 0 ? contract
            : setting.Cap < 6 ? limited.Pays("sale", Pay.Fixed(0.25m.Eur), terms)
            : limited.LimitedTo(Fit(Limit.Spend(12.Eur, PeriodUnit.Month), setting))
                .LimitedTo(Fit(Limit.Outcomes(2, PeriodUnit.Week, LimitScope.Partner), setting));
    }

    // The setting's policy, or to wait, or to refuse, whatever the limit can do.
    private static Limit Fit(Limit limit, Setting setting) => setting.Excess switch
    {
        LimitOverflow.Divert when setting.Cap < 6 => limit.DivertingTo(new("sale-2")),
        LimitOverflow.PayZero or LimitOverflow.Notify => limit.Or(setting.Excess),
        LimitOverflow.PayRemainder when limit.Amount is not null => limit.Or(setting.Excess),
        _ when setting.Excess != LimitOverflow.Reject && limit.Months is null => limit.Or(LimitOverflow.Hold),
        _ => limit,
    };

    public static CampaignRun RunOf(Campaign campaign, Action<Decision>? decided = null) =>
        new(campaign, new AllTouches()) { Decided = decided };

    /// <summary>The inputs in the order in which they are recorded.</summary>
    public static List<CampaignInput> InputsOf(IEnumerable<Step> steps)
    {
        List<CampaignInput> inputs = [];
        Instant now = Begin;
        int number = 0;
        foreach (Step step in steps)
        {
            now += Duration.FromHours(step.Hours);
            inputs.Add(InputOf(step, now, number++));
        }

        return inputs;
    }

    public static CampaignInput InputOf(Step step, Instant now, int number)
    {
        Money amount = Money.FromMinor(step.Amount, Currency.Eur);
        var outcome = new OutcomeId($"o{step.Id}");
        var id = new CorrectionId($"c{number}");
        CorrectionId earlier = new($"c{Math.Max(0, number - 1 - (step.Amount % 3))}");
        return step.What switch
        {
            0 => Of(Sale($"o{step.Id}", "2026-01-01T00:00:00Z", amount) with
            {
                At = now - Duration.FromHours(step.Lag),
                RecordedAt = now,
                Quantity = 1 + (step.Amount % 4 * 0.5m),
                OrderId = step.Amount % 7 == 0 ? new("A-1") : null,
                IsTest = step.Amount % 29 == 0,
            }),
            1 => new CampaignInput.OfEvidence(
                outcome, EvidenceVerdict.Asserted("order-paid", new($"psp-{step.Id}"), now)),
            2 or 3 => Of(new AmountReturn { Id = id, Outcome = outcome, At = now, Amount = amount }),
            4 => Of(new Retraction { Id = id, Outcome = outcome, At = now }),
            5 => Of(new Restatement { Id = id, Outcome = outcome, At = now, Value = amount }),
            6 => Of(new Restatement { Id = id, Outcome = outcome, At = now, Quantity = 1 + (step.Amount % 3) }),
            7 => Of(new ReturnWithdrawn { Id = id, Outcome = outcome, At = now, Replaces = earlier }),
            8 => Of(new Chargeback { Id = id, Outcome = outcome, At = now, Amount = amount }),
            9 => Of(new ChargebackWon { Id = id, Outcome = outcome, At = now, Replaces = earlier }),
            10 => Of(new Approval { Id = id, Outcome = outcome, At = now }),
            11 => Of(new Approval
            {
                Id = id,
                Outcome = outcome,
                At = now,
                Contract = new("acme-2026"),
                Clause = new("sale"),
                Amount = Money.FromMinor(step.Amount / 10, Currency.Eur),
            }),
            12 => Of(new Rejection { Id = id, Outcome = outcome, At = now }),
            _ => Of(new Graded { Id = id, Outcome = outcome, At = now, Grade = "ABCDE"[step.Amount % 5].ToString() }),
        };
    }

    /// <summary>A campaign, in few small numbers.</summary>
    internal sealed record Setting(
        int Model,
        CorrectionPolicy Policy,
        int Rule,
        int Proof,
        int Hold,
        int Limit,
        LimitOverflow Overflow,
        int Cap,
        LimitOverflow Excess)
    {
        public CapBehavior AtCap { get; init; }

        public BudgetRecognition Recognition { get; init; }

        public bool IsLimited => Cap > 0;

        public bool IsTallied => Model is 3 or 4 or 5;
    }

    /// <summary>An input, in few small numbers.</summary>
    internal sealed record Step(int What, int Id, int Hours, int Amount, int Lag);

    private sealed class AllTouches : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(Touches);
    }
}
