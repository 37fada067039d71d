using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What lies at the bounds is refused by name: no line of a log stops a run or pays a wrong amount.</summary>
public sealed class BoundsTests
{
    private static readonly Money Most = Money.FromMinor(Money.MinorUnitsMax, Currency.Eur);

    [Fact]
    public void Amount_beyond_all_amounts_is_refused()
    {
        CampaignRun run = Blog(Pay.Fixed(100_000m.Eur));

        Refusal(run, Sale("o1", "2026-03-03T12:00:00Z") with { Quantity = 1_000_000_000 })
            .Should().Be(SettlementReasons.AmountTooGreat);
        run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z"))).Posted.Texts().Should().Equal("p-blog 100000.00 EUR");
    }

    [Fact]
    public void Greatest_amount_is_paid_to_the_cent()
    {
        CampaignRun run = Blog(Pay.RevenueShare(99.9999999m.Percent));

        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", Most))).Posted.Texts()
            .Should().Equal("p-blog 9999999990000.00 EUR");
    }

    [Fact]
    public void Tally_beyond_all_amounts_is_refused()
    {
        CampaignRun run = Blog(Pay.RevenueShare(0.Percent));
        for (int i = 0; i < 100; i++)
        {
            run.Process(Of(Sale($"o{i}", "2026-03-03T12:00:00Z", Most))).Posted.Should().ContainSingle();
        }

        Refusal(run, Sale("more", "2026-03-03T12:00:00Z", Most)).Should().Be(SettlementReasons.AmountTooGreat);
    }

    [Fact]
    public void Prices_of_many_digits_add_up_over_many_parts()
    {
        CampaignRun run = Run(
            Contract(
                Pay.Tiered(new(Accrual.Parse("0.123456789012 EUR"), UpTo: 7), new(Accrual.Parse("0.987654321098 EUR"))),
                c => c.Rounded(RoundingMode.HalfAwayFromZero, RoundAt.Period)).WithPartner("p-shop")
                .AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-01T10:00:00Z"),
            Touch("p-shop", "2026-03-01T11:00:00Z"));

        for (int i = 0; i < 200; i++)
        {
            run.Process(Of(Sale($"o{i}", "2026-03-03T12:00:00Z") with { Quantity = 123_456.789_012m }));
        }

        run.Entries.Should().HaveCount(600);
        foreach (Earning earning in run.Entries.OfType<Earning>())
        {
            earning.Payout.Total.Should().Be((Accrual)earning.Amount);
        }
    }

    [Theory]
    [InlineData(CorrectionPolicy.Proportional)]
    [InlineData(CorrectionPolicy.Reprice)]
    public void Return_on_a_tally_of_many_digits_is_counted_exactly(CorrectionPolicy policy)
    {
        // A third of 100,000,000.01 has twelve decimals, more than 64 bits hold together.
        CampaignRun run = Run(
            Contract(
                new Tiered([new(5.Percent, 1_000_000), new(8.Percent)]) { Of = Measure.Value },
                c => c.Correcting(policy).TalliedBy(new() { Corrections = TallyCorrections.Reevaluated }))
                .WithPartner("p-shop").AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-01T10:00:00Z"),
            Touch("p-shop", "2026-03-01T11:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100_000_000.01m.Eur)));

        run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 99_999_999.01m.Eur)));
        run.Entries.Aggregate(0.Eur, static (sum, e) => sum + e.Amount).Should().Be(0.06m.Eur, "three thirds at 5 %");
        run.Process(Of(Retracted("r2", "o1", "2026-03-05T12:00:00Z")));

