using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Proofs;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Simulation.Worlds;

/// <summary>Makes the campaign of a plan.</summary>
internal static class CampaignBuilder
{
    private const string Payer = "acme";

    public static Campaign Build(WorldPlan plan) => DraftOf(plan).Build();

    /// <summary>The campaign as it is known before its contracts were accepted.</summary>
    public static Campaign BuildProposed(WorldPlan plan)
    {
        CampaignDraft draft = DraftOf(plan);
        return (draft with
        {
            Lifecycles = [.. draft.Lifecycles.Select(static h => h with { Events = [h.Events[0]] })],
        }).Build();
    }

    public static CampaignDraft DraftOf(WorldPlan plan)
    {
        CampaignDraft draft = CampaignDraft.For(plan.Campaign, Payer).In(plan.Zone) with
        {
            Flight = new DateRange(plan.FlightFrom, plan.FlightTo),
            Attribution = RuleOf(plan),
            Contracts = [.. plan.Contracts.Select(ContractOf)],
            Budgets = [.. plan.Budgets.Select(b => BudgetOf(b, plan.Contracts[0].Currency))],
            Lifecycles = plan.AcceptedAt is { } at ? [.. plan.Contracts.Select(c => HistoryOf(c, at))] : [],
        };
        return plan.IsWide ? WideTerms.Add(draft, plan) : draft;
    }

    private static AttributionRule RuleOf(WorldPlan plan)
    {
        LookbackWindow lookback = plan.Lookback is { } length ? new(length) : LookbackWindow.Unlimited;
        return plan.Credits switch
        {
            CreditKind.First => new FirstTouch { Lookback = lookback, CutAtConversion = plan.CutAtConversion },
            CreditKind.Linear => new Linear { Lookback = lookback, CutAtConversion = plan.CutAtConversion },
            _ => new LastTouch { Lookback = lookback, CutAtConversion = plan.CutAtConversion },
        };
    }

    private static Budget BudgetOf(BudgetPlan plan, string currency) => new(
        new BudgetId(plan.Id),
        Money.FromMinor(plan.LimitMinor, Currency.Parse(currency)),
        plan.PerDay ? PeriodUnit.Day : PeriodUnit.Month)
    {
        OnExceeded = plan.PaysRest ? LimitOverflow.PayRemainder : LimitOverflow.Reject,
        AtCap = plan.AtCap,
    };

    // Proposed long before it is in force, and accepted by everybody at once, long after.
    private static ContractHistory HistoryOf(ContractPlan plan, Instant acceptedAt)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[plan.Zone];
        ContractHistory history = ContractHistory.Of(plan.Id).Then(new ContractEvent.Proposed(plan.Version)
        {
            At = zone.AtStartOfDay(plan.From.PlusDays(-30)).ToInstant(),
            By = new(Payer),
        });
        return plan.Partners.Aggregate(history, (h, partner) => h.Then(new ContractEvent.Accepted(plan.Version)
        {
            At = acceptedAt,
            By = new(partner),
        }));
    }

    private static ContractDraft ContractOf(ContractPlan plan)
    {
        var currency = Currency.Parse(plan.Currency);
        return ContractDraft.For(plan.Id).PaidBy(Payer).In(currency, plan.Zone) with
        {
            Version = plan.Version,
            Partners = [.. plan.Partners.Select(static p => new PartnerId(p))],
            Effective = new DateRange(plan.From, null),
            Clauses = [.. plan.Clauses.Select(c => ClauseOf(c, currency))],
        };
    }

    private static ClauseDraft ClauseOf(ClausePlan plan, Currency currency) => new()
    {
        Id = new(plan.Id),
        Outcome = plan.Outcome,
        Pays = ModelOf(plan.Model, currency),
        Proof = plan.Proof is { } proof
            ? ProofPolicy.TrustHost(proof.Kind, proof.Within) with
            {
                MinStrength = proof.IsSigned ? ProofStrength.Mac : ProofStrength.Asserted,
                Within = proof.Within,
                PastDue = proof.Approves ? PastDue.Approve : PastDue.Reject,
            }
            : ProofPolicy.None,
        Hold = plan.Hold,
        Corrections = plan.Corrections,
        Rounding = new(plan.Mode, plan.PerPeriod ? RoundAt.Period : RoundAt.Outcome),
        Grades = plan.GradePart is { } part
            ? GradeTerms.None.Accept("A").Scale("B", Percentage.FromFraction(part)).Reverse("C")
            : null,
        Tally = plan.Together ? new() { Scope = TallyScope.Contract } : TallyTerms.Default,
    };

    private static PayoutModel ModelOf(ModelPlan plan, Currency currency)
    {
        Accrual price = new(plan.ReadsValue ? 0 : plan.Rate, currency);
        Percentage share = plan.ReadsValue ? Percentage.FromFraction(plan.Rate) : default;
        var cap = Money.FromMinor(plan.CapMinor, currency);
        return plan.Kind switch
        {
            ModelKind.Fixed => Pay.Fixed(price),
            ModelKind.Share => Pay.RevenueShare(share),
            ModelKind.CappedFixed => Pay.Fixed(price).CappedAt(cap),
            ModelKind.CappedShare => Pay.RevenueShare(share).CappedAt(cap),
            _ => new Tiered([.. plan.Tiers.Select(t => TierOf(plan, t, currency))])
            {
                Mode = plan.Kind switch
                {
                    ModelKind.Volume => TierMode.Volume,
                    ModelKind.Forward => TierMode.Forward,
                    _ => TierMode.Graduated,
                },
                Of = plan.ByValue ? Measure.Value : Measure.Quantity,
            },
        };
    }

    private static Tier TierOf(ModelPlan plan, TierPlan tier, Currency currency) => plan.ByValue
        ? new(Percentage.FromFraction(tier.Rate), tier.UpTo)
        : new(new Accrual(tier.Rate, currency), tier.UpTo);
}
