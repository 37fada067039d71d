using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Limits of money of a contract hold for what it pays for periods too.</summary>
public sealed class PeriodLimitTests
{
    private static readonly Instant April = At("2026-03-31T22:00:00Z");

    private static readonly Instant May = At("2026-04-30T22:00:00Z");

    private static readonly Instant June = At("2026-05-31T22:00:00Z");

    private static readonly JourneyTouch[] Touches =
        [.. Enumerable.Range(1, 5).Select(static month => Touch("p-blog", $"2026-0{month}-02T09:00:00Z"))];

    public static TheoryData<LimitOverflow> Caps =>
    [
        LimitOverflow.Reject, LimitOverflow.Hold, LimitOverflow.PayRemainder, LimitOverflow.PayZero,
    ];

    [Theory]
    [MemberData(nameof(Caps))]
    public void Payout_for_a_period_is_cut_to_what_the_cap_has_left(LimitOverflow overflow)
    {
        CampaignRun run = Settled(
            Draft().PaysPer(PeriodUnit.Month, new Retainer(500.Eur), "p-blog")
                .LimitedTo(Limit.Spend(400.Eur, PeriodUnit.Month).Or(overflow)),
            May,
            Of(Sale("o1", "2026-03-03T12:00:00Z", 1_000.Eur)));

        PeriodEarning[] paid = [.. run.Entries.OfType<PeriodEarning>()];
        paid.Select(static p => $"{p.Period} {p.Amount}").Should()
            .Equal("2026-03 300.00 EUR", "2026-04 400.00 EUR");
        paid[0].Lines.Select(static l => $"{l.Code} {l.Amount}").Should()
            .Equal("retainer 500.00 EUR", "over-limit -200.00 EUR");
        TermFailures failures = [];
        TermReader.Read(TermNode.Of(paid[0]), failures, CampaignRecord.Read).Should().Be(paid[0]);
        paid[0].Notes.Select(static n => n.ToString()).Should().Equal(
            "limit.cut (limit: spend-contract-month, period: 2026-03, max: 400.00 EUR, taken: 100.00 EUR)");
        run.State.LimitOf(Room("2026-03"))!.Taken.Should().Be(400);
    }

    [Fact]
    public void Nothing_is_paid_when_the_cap_is_reached_and_the_entry_says_why()
    {
        CampaignRun run = Settled(
            Draft().PaysPer(PeriodUnit.Month, new Retainer(500.Eur), "p-blog")
                .LimitedTo(Limit.Spend(100.Eur, PeriodUnit.Month)),
            April,
            Of(Sale("o1", "2026-03-03T12:00:00Z", 1_000.Eur)));

        PeriodEarning paid = run.Entries.OfType<PeriodEarning>().Single();
        paid.Amount.Should().Be(0.Eur);
        paid.Notes.Select(static n => n.Code).Should().Equal(LimitReasons.Unpaid);
        paid.Payout.Total.Should().Be((Accrual)paid.Amount);
    }

    [Fact]
    public void What_only_notifies_cuts_nothing()
    {
        CampaignRun run = Settled(
            Draft().PaysPer(PeriodUnit.Month, new Retainer(500.Eur), "p-blog")
                .LimitedTo(Limit.Spend(400.Eur, PeriodUnit.Month).Or(LimitOverflow.Notify)),
            April,
            Of(Sale("o1", "2026-03-03T12:00:00Z", 1_000.Eur)));

        PeriodEarning paid = run.Entries.OfType<PeriodEarning>().Single();
        paid.Amount.Should().Be(500.Eur);
        paid.Notes.Select(static n => n.Code).Should().Equal(LimitReasons.Exceeded);
        run.State.LimitOf(Room("2026-03"))!.Taken.Should().Be(600);
    }

    [Fact]
    public void Outcomes_find_what_a_payout_for_a_period_has_taken()
    {
        CampaignRun run = Settled(
            Draft().PaysPer(PeriodUnit.Month, new Retainer(350.Eur), "p-blog")
                .LimitedTo(Limit.Spend(400.Eur, PeriodUnit.Lifetime).Or(LimitOverflow.PayRemainder)),
            May,
            Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
            Of(Sale("o2", "2026-04-03T12:00:00Z", 1_000.Eur)));

        run.Entries.Texts().Should()
            .Equal("p-blog 10.00 EUR", "p-blog 350.00 EUR", "p-blog 40.00 EUR", "p-blog 0.00 EUR");
    }

