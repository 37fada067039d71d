using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>The spring sale from its files to its statements, through the library alone.</summary>
public sealed class SpringSaleSettlementTests
{
    private static readonly string[] Lines =
        KeptFile.Read($"{SpringSaleTests.Folder}/events.jsonl").TrimEnd('\n').Split('\n');

    private static readonly Lazy<Settled> Once = new(static () => Settle(Lines));

    private static Settled Spring => Once.Value;

    private static CampaignRun Run => Once.Value.Run;

    private static ValueList<Statement> Statements => Run.Statements(Spring.Events.End);

    [Fact]
    public void Totals_are_as_expected() =>
        KeptFile.ShouldBe(
            $"{SpringSaleTests.Folder}/expected.txt", SpringSaleReport.Write(Run, Spring.Events.End));

    // sale-lounge: 1,200.00 less 10 % is 1,080.00; 12 % is 129.60, capped at 80.00. Blog, letter, blog by position have
    // 40, 20 and 40 %: 64.00 and 16.00. One of two chairs back: 300.00 less its 30.00 of the discount, halved, is
    // 135.00 of 1,080.00, an eighth: 8.00 and 2.00.
    // sale-mower: 200.00, blog and coupon site have a half each. 12 % is 24.00, half of it 12.00; 5 % is 10.00, half of
    // it 5.00. 40.00 given back: the blog's contract takes a fifth back, 2.40; the coupon site's pays anew for what is
    // left, 160.00 at 5 % is 8.00, half of it 4.00, which is 1.00 less.
    // clicks: 413 at 0.045 are 18.585, so 18.59; with 207 more the month has 620 for 27.90, which is 9.31 more.
    // sale-twice: 60.00 at 12 % is 7.20; 40.00 of 60.00 back takes 4.80; 40.00 again is more than is left.
    [Theory]
    [InlineData("sale-lounge", "green-thumb-blog 64.00 EUR", "friday-letter 16.00 EUR", "green-thumb-blog -8.00 EUR",
        "friday-letter -2.00 EUR")]
    [InlineData("sale-mower", "green-thumb-blog 12.00 EUR", "coupon-corner 5.00 EUR", "green-thumb-blog -2.40 EUR",
        "coupon-corner -1.00 EUR")]
    [InlineData("clicks-2026-03-02", "friday-letter 18.59 EUR")]
    [InlineData("clicks-2026-03-03", "friday-letter 9.31 EUR")]
    [InlineData("sale-midnight", "coupon-corner 6.00 EUR")]
    [InlineData("sale-conflict", "green-thumb-blog 12.00 EUR")]
    [InlineData("sale-resent", "friday-letter 12.00 EUR")]
    [InlineData("sale-twice", "green-thumb-blog 7.20 EUR", "green-thumb-blog -4.80 EUR", "green-thumb-blog 0.00 EUR")]
    public void Orders_made_by_hand_pay_what_a_pencil_says(string outcome, params string[] entries) =>
        Run.Entries.Where(e => e.OutcomeId == new OutcomeId(outcome)).Select(static e => $"{e.Partner} {e.Amount}")
            .Should().Equal(entries);

    [Theory]
    [InlineData("sale-late", "rejected proof.expired")]
    [InlineData("sale-june", "rejected outcome.outside-flight")]
    [InlineData("sale-lookback", "rejected attribution.no-touch")]
    [InlineData("sale-early", "rejected outcome.retracted")]
    [InlineData("sale-dispute", "disputed proof.replay-conflict")]
    public void Orders_made_by_hand_are_refused_with_the_reason(string outcome, string decision) =>
        SpringSaleReport.Describe(Run.State.Find(new(outcome))!).Should().Be(decision);

    [Fact]
    public void Order_after_midnight_in_Berlin_is_one_of_the_next_month()
    {
        Earning midnight = Run.State.Find(new("sale-midnight"))!.Earnings[0].Earning;

        midnight.TallyPeriod.Should().Be("2026-04");
        Statements.Single(s => s.Lines.Contains(midnight)).Period.Should().Be("2026-04");
    }

    [Fact]
    public void Every_outcome_is_decided_with_a_reason()
    {
        foreach (OutcomeState outcome in Run.State.Outcomes.Where(static o => o.Outcome is not null))
        {
            outcome.Decision.Should().NotBeNull();
            outcome.Decision!.Qualification.Match(
                qualified: q => outcome.Earnings.Count > 0,
                pending: static p => p.Missing.Count > 0,
                rejected: static r => r.Reasons.Count > 0,
                disputed: static d => d.Reasons.Count > 0).Should().BeTrue(outcome.Id.ToString());
        }
    }

    [Fact]
    public void Lines_sum_to_what_was_posted()
    {
        foreach (Earning earning in Run.Entries.OfType<Earning>())
        {
            new Payout(Currency.Eur, earning.Lines).Total.Should().Be((Accrual)earning.Amount, earning.Id.ToString());
        }
    }

