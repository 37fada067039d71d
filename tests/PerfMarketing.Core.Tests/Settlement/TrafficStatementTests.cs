using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Seals;
using PerfMarketing.Testing;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What statements show of invalid traffic: gross and net, period by period, and reversible.</summary>
public sealed class TrafficStatementTests
{
    private static readonly TrafficTerms Rejecting = new()
    {
        Rules = [new(TrafficRuleKind.TooFast) { Within = Duration.FromSeconds(10), Score = 60 }],
        RejectAt = 50,
    };

    private static ContractDraft Draft =>
        (Contract(Pay.Fixed(10.Eur)) with { Traffic = Rejecting }).Pays("click", Pay.Fixed(0.01m.Eur));

    [Fact]
    public void A_filtered_result_is_on_the_statement_of_its_month_and_taken_off_in_the_month_that_clears_it() =>
        new ContractScenario(Draft)
            .At("2026-03-02 09:00").Click("p-blog", "c1").Outcome("sale", "c1", 100.Eur)
            .ExpectRejected(TrafficReasons.TooFast).ExpectTraffic("p-blog", "1 gross, 0 held, 1 rejected, 0 net")
            .At("2026-04-02 09:00").ExpectTraffic("2026-03", "p-blog", "1 gross, 0 held, 1 rejected, 0 net")
            .ExpectStatement("2026-03", "0.00 EUR").Closed("2026-03")
            .Cleared().ExpectEarned("p-blog", "10.00 EUR")
            .ExpectTraffic("p-blog", "1 gross, 0 held, 0 rejected, 1 net")
            .At("2026-05-02 09:00")
            .ExpectTraffic("2026-03", "p-blog", "1 gross, 0 held, 1 rejected, 0 net")
            .ExpectTraffic("2026-04", "p-blog", "0 gross, 0 held, -1 rejected, 1 net")
            .ExpectTraffic("2026-05", "p-blog", "nothing");

    [Fact]
    public void Results_stand_for_as_many_as_they_say_and_what_is_invalidated_without_ids_is_taken_off() =>
        new ContractScenario(Draft)
            .At("2026-03-02 09:00").Clicks("p-blog", "c1", 1).ExpectRejected(TrafficReasons.TooFast)
            .Click("p-blog", "c2").At("2026-03-02 10:00").Outcome("click", "c2", with: Standing(500))
            .ExpectEarned("p-blog", "5.00 EUR")
            .At("2026-04-02 09:00").Invalidated("p-blog", 100, "2026-03-01", "2026-04-01")
            .ExpectTraffic("p-blog", "501 in 2 gross, 0 held, 1 rejected, 100 invalidated, 400 in 1 net")
            .ExpectTraffic("2026-03", "p-blog", "501 in 2 gross, 0 held, 1 rejected, 500 in 1 net")
            .ExpectTraffic("2026-04", "p-blog", "0 gross, 0 held, 0 rejected, 100 invalidated, -100 in 0 net")
            .ExpectStatement("2026-04", "-1.00 EUR");

    [Fact]
    public void A_contract_without_rules_counts_nothing()
    {
        ContractScenario scenario = new ContractScenario(Draft with { Traffic = null })
            .At("2026-03-02 09:00").Clicks("p-blog", "c1", 5).Invalidated("p-blog", 2, "2026-03-01", "2026-04-01")
            .ExpectTraffic("p-blog", "nothing").ExpectTraffic("2026-03", "p-blog", "nothing");

        scenario.State.Campaign.Contracts.Should().ContainSingle();
    }

    // A campaign is settled again over its closed statements, with a result that had not come before.
    [Fact]
    public void What_is_decided_again_over_closed_statements_is_counted_once()
    {
        Instant asOf = At("2026-05-02T12:00:00Z");
        Outcome[] sales =
        [
            Sale("o1", "2026-03-03T12:00:03Z", 100.Eur), Sale("o2", "2026-03-04T12:00:00Z", 100.Eur),
            Sale("o3", "2026-04-04T12:00:00Z", 100.Eur),
        ];
        ValueList<Statement> first = Run(sales[..2]).Statements(At("2026-04-01T12:00:00Z"));
        CampaignRun again = Run([]);

        again.Restore(first, At("2026-04-01T12:00:00Z"));
        foreach (Outcome sale in (Outcome[])[sales[0], Sale("o0", "2026-03-03T12:00:04Z", 100.Eur), .. sales[1..]])
        {
            again.Process(Of(sale));
        }

        again.Expire(asOf);
        first.Select(static s => $"{s.Period} {s.Traffic}").Should()
            .Equal("2026-03 2 gross, 0 held, 1 rejected, 1 net");
        again.Statements(asOf).Select(static s => $"{s.Period} {s.Traffic}").Should().Equal(
            "2026-03 2 gross, 0 held, 1 rejected, 1 net", "2026-04 2 gross, 0 held, 1 rejected, 1 net");
    }