    [Fact]
    public void Limits_of_a_count_of_a_clause_and_of_a_customer_are_no_business_of_periods()
    {
        ContractDraft draft = Contract(
                Pay.RevenueShare(10.Percent), c => c.LimitedTo(Limit.Spend(1.Eur, PeriodUnit.Month)))
            .PaysPer(PeriodUnit.Month, new Retainer(500.Eur), "p-blog")
            .LimitedTo(Limit.Outcomes(1, PeriodUnit.Month))
            .LimitedTo(Limit.Spend(2.Eur, PeriodUnit.Month, LimitScope.Customer));

        Settled(draft, April, Of(Sale("o1", "2026-03-03T12:00:00Z", 10.Eur)))
            .Entries.Texts().Should().Equal("p-blog 1.00 EUR", "p-blog 500.00 EUR");
    }

    [Fact]
    public void Partners_are_served_in_the_order_in_which_periods_are_computed()
    {
        // The blog's 300 leave 100 of the 400 of all; the newsletter's own 250 allow no more than those.
        CampaignRun run = Settled(
            Draft().EffectiveFrom(new(2026, 3, 1)).PaysPer(PeriodUnit.Month, new Retainer(300.Eur))
                .LimitedTo(Limit.Spend(250.Eur, PeriodUnit.Month, LimitScope.Partner).Or(LimitOverflow.Notify))
                .LimitedTo(Limit.Spend(400.Eur, PeriodUnit.Month)),
            April);

        run.Entries.Texts().Should().Equal("p-blog 300.00 EUR", "p-mail 100.00 EUR");
        run.Entries.OfType<PeriodEarning>().Select(static p => string.Join(' ', p.Notes.Select(static n => n.Code)))
            .Should().Equal("limit.exceeded", "limit.exceeded limit.cut");
    }

    [Fact]
    public void Draw_that_was_cut_is_owed_as_far_as_it_was_advanced()
    {
        // March: 190 are due and 60 are allowed. April earns 250: 50 come back, and 10 are owed, not 140.
        CampaignRun run = Settle(
            UncappedFromApril(Draft().PaysPer(PeriodUnit.Month, new Draw(200.Eur), "p-blog")
                .LimitedTo(Limit.Spend(70.Eur, PeriodUnit.Month, LimitScope.Partner))),
            May,
            Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
            Of(Sale("o2", "2026-04-03T12:00:00Z", 2_500.Eur)));

        run.Entries.OfType<PeriodEarning>().Select(static p => $"{p.Period} {p.Amount} {p.Closing}").Should().Equal(
            "2026-03 60.00 EUR -60.00 EUR", "2026-04 -50.00 EUR -10.00 EUR");
    }

    [Fact]
    public void Guarantee_over_several_periods_takes_back_what_it_paid_and_no_more()
    {
        // March: 100 are missing, 40 are allowed. April earns 200 against 100: without the cut, 100 would come back.
        CampaignRun run = Settle(
            UncappedFromApril(Draft()
                .PaysPer(PeriodUnit.Month, new Guarantee(100.Eur) { Accumulates = true }, "p-blog")
                .LimitedTo(Limit.Spend(40.Eur, PeriodUnit.Month))),
            May,
            Of(Sale("o1", "2026-04-03T12:00:00Z", 2_000.Eur)));

        run.Entries.OfType<PeriodEarning>().Select(static p => $"{p.Period} {p.Amount} {p.Closing}").Should().Equal(
            "2026-03 40.00 EUR 40.00 EUR", "2026-04 -40.00 EUR -60.00 EUR");
    }

