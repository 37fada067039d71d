using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Tallies;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Workflows;

/// <summary>Campaigns from seeds, for logs that are settled in several ways.</summary>
internal static class LiveTerms
{
    private static readonly AttributionRule[] Rules =
    [
        new LastTouch(), new Linear(), new PositionBased(), new ReferencedTouch(),
        new LastTouch { CutAtConversion = true }, new Linear { Lookback = LookbackWindow.Hours(36) },
    ];

    // The best of two prices, one of which falls with what all partners, or all contracts, bring together.
    public static Campaign SharedOf(int seed)
    {
        TallyTerms together = new()
        {
            Scope = seed % 4 < 2 ? TallyScope.Contract : TallyScope.Campaign,
            Credit = seed % 2 == 0 ? TallyCredit.Credited : TallyCredit.Involved,
        };
        ContractDraft second = ContractDraft.For("net-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", Pay.Tiered(new(6.Eur, UpTo: 2), new(2.Eur)), c => c.TalliedBy(together));
        return (Contract(
                Pay.Tiered(new(6.Eur, UpTo: 2), new(2.Eur)),
                c => c.TalliedBy(together).LimitedTo(Limit.Outcomes(1.5m, PeriodUnit.Week, LimitScope.Partner)))
            .Pays("sale", Pay.RevenueShare(2.Percent))
            .Pays("lead", Pay.Tiered(new(3.Eur, UpTo: 1.5m), new(1.Eur)), c => c.TalliedBy(together)
                .LimitedTo(Limit.Spend(2.Eur, PeriodUnit.Day, LimitScope.Partner))) with
        {
            Precedence = Precedence.Best,
        })
            .AttributedBy(seed % 3 == 0 ? new PositionBased() : new Linear())
            .With(second)
            .BudgetedBy(new(new("month"), 60.Eur, PeriodUnit.Month)
            {
                OnExceeded = LimitOverflow.PayRemainder,
                AtCap = CapBehavior.StopAndReject,
            })
            .Build();
    }

    // Rounded together or alone, in one version or in two.
    public static Campaign FollowedOf(int seed)
    {
        TallyTerms together = new() { Corrections = TallyCorrections.Reevaluated };
        RoundAt at = seed % 2 == 0 ? RoundAt.Period : RoundAt.Outcome;
        ContractDraft first = Contract(
                Pay.Volume(new(7.77m.Percent, UpTo: 3), new(12.5m.Percent)),
                c => c.TalliedBy(together).Rounded(default, at))
            .Pays("lead", Pay.RevenueShare(3.33m.Percent), c => c.TalliedBy(together).Rounded(default, at))
            .EffectiveFrom(new(2026, 1, 1));
        PayoutModel after = seed % 4 < 2
            ? Pay.Tiered(new(1.37m.Eur, UpTo: 2.5m), new(4.10m.Eur))
            : Pay.RevenueShare(6.66m.Percent);
        ContractDraft second = first.Amend(
            new(2026, 3, 30),
            d => d with { Clauses = [d.Clauses[0] with { Pays = after }, .. d.Clauses.Skip(1)] });
        CampaignDraft campaign = first.AttributedBy(Rules[seed % Rules.Length])
            .BudgetedBy(new Budget(new("month"), (seed % 4 < 2 ? 40 : 400).Eur, PeriodUnit.Month));
        return (seed / 4 % 2 == 0 ? campaign.With(second) : campaign).Build();
    }

    // Another room, or another overflow, or none, under the same name; twice a partner's, twice of all partners.
    public static Campaign AmendedOf(int seed)
    {
        LimitOverflow before = (LimitOverflow)(seed % 6);
        LimitOverflow after = (LimitOverflow)(seed / 6 % 6);
        LimitScope scope = seed % 4 < 2 ? LimitScope.Partner : LimitScope.Contract;
        ClauseDraft With(ClauseDraft clause, int max, LimitOverflow overflow)
        {
            Limit limit = Limit.Spend(max.Eur, seed % 3 == 0 ? PeriodUnit.Week : PeriodUnit.Month, scope);
            return clause with
            {
                Limits = [overflow == LimitOverflow.Divert ? limit.DivertingTo(new("sale-2")) : limit.Or(overflow)],
            };
        }

        ContractDraft first = Contract(
                Pay.RevenueShare(12.Percent).CappedAt(20.Eur),
                c => With(c, 12, before).TrustingHost("order-paid", within: Duration.FromDays(2)))
            .Pays("sale", Pay.Fixed(0.20m.Eur)).Pays("lead", Pay.Fixed(1.Eur)).EffectiveFrom(new(2026, 1, 1));
        ContractDraft second = first.Amend(
            new(2026, 3, 30),
            d => d with { Clauses = [With(d.Clauses[0], seed % 5 < 3 ? 30 : 5, after), .. d.Clauses.Skip(1)] });
        return first.AttributedBy(Rules[seed % Rules.Length]).With(second).Build();
    }

