using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>
/// Random campaigns with an amendment that reaches back, holds, budgets, caps, schedules and limits on reversals, and
/// logs with corrections, decisions by hand, disputes, rulings and invalidations.
/// </summary>
internal static class EveryCentLog
{
    private static readonly PayoutModel[] Models =
    [
        Pay.RevenueShare(33.33m.Percent),
        Pay.Fixed(7.01m.Eur),
        Pay.RevenueShare(12.Percent).CappedAt(5.Eur),
        Pay.Volume(new(10.Eur, 3), new(4.Eur)),
        Pay.Tiered(new(Accrual.Parse("3.335 EUR"), UpTo: 2), new(Accrual.Parse("1.125 EUR"))),
    ];

    public static Gen<Setting> Settings { get; } =
        from before in Gen.Choose(0, Models.Length - 1)
        from after in Gen.Choose(0, Models.Length - 1)
        from policy in Gen.Elements(Enum.GetValues<CorrectionPolicy>())
        from reevaluated in Gen.Elements(true, false)
        from hold in Gen.Elements(0, 20)
        from budget in Gen.Elements(0, 25, 60)
        from cap in Gen.Elements(0, 18)
        from eased in Gen.Elements(0, 0, 1, 2)
        from atCap in Gen.Elements(Enum.GetValues<CapBehavior>())
        from recognition in Gen.Elements(Enum.GetValues<BudgetRecognition>())
        select new Setting(
            before, after, policy, reevaluated && before != 2 && after != 2, hold, budget, cap, eased)
        {
            AtCap = atCap,
            Recognition = recognition,
        };

    public static Gen<Move[]> Moves { get; } =
        from count in Gen.Choose(1, 20)
        from moves in (
            from what in Gen.Frequency(
                (4, Gen.Constant(0)), (4, Gen.Constant(1)), (3, Gen.Choose(2, 9)), (2, Gen.Choose(10, 13)),
                (6, Gen.Choose(14, 19)))
            from id in Gen.Choose(0, 3)
            from hours in Gen.Elements(0, 1, 30, 100, 250)
            from amount in Gen.Choose(0, 3_000)
            select new Move(what, id, hours, amount)).ArrayOf(count)
        select moves;

    public static Campaign CampaignOf(Setting setting)
    {
        ClauseDraft Terms(ClauseDraft clause) => clause.TrustingHost("order-paid").Correcting(setting.Policy)
            .HeldFor(Duration.FromDays(setting.Hold))
            .GradedBy(GradeTerms.None.Accept("A").Scale("B", 50.Percent).Hold("C").Reverse("D"))
            .TalliedBy(new()
            {
                Corrections = setting.IsReevaluated ? TallyCorrections.Reevaluated : TallyCorrections.Frozen,
            });
        ClauseDraft Eased(ClauseDraft clause) => setting.Eased == 1
            ? Terms(clause).TakenBackBy(ClawbackSchedule.UpTo(5).Then(20, 30.Percent))
            : Terms(clause);
        ContractDraft first = Contract(Models[setting.Before], Eased).EffectiveFrom(new(2026, 1, 1));
        first = setting.Cap == 0 ? first
            : first.LimitedTo(Limit.Spend(setting.Cap.Eur, PeriodUnit.Month).Or(LimitOverflow.PayRemainder));
        first = setting.Eased == 2 ? first with { ReversalLimit = new(40.Percent, ReversalBase.Amount) } : first;
        ContractDraft second = first.Amend(
            new(2026, 2, 1), d => d with { Clauses = [d.Clauses[0] with { Pays = Models[setting.After] }] });
        ContractHistory history = ContractHistory.Of("acme-2026");
        foreach ((int version, string at) in new[] { (1, "2025-12-01T12:00:00Z"), (2, "2026-02-25T12:00:00Z") })
        {
            history = history.Then(new ContractEvent.Proposed(version) { At = At(at), By = new("acme") })
                .Then(new ContractEvent.Accepted(version) { At = At(at), By = new("p-blog") })
                .Then(new ContractEvent.Accepted(version) { At = At(at), By = new("p-mail") });
        }

        CampaignDraft draft = first.ToCampaign().With(second).With(history).AttributedBy(new Linear());
        Budget month = new(new("b"), setting.Budget.Eur, PeriodUnit.Month)
        {
            OnExceeded = LimitOverflow.PayRemainder,
            AtCap = setting.AtCap,
            Recognition = setting.Recognition,
        };
        return (setting.Budget == 0 ? draft : draft.BudgetedBy(month)).Build();
    }

    /// <summary>Hands a move in; the same again adds nothing.</summary>
    public static void Play(CampaignRun run, Move move, int number, Instant now)
    {
        if (move.What >= 18)
        {
            Invalidate(run, move, number, now);
            return;
        }

        run.Process(move.What < 14 ? RandomLog.InputOf(new(move.What, move.Id, 0, move.Amount, 0), now, number)
            : Says(move, number, now));
    }

    private static CampaignInput.OfEvidence Says(Move move, int number, Instant now) => new CampaignInput.OfEvidence(
        new($"o{move.Id}"),
        EvidenceVerdict.Asserted("order-paid", new EvidenceId($"e{number}"), now) with
        {
            Finding = move.What is 14 or 15 or 17 ? EvidenceFinding.Failed : EvidenceFinding.Happened,
            Kind = move.What >= 16 ? EvidenceKind.Ruling : "order-paid",
        });

    private static void Invalidate(CampaignRun run, Move move, int number, Instant now) => run.Invalidate(
        new Invalidation
        {
            Id = new($"i{number}"),
            Contract = new("acme-2026"),
            Partner = new(move.Amount % 2 == 0 ? "p-blog" : "p-mail"),
            From = At("2025-12-01T00:00:00Z"),
            To = At("2027-01-01T00:00:00Z"),
            At = now,
            Part = move.What == 18 ? ((decimal)(1 + (move.Amount % 70))).Percent : null,
            Quantity = move.What == 19 ? 1 + (move.Amount % 3) : null,
            Author = "ann",
            Note = "report",
        },
        now);

    /// <summary>A campaign, in few small numbers.</summary>
    internal sealed record Setting(
        int Before,
        int After,
        CorrectionPolicy Policy,
        bool IsReevaluated,
        int Hold,
        int Budget,
        int Cap,
        int Eased)
    {
        public CapBehavior AtCap { get; init; }

        public BudgetRecognition Recognition { get; init; }
    }

    /// <summary>Something that happens, in few small numbers.</summary>
    internal sealed record Move(int What, int Id, int Hours, int Amount);
}