    // April was closed without a statement: it has none afterwards either.
    [Fact]
    public void A_closed_period_in_which_nothing_was_counted_stays_without_a_statement()
    {
        Outcome[] sales =
        [
            Sale("o1", "2026-03-03T12:00:03Z", 100.Eur), Sale("o2", "2026-03-04T12:00:00Z", 100.Eur),
            Sale("o3", "2026-05-04T12:00:00Z", 100.Eur),
        ];
        Instant asOf = At("2026-06-02T12:00:00Z");
        CampaignRun whole = Run(sales);
        CampaignRun again = Run([]);

        again.Restore(Run(sales[..2]).Statements(At("2026-05-01T12:00:00Z")), At("2026-05-01T12:00:00Z"));
        Array.ForEach(sales, s => again.Process(Of(s)));

        again.Statements(asOf).Select(static s => $"{s.Period} {s.Traffic}").Should().Equal(
            "2026-03 2 gross, 0 held, 1 rejected, 1 net", "2026-05 1 gross, 0 held, 0 rejected, 1 net");
        again.Statements(asOf).Should().Equal(whole.Statements(asOf));
    }

    // Without what came before, nobody can tell what has changed: the counts would fall below zero.
    [Theory]
    [InlineData("all of it", "o1 o2 o3", true)]
    [InlineData("what earned is missing", "o1 o3 o4", false)]
    [InlineData("what was rejected is missing", "o2", false)]
    [InlineData("nothing yet", "", false)]
    public void Counts_over_closed_statements_need_the_log_from_its_beginning(string reason, string log, bool isWell)
    {
        Outcome[] sales =
        [
            Sale("o1", "2026-03-03T12:00:03Z", 100.Eur), Sale("o2", "2026-03-04T12:00:00Z", 100.Eur),
            Sale("o3", "2026-04-04T12:00:00Z", 100.Eur), Sale("o4", "2026-03-04T12:00:00Z", 100.Eur),
        ];
        ValueList<Statement> first = Run(sales[..2]).Statements(At("2026-04-01T12:00:00Z"));
        CampaignRun again = Run([]);

        again.Restore(first, At("2026-04-01T12:00:00Z"));
        foreach (Outcome sale in sales.Where(s => log.Contains(s.Id.Value, StringComparison.Ordinal))
            .OrderBy(static s => s.At))
        {
            again.Process(Of(sale));
        }

        again.Statements(At("2026-03-31T12:00:00Z")).Should().Equal(first, reason);
        if (isWell)
        {
            again.Statements(At("2026-05-02T12:00:00Z")).Select(static s => $"{s.Period} {s.Traffic}").Should().Equal(
                "2026-03 2 gross, 0 held, 1 rejected, 1 net", "2026-04 1 gross, 0 held, 0 rejected, 1 net");
        }
        else
        {
            again.Invoking(static r => r.Statements(At("2026-05-02T12:00:00Z"))).Should()
                .Throw<InvalidOperationException>(reason).WithMessage("*acme-2026*p-blog*beginning*");
        }
    }

    [Fact]
    public void The_counts_are_sealed_with_the_statement_and_survive_being_written()
    {
        Statement statement = Run([Sale("o1", "2026-03-03T12:00:03Z", 100.Eur)])
            .Statements(At("2026-04-01T12:00:00Z")).Single();

        StatementText.Of(statement).Should().EndWith(
            "traffic-gross=1 1\ntraffic-held=0 0\ntraffic-filtered=1 1\ntraffic-invalidated=0\n");
        StatementText.Of(statement with { Traffic = null }).Should().EndWith("closing=0.00 EUR\n");
        TermJson.Parse(TermJson.Write(statement), Statement.Read).Should().Be(statement);
    }

    [Theory]
    [InlineData("1000000000000000001", "0")]
    [InlineData("0", "-1000000000000000001")]
    public void Counts_beyond_all_bounds_are_a_failure_and_no_overflow(string outcomes, string quantity)
    {
        string none = """{"outcomes":0,"quantity":0}""";
        string json = $$"""
            {"gross":{"outcomes":{{outcomes}},"quantity":{{quantity}}},"held":{{none}},"filtered":{{none}}}
            """;

        TermFailures failures = [];
        TermJson.TryParse(json, TrafficCounts.Read, failures, out _).Should().BeFalse();
        failures.Select(static f => f.Code).Should().Equal(SettlementReasons.CountOutOfRange);
    }

    private static Func<Outcome, Outcome> Standing(decimal quantity) => o => o with { Quantity = quantity };

    private static CampaignRun Run(Outcome[] sales)
    {
        CampaignRun run = Sample.Run(Draft.ToCampaign(), Touch("p-blog", "2026-03-03T12:00:00Z"));
        foreach (Outcome sale in sales)
        {
            run.Process(Of(sale));
        }

        return run;
    }
}
