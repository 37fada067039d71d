using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.RandomLog;
using static PerfMarketing.Tests.Settlement.Sample;
using Outcome = PerfMarketing.Events.Outcome;
using Setting = PerfMarketing.Tests.Settlement.RoomLog.Setting;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What budgets, limits and tallies hold is what was posted, whatever is priced again.</summary>
public sealed class RoomLawTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20_261_122, 1);

    private static readonly Instant End = At("2027-06-01T00:00:00Z");

    // Midnight in Berlin on the first of March: a month's end in the middle of the log.
    private static readonly Instant Cut = At("2026-02-28T23:00:00Z");

    [Fact]
    public void Budgets_hold_what_was_posted_at_every_prefix() => Check(static (setting, steps) =>
        Run(setting, InputsOf(steps), static run => BudgetBook.MustAgree(run, run.Entries)));

    // Amount by amount: what is set aside never goes above the limit, and what is spent goes above it by exactly what
    // its entry says.
    [Fact]
    public void Budgets_are_exceeded_by_exactly_what_is_flagged() => Check(static (setting, steps) =>
    {
        Dictionary<(BudgetId, string), (BudgetAmount Used, Dictionary<ReservationId, BudgetAmount> Held)> books = [];
        Campaign campaign = RoomLog.CampaignOf(setting);
        Run(setting, InputsOf(steps), campaign: campaign, recorded: record =>
        {
            if (record is not BudgetMoved { Entry: var entry })
            {
                return;
            }

            BudgetAmount limit = campaign.Budgets.Single(b => b.Id == entry.Budget).Ceiling;
            BudgetAmount none = limit - limit;
            (BudgetAmount used, var held) = books.TryGetValue((entry.Budget, entry.Period), out var book)
                ? book
                : (none, []);
            BudgetAmount freed = held.Remove(entry.Reservation, out BudgetAmount own) ? own : none;
            BudgetAmount next = used - freed + entry.Kind switch
            {
                BudgetEntryKind.Reserved or BudgetEntryKind.Committed or BudgetEntryKind.Increased => entry.Amount,
                BudgetEntryKind.Returned or BudgetEntryKind.Reversed => -entry.Amount,
                _ => none,
            };
            if (entry.Kind == BudgetEntryKind.Reserved)
            {
                held.Add(entry.Reservation, entry.Amount);
            }

            BudgetAmount most = used > limit ? used : limit;
            (entry.Excess ?? none).Should().Be(next > most ? next - most : none);
            (entry.Excess is not null && entry.Kind == BudgetEntryKind.Reserved).Should().BeFalse();
            books[(entry.Budget, entry.Period)] = (next, held);
        });
    });

    [Fact]
    public void Limits_hold_what_was_posted_and_caps_are_never_exceeded_at_any_prefix() => Check(
        static (setting, steps) =>
        {
            HashSet<LimitKey> touched = [];
            Run(
                setting,
                InputsOf(steps),
                run =>
                {
                    foreach (LimitKey key in touched)
                    {
                        Limit limit = LimitOf(run.State.Campaign, key);
                        LimitState state = run.State.LimitOf(key)!;
                        state.Taken.Should().BeLessThanOrEqualTo(limit.Count ?? limit.Amount!.Value.Amount);
                        if (limit.Amount is not null)
                        {
                            Money posted = Sum(run.Entries.Where(e => IsIn(run.State.Campaign, key, e)));
                            state.Used.Should().Be(posted.Amount);
                        }
                    }
                },
                decision => touched.UnionWith(decision.Records.OfType<LimitMoved>().Select(static m => m.Key)));
        });

    [Fact]
    public void A_period_that_is_evaluated_again_never_takes_back_more_than_it_paid() => Check(
        static (setting, steps) => Run(setting with { IsReevaluated = setting.Model < 6 }, InputsOf(steps), run =>
        {
            foreach (var tally in EarnedBy(run).Where(_ => setting.Model < 6))
            {
                // What was decided by hand stands beside the price of the period.
                Money paid = tally.Aggregate(0.Eur, static (sum, e) => sum + e.Net + e.Repriced - e.ByHand);
                Accrual priced = run.State.TallyOf(tally.Key, Currency.Eur).Accrued;
                paid.Should().BeGreaterThanOrEqualTo(0.Eur);
                paid.Should().BeLessThanOrEqualTo(priced.Round());
                if (setting is { Budget: 0, Cap: 0 })
                {
                    paid.Should().Be(priced.Round());
                }
            }
        }));

    [Fact]
    public void Everything_retracted_leaves_nothing_in_any_room() => Check(static (setting, steps) =>
    {
        List<CampaignInput> inputs = InputsOf(steps);
        Instant last = inputs[^1].RecordedAt + Duration.FromDays(1);
        Setting again = setting with { IsReevaluated = setting.Model < 6 };
        CampaignRun run = Run(again, [.. inputs, .. inputs.Select(static i => i.OutcomeId).Distinct()
            .Select(id => Of(new Retraction { Id = new($"all-{id}"), Outcome = id, At = last }))]);

        run.State.Outcomes.SelectMany(static o => o.Earnings).Where(static e => e.Net != 0.Eur).Should().BeEmpty();
        if (again.IsReevaluated)
        {
            Sum(run.Entries).Should().Be(0.Eur);
            foreach (var tally in EarnedBy(run))
            {
                run.State.TallyOf(tally.Key, Currency.Eur).Should().Be(Tally.Zero(Currency.Eur));
                tally.Aggregate(0.Eur, static (sum, e) => sum + e.Net + e.Repriced).Should().Be(0.Eur);
            }
        }
    });

    [Fact]
    public void A_run_with_closed_statements_finds_the_same_rooms() => Check(static (setting, steps) =>
    {
        List<CampaignInput> inputs = InputsOf(steps);
        CampaignRun whole = Run(setting, inputs);
        CampaignRun first = RunOf(RoomLog.CampaignOf(setting));
        foreach (CampaignInput input in inputs.TakeWhile(static i => i.RecordedAt < Cut))
        {
            first.Process(input);
        }

        first.Expire(Cut - Duration.Epsilon);
        CampaignRun again = RunOf(RoomLog.CampaignOf(setting));
        again.Restore([.. first.Statements(Cut).Where(static s => s.IsClosed)], Cut);
        foreach (CampaignInput input in inputs)
        {
            again.Process(input);
        }

        again.Expire(End);
        again.Entries.Select(Text).Order().Should().Equal(whole.Entries.Select(Text).Order());
        foreach (Budget budget in whole.State.Campaign.Budgets)
        {
            foreach (BudgetState state in BudgetBook.StatesOf(whole, budget))
            {
                BudgetState other = again.State.BudgetOf(budget, state.Period.Start);
                (other.Committed, other.Reserved).Should().Be((state.Committed, state.Reserved));
            }
        }
    });

    // Limits of the contract, which concern its payouts for periods too.
    [Fact]
    public void Payouts_for_periods_stay_within_the_rooms_at_every_prefix() => Check(static (setting, steps) =>
    {
        HashSet<LimitKey> touched = [];
        Setting capped = setting with { Cap = 4 };
        Run(
            capped,
            InputsOf(steps),
            run =>
            {
                foreach (LimitKey key in touched)
                {
                    LimitState state = run.State.LimitOf(key)!;
                    state.Taken.Should().BeLessThanOrEqualTo(25);
                    Money posted = Sum(run.Entries.Where(e => IsIn(run.State.Campaign, key, e)));
                    state.Used.Should().Be(posted.Amount);
                }
            },
            campaign: RoomLog.CampaignOf(capped, PaidForPeriods),
            recorded: record => touched.UnionWith(record is LimitMoved moved ? [moved.Key] : []));
    });

    [Fact]
    public void A_run_with_closed_statements_pays_the_same_for_periods() => Check(static (setting, steps) =>
    {
        List<CampaignInput> inputs = InputsOf(steps);
        Campaign campaign = RoomLog.CampaignOf(setting with { Cap = 4 }, PaidForPeriods);
        CampaignRun whole = Run(setting, inputs, campaign: campaign);
        CampaignRun first = RunOf(campaign);
        foreach (CampaignInput input in inputs.TakeWhile(static i => i.RecordedAt < Cut))
        {
            first.Process(input);
        }

        first.Expire(Cut);
        CampaignRun again = RunOf(campaign);
        again.Restore([.. first.Statements(Cut).Where(static s => s.IsClosed)], Cut);
        foreach (CampaignInput input in inputs)
        {
            again.Process(input);
        }

        again.Expire(End);
        again.Entries.Select(Text).Order().Should().Equal(whole.Entries.Select(Text).Order());
    });

    // A draw that is set off, a bonus each week and a retainer: more than the cap allows in some months.
    private static ContractDraft PaidForPeriods(ContractDraft contract) => contract
        .PaysPer(PeriodUnit.Month, new Draw(12.Eur), "p-blog")
        .PaysPer(PeriodUnit.Week, new PerformanceBonus(20.Percent, 5.Eur))
        .PaysPer(PeriodUnit.Month, new Retainer(4.Eur), "p-mail");

    private static IEnumerable<IGrouping<TallyKey, EarningState>> EarnedBy(CampaignRun run) => run.State.Outcomes
        .SelectMany(static o => o.Earnings).GroupBy(static e => e.Standing.TallyKey);

    private static Limit LimitOf(Campaign campaign, LimitKey key)
    {
        Contract contract = campaign.Contracts[0];
        return (key.Clause.IsUnset ? contract.Limits : contract.FindClause(key.Clause)!.Limits).Single();
    }

    private static bool IsIn(Campaign campaign, LimitKey key, LedgerEntry entry) =>
        (key.Partner.IsUnset || key.Partner == entry.Partner)
        && campaign.Contracts[0].Calendar.Containing(LimitOf(campaign, key).Per, entry.OccurredAt).Key == key.Period;

    private static Money Sum(IEnumerable<LedgerEntry> entries) =>
        entries.Aggregate(0.Eur, static (sum, e) => sum + e.Amount);

    private static string Text(LedgerEntry e) => $"{e.Tag} {e.OutcomeId} {e.Partner} {e.Amount} at {e.DecidedAt}, "
        + $"{e.OverBudget} over";

    private static CampaignRun Run(
        Setting setting,
        List<CampaignInput> inputs,
        Action<CampaignRun>? law = null,
        Action<Decision>? watch = null,
        Campaign? campaign = null,
        Action<CampaignRecord>? recorded = null)
    {
        CampaignRun run = new(campaign ?? RoomLog.CampaignOf(setting), new Everybody())
        {
            Decided = watch, Recorded = recorded,
        };
        foreach (CampaignInput input in inputs)
        {
            run.Process(input);
            law?.Invoke(run);
        }

        run.Expire(End);
        law?.Invoke(run);
        return run;
    }

    private static void Check(Action<Setting, Step[]> law)
    {
        Gen<(Setting Setting, Step[] Steps)> cases =
            from setting in RoomLog.Settings
            from steps in RandomLog.Steps
            select (setting, steps);
        Prop.ForAll(cases.ToArbitrary(), c => law(c.Setting, c.Steps)).Check(Seeded);
    }

    private sealed class Everybody : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(Touches);
    }
}
