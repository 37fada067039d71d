using System.Globalization;
using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Workflows;

/// <summary>Campaigns and logs for which it must not matter what calls keep.</summary>
internal static class CacheSample
{
    public static Func<int, CampaignDraft>[] Families { get; } =
    [
        static seed => LiveTerms.AnyOf(seed).ToDraft(),
        static seed => LiveTerms.SharedOf(seed).ToDraft(),
        static seed => LiveTerms.AmendedOf(seed).ToDraft(),
        static seed => LiveTerms.FollowedOf(seed).ToDraft(),
        FamiliesLiveAndBatchTests.CampaignOf,
        TrafficLiveAndBatchTests.CampaignOf,
        CustomerVersionsTests.CampaignOf,
        static seed => EverythingLiveAndBatchTests.CampaignOf(seed) with { Lifecycles = [] },
        SentOnOf,
        PeriodsOf,
    ];

    /// <summary>What comes in, and as of when: some of it is handed in by a clock that is behind.</summary>
    public static IEnumerable<(object Input, Instant AsOf)> Log(int family, int seed, int count)
    {
        int place = 0;
        foreach (object input in new RandomEvents(seed).Take(count))
        {
            place++;
            if (input is CampaignInput known)
            {
                CampaignInput own = family < 4 && seed % 2 == 0 ? known : Twisted(known, family);
                Duration behind = (place + seed) % 5 == 0 ? Duration.FromHours(7) : Duration.Zero;
                yield return (own, own.RecordedAt - behind);
            }
            else
            {
                yield return (input, default);
            }
        }
    }

    // Limits that send on, twice, of clauses of which the best is taken; a limit on reversals; budgets that change.
    private static CampaignDraft SentOnOf(int seed)
    {
        LimitScope scope = seed % 3 == 0 ? LimitScope.Partner : LimitScope.Contract;
        ContractDraft first = Contract(
                Pay.RevenueShare(12.Percent).CappedAt(20.Eur),
                c => c.LimitedTo(Limit.Outcomes(1, PeriodUnit.Day, scope).DivertingTo(new("sale-2")))
                    .TrustingHost("order-paid", within: Duration.FromDays(1)))
            .Pays("sale", Pay.Fixed(2.Eur), c => c
                .LimitedTo(Limit.Outcomes(1.5m, PeriodUnit.Week, scope).DivertingTo(new("sale-3"))))
            .Pays("sale", Pay.Fixed(0.20m.Eur), c => c
                .LimitedTo(Limit.Outcomes(2, PeriodUnit.Day).Or((LimitOverflow)(seed % 2))))
            .Pays("lead", Pay.Tiered(new(1.20m.Eur, UpTo: 3), new(0.90m.Eur)), c => c.HeldFor(Duration.FromDays(3))
                .GradedBy(GradeTerms.None.Scale("B", 33.33m.Percent).Reverse("C")));
        first = first with
        {
            Precedence = (Precedence)(seed % 4),
            ReversalLimit = new(50.Percent, seed % 2 == 0 ? ReversalBase.Amount : ReversalBase.Count),
        };
        return first.AttributedBy(new Linear()).BudgetedBy(
            new Budget(new("month"), 20.Eur, PeriodUnit.Month)
            {
                AtCap = (CapBehavior)(seed % 3),
                Changes =
                [
                    new(Instant.FromUtc(2026, 3, 29, 11, 0), 12.Eur), new(Instant.FromUtc(2026, 3, 31, 9, 0), 45.Eur),
                ],
            }.Or(seed % 4 == 3 ? LimitOverflow.Hold : LimitOverflow.PayRemainder));
    }

    // What periods are paid takes room of a limit, before what comes later does.
    private static CampaignDraft PeriodsOf(int seed) => (Contract(
            Pay.RevenueShare(10.Percent), c => c.TrustingHost("order-paid", within: Duration.FromDays(1 + (seed % 5))))
        .Pays("lead", Pay.Fixed(3.Eur))
        .EffectiveFrom(new(2026, 3, 1))
        .PaysPer(PeriodUnit.Week, new Retainer(20.Eur), "p-blog")
        .LimitedTo(Limit.Spend((60 + (seed % 4 * 40)).Eur, seed % 2 == 0 ? PeriodUnit.Lifetime : PeriodUnit.Month)
            .Or(seed % 3 == 0 ? LimitOverflow.Hold : LimitOverflow.PayRemainder)) with
    {
        Precedence = Precedence.Sum,
    }).ToCampaign();

    // Children of parents that came, come later or never do; evidence that two outcomes share; kinds of the family.
    private static CampaignInput Twisted(CampaignInput input, int family)
    {
        int number = int.Parse(input.OutcomeId.Value.AsSpan(1), CultureInfo.InvariantCulture);
        if (input is CampaignInput.OfEvidence { Verdict: var verdict })
        {
            return new CampaignInput.OfEvidence(
                input.OutcomeId, verdict with { ReplayKey = new EvidenceId($"psp-{number / 2}") });
        }

        if (input is not CampaignInput.OfOutcome { Outcome: var outcome })
        {
            return input;
        }

        string kind = (family, outcome.Kind.ToString()) switch
        {
            (4 or 6 or 7, "lead" or "order") => "deposit",
            (5, "sale") => "install",
            (5, "lead") => "click",
            (5, "order") => "call-received",
            _ => outcome.Kind.ToString(),
        };
        FactSet facts = FactSet.Create(Facts.DevicePseudonym.Of($"d{number % 5}"));
        return new CampaignInput.OfOutcome(outcome with
        {
            Kind = kind,
            Parent = number % 3 == 1 ? new OutcomeId($"o{number * 7 % 20}") : null,
            Facts = family != 5 ? outcome.Facts
                : kind == "call-received" ? facts.With(Facts.CallSeconds, number % 4 * 40)
                : facts,
        });
    }
}
