using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Measurement;
using PerfMarketing.Measurement.Reports;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Measurement.Reports;

public sealed class ReportTests
{
    private static readonly Instant May = At("2026-05-10T12:00:00Z");

    [Fact]
    public void Bridge_shows_a_return_of_March_in_the_statement_of_April()
    {
        CampaignRun run = TwoMonths();

        Bridge bridge = Bridge.Of(run.State.Campaign, run.Statements(May)).Single();

        ReportCsv.Write(bridge).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "event month (EUR),2026-03 count,2026-03 amount,2026-04 count,2026-04 amount,total count,total amount",
            "2026-03,1,20.00,1,-5.00,2,15.00",
            "2026-04,0,0.00,1,8.00,1,8.00",
            "total,1,20.00,2,3.00,3,23.00");
    }

    [Fact]
    public void Event_months_are_those_of_the_contract_zone()
    {
        // 23:30 of the last of March in UTC is 1 April in Berlin.
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-31T21:30:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-31T22:30:00Z", 100.Eur)));

        Bridge bridge = Bridge.Of(run.State.Campaign, run.Statements(May)).Single();

        bridge.Rows.Select(static r => $"{r.Month} {r.Total.Count}").Should().Equal("2026-03 1", "2026-04 1");
    }

    [Fact]
    public void Payables_name_what_is_owed_back()
    {
        CampaignRun run = TwoMonths();
        run.Process(Of(Retracted("r2", "o1", "2026-05-02T10:00:00Z")));

        PayablesReport report = PayablesReport.Of(run.Statements(May));

        ReportCsv.Write(report).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "payee,currency,statements,opening,earned,payable,claimed,carried",
            "p-blog,EUR,3,0.00,8.00,23.00,0.00,-15.00");
        PayablesReport.Of(run.Statements(May).Where(static s => s.Period == "2026-05")).Payees.Should().Equal(
            new PayeeBalance(new("p-blog"), 1, 0.Eur, -15.Eur, 0.Eur, -15.Eur));
    }

    [Fact]
    public void Row_of_a_payee_adds_up_where_something_is_claimed()
    {
        PayeeBalance balance = new(new("p-blog"), 2, 0.Eur, -5.Eur, 10.Eur, 0.Eur) { Claimed = 15.Eur };

        ReportCsv.Write(new PayablesReport([balance])).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[^1]
            .Should().Be("p-blog,EUR,2,0.00,-5.00,10.00,15.00,0.00");
    }

    [Fact]
    public void Payables_of_campaigns_whose_contracts_have_one_id_add_up()
    {
        Instant june = At("2026-06-10T12:00:00Z");
        CampaignRun run = TwoMonths();
        run.Process(Of(Retracted("r2", "o1", "2026-05-02T10:00:00Z")));
        run.Process(Of(Retracted("r3", "o2", "2026-06-02T10:00:00Z")));
        CampaignRun other = TwoMonths();
        other.Process(Of(Sale("o3", "2026-06-04T10:00:00Z", 100.Eur)));
        PayableStatement[] first = [.. run.Statements(june).Select(static s => new PayableStatement(new("acme"), s))];
        PayableStatement[] second =
        [
            .. other.Statements(june).Select(static s => new PayableStatement(
                new("bolt"), s with { Id = new($"bolt-{s.Period}") })),
        ];
        PayeeBalance[] alone = [PayablesReport.Of(first).Payees[0], PayablesReport.Of(second).Payees[0]];

        PayeeBalance both = PayablesReport.Of([.. first, .. second]).Payees.Single();

        both.Should().Be(new PayeeBalance(
            new("p-blog"),
            first.Length + second.Length,
            0.Eur,
            alone[0].Earned + alone[1].Earned,
            alone[0].Payable + alone[1].Payable,
            -23.Eur + alone[1].Carried));
        FluentActions.Invoking(() => PayablesReport.Of(first.Concat(second).Select(static s => s.Statement)))
            .Should().Throw<ArgumentException>("without their campaigns they are of one contract")
            .WithMessage("*give the statements with their campaigns*");
    }

    [Fact]
    public void Payables_over_a_gap_are_refused()
    {
        CampaignRun run = TwoMonths();
        run.Process(Of(Retracted("r2", "o1", "2026-05-02T10:00:00Z")));
        run.Process(Of(Retracted("r3", "o2", "2026-06-02T10:00:00Z")));
        ValueList<Statement> statements = run.Statements(At("2026-06-10T12:00:00Z"));

        FluentActions.Invoking(() => PayablesReport.Of(statements.Where(static s => s.Period != "2026-05")))
            .Should().Throw<ArgumentException>().WithMessage("*p-blog*2026-06*");
        FluentActions.Invoking(() => PayablesReport.Of(statements.Concat(statements)))
            .Should().Throw<ArgumentException>().WithMessage("*once*");
    }

    [Theory]
    [InlineData("due earlier today", "2026-04-01T20:00:00Z", "0-30 1 20.00")]
    [InlineData("thirty dates, with a day of 23 hours or not", "2026-05-01T00:30:00Z", "0-30 1 20.00")]
    [InlineData("thirty-one dates", "2026-05-02T00:30:00Z", "31-60 1 20.00")]
    [InlineData("ninety", "2026-06-30T00:30:00Z", "61-90 1 20.00")]
    [InlineData("ninety-one", "2026-07-01T00:30:00Z", "91 or more 1 20.00")]
    public void Age_counts_dates(string reason, string asOf, string expected)
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-02T10:00:00Z", 200.Eur)));
        ValueList<Statement> statements = run.Statements(At("2026-04-01T10:00:00Z"));

        AgingReport report = AgingReport.Of(
            statements, ContractCalendar.In("Europe/Berlin"), At(asOf), AgingReport.UsualBounds);

        ReportCsv.Write(report).Split("\r\n").Where(static l => l.StartsWith("p-blog", StringComparison.Ordinal))
            .Select(static l => l.Split(','))
            .Where(static c => c[4] != "0.00").Select(static c => $"{c[2]} {c[3]} {c[4]}")
            .Should().Equal([expected], reason);
    }

    [Fact]
    public void Statement_of_the_running_month_is_not_due()
    {
        CampaignRun run = TwoMonths();
        Instant april = At("2026-04-20T12:00:00Z");

        AgingReport report = AgingReport.Of(
            run.Statements(april), ContractCalendar.Utc, april, AgingReport.UsualBounds);

        report.Lines.Single().NotDue.Should().Be(3.Eur);
        report.Lines.Single().Buckets[0].Should().Be(new AgingBucket(0, 30, 1, 20.Eur));
        report.Total.Should().Equal(23.Eur);
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(60, 30)]
    [InlineData(-1, 30)]
    public void Bounds_rise(int first, int second) =>
        FluentActions.Invoking(() => AgingReport.Of([], ContractCalendar.Utc, May, [first, second]))
            .Should().Throw<ArgumentException>();

    [Fact]
    public void Reversal_rate_is_by_count_and_by_money_of_the_month_of_the_sale()
    {
        CampaignRun run = TwoMonths();
        run.Process(Of(Sale("o3", "2026-04-20T10:00:00Z", 120.Eur)));

        ReversalReport report = ReversalReport.Of(run.State.Campaign, run.Entries);

        ReportCsv.Write(report.ByMonth).Should().Contain(",,2026-04,EUR,2,0,20.00,0.00,0.00");
        ReportCsv.Write(report).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "contract,partner,month,currency,earnings,reversed earnings,earned,reversed,raised",
            "acme-2026,p-blog,2026-03,EUR,1,1,20.00,5.00,0.00",
            "acme-2026,p-blog,2026-04,EUR,2,0,20.00,0.00,0.00");
        report.Total.Single().RateByCount.Should().Be(new Ratio(1, 3));
        report.Total.Single().RateByMoney.Should().Be(new Ratio(1, 8));
        report.ByMonth.Select(static l => l.RateByMoney).Should().Equal(new Ratio(1, 4), Ratio.Zero);
    }

    [Fact]
    public void Adjustment_without_its_earning_is_refused()
    {
        CampaignRun run = TwoMonths();

        FluentActions.Invoking(() => ReversalReport.Of(run.State.Campaign, run.Entries.OfType<Adjustment>()))
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Funnel_goes_down_to_what_was_paid()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent), static c => c.HeldFor(Duration.FromDays(14))).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("paid", "2026-03-02T10:00:00Z", 100.Eur)));
        run.Process(Of(Sale("gone", "2026-03-03T10:00:00Z", 200.Eur)));
        run.Process(Of(Returned("r1", "paid", "2026-03-20T10:00:00Z", 30.Eur)));
        run.Process(Of(Sale("payable", "2026-04-02T10:00:00Z", 400.Eur)));
        run.Process(Of(Retracted("r2", "gone", "2026-04-03T10:00:00Z")));
        run.Process(Of(Sale("held", "2026-05-09T10:00:00Z", 800.Eur)));
        ValueList<Statement> statements = run.Statements(May);
        StatementId march = statements.Single(static s => s.Period == "2026-03").Id;

        Funnel funnel = Funnel.Of(run.State, statements, [march], May);

        funnel.Approved.Select(static a =>
            $"{EnumText.Of(a.Stage)} {a.Count} {string.Join(", ", a.Value)} {string.Join(", ", a.Earned)}")
            .Should().Equal(
                "reversed 1 200.00 EUR 23.00 EUR",
                "held 1 800.00 EUR 80.00 EUR",
                "payable 1 400.00 EUR 40.00 EUR",
                "paid 1 100.00 EUR 7.00 EUR");
        ReportCsv.Write(funnel).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "stage,reason,outcomes,currency,value,earned",
            "approved,,4,EUR,1500.00,",
            "approved: reversed,,1,EUR,200.00,23.00",
            "approved: held,,1,EUR,800.00,80.00",
            "approved: payable,,1,EUR,400.00,40.00",
            "approved: paid,,1,EUR,100.00,7.00");
    }

    [Fact]
    public void Funnel_has_a_row_for_each_currency_and_one_where_nothing_has_a_value()
    {
        Funnel funnel = new([
            new(FunnelStage.OverCap, LimitReasons.Reached, 3, [1.Eur, 2m.Usd]),
            new(FunnelStage.Pending, null, 1, []),
        ]);

        ReportCsv.Write(funnel).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Should().Equal(
            "over-cap,limit.reached,3,EUR,1.00,", "over-cap,limit.reached,3,USD,2.00,", "pending,,1,,,");
    }

    [Fact]
    public void Trial_balance_is_kept_as_data_and_its_columns_sum_to_the_same()
    {
        CampaignRun run = TwoMonths();
        AccountBook book = new(run.State.Campaign);
        book.Post(run.Entries);
        book.Advance(May);

        TrialBalance trial = book.ToTrialBalance();

        ReportCsv.Write(trial).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "contract,partner,account,currency,debit,credit",
            "acme-2026,p-blog,advertiser-due,EUR,23.00,0.00",
            "acme-2026,p-blog,payable,EUR,0.00,23.00");
        TermJson.Parse(TermJson.Write(trial), TrialBalance.Read).Should().Be(trial);
        TrialBalance none = TrialBalance.Over([]);
        TermJson.Parse(TermJson.Write(none), TrialBalance.Read).Should().Be(none);
    }

    [Fact]
    public void Trial_balance_that_does_not_balance_is_refused_when_read()
    {
        Account payable = new(new("acme-2026"), new("p-blog"), AccountKind.Payable, Currency.Eur);
        AccountBalance owed = new(payable with { Kind = AccountKind.AdvertiserDue }, -5.Eur);
        AccountBalance[][] unsound =
        [
            [owed],
            [owed, new(payable, 4.Eur)],
            [owed, new(payable with { Currency = Currency.Usd }, 5m.Usd)],
            [owed, new(payable, 2.Eur), new(payable, 3.Eur)],
            [
                .. Enum.GetValues<AccountKind>().Select(kind => new AccountBalance(
                    payable with { Kind = kind }, Money.FromMinor(Money.MinorUnitsMax, Currency.Eur))),
            ],
        ];

        foreach (AccountBalance[] balances in unsound)
        {
            Failures(new TrialBalance(May, [.. balances]), TrialBalance.Read)
                .Should().Equal(SettlementReasons.TrialUnbalanced);
        }

        Failures(new TrialBalance(May, [owed, new(payable, 5.Eur)]), TrialBalance.Read).Should().BeEmpty();
    }

    [Fact]
    public void Unsound_reports_are_refused_when_read()
    {
        PayeeBalance balance = new(new("p-blog"), 1, 0.Eur, 5.Eur, 3.Eur, 1.Eur);
        Bridge bridge = new(
            [new("2026-03", new(1, 5.Eur))], [new("2026-03", [new(1, 4.Eur)])]);

        Failures(balance, PayeeBalance.Read).Should().Equal(ReportCodes.Unsound);
        Failures(bridge, Bridge.Read).Should().Equal(ReportCodes.Unsound);
        Failures(new Bridge([], []), Bridge.Read).Should().Equal(ReportCodes.Unsound);
    }

    [Fact]
    public void Stored_lines_of_two_currencies_are_refused()
    {
        AgingLine owed = new(new("p-blog"), 5.Eur, [new(0, null, 1, 5m.Usd)]);
        ReversalLine reversed = new(new("c"), new("p-blog"), "2026-03", 1, 1, 5.Eur, 5m.Usd, 0.Eur);

        Failures(owed, AgingLine.Read).Should().Equal(ReportCodes.Unsound);
        Failures(reversed, ReversalLine.Read).Should().Equal(ReportCodes.Unsound);
        Failures(reversed with { Reversed = 5.Eur }, ReversalLine.Read).Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"columns\":[7],\"rows\":[]")]
    [InlineData("\"columns\":[null],\"rows\":[null]")]
    [InlineData("\"columns\":[{\"period\":\"2026-03\",\"stated\":7}],\"rows\":[{\"month\":\"2026-03\"}]")]
    public void Bridge_that_is_broken_anywhere_is_refused(string terms)
    {
        TermFailures failures = [];

        TermJson.TryParse("{\"format\":1," + terms + "}", Bridge.Read, failures, out _).Should().BeFalse();

        failures.Should().NotBeEmpty();
    }

    // March: a sale of 200; April: 50 of it returned, and a sale of 80. Ten percent.
    private static CampaignRun TwoMonths()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-02T10:00:00Z", 200.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-04-03T10:00:00Z", 50.Eur)));
        run.Process(Of(Sale("o2", "2026-04-04T10:00:00Z", 80.Eur)));
        return run;
    }

    private static IEnumerable<string> Failures<T>(T report, Func<TermReader, T> read)
        where T : ITerms
    {
        TermFailures failures = [];
        TermReader.Read(TermNode.Of(report), failures, read);
        return [.. failures.Select(static f => f.Code)];
    }
}
