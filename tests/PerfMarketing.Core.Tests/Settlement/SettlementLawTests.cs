using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Measurement;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.RandomLog;
using static PerfMarketing.Tests.Settlement.Sample;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Laws that hold whatever comes in, in whatever order.</summary>
public sealed class SettlementLawTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(120).WithReplay(20_260_311, 1);

    private static readonly Instant End = At("2027-06-01T00:00:00Z");

    // Midnight in Berlin on the first of March: a month's end in the middle of the log.
    private static readonly Instant Cut = At("2026-02-28T23:00:00Z");

    [Fact]
    public void Lines_sum_to_their_entry_and_entries_to_what_the_leg_paid() => Check(static (setting, steps) =>
    {
        CampaignRun run = Settled(setting, steps);
        foreach (Earning earning in run.Entries.OfType<Earning>())
        {
            earning.Payout.Total.Should().Be((Accrual)earning.Amount);
        }

        foreach (OutcomeState known in run.State.Outcomes)
        {
            foreach (LegDecision leg in known.Decision?.Legs ?? [])
            {
                Money paid = Sum(known.Earnings.Select(static e => e.Earning)
                    .Where(e => e.Contract == leg.Contract).Select(static e => e.Amount));
                paid.Should().Be(leg.Qualification is Qualification.Qualified ? leg.Amount : 0.Eur);
            }
        }
    });

    [Fact]
    public void Statements_part_the_entries_and_chain() => Check(static (setting, steps) =>
    {
        CampaignRun run = Settled(setting, steps);
        Instant[] instants = [Cut, End];
        foreach (Instant asOf in instants)
        {
            ValueList<Statement> statements = run.Statements(asOf);
            Equal(
                statements.SelectMany(static s => s.Lines).OrderBy(static l => l.Id),
                run.Entries.Where(e => e.DecidedAt <= asOf).OrderBy(static l => l.Id),
                Text);
            foreach (var account in statements.GroupBy(static s => (s.Contract, s.Partner)))
            {
                Money carried = 0.Eur;
                foreach (Statement statement in account)
                {
                    statement.Opening.Should().Be(carried);
                    statement.Payable.Should().BeGreaterThanOrEqualTo(0.Eur);
                    statement.Total.Should().Be(Sum(statement.Lines.Select(static l => l.Amount)));
                    carried = statement.Opening + statement.Total - statement.Payable;
                    statement.Closing.Should().Be(carried);
                }
            }
        }
    });

    [Fact]
    public void Budgets_hold_what_was_paid_and_are_exceeded_only_as_promised() => Check(static (setting, steps) =>
    {
        CampaignRun run = Settled(setting, steps);
        BudgetBook.MustAgree(run, run.Entries);
    });

    [Fact]
    public void Nothing_stays_set_aside_once_nothing_waits() => Check(static (setting, steps) =>
    {
        CampaignRun run = Settled(setting with { Proof = setting.Proof == 1 ? 2 : setting.Proof }, steps);
        foreach (Budget budget in run.State.Campaign.Budgets)
        {
            foreach (BudgetState state in BudgetBook.StatesOf(run, budget))
            {
                state.Reserved.Should().Be(0.Eur);
            }
        }
    });

    [Fact]
    public void Every_input_twice_is_every_input_once() => Check(static (setting, steps) =>
    {
        List<CampaignInput> inputs = InputsOf(steps);
        CampaignRun once = Settled(setting, inputs);
        CampaignRun twice = Settled(setting, [.. inputs.SelectMany(static i => new[] { i, i })]);

        Equal(twice.Entries, once.Entries, Text);
        Equal(twice.Statements(End), once.Statements(End), Text);
    });

    [Fact]
    public void Retraction_leaves_exactly_nothing_whatever_came_before() => Check(static (setting, steps) =>
    {
        List<CampaignInput> inputs = InputsOf(steps);
        Instant last = inputs[^1].RecordedAt + Duration.FromDays(1);
        CampaignRun run = Settled(setting, [.. inputs, .. inputs.Select(static i => i.OutcomeId).Distinct()
            .Select(id => Of(new Retraction { Id = new($"all-{id}"), Outcome = id, At = last }))]);

        run.State.Outcomes.SelectMany(static o => o.Earnings).Where(static e => e.Net != 0.Eur).Should().BeEmpty();
        Sum(run.Statements(End).Select(static s => s.Total)).Should().Be(0.Eur);
    });

    [Fact]
    public void Restored_run_is_the_run_that_never_stopped() => Check(static (setting, steps) =>
    {
        List<CampaignInput> inputs = InputsOf(steps);
        CampaignRun whole = Settled(setting, inputs);
        CampaignRun first = RunOf(CampaignOf(setting));
        foreach (CampaignInput input in inputs.TakeWhile(static i => i.RecordedAt < Cut))
        {
            first.Process(input);
        }

        first.Expire(Cut - Duration.Epsilon);
        ValueList<Statement> closed = [.. first.Statements(Cut).Where(static s => s.IsClosed)];

        CampaignRun again = RunOf(CampaignOf(setting));
        again.Restore(closed, Cut);
        foreach (CampaignInput input in inputs)
        {
            again.Process(input);
        }

        again.Expire(End);
        Equal(again.Statements(End), whole.Statements(End), Text);
        Same(again, whole);
    });

    [Fact]
    public void Longer_log_never_changes_what_was_closed() => Check(static (setting, steps) =>
    {
        // Every third input was not in the first log, although it was recorded in time.
        List<CampaignInput> inputs = InputsOf(steps);
        CampaignRun first = RunOf(CampaignOf(setting));
        foreach (CampaignInput input in inputs.Where(static (_, i) => i % 3 != 0).TakeWhile(i => i.RecordedAt < Cut))
        {
            first.Process(input);
        }

        first.Expire(Cut);
        ValueList<Statement> closed = [.. first.Statements(Cut).Where(static s => s.IsClosed)];
        CampaignRun again = RunOf(CampaignOf(setting));
        again.Restore(closed, Cut);
        foreach (CampaignInput input in inputs)
        {
            again.Process(input);
        }

        again.Expire(End);
        ValueList<Statement> statements = again.Statements(End);
        Equal(statements.Where(static s => s.To <= Cut), closed, Text);
        Equal(
            statements.SelectMany(static s => s.Lines).OrderBy(static l => l.Id),
            again.Entries.DistinctBy(static l => l.Id).OrderBy(static l => l.Id),
            Text);
        foreach (EarningState earning in again.State.Outcomes.SelectMany(static o => o.Earnings))
        {
            OutcomeState known = again.State.Find(earning.Earning.OutcomeId)!;
            bool isGone = OutcomeTruth.After(known.Outcome!, known.Corrections).IsGone;
            (!isGone || earning.Net == 0.Eur).Should().BeTrue("what is gone is taken back, however late it was known");
        }
    });

    [Fact]
    public void Records_read_back_rebuild_the_state() => Check(static (setting, steps) =>
    {
        Campaign campaign = CampaignOf(setting);
        CampaignState folded = new(campaign);
        CampaignRun run = RunOf(campaign, decision =>
        {
            foreach (CampaignRecord record in decision.Records)
            {
                TermFailures failures = [];
                CampaignRecord? read = TermReader.Read(TermNode.Of(record), failures, CampaignRecord.Read);
                failures.Should().BeEmpty();
                read.Should().Be(record);
                folded.Apply(read!);
            }
        });
        foreach (CampaignInput input in InputsOf(steps))
        {
            run.Process(input);
        }

        run.State.Outcomes.Should().BeEquivalentTo(folded.Outcomes, static o => o.ComparingByValue<OutcomeState>());
    });

    [Fact]
    public void Statements_read_back() => Check(static (setting, steps) =>
    {
        foreach (Statement statement in Settled(setting, steps).Statements(End))
        {
            TermFailures failures = [];
            TermReader.Read(TermNode.Of(statement), failures, Statement.Read).Should().Be(statement);
            failures.Should().BeEmpty();
        }
    });

    [Fact]
    public void Tallied_earnings_sum_to_the_rounded_payout_at_every_prefix() => Check(static (setting, steps) =>
    {
        CampaignRun run = Settled(setting with { Model = 3 + (setting.Model % 3), Limit = 0, Cap = 0 }, steps);
        foreach (var tally in run.Entries.OfType<Earning>().Where(static e => e.Contract.Value == "acme-2026")
            .GroupBy(static e => e.TallyKey))
        {
            Money sum = 0.Eur;
            Accrual exact = Accrual.Zero(Currency.Eur);
            foreach (Earning earning in tally)
            {
                earning.Before.Accrued.Should().Be(exact);
                sum += earning.Amount;
                exact += earning.Counted.Accrued;
                sum.Should().Be(exact.Round());
            }
        }
    });

    [Fact]
    public void Graduated_total_does_not_depend_on_the_order()
    {
        PayoutModel tiers = Pay.Tiered(
            new(Accrual.Parse("0.333 EUR"), UpTo: 3), new(Accrual.Parse("0.125 EUR"), UpTo: 7.5m), new(0.01m.Eur));
        Prop.ForAll(Gen.Choose(1, 40).ArrayOf().Where(static q => q.Length > 0).ToArbitrary(), quantities =>
        {
            CampaignRun forth = Run(Contract(tiers).ToCampaign(), Touches);
            CampaignRun back = Run(Contract(tiers).ToCampaign(), Touches);
            for (int i = 0; i < quantities.Length; i++)
            {
                int last = quantities.Length - 1;
                forth.Process(Of(Sale($"o{i}", "2026-01-10T00:00:00Z") with { Quantity = quantities[i] / 8m }));
                back.Process(Of(Sale($"o{i}", "2026-01-10T00:00:00Z") with { Quantity = quantities[last - i] / 8m }));
            }

            Sum(forth.Entries.Select(static e => e.Amount)).Should().Be(Sum(back.Entries.Select(static e => e.Amount)));
        }).Check(Seeded);
    }

    [Fact]
    public void Funnel_sums_to_what_came_in() => Check(static (setting, steps) =>
    {
        CampaignRun run = Settled(setting, steps);
        Outcome[] outcomes = [.. run.State.Outcomes.Select(static o => o.Outcome).OfType<Outcome>()];
        Funnel funnel = Funnel.Of(run.State);

        funnel.Received.Should().Be(outcomes.Length);
        funnel.Value.Should().Equal(outcomes.Length == 0 ? [] : [Sum(outcomes.Select(static o => o.Value!.Value))]);
    });

    private static void Same(CampaignRun left, CampaignRun right)
    {
        foreach (OutcomeState known in right.State.Outcomes)
        {
            OutcomeState other = left.State.Find(known.Id)!;
            Equal(
                other.Earnings.OrderBy(static e => e.Earning.Id),
                known.Earnings.OrderBy(static e => e.Earning.Id),
                static e => $"{e.Earning.Partner} {e.Earning.Amount} {e.Net}");
            other.Decision?.Qualification.GetType().Should().Be(known.Decision?.Qualification.GetType());
        }

        foreach (Budget budget in right.State.Campaign.Budgets)
        {
            foreach (BudgetState state in BudgetBook.StatesOf(right, budget))
            {
                BudgetState other = left.State.BudgetOf(budget, state.Period.Start);
                other.Committed.Should().Be(state.Committed);

                // Of one instant, restored entries count first: of a budget that is used up a promise has less set
                // aside then, and is kept all the same.
                if (budget.AtCap == CapBehavior.StopAndReject || state.UsedUpAt is null)
                {
                    other.Reserved.Should().Be(state.Reserved);
                }
            }
        }
    }

    private static CampaignRun Settled(Setting setting, Step[] steps) => Settled(setting, InputsOf(steps));

    private static CampaignRun Settled(Setting setting, List<CampaignInput> inputs)
    {
        CampaignRun run = RunOf(CampaignOf(setting));
        foreach (CampaignInput input in inputs)
        {
            run.Process(input);
        }

        run.Expire(End);
        return run;
    }

    private static void Equal<T>(IEnumerable<T> found, IEnumerable<T> expected, Func<T, string> text)
    {
        T[] left = [.. found];
        T[] right = [.. expected];
        left.SequenceEqual(right).Should().BeTrue(
            "found\n{0}\nexpected\n{1}", string.Join('\n', left.Select(text)), string.Join('\n', right.Select(text)));
    }

    private static string Text(Statement s) =>
        $"{s.Partner} {s.Period}{(s.IsClosed ? string.Empty : "...")} {s.Opening} + {s.Gross} + {s.Adjustments} "
            + $"- {s.Payable} = {s.Closing}: {string.Join(", ", s.Lines.Select(Text))}";

    private static string Text(LedgerEntry e) =>
        $"{e.Tag} {e.OutcomeId} {e.Amount} at {e.DecidedAt} from {e.PayableAt}";

    private static Money Sum(IEnumerable<Money> amounts) =>
        amounts.Aggregate(0.Eur, static (sum, amount) => sum + amount);

    private static void Check(Action<Setting, Step[]> law)
    {
        Gen<(Setting Setting, Step[] Steps)> cases =
            from setting in Settings
            from steps in RandomLog.Steps
            select (setting, steps);
        Prop.ForAll(cases.ToArbitrary(), c => law(c.Setting, c.Steps)).Check(Seeded);
    }
}