    [Fact]
    public void Statements_chain_and_hold_every_entry_once()
    {
        foreach (var account in Statements.GroupBy(static s => (s.Contract, s.Partner)))
        {
            Money carried = 0.Eur;
            foreach (Statement statement in account)
            {
                statement.Opening.Should().Be(carried);
                statement.Gross.Should().Be(Sum(statement.Lines.OfType<Earning>()));
                statement.Adjustments.Should().Be(Sum(statement.Lines.OfType<Adjustment>()));
                carried = statement.Opening + statement.Gross + statement.Adjustments - statement.Payable;
                statement.Closing.Should().Be(carried);
                statement.Lines.All(l => statement.From <= l.DecidedAt && l.DecidedAt < statement.To)
                    .Should().BeTrue();
            }
        }

        EntryId[] listed = [.. Statements.SelectMany(static s => s.Lines).Select(static l => l.Id).Order()];
        listed.SequenceEqual(Run.Entries.Select(static e => e.Id).Order()).Should().BeTrue();
        listed.Distinct().Count().Should().Be(listed.Length);
    }

    [Fact]
    public void Budget_is_never_exceeded_and_april_reaches_it()
    {
        Budget budget = Run.State.Campaign.Budgets[0];
        Dictionary<string, Money> spent = [];
        Money most = 0.Eur;
        foreach (LedgerEntry entry in Run.Entries)
        {
            string month = Run.State.BudgetOf(budget, entry.OccurredAt).Period.Key;
            spent[month] = spent.GetValueOrDefault(month, 0.Eur) + entry.Amount;
            most = spent[month] > most ? spent[month] : most;
        }

        most.Should().BeLessThanOrEqualTo(budget.Limit.Amount!.Value);

        Run.State.Outcomes.Should().Contain(
            static o => SpringSaleReport.Describe(o) == $"rejected {SettlementReasons.OverBudget}");
    }

    [Fact]
    public void Retracted_outcomes_net_to_nothing()
    {
        foreach (OutcomeState gone in Run.State.Outcomes.Where(static o => o.Outcome is not null
            && OutcomeTruth.After(o.Outcome, o.Corrections).IsGone))
        {
            gone.Earnings.Where(static e => e.Net.MinorUnits != 0).Should().BeEmpty();
        }
    }

    [Fact]
    public void Tiers_of_a_month_sum_to_what_their_total_costs()
    {
        var months = Run.Entries.OfType<Earning>().Where(static e => e.Clause == new ClauseId("sign-up"))
            .GroupBy(static e => (e.Partner, e.TallyPeriod));
        foreach (var month in months)
        {
            decimal count = month.Sum(static e => e.Counted.Quantity);
            decimal due = (1.20m * Math.Min(count, 100)) + (0.90m * Math.Max(0, count - 100));

            Sum(month).Should().Be(new Accrual(due, Currency.Eur).Round(RoundingMode.HalfAwayFromZero));
        }
    }

    [Fact]
    public void Shuffled_log_gives_the_same_statements()
    {
        SampleRandom random = new(7);
        string[] shuffled = [.. Lines.OrderBy(_ => random.Below(int.MaxValue))];

        Texts(Settle(shuffled).Run.Statements(Spring.Events.End)).Should().Equal(Texts(Statements));
    }

    [Theory]
    [InlineData("2026-03")]
    [InlineData("2026-04")]
    [InlineData("2026-05")]
    public void Closed_statements_stand_when_the_log_grows(string month)
    {
        CalendarPeriod period = Run.State.Campaign.Calendar.Month(
            NodaTime.Text.YearMonthPattern.Iso.Parse(month).Value);
        ValueList<Statement> closed = [.. Settle(Lines, period.End).Run.Statements(period.End).Where(s => s.IsClosed)];

        ValueList<Statement> later = Settle(Lines, closed: closed).Run.Statements(Spring.Events.End);

        Texts(later.Where(s => closed.Any(c => c.Id == s.Id))).Should().Equal(Texts(closed));
    }

    private static string[] Texts(IEnumerable<Statement> statements) =>
        [.. statements.Select(static s => TermJson.Write(s, indented: true))];

    private static Money Sum(IEnumerable<LedgerEntry> entries) =>
        entries.Aggregate(0.Eur, static (sum, entry) => sum + entry.Amount);

    private static Settled Settle(string[] lines, Instant? until = null, IEnumerable<Statement>? closed = null)
    {
        Campaign campaign =
            CampaignJson.ParseCampaign(KeptFile.Read($"{SpringSaleTests.Folder}/campaign.json")).Build();
        SampleEvents events = new(lines);
        CampaignRun run = new(campaign, events);
        run.Restore(closed ?? []);
        foreach (CampaignInput input in events.Inputs.Where(i => i.RecordedAt < (until ?? Instant.MaxValue)))
        {
            run.Process(input);
        }

        run.Expire(until ?? events.End);
        return new(run, events);
    }

    private sealed record Settled(CampaignRun Run, SampleEvents Events);
}