    [Fact]
    public void What_is_set_off_gives_room_back_to_who_waits()
    {
        // The draw of March takes 100 of 260 and a sale 150; one of 60 waits until April has paid 50 back.
        CampaignRun run = Settled(
            Draft().EffectiveFrom(new(2026, 3, 1)).PaysPer(PeriodUnit.Month, new Draw(100.Eur), "p-blog")
                .LimitedTo(Limit.Spend(260.Eur, PeriodUnit.Lifetime).Or(LimitOverflow.Hold)),
            June,
            Of(Sale("o1", "2026-04-02T12:00:00Z", 1_500.Eur)),
            Of(Sale("o2", "2026-04-03T12:00:00Z", 600.Eur)));

        run.Entries.Select(static e => $"{e.Clause} {e.Amount} {e.DecidedAt}").Should().Equal(
            "draw 100.00 EUR 2026-03-31T21:59:59Z",
            "sale 150.00 EUR 2026-04-02T12:00:00Z",
            "draw -50.00 EUR 2026-04-30T21:59:59Z",
            "sale 60.00 EUR 2026-04-30T22:00:00Z",
            "draw 0.00 EUR 2026-05-31T21:59:59Z");
        run.State.LimitOf(Room("lifetime", "spend-contract-lifetime"))!.Taken.Should().Be(260);
    }

    [Fact]
    public void Versions_share_the_room_of_a_limit_that_keeps_its_name()
    {
        ContractDraft first = Draft().EffectiveFrom(new(2026, 3, 1))
            .PaysPer(PeriodUnit.Month, new Retainer(310.Eur), "p-blog")
            .LimitedTo(Limit.Spend(200.Eur, PeriodUnit.Month));
        ContractDraft second = Draft().EffectiveFrom(new(2026, 3, 16))
            .PaysPer(PeriodUnit.Month, new Retainer(620.Eur), "p-blog")
            .LimitedTo(Limit.Spend(250.Eur, PeriodUnit.Month)) with
        { Version = 2 };
        CampaignRun run = Run(first.ToCampaign().With(second));
        run.Expire(April);

        run.Entries.OfType<PeriodEarning>().Select(static p => $"v{p.Version} {p.Amount}").Should()
            .Equal("v1 150.00 EUR", "v2 100.00 EUR");
    }

    [Fact]
    public void Restored_payouts_for_periods_hold_their_room()
    {
        CampaignInput[] log =
        [
            Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
            Of(Sale("o2", "2026-04-03T12:00:00Z", 1_000.Eur)),
            Of(Sale("o3", "2026-05-03T12:00:00Z", 1_000.Eur)),
        ];
        ContractDraft draft = Draft().EffectiveFrom(new(2026, 3, 1))
            .PaysPer(PeriodUnit.Month, new Draw(150.Eur), "p-blog")
            .LimitedTo(Limit.Spend(220.Eur, PeriodUnit.Lifetime).Or(LimitOverflow.PayRemainder));
        CampaignRun whole = Settled(draft, June, log);
        foreach (Instant cut in (Instant[])[April, May])
        {
            CampaignRun again = Run(draft.ToCampaign(), Touches);
            again.Restore(Settled(draft, cut, log).Statements(cut), cut);
            Settle(again, June, log);

            again.Entries.Select(static e => $"{e.Id} {e.Amount}").Should()
                .Equal(whole.Entries.Select(static e => $"{e.Id} {e.Amount}"));
            LimitKey room = Room("lifetime", "spend-contract-lifetime");
            again.State.LimitOf(room)!.Taken.Should().Be(whole.State.LimitOf(room)!.Taken);
        }
    }

    private static CampaignRun UncappedFromApril(ContractDraft draft)
    {
        ContractDraft first = draft.EffectiveFrom(new(2026, 3, 1));
        ContractDraft second = draft.EffectiveFrom(new(2026, 4, 1)) with { Version = 2, Limits = [] };
        return Run(first.ToCampaign().With(second), Touches);
    }

    private static LimitKey Room(string period, string limit = "spend-contract-month") =>
        new(new("acme-2026"), default, new(limit), default, default, period);

    private static ContractDraft Draft() => Contract(Pay.RevenueShare(10.Percent));

    private static CampaignRun Settled(ContractDraft draft, Instant asOf, params CampaignInput[] log) =>
        Settle(Run(draft.ToCampaign(), Touches), asOf, log);

    private static CampaignRun Settle(CampaignRun run, Instant asOf, params CampaignInput[] log)
    {
        foreach (CampaignInput input in log.Where(i => i.RecordedAt < asOf))
        {
            run.Process(input);
        }

        run.Expire(asOf);
        return run;
    }
}
