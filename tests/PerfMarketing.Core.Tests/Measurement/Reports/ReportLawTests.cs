using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Measurement;
using PerfMarketing.Measurement.Reports;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.RandomLog;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Measurement.Reports;

/// <summary>Reports sum exactly to the ledger and the statements, whatever came in.</summary>
public sealed class ReportLawTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20_261_122, 1);

    private static readonly Instant End = At("2027-06-01T00:00:00Z");

    private static readonly Instant Middle = At("2026-03-15T10:00:00Z");

    [Fact]
    public void Bridge_sums_to_statements_by_column_and_to_the_ledger_by_row() => Check(static (run, asOf) =>
    {
        ValueList<Statement> statements = run.Statements(asOf);
        ValueList<Bridge> bridges = Bridge.Of(run.State.Campaign, statements);
        bridges.Count.Should().Be(statements.Count == 0 ? 0 : 1);
        foreach (Bridge bridge in bridges)
        {
            for (int i = 0; i < bridge.Columns.Count; i++)
            {
                BridgeColumn column = bridge.Columns[i];
                Statement[] own = [.. statements.Where(s => s.Period == column.Period)];
                column.Stated.Should().Be(new BridgeCell(
                    own.Sum(static s => s.Lines.Count), Sum(own.Select(static s => s.Total))));
                bridge.Rows.Select(r => r.Cells[i]).Aggregate(None, static (a, b) => a + b).Should().Be(column.Stated);
            }

            foreach (BridgeRow row in bridge.Rows)
            {
                LedgerEntry[] own = [.. run.Entries.Where(e => e.DecidedAt <= asOf && MonthOf(e) == row.Month)];
                row.Total.Should().Be(new BridgeCell(own.Length, Sum(own.Select(static e => e.Amount))));
            }

            bridge.Rows.Aggregate(None, static (sum, row) => sum + row.Total).Should().Be(bridge.Total);
            Read(bridge, Bridge.Read).Should().Be(bridge);
        }
    });

    [Fact]
    public void Payables_are_what_was_earned_less_what_is_carried() => Check(static (run, asOf) =>
    {
        ValueList<Statement> statements = run.Statements(asOf);
        PayablesReport report = PayablesReport.Of(statements);
        foreach (PayeeBalance payee in report.Payees)
        {
            payee.Opening.Should().Be(0.Eur, "the report begins with the first statement");
            payee.Earned.Should().Be(Sum(run.Entries
                .Where(e => e.Partner == payee.Payee && e.DecidedAt <= asOf).Select(static e => e.Amount)));
            (payee.Opening + payee.Earned - payee.Payable).Should().Be(payee.Carried);
        }

        report.Payable.Should().Equal(
            statements.Count == 0 ? [] : [Sum(statements.Select(static s => s.Payable))]);
        report.Payees.Select(static p => p.Payee).Should().Equal(
            statements.Select(static s => s.Partner).Distinct().Order());
        Read(report, PayablesReport.Read).Should().Be(report);
    });

    [Fact]
    public void Aging_sums_to_what_is_payable_whatever_the_bounds() => Check(static (run, asOf) =>
    {
        ValueList<Statement> statements = run.Statements(asOf);
        ValueList<int>[] bounds = [AgingReport.UsualBounds, [], [0], [7, 8, 365]];
        foreach (ValueList<int> chosen in bounds)
        {
            AgingReport report = AgingReport.Of(statements, ContractCalendar.In("Europe/Berlin"), asOf, chosen);
            Sum(report.Total).Should().Be(Sum(statements.Select(static s => s.Payable)));
            report.Lines.SelectMany(static l => l.Buckets).Sum(static b => b.Count).Should().Be(
                statements.Count(static s => s.IsClosed && s.Payable > 0.Eur), "what is open is not due");
            Read(report, AgingReport.Read).Should().Be(report);
        }
    });

    [Fact]
    public void Reversals_sum_alike_by_partner_contract_and_month() => Check(static (run, asOf) =>
    {
        LedgerEntry[] entries = [.. run.Entries.Where(e => e.DecidedAt <= asOf)];
        ReversalReport report = ReversalReport.Of(run.State.Campaign, entries);
        Earning[] earnings = [.. entries.OfType<Earning>()];
        Money corrected = Sum(entries.OfType<Adjustment>().Select(static a => a.Amount));
        ValueList<ReversalLine>[] groupings =
            [report.Lines, report.ByPartner, report.ByContract, report.ByMonth, report.Total];
        foreach (ValueList<ReversalLine> lines in groupings)
        {
            lines.Sum(static l => l.Count).Should().Be(earnings.Length);
            Sum(lines.Select(static l => l.Earned)).Should().Be(Sum(earnings.Select(static e => e.Amount)));
            Sum(lines.Select(static l => l.Raised - l.Reversed)).Should().Be(corrected);
            lines.Sum(static l => l.ReversedCount).Should().Be(report.Lines.Sum(static l => l.ReversedCount));
            lines.Where(static l => l.Reversed < 0.Eur || l.Raised < 0.Eur || l.Count < 1).Should().BeEmpty();
        }

        Read(report, ReversalReport.Read).Should().Be(report);
    });

    [Fact]
    public void Approved_is_reversed_held_payable_and_paid() => Check(static (run, asOf) =>
    {
        ValueList<Statement> statements = run.Statements(asOf);
        StatementId[] paid = [.. statements.Where((_, i) => i % 2 == 0).Select(static s => s.Id)];
        Funnel funnel = Funnel.Of(run.State, statements, paid, asOf);

        funnel.Lines.Should().Equal(Funnel.Of(run.State).Lines);
        funnel.Approved.Select(static a => a.Stage).Should().Equal(Enum.GetValues<ApprovedStage>());
        funnel.Approved.Sum(static a => a.Count).Should().Be(funnel.CountOf(FunnelStage.Approved));
        Sum(funnel.Approved.SelectMany(static a => a.Value)).Should().Be(Sum(funnel.ValueOf(FunnelStage.Approved)));
        Sum(funnel.Approved.SelectMany(static a => a.Earned)).Should().Be(Sum(run.State.Outcomes
            .Where(static o => o.Decision?.Qualification is PerfMarketing.Proofs.Qualification.Qualified)
            .SelectMany(static o => o.Earnings).Select(static e => e.Earning.Amount)));
        Read(funnel, Funnel.Read).Should().Be(funnel);
    });

    private static BridgeCell None => new(0, 0.Eur);

    private static string MonthOf(LedgerEntry entry) =>
        ContractCalendar.In("Europe/Berlin").Containing(PeriodUnit.Month, entry.OccurredAt).Key;

    private static Money Sum(IEnumerable<Money> amounts) =>
        amounts.Aggregate(0.Eur, static (sum, amount) => sum + amount);

    private static T? Read<T>(T report, Func<TermReader, T> read)
        where T : ITerms
    {
        TermFailures failures = [];
        T? found = TermReader.Read(TermNode.Of(report), failures, read);
        failures.Should().BeEmpty();
        return found;
    }

    private static void Check(Action<CampaignRun, Instant> law)
    {
        Gen<(Setting Setting, Step[] Steps)> cases =
            from setting in Settings
            from steps in RandomLog.Steps
            select (setting, steps);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            foreach (Instant asOf in new[] { Middle, End })
            {
                CampaignRun run = RunOf(CampaignOf(c.Setting));
                foreach (CampaignInput input in InputsOf(c.Steps).Where(i => i.RecordedAt <= asOf))
                {
                    run.Process(input);
                }

                run.Expire(asOf);
                law(run, asOf);
            }
        }).Check(Seeded);
    }
}
