using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.RandomLog;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Laws of limits that an amendment changes in the middle of a period, whatever comes in.</summary>
public sealed class AmendedLimitLawTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(250).WithReplay(20_261_123, 1);

    private static readonly Instant End = Instant.FromUtc(2027, 6, 1, 0, 0);

    // The end of February in the contract's zone.
    private static readonly Instant Cut = Instant.FromUtc(2026, 2, 28, 23, 0);

    private static readonly LimitOverflow[] Overflows = Enum.GetValues<LimitOverflow>();

    private static readonly PayoutModel[] Models =
    [
        Pay.Fixed(3.33m.Eur), Pay.RevenueShare(33.33m.Percent), Pay.RevenueShare(20.Percent).CappedAt(4.Eur),
        Pay.Volume(new(10.Percent, 2), new(25.Percent)), Pay.Volume(new(4.Eur, 2.5m), new(2.Eur)),
    ];

    private static Gen<Terms> AllTerms { get; } =
        from model in Gen.Choose(0, Models.Length - 1)
        from later in Gen.Choose(0, Models.Length - 1)
        from isPriced in Gen.Elements(true, false)
        from policy in Gen.Elements(Enum.GetValues<CorrectionPolicy>())
        from linear in Gen.Elements(true, false)
        from proof in Gen.Elements(true, false)
        from cap in Gen.Choose(0, 3)
        from first in Gen.Elements(0, 3, 8, 20)
        from second in Gen.Elements(0, 3, 8, 20)
        from before in Gen.Elements(Overflows)
        from after in Gen.Elements(Overflows)
        from accepted in Gen.Elements(5, 20, 45)
        select new Terms(model, isPriced ? later : model, policy, linear, proof, cap, first, second, before, after)
        {
            AcceptedOn = accepted,
        };

    [Fact]
    public void Nothing_but_what_was_within_one_of_the_limits_is_paid() => Check(static (terms, steps) =>
    {
        HashSet<LimitKey> touched = [];
        Campaign campaign = CampaignOf(terms);
        CampaignRun run = RunOf(
            campaign, d => touched.UnionWith(d.Records.OfType<LimitMoved>().Select(static m => m.Key)));
        foreach (CampaignInput input in InputsOf(steps))
        {
            run.Process(input);
            foreach (LimitKey key in touched)
            {
                Limit[] limits = LimitsOf(campaign, key);
                LimitState state = run.State.LimitOf(key)!;
                if (limits.Length > 0 && limits.All(static l => l.OnExceeded != LimitOverflow.Notify))
                {
                    state.Taken.Should().BeLessThanOrEqualTo(limits.Max(static l => l.Count ?? l.Amount!.Value.Amount));
                }
            }
        }

        run.Expire(End);
        foreach (LimitKey key in touched)
        {
            LimitState state = run.State.LimitOf(key)!;
            state.WaitingCount.Should().Be(0, "every period is over");
            if (LimitsOf(campaign, key) is [{ Amount: not null }, ..])
            {
                state.Used.Should().Be(run.State.Outcomes.SelectMany(static o => o.Earnings)
                    .Where(e => IsIn(campaign, key, e)).Sum(static e => e.Net.Amount + e.Repriced.Amount));
            }
        }
    });

    [Fact]
    public void A_run_with_closed_statements_comes_to_the_same() => Check(static (terms, steps) =>
    {
        List<CampaignInput> inputs = InputsOf(steps);
        Campaign campaign = CampaignOf(terms);
        CampaignRun whole = Fed(campaign, inputs);
        CampaignRun first = RunOf(campaign);
        foreach (CampaignInput input in inputs.TakeWhile(static i => i.RecordedAt < Cut))
        {
            first.Process(input);
        }

        first.Expire(Cut - Duration.Epsilon);
        CampaignRun again = RunOf(campaign);
        again.Restore([.. first.Statements(Cut).Where(static s => s.IsClosed)], Cut);
        foreach (CampaignInput input in inputs)
        {
            again.Process(input);
        }

        again.Expire(End);
        again.Entries.Select(Text).Order().Should().Equal(whole.Entries.Select(Text).Order());
        again.Statements(End).Sum(static s => s.Total.MinorUnits)
            .Should().Be(whole.Entries.Sum(static e => e.Amount.MinorUnits));
    });

    // 3.33 each, up to 7.00 a month before 10 February, no limit from then on; both sales are paid by version 1 at
    // first.
    [Fact]
    public void What_is_priced_without_the_limit_since_leaves_its_room()
    {
        Terms terms = new(
            0, 1, CorrectionPolicy.Proportional, false, false, 0, 7, 0, LimitOverflow.Reject, LimitOverflow.Reject)
        {
            AcceptedOn = 20,
        };
        CampaignRun run = RunOf(CampaignOf(terms));
        run.Process(Of(Sale("o1", "2026-02-03T12:00:00Z", 10.Eur)));
        run.Process(Of(Sale("o2", "2026-02-12T12:00:00Z", 10.Eur)));
        run.Process(Of(Sale("o3", "2026-02-05T12:00:00Z", 10.Eur) with { RecordedAt = At("2026-02-13T12:00:00Z") }))
            .Posted.Should().BeEmpty("two times 3.33 of 7.00 are paid");

        run.Process(Of(Sale("o4", "2026-02-06T12:00:00Z", 10.Eur) with { RecordedAt = At("2026-02-21T12:00:00Z") }))
            .Posted.Texts().Should().Equal("p-blog 3.33 EUR");
        LimitKey room = new(new("acme-2026"), new("sale"), new("spend-contract-month"), default, default, "2026-02");
        run.State.LimitOf(room)!.Used.Should().Be(6.66m, "o2 is in no room any more");
    }

    // Corrections come after the amendment.
    [Fact]
    public void Everything_retracted_leaves_nothing_and_the_books_balance() => Check(static (terms, steps) =>
    {
        List<CampaignInput> inputs = InputsOf(steps);
        Instant last = inputs[^1].RecordedAt + Duration.FromDays(60);
        Campaign campaign = CampaignOf(terms);
        AccountBook book = new(campaign);
        CampaignRun run = RunOf(campaign);
        foreach (CampaignInput input in inputs.Concat(inputs.Select(static i => i.OutcomeId).Distinct()
            .Select(id => Of(Retracted($"all-{id}", id.Value, InstantText(last))))))
        {
            run.Process(input);
        }

        run.Expire(End);
        run.State.Outcomes.SelectMany(static o => o.Earnings)
            .Where(static e => e.Net != 0.Eur)
            .Should().BeEmpty();
        book.Post(run.Entries.OrderBy(static e => e.DecidedAt));
        book.Advance(End);
        TrialBalance trial = book.ToTrialBalance();
        trial.IsBalanced.Should().BeTrue();
    });

    private static string InstantText(Instant at) => NodaTime.Text.InstantPattern.ExtendedIso.Format(at);

    private static CampaignRun Fed(Campaign campaign, IEnumerable<CampaignInput> inputs)
    {
        CampaignRun run = RunOf(campaign);
        foreach (CampaignInput input in inputs)
        {
            run.Process(input);
        }

        run.Expire(End);
        return run;
    }

    private static Campaign CampaignOf(Terms terms)
    {
        ClauseDraft Clause(ClauseDraft clause) => terms.IsProven
            ? clause.Correcting(terms.Policy).TrustingHost("order-paid")
            : clause.Correcting(terms.Policy);
        ContractDraft first = Limited(
            Contract(Models[terms.Model], Clause).EffectiveFrom(new(2026, 1, 1)).Pays("sale", Pay.Fixed(0.25m.Eur)),
            terms.Cap,
            terms.First,
            terms.Before);
        ContractDraft second = first.Amend(
            new(2026, 2, 10),
            d => Limited(
                d with { Clauses = [d.Clauses[0] with { Pays = Models[terms.Later] }, .. d.Clauses.Skip(1)] },
                terms.Cap,
                terms.Second,
                terms.After));
        ContractHistory history = ContractHistory.Of("acme-2026");
        Instant accepted = At("2026-01-31T12:00:00Z") + Duration.FromDays(terms.AcceptedOn);
        foreach ((int version, Instant at) in new[] { (1, At("2025-12-01T12:00:00Z")), (2, accepted) })
        {
            history = history.Then(new ContractEvent.Proposed(version) { At = at, By = new("acme") })
                .Then(new ContractEvent.Accepted(version) { At = at, By = new("p-blog") })
                .Then(new ContractEvent.Accepted(version) { At = at, By = new("p-mail") });
        }

        return first.AttributedBy(terms.IsLinear ? new Linear() : new LastTouch())
            .With(second).With(history).Build();
    }

    private static ContractDraft Limited(ContractDraft contract, int cap, int max, LimitOverflow overflow)
    {
        Limit? limit = max == 0 ? null : cap switch
        {
            0 => Limit.Spend(max.Eur, PeriodUnit.Month),
            1 => Limit.Spend(max.Eur, PeriodUnit.Month, LimitScope.Partner),
            2 => Limit.Outcomes(max / 2m, PeriodUnit.Month),
            _ => Limit.Outcomes(max / 2m, PeriodUnit.Month, LimitScope.Partner),
        };
        limit = overflow switch
        {
            LimitOverflow.Divert => limit?.DivertingTo(new("sale-2")),
            LimitOverflow.PayRemainder when limit?.Amount is null => limit,
            _ => limit?.Or(overflow),
        };
        ValueList<Limit> limits = limit is null ? [] : [limit];
        return contract with
        {
            Clauses = [contract.Clauses[0] with { Limits = limits }, .. contract.Clauses.Skip(1)],
        };
    }

    private static Limit[] LimitsOf(Campaign campaign, LimitKey key) =>
    [
        .. campaign.Contracts.SelectMany(c => c.FindClause(key.Clause)?.Limits ?? []).Where(l => l.Id == key.Limit),
    ];

    private static bool IsIn(Campaign campaign, LimitKey key, EarningState earned) =>
        earned.Standing.Clause == key.Clause && (key.Partner.IsUnset || key.Partner == earned.Earning.Partner)
        && campaign.FindContract(key.Contract, earned.Standing.Version)!.FindClause(key.Clause)!.Limits
            .Any(l => l.Id == key.Limit)
        && campaign.Contracts[0].Calendar.Containing(PeriodUnit.Month, earned.Earning.OccurredAt).Key == key.Period;

    private static string Text(LedgerEntry e) =>
        $"{e.Tag} {e.OutcomeId} v{e.Version} {e.Clause} {e.Partner} {e.Amount} at {e.DecidedAt}";

    private static void Check(Action<Terms, Step[]> law)
    {
        Gen<(Terms Terms, Step[] Steps)> cases =
            from terms in AllTerms
            from steps in RandomLog.Steps
            select (terms, steps);
        Prop.ForAll(cases.ToArbitrary(), c => law(c.Terms, c.Steps)).Check(Seeded);
    }

    /// <summary>Two versions of a contract, in few small numbers.</summary>
    private sealed record Terms(
        int Model,
        int Later,
        CorrectionPolicy Policy,
        bool IsLinear,
        bool IsProven,
        int Cap,
        int First,
        int Second,
        LimitOverflow Before,
        LimitOverflow After)
    {
        // Days after the end of January: before the version begins, in its first month, or after that was closed.
        public int AcceptedOn { get; init; }
    }
}