    public static Campaign AnyOf(int seed)
    {
        ContractDraft second = ContractDraft.For("net-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "America/New_York")
            .Pays("sale", Pay.RevenueShare(3.33m.Percent), c => c.Correcting(CorrectionPolicy.Reprice));
        return Contract(
                Pay.RevenueShare(12.Percent).CappedAt(20.Eur),
                c => Limited(c, seed).TrustingHost("order-paid", within: Duration.FromDays(2))
                    .GradedBy(GradeTerms.None.Accept("A").Scale("B", 50.Percent).Reverse("D")))
            .Pays("lead", LeadsOf(seed), c => c.HeldFor(Duration.FromDays(14))
                .TalliedBy(TallyOf(seed)).GradedBy(GradeTerms.None.Scale("B", 33.33m.Percent).Reverse("C")))
            .Pays("order", Pay.Fixed(4.55m.Eur), c => Single(c, seed).Correcting(CorrectionPolicy.UntilFullReturn))
            .Pays("sale", Pay.Fixed(0.20m.Eur))
            .AttributedBy(Rules[seed % Rules.Length])
            .With(second)
            .BudgetedBy(new Budget(new("month"), (seed % 4 is 1 or 2 ? 30 : 120).Eur, PeriodUnit.Month)
            {
                AtCap = (CapBehavior)(seed % 3),
                Recognition = (BudgetRecognition)(seed / 3 % 3),
            }.Or((LimitOverflow)(seed / 3 % 6), "sale-2"))
            .BudgetedBy(new Budget(new("day"), 30.Eur, PeriodUnit.Day)
            {
                AtCap = (CapBehavior)(seed / 2 % 3),
                Recognition = (BudgetRecognition)(seed / 5 % 3),
                Changes = seed % 4 < 2
                    ? []
                    :
                    [
                        new(Instant.FromUtc(2026, 3, 29, 11, 0), 12.Eur),
                        new(Instant.FromUtc(2026, 3, 31, 9, 0), 45.Eur),
                    ],
                Zone = seed % 7 == 3 ? "America/New_York" : null,
                ReserveFor = seed % 3 == 1 ? Duration.FromHours(9) : null,
                Since = seed % 5 == 3 ? Instant.FromUtc(2026, 3, 28, 15, 0) : null,
                UsedBefore = seed % 5 == 3 ? 7.Eur : null,
            }.Or((LimitOverflow)(seed / 6 % 6), "sale-2"))
            .Build();
    }

    private static PayoutModel LeadsOf(int seed) => (seed % 4) switch
    {
        0 => Pay.Tiered(new(1.20m.Eur, UpTo: 3), new(0.90m.Eur)),
        1 => Pay.Volume(new(0.90m.Eur, UpTo: 3), new(1.20m.Eur)),
        2 => Pay.Volume(new(1.20m.Eur, UpTo: 3), new(0.90m.Eur)),
        _ => Pay.Tiered(new(1.20m.Eur, UpTo: 7), new(0.90m.Eur)),
    };

    private static TallyTerms TallyOf(int seed) => (seed % 4) switch
    {
        2 => new() { Corrections = TallyCorrections.Reevaluated },
        3 => new() { Scope = TallyScope.Contract },
        _ => TallyTerms.Default,
    };

    // Half of the campaigns have no limits; in the others something waits, goes elsewhere or is cut.
    private static ClauseDraft Limited(ClauseDraft clause, int seed) => (seed / Rules.Length % 6) switch
    {
        0 => clause.LimitedTo(Limit.Spend(30.Eur, PeriodUnit.Month).Or(LimitOverflow.Hold)),
        1 => clause.LimitedTo(Limit.Outcomes(1, PeriodUnit.Week, LimitScope.PartnerCustomer).Or(LimitOverflow.Hold))
            .LimitedTo(Limit.Spend(35.Eur, PeriodUnit.Month).Or(LimitOverflow.PayRemainder)),
        2 => clause.LimitedTo(Limit.First(1).DivertingTo(new("sale-2"))),
        _ => clause,
    };

    private static ClauseDraft Single(ClauseDraft clause, int seed) => seed % 2 == 0
        ? clause
        : clause.LimitedTo(Limit.Outcomes(1, PeriodUnit.Lifetime).Or(LimitOverflow.Hold));
}
