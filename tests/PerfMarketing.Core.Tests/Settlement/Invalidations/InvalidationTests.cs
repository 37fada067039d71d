using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.Invalidations.InvalidationSample;
using static PerfMarketing.Tests.Settlement.Sample;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Settlement.Invalidations;

/// <summary>Invalid results by source and period, allocated over lines.</summary>
public sealed class InvalidationTests
{
    private const string Noon = "2026-04-05T12:00:00Z";

    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20_261_122, 11);

    // Three days of clicks, each one outcome with a quantity: 5,000, 3,000 and 2,000 at 0.01.
    [Fact]
    public void Number_without_ids_is_taken_from_the_lines_by_what_is_left_of_them()
    {
        CampaignRun run = Clicks();

        // 1,234 of 10,000 clicks are 12.34 of 100.00: 6.17, 3.702 and 2.468.
        InvalidationDecision decision = run.Invalidate(Marches("i1") with { Quantity = 1_234 }, At(Noon));

        decision.Answer.Should().Be(BookingAnswer.Booked);
        (decision.Asked, decision.Taken).Should().Be((12.34m.Eur, 12.34m.Eur));
        decision.Entries.Select(static e => $"{e.OutcomeId} {e.Amount} {e.Reason}").Should().Equal(
            "d1 -6.17 EUR adjustment.invalidated (invalidation: i1, share: 6.17 EUR)",
            "d2 -3.70 EUR adjustment.invalidated (invalidation: i1, share: 3.70 EUR)",
            "d3 -2.47 EUR adjustment.invalidated (invalidation: i1, share: 2.47 EUR)");
        decision.Entries.Select(static e => e.Invalidated!.Quantity).Should().Equal(
            [617m, 370.2m, 246.8m], "5,000, 3,000 and 2,000 of 10,000 clicks: without ids, as many of each day");
        decision.Entries.Sum(static e => e.Invalidated!.Quantity).Should().Be(1_234);
        decision.Entries.Select(static e => e.Corrects).Should().Equal(
            run.Entries.OfType<Earning>().Take(3).Select(static e => e.Id));
        run.Statements(At("2026-05-02T00:00:00Z")).Select(static s => $"{s.Period} {s.Gross} {s.Adjustments}")
            .Should().Equal("2026-03 100.00 EUR 0.00 EUR", "2026-04 7.00 EUR -12.34 EUR");
        foreach (Adjustment entry in decision.Entries)
        {
            TermJson.Parse(TermJson.Write(entry), CampaignRecord.Read).Should().Be(entry);
        }
    }

    // What the first report took is not there to be reported again: 100 of the 7,500 that are left are 1.00.
    [Fact]
    public void Number_is_of_what_earlier_reports_left()
    {
        CampaignRun run = Clicks();
        run.Invalidate(Marches("i1") with { Quantity = 2_500 }, At(Noon)).Taken.Should().Be(25.Eur);

        run.Invalidate(Marches("i2") with { Quantity = 100 }, At(Noon)).Taken.Should().Be(1.Eur);
        run.Invalidate(Marches("i3") with { Quantity = 7_401 }, At(Noon)).Reason!.Code
            .Should().Be(InvalidationReasons.TooMuch);
        run.Invalidate(Marches("i3") with { Quantity = 7_400 }, At(Noon)).Taken.Should().Be(74.Eur);
    }

    // Two clauses pay each sale: an outcome counts as one, however many of its lines are taken from.
    [Fact]
    public void Limit_by_count_counts_each_outcome_once()
    {
        CampaignRun run = Run(
            (Contract(Pay.Fixed(10.Eur)).Pays("sale", Pay.Fixed(1.Eur)).Choosing(Precedence.Sum) with
            {
                ReversalLimit = new(50.Percent, ReversalBase.Count),
            }).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        foreach (int day in (int[])[2, 3, 4, 5])
        {
            run.Process(Of(Sale($"o{day}", $"2026-03-0{day}T12:00:00Z"))).Posted.Should().HaveCount(2);
        }

        InvalidationDecision taken = run.Invalidate(Marches("i1") with { Part = 100.Percent }, At(Noon));

        taken.Entries.Where(static e => e.Amount.MinorUnits != 0).Select(static e => $"{e.OutcomeId} {e.Amount}")
            .Should().BeEquivalentTo("o2 -10.00 EUR", "o2 -1.00 EUR", "o3 -10.00 EUR", "o3 -1.00 EUR");
        (taken.Asked, taken.Taken).Should().Be((44.Eur, 22.Eur));
    }

    [Fact]
    public void Part_is_of_what_is_left_and_amounts_are_taken_as_they_are()
    {
        CampaignRun run = Clicks();
        run.Process(Of(Returned("r1", "d1", "2026-04-02T12:00:00Z", 0.Eur) with { }));
        InvalidationDecision part = run.Invalidate(Marches("i1") with { Part = 5.Percent }, At(Noon));
        InvalidationDecision amount = run.Invalidate(Marches("i2") with { Amount = 95.Eur }, At(Noon));
        InvalidationDecision none = run.Invalidate(Marches("i3") with { Part = 5.Percent }, At(Noon));

        part.Entries.Select(static e => e.Amount).Should().Equal(-2.5m.Eur, -1.5m.Eur, -1.Eur);
        amount.Entries.Select(static e => e.Amount).Should().Equal(-47.5m.Eur, -28.5m.Eur, -19.Eur);
        none.Reason!.Code.Should().Be(InvalidationReasons.Nothing);
    }

    [Fact]
    public void Same_id_is_the_original_answer_and_other_content_a_conflict()
    {
        CampaignRun run = Clicks();
        Invalidation invalidation = Marches("i1") with { Amount = 10.Eur };
        InvalidationDecision first = run.Invalidate(invalidation, At(Noon));
        int entries = run.Entries.Count;

        InvalidationDecision again = run.Invalidate(invalidation, At("2026-04-09T12:00:00Z"));
        InvalidationDecision other = run.Invalidate(invalidation with { Amount = 11.Eur }, At("2026-04-09T12:00:00Z"));
        ManualEarning manual = new()
        {
            Id = new("i1"),
            Contract = new("acme-2026"),
            Partner = new("p-blog"),
            Amount = 1.Eur,
            At = At(Noon),
            Author = "ann",
            Note = "x",
        };
        BookingDecision booked = run.Book(manual, At("2026-04-09T12:00:00Z"));
        run.Book(manual with { Id = new("b1") }, At("2026-04-09T12:00:00Z"));
        InvalidationDecision taken = run.Invalidate(
            invalidation with { Id = new("b1") }, At("2026-04-09T12:00:00Z"));

        again.Answer.Should().Be(BookingAnswer.Replayed);
        again.Entries.Should().Equal(first.Entries);
        other.Answer.Should().Be(BookingAnswer.Conflict);
        other.Reason!.Code.Should().Be(InvalidationReasons.Conflict);
        booked.Answer.Should().Be(BookingAnswer.Conflict);
        taken.Answer.Should().Be(BookingAnswer.Conflict);
        run.Entries.Should().HaveCount(entries + 1);
    }

    [Theory]
    [InlineData("id", InvalidationReasons.Id)]
    [InlineData("contract", InvalidationReasons.NotNamed)]
    [InlineData("partner", InvalidationReasons.NotNamed)]
    [InlineData("author", InvalidationReasons.Author)]
    [InlineData("note", InvalidationReasons.Note)]
    [InlineData("period", InvalidationReasons.Period)]
    [InlineData("at", InvalidationReasons.Period)]
    [InlineData("no-extent", InvalidationReasons.Extent)]
    [InlineData("two-extents", InvalidationReasons.Extent)]
    [InlineData("negative", InvalidationReasons.Extent)]
    [InlineData("part", InvalidationReasons.Extent)]
    [InlineData("currency", InvalidationReasons.OtherCurrency)]
    [InlineData("condition", InvalidationReasons.Condition)]
    [InlineData("amount", InvalidationReasons.TooMuch)]
    [InlineData("quantity", InvalidationReasons.TooMuch)]
    [InlineData("elsewhere", InvalidationReasons.Nothing)]
    public void What_makes_no_sense_is_refused(string what, string code)
    {
        Invalidation good = Marches("i1") with { Amount = 10.Eur };
        Invalidation bad = what switch
        {
            "id" => good with { Id = default },
            "contract" => good with { Contract = new("other") },
            "partner" => good with { Partner = new("nobody") },
            "author" => good with { Author = "" },
            "note" => good with { Note = "two\nlines" },
            "period" => good with { To = good.From },
            "at" => good with { At = Instant.MaxValue },
            "no-extent" => good with { Amount = null },
            "two-extents" => good with { Quantity = 1 },
            "negative" => good with { Amount = -1.Eur },
            "part" => good with { Amount = null, Part = 101.Percent },
            "currency" => good with { Amount = 10.Usd },
            "condition" => good with { When = When.All() },
            "amount" => good with { Amount = 100.01m.Eur },
            "quantity" => good with { Amount = null, Quantity = 10_001 },
            _ => good with { Amount = null, Part = 5.Percent, From = At("2026-02-01T00:00:00Z"), To = good.From },
        };
        CampaignRun run = Clicks();
        int entries = run.Entries.Count;

        InvalidationDecision decision = run.Invalidate(bad, At(Noon));

        (decision.Answer, decision.Reason!.Code).Should().Be((BookingAnswer.Refused, code));
        run.Entries.Should().HaveCount(entries);
    }

    [Fact]
    public void Source_may_be_a_placement_and_a_clause()
    {
        CampaignRun run = Clicks();
        InvalidationDecision decision = run.Invalidate(
            Marches("i1") with { Part = 10.Percent, When = When.Fact(Facts.Placement).Is("top") }, At(Noon));
        InvalidationDecision other = run.Invalidate(
            Marches("i2") with { Part = 10.Percent, Clause = new ClauseId("nothing") }, At(Noon));

        decision.Entries.Select(static e => $"{e.OutcomeId} {e.Amount}").Should().Equal("d1 -5.00 EUR", "d3 -2.00 EUR");
        other.Reason!.Code.Should().Be(InvalidationReasons.Nothing);
        TermJson.Parse(
            TermJson.Write(Marches("i1") with { Quantity = 2, When = When.Fact(Facts.Placement).Is("top") }),
            Invalidation.Read).Should()
            .Be(Marches("i1") with { Quantity = 2, When = When.Fact(Facts.Placement).Is("top") });
    }

    [Fact]
    public void As_large_a_part_stays_invalid_beside_corrections_and_a_full_return_leaves_nothing()
    {
        CampaignRun run = Sales(Contract(Pay.RevenueShare(10.Percent)));
        run.Invalidate(Marches("i1") with { Part = 20.Percent }, At("2026-03-20T12:00:00Z"));
        run.Process(Of(Returned("r1", "o1", "2026-03-21T12:00:00Z", 10.Eur)));
        run.Process(Of(Returned("r2", "o1", "2026-03-22T12:00:00Z", 75.Eur)));
        run.Process(Of(Retracted("r3", "o1", "2026-03-23T12:00:00Z")));
        run.Process(Of(new Restatement
        {
            Id = new("r4"),
            Outcome = new("o2"),
            At = At("2026-03-24T12:00:00Z"),
            Value = 210.Eur,
        }));

        // A fifth is invalid: of 10.00, then of 9.00, of 1.50, and of nothing.
        run.Entries.OfType<Adjustment>().Where(static a => a.OutcomeId == new OutcomeId("o1"))
            .Select(static a => $"{a.Amount} {a.Invalid}").Should().Equal(
                "-2.00 EUR ", "-0.80 EUR 1.80 EUR", "-6.00 EUR 0.30 EUR", "-1.20 EUR ");
        run.State.Find(new("o2"))!.Earnings[0].Net.Should().Be(16.8m.Eur, "a fifth of 21.00 is invalid");
    }

    [Fact]
    public void Schedules_and_limits_on_reversals_leave_what_they_leave()
    {
        static ContractDraft Limited(params CorrectionReason[] exempt) => Contract(Pay.RevenueShare(10.Percent)) with
        {
            ReversalLimit = new(10.Percent, ReversalBase.Amount) { Exempt = [.. exempt] },
        };
        Invalidation fifth = Marches("i1") with { Part = 20.Percent, Reason = CorrectionReason.Fraud };

        // 30 were earned: 3 may go of the 6 that are asked for.
        InvalidationDecision limited = Sales(Limited()).Invalidate(fifth, At(Noon));
        InvalidationDecision fraud = Sales(Limited(CorrectionReason.Fraud)).Invalidate(fifth, At(Noon));
        InvalidationDecision scheduled = Sales(Contract(
            Pay.RevenueShare(10.Percent), static c => c.TakenBackBy(ClawbackSchedule.UpTo(10).Then(60, 50.Percent))))
            .Invalidate(fifth, At(Noon));

        limited.Entries.Select(static e => $"{e.Amount} kept {e.Kept}").Should().Equal(
            "-2.00 EUR kept ", "-1.00 EUR kept 3.00 EUR");
        (limited.Asked, limited.Taken).Should().Be((6.Eur, 3.Eur));
        limited.Entries[1].Reason.Code.Should().Be(ReversalCodes.OverLimit);
        fraud.Taken.Should().Be(6.Eur);
        fraud.Entries.Should().OnlyContain(static e => e.IsExempt);
        scheduled.Entries.Select(static e => $"{e.Amount} kept {e.Kept}").Should().Equal(
            "-1.00 EUR kept 1.00 EUR", "-2.00 EUR kept 2.00 EUR");
    }

    [Fact]
    public void Accounts_take_it_from_hold_then_from_payable_and_what_was_sent_is_owed_back()
    {
        AccountBook? book = null;
        ContractDraft draft = Contract(
            Pay.RevenueShare(10.Percent), static c => c.HeldFor(Duration.FromDays(20)));
        CampaignRun run = new(draft.ToCampaign().Build(), new OneTouch()) { Recorded = r => book!.Post(r) };
        book = new(run.State.Campaign);
        run.Process(Of(Sale("o1", "2026-03-01T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o3", "2026-03-25T12:00:00Z", 100.Eur)));
        book.Send(new("p1"), new("acme-2026"), new("p-blog"), 10.Eur, At("2026-03-22T12:00:00Z"));
        run.Invalidate(Marches("i1") with { Part = 50.Percent }, At(Noon));

        book.ToTrialBalance().Balances.Select(static b => $"{b.Account.Kind} {b.Balance}").Should().Equal(
            "AdvertiserDue -15.00 EUR", "Locked 5.00 EUR", "InTransit 10.00 EUR");
        book.Groups.Count(static g => g.Cause == GroupCause.Entered && g.Corrects is not null).Should().Be(3);
    }

    [Fact]
    public void Closed_periods_stand_and_what_a_closed_statement_took_is_not_taken_again()
    {
        CampaignRun first = Clicks();
        Invalidation invalidation = Marches("i1") with { Amount = 10.Eur };
        first.Invalidate(invalidation, At(Noon));
        ValueList<Statement> closed = first.Statements(At("2026-05-01T00:00:00Z"));
        CampaignRun again = Clicks(run => run.Restore(closed, At("2026-05-01T00:00:00Z")));

        InvalidationDecision replayed = again.Invalidate(invalidation, At(Noon));
        InvalidationDecision late = again.Invalidate(invalidation with { Id = new("i2") }, At(Noon));

        replayed.Answer.Should().Be(BookingAnswer.Replayed);
        late.Entries.Should().OnlyContain(e => e.DecidedAt == At("2026-04-30T22:00:00Z"));
        again.Statements(At("2026-06-01T00:00:00Z")).Select(static s => $"{s.Period} {s.Adjustments}").Should().Equal(
            "2026-03 0.00 EUR", "2026-04 -10.00 EUR", "2026-05 -10.00 EUR");
    }

    [Fact]
    public void No_line_falls_below_nothing_and_shares_sum_to_what_is_asked() => Prop.ForAll(
        (from setting in RandomLog.Settings
         from steps in RandomLog.Steps
         from parts in Gen.Choose(1, 60).ArrayOf(3)
         select (setting, steps, parts)).ToArbitrary(),
        static c =>
        {
            CampaignRun run = RandomLog.RunOf(RandomLog.CampaignOf(c.setting));
            CampaignRun plain = RandomLog.RunOf(RandomLog.CampaignOf(c.setting));
            CampaignInput[] inputs = [.. RandomLog.InputsOf(c.steps)];
            for (int i = 0; i < inputs.Length; i++)
            {
                run.Process(inputs[i]);
                plain.Process(inputs[i]);
                if (i % 5 == 4)
                {
                    Taken(run, $"i{i}", c.parts[i % 3], inputs[i].RecordedAt);
                }
            }

            foreach (EarningState line in run.State.Outcomes.SelectMany(static o => o.Earnings))
            {
                EarningState? other = plain.State.Find(line.Earning.OutcomeId)!.Earnings
                    .FirstOrDefault(e => e.Earning.Id == line.Earning.Id);
                (line.Earning.Amount >= 0.Eur && line.Net < 0.Eur).Should().BeFalse();
                if (other is null)
                {
                    (c.setting.Limit + c.setting.Cap).Should().BePositive("only room that came back pays more");
                }
                else if (line.Invalid.MinorUnits > 0)
                {
                    (line.Net + line.Invalid).Should().Be(other.Net, "the rest is what it would be");
                }
            }
        }).Check(Seeded);

    private static void Taken(CampaignRun run, string id, int part, Instant at)
    {
        foreach (ContractId contract in run.State.Campaign.Contracts.Select(static c => c.Id).Distinct())
        {
            Invalidation invalidation = Marches($"{id}-{contract}") with
            {
                Contract = contract,
                From = At("2025-01-01T00:00:00Z"),
                To = At("2028-01-01T00:00:00Z"),
                At = at,
                Part = ((decimal)part).Percent,
            };
            Money left = run.State.Outcomes.SelectMany(static o => o.Earnings)
                .Where(e => e.Standing.Contract == contract && e.Standing.Partner == invalidation.Partner)
                .Aggregate(0.Eur, static (sum, e) => sum + Money.Max(0.Eur, e.Net - e.Kept));
            InvalidationDecision decision = run.Invalidate(invalidation, at);
            (decision.Asked ?? 0.Eur).Should().Be(left.Prorate(new(part, 100)));
            decision.Taken.Should().Be(decision.Asked, "nothing limits it here");
        }
    }

    internal static Outcome Day(string id, string at, decimal quantity, string placement) => Sale(id, at) with
    {
        Quantity = quantity,
        Facts = FactSet.Empty.With(Facts.Placement, placement),
    };

    private static CampaignRun Clicks(Action<CampaignRun>? begin = null)
    {
        CampaignRun run = Run(
            Contract(Pay.PerUnit(0.01m.Eur, Measure.Quantity)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        begin?.Invoke(run);
        run.Process(Of(Day("d1", "2026-03-03T12:00:00Z", 5_000, "top")));
        run.Process(Of(Day("d2", "2026-03-04T12:00:00Z", 3_000, "side")));
        run.Process(Of(Day("d3", "2026-03-05T12:00:00Z", 2_000, "top")));
        run.Process(Of(Day("d4", "2026-04-03T12:00:00Z", 700, "top")));
        return run;
    }

    private static CampaignRun Sales(ContractDraft draft)
    {
        CampaignRun run = Run(draft.ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z", 200.Eur)));
        return run;
    }

    private sealed class OneTouch : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new[] { Touch("p-blog", "2026-02-01T09:00:00Z") });
    }
}