        run.Entries.Aggregate(0.Eur, static (sum, e) => sum + e.Amount).Should().Be(0.Eur);
        run.Entries.OfType<Adjustment>().Should().OnlyContain(a => a.Reason.Code != SettlementReasons.AmountTooGreat);
    }

    [Fact]
    public void Period_that_a_correction_makes_worth_too_much_stays_as_it_is()
    {
        // 20 at 1.00; 9 would be at 2,000,000,000,000.00 each.
        CampaignRun run = Blog(
            Pay.Volume(new(2_000_000_000_000m.Eur, 10), new(1.Eur)),
            c => c.TalliedBy(new() { Corrections = TallyCorrections.Reevaluated }));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z") with { Quantity = 20 }));

        Decision decision = run.Process(Of(new Restatement
        {
            Id = new("s1"), Outcome = new("o1"), At = At("2026-03-05T12:00:00Z"), Quantity = 9,
        }));

        decision.Posted.Texts().Should().Equal("p-blog 0.00 EUR");
        decision.Posted.OfType<Adjustment>().Single().Reason.Code.Should().Be(SettlementReasons.AmountTooGreat);
        run.Process(Of(Retracted("r1", "o1", "2026-03-06T12:00:00Z"))).Posted.Texts()
            .Should().Equal("p-blog -20.00 EUR", "p-blog 0.00 EUR");
    }

    [Fact]
    public void Amendment_that_would_pay_too_much_changes_nothing_and_says_so()
    {
        CampaignInput[] log =
        [
            Of(Sale("o1", "2026-03-03T12:00:00Z") with { Quantity = 1_000_000_000 }),
            Of(Sale("o2", "2026-03-04T12:00:00Z")),
        ];

        CampaignRun run = AmendmentSample.Settle(
            AmendmentSample.Amended(Pay.Fixed(0.01m.Eur), Pay.Fixed(1_000_000m.Eur)), log);

        run.Entries.Texts().Should().Equal(
            "p-blog 10000000.00 EUR", "p-blog 0.01 EUR", "p-blog 0.00 EUR", "p-blog 0.00 EUR");
        run.Entries.OfType<Amendment>().Select(static a => a.Reason.Code)
            .Should().Equal(SettlementReasons.AmountTooGreat, SettlementReasons.AmountTooGreat);
        run.State.Outcomes.Select(static o => o.Earnings[0].Standing.Version).Should().Equal(1, 1);
    }

    // Each month is within the bounds; the quarter is not, and for a while only.
    [Theory]
    [InlineData(false, "too-great 0 JPY")]
    [InlineData(true, "growth 1000000000000000 JPY")]
    public void Quarter_beyond_all_amounts_is_refused_with_its_place_named(bool isReturned, string expected)
    {
        Currency yen = Currency.Parse("JPY");
        Money most = Money.FromMinor(Money.MinorUnitsMax, yen);
        CampaignRun run = Run(
            ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog").In(yen, "Europe/Berlin")
                .EffectiveFrom(new(2026, 1, 1)).Pays(
                    "sale",
                    Pay.RevenueShare(100.Percent),
                    static c => c.TalliedBy(new() { Corrections = TallyCorrections.Reevaluated }))
                .PaysPer(PeriodUnit.Quarter, new Growth(100.Percent) { Baseline = 0 })
                .ToCampaign(),
            Touch("p-blog", "2026-01-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-01-03T12:00:00Z", most))).Posted.Should().ContainSingle();
        run.Process(Of(Sale("o2", "2026-02-03T12:00:00Z", most))).Posted.Should().ContainSingle();
        if (isReturned)
        {
            run.Process(Of(Retracted("r1", "o1", "2026-02-04T12:00:00Z")));
        }

        run.Expire(At("2026-04-02T00:00:00Z"));
        PeriodEarning quarter = run.Entries.OfType<PeriodEarning>().Should().ContainSingle().Subject;
        quarter.Period.Should().Be("2026-Q1");
        quarter.Lines.Select(static l => $"{l.Code} {l.Amount}").Should().Contain(expected);
    }

    [Fact]
    public void Statement_beyond_all_amounts_is_refused_with_its_place_named()
    {
        CampaignRun run = Blog(Pay.RevenueShare(90.Percent));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", Most))).Posted.Should().ContainSingle();
        run.Process(Of(Sale("o2", "2026-04-03T12:00:00Z", Most))).Posted.Should().ContainSingle();

        run.Statements(At("2026-05-01T00:00:00Z")).Select(static s => $"{s.Period} {s.Payable}")
            .Should().Equal("2026-03 9000000000000.00 EUR", "2026-04 9000000000000.00 EUR");

        run.Process(Of(Sale("o3", "2026-04-04T12:00:00Z", Most))).Posted.Should().ContainSingle();
        run.Invoking(static r => r.Statements(At("2026-05-01T00:00:00Z")))
            .Should().Throw<OverflowException>().WithMessage("*2026-04*acme-2026*p-blog*");
        run.Invalidate(
            new()
            {
                Id = new("i1"),
                Contract = new("acme-2026"),
                Partner = new("p-blog"),
                From = At("2026-04-01T00:00:00Z"),
                To = At("2026-05-01T00:00:00Z"),
                Part = 10.Percent,
                Reason = CorrectionReason.Fraud,
                At = At("2026-04-05T12:00:00Z"),
                Author = "ann",
                Note = "bots",
            },
            At("2026-04-05T12:00:00Z"))
            .Reason!.Code.Should().Be(SettlementReasons.AmountTooGreat);
    }

    // What p-mail earned has statements; p-blog's second month has none, nor has a restored one that cannot be.
    [Fact]
    public void Statements_of_others_are_cut_all_the_same()
    {
        CampaignRun run = Sample.Run(
            CampaignDraft.For("x", "acme").With(ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
                .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(90.Percent)))
                .With(ContractDraft.For("other").PaidBy("acme").WithPartner("p-mail")
                    .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(10.Percent)))
                .AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-02T09:00:00Z"),
            Touch("p-mail", "2026-03-02T10:00:00Z"));
        foreach (string sale in new[] { "1 03-03", "2 04-03", "3 04-04", "4 04-05" })
        {
            run.Process(Of(Sale($"o{sale[0]}", $"2026-{sale[2..]}T12:00:00Z", Most)));
        }

        Instant may = At("2026-05-01T00:00:00Z");
        StatementBoundsException problem = run.Invoking(r => r.Statements(may))
            .Should().Throw<StatementBoundsException>().Which;

        problem.Beyond.Should().Equal(new StatementBeyond(new("acme-2026"), new("p-blog"), "2026-04"));
        problem.Statements.Select(static s => $"{s.Partner} {s.Period} {s.Gross}").Should().Equal(
            "p-blog 2026-03 4500000000000.00 EUR", "p-mail 2026-03 500000000000.00 EUR",
            "p-mail 2026-04 1500000000000.00 EUR");

        Statement whole = problem.Statements[0];
        Statement torn = whole with { Lines = [.. whole.Lines, .. whole.Lines, .. whole.Lines] };
        FluentActions.Invoking(() => StatementBook.Build(run.State.Campaign, [], [torn, problem.Statements[1]], may))
            .Should().Throw<StatementBoundsException>().Which
            .Beyond.Should().Equal(new StatementBeyond(new("acme-2026"), new("p-blog"), "2026-03"));
    }

    [Fact]
    public void Nothing_at_the_bounds_throws()
    {
        long[] amounts = [0, 1, 999, 123_456_789_012_345, Money.MinorUnitsMax - 1, Money.MinorUnitsMax];
        decimal[] quantities = [0.000001m, 1, 3, 999_999_999.999999m, 1_000_000_000];
        Gen<CampaignInput> inputs =
            from what in Gen.Choose(0, 6)
            from id in Gen.Choose(0, 3)
            from number in Gen.Choose(0, 9_999)
            from amount in Gen.Elements(amounts)
            from quantity in Gen.Elements(quantities)
            select Extreme((what, id, number), Money.FromMinor(amount, Currency.Eur), quantity);
        Gen<(RoomLog.Setting Setting, CampaignInput[] Inputs)> cases =
            from setting in RoomLog.Settings
            from count in Gen.Choose(1, 14)
            from log in inputs.ArrayOf(count)
            select (setting, log);
        Prop.ForAll(cases.ToArbitrary(), static c =>
        {
            CampaignRun run = RandomLog.RunOf(RoomLog.CampaignOf(c.Setting));
            foreach (CampaignInput input in c.Inputs)
            {
                run.Process(input);
            }

            run.Statements(At("2026-05-01T00:00:00Z"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithReplay(20_261_123, 1));
    }

    private static CampaignInput Extreme((int What, int Id, int Number) step, Money amount, decimal quantity)
    {
        Instant now = At("2026-03-03T12:00:00Z");
        OutcomeId outcome = new($"o{step.Id}");
        CorrectionId id = new($"c{step.Number}");
        return step.What switch
        {
            < 3 => Of(Sale($"o{step.Id}", "2026-03-03T12:00:00Z", amount) with { Quantity = quantity }),
            3 => Of(new AmountReturn { Id = id, Outcome = outcome, At = now, Amount = amount }),
            4 => Of(new Restatement { Id = id, Outcome = outcome, At = now, Value = amount, Quantity = quantity }),
            5 => Of(new Restatement { Id = id, Outcome = outcome, At = now, Quantity = quantity }),
            _ => Of(new Retraction { Id = id, Outcome = outcome, At = now }),
        };
    }

    [Theory]
    [InlineData("it occurred in the year 9999", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z")]
    [InlineData("it was recorded in the year 9999", "2026-03-03T12:00:00Z", "9999-12-31T23:59:59Z")]
    [InlineData("it occurred in the year -9998", "-9998-01-01T00:00:00Z", "2026-03-03T12:00:00Z")]
    public void Times_for_which_no_periods_are_cut_are_refused(string because, string at, string recordedAt)
    {
        CampaignRun run = Blog(Pay.Fixed(10.Eur), c => c.HeldFor(Duration.FromDays(3_650)));

        Refusal(run, Sale("o1", at) with { RecordedAt = At(recordedAt) })
            .Should().Be(SettlementReasons.Invalid, because);
        run.Process(Of(Retracted("r1", "o1", "9999-12-31T23:59:59Z"))).Posted.Should().BeEmpty();
        run.Statements(At("9999-12-31T23:59:59Z")).Should().BeEmpty();
    }

    [Fact]
    public void Proof_from_beyond_all_periods_pays_nothing()
    {
        CampaignRun run = Blog(Pay.Fixed(10.Eur), c => c.TrustingHost("order-paid"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));

        run.Process(Proof("o1", "9999-12-31T23:59:59Z")).Outcome.Decision!.Qualification
            .Should().BeOfType<Qualification.Rejected>()
            .Which.Reasons[0].Code.Should().Be(SettlementReasons.OutsideCalendar);
    }

    [Fact]
    public void Invalid_and_foreign_outcomes_do_not_claim_an_order()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).ToCampaign().Flying(new(2026, 3, 1)), Touch("p-blog", "2026-03-01T09:00:00Z"));

        Refusal(run, Sale("bad", "2026-03-02T12:00:00Z") with { OrderId = new("A-1"), Quantity = 0 })
            .Should().Be(SettlementReasons.Invalid);
        Refusal(run, Sale("early", "2026-02-02T12:00:00Z") with { OrderId = new("A-1") })
            .Should().Be(SettlementReasons.OutsideFlight);
        run.Process(Of(Sale("good", "2026-03-03T12:00:00Z") with { OrderId = new("A-1") }))
            .Posted.Should().ContainSingle();
        Refusal(run, Sale("again", "2026-03-04T12:00:00Z") with { OrderId = new("A-1") })
            .Should().Be(SettlementReasons.DuplicateOrder);
    }

    [Fact]
    public void What_is_worth_less_while_it_waits_sets_less_aside()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent), c => c.TrustingHost("order-paid")).ToCampaign()
                .BudgetedAt(monthly: 100.Eur),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 500.Eur)));
        Reserved(run).Should().Be(50.Eur);
        run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 400.Eur)));
        Reserved(run).Should().Be(10.Eur);
        run.Process(Of(new Restatement
        {
            Id = new("s1"), Outcome = new("o1"), At = At("2026-03-05T12:00:00Z"), Value = 900.Eur,
        }));
        Reserved(run).Should().Be(10.Eur, "more than was promised is looked for when it is due");

        run.Process(Proof("o1", "2026-03-06T12:00:00Z")).Posted.Texts().Should().Equal("p-blog 50.00 EUR");
        Reserved(run).Should().Be(0.Eur);
    }

    [Fact]
    public void What_is_worth_nothing_when_it_is_due_sets_nothing_aside()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(1.Percent), c => c.TrustingHost("order-paid")).ToCampaign()
                .BudgetedAt(monthly: 100.Eur),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 50.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 49.90m.Eur)));
        run.Process(Proof("o1", "2026-03-06T12:00:00Z")).Posted.Texts().Should().Equal("p-blog 0.00 EUR");

        Reserved(run).Should().Be(0.Eur);
        run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-03-03T12:00:00Z")).Available.Should().Be(100.Eur);
    }

    [Fact]
    public void Leg_that_waits_when_everything_is_returned_is_refused_and_frees_its_budget()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).ToCampaign().BudgetedAt(monthly: 100.Eur)
                .With(ContractDraft.For("slow").PaidBy("acme").WithPartner("p-mail").In(Currency.Eur, "Europe/Berlin")
                    .Pays("sale", Pay.Fixed(7.Eur), c => c.TrustingHost("order-paid"))),
            Touch("p-mail", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 50.Eur))).Posted.Should().ContainSingle();
        Reserved(run).Should().Be(7.Eur);

        Decision gone = run.Process(Of(Retracted("r1", "o1", "2026-03-04T12:00:00Z")));

        gone.Posted.Texts().Should().Equal("p-mail -10.00 EUR");
        gone.Outcome.Decision!.Legs.Select(static l => l.Qualification.GetType())
            .Should().Equal(typeof(Qualification.Qualified), typeof(Qualification.Rejected));
        run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-03-03T12:00:00Z")).Available.Should().Be(100.Eur);
    }

    private static CampaignRun Blog(PayoutModel pays, Func<ClauseDraft, ClauseDraft>? terms = null) =>
        Run(Contract(pays, terms).ToCampaign(), Touch("p-blog", "2026-03-01T00:00:00Z"));

    private static Money Reserved(CampaignRun run) =>
        run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-03-10T00:00:00Z")).Reserved.Amount!.Value;

    private static string Refusal(CampaignRun run, Outcome outcome)
    {
        OutcomeDecided decision = run.Process(Of(outcome)).Outcome.Decision!;
        Qualification.Rejected refused = decision.Qualification.Should().BeOfType<Qualification.Rejected>().Subject;
        return refused.Reasons[0].Code;
    }
}
