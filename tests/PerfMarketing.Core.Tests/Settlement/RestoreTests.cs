using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>A later, longer log never changes a closed statement.</summary>
public sealed class RestoreTests
{
    private static readonly Instant April = At("2026-04-01T00:00:00Z");

    [Fact]
    public void Same_log_again_gives_the_same_statements()
    {
        CampaignDraft campaign = Contract(Pay.Tiered(new(2m.Eur, UpTo: 1), new(1m.Eur))).ToCampaign();
        CampaignInput[] log =
        [
            Of(Sale("o1", "2026-03-03T12:00:00Z")),
            Of(Sale("o2", "2026-03-04T12:00:00Z")),
            Of(Retracted("r1", "o1", "2026-03-31T21:59:59Z")),
            Of(Sale("o3", "2026-03-31T22:00:00Z")),
        ];
        CampaignRun first = Settle(campaign, [], log);

        CampaignRun again = Settle(campaign, first.Statements(April), log);

        again.Statements(April).Should().Equal(first.Statements(April));
        again.Entries.Should().Equal(first.Entries);
    }

    [Fact]
    public void Outcome_that_came_too_late_for_its_month_is_in_the_next_and_priced_after_it()
    {
        CampaignDraft campaign = Contract(Pay.Tiered(new(2m.Eur, UpTo: 2), new(1m.Eur))).ToCampaign();
        CampaignInput[] log = [Of(Sale("o1", "2026-03-03T12:00:00Z")), Of(Sale("o2", "2026-03-04T12:00:00Z"))];
        ValueList<Statement> closed = Settle(campaign, [], log).Statements(April);

        CampaignRun again = Settle(campaign, closed, [Of(Sale("late", "2026-03-02T12:00:00Z")), .. log]);

        again.Statements(April)[0].Should().Be(closed[0]);
        LedgerEntry late = again.Entries[^1];
        late.Should().BeOfType<Earning>().Which.Before.Quantity.Should().Be(2);
        $"{late.OutcomeId} {late.Amount} {late.DecidedAt}".Should().Be("late 1.00 EUR 2026-03-31T22:00:00Z");
    }

    [Fact]
    public void Correction_that_came_too_late_looks_at_all_that_is_known_when_the_month_ends()
    {
        // 1,000 at 12 % capped at 80: 300 returned leaves 84, capped 80; 100 more leaves 72.
        CampaignDraft campaign = Contract(
            Pay.RevenueShare(12.Percent).CappedAt(80.Eur), c => c.Correcting(CorrectionPolicy.Reprice)).ToCampaign();
        CampaignInput[] log =
        [
            Of(Sale("o1", "2026-03-03T12:00:00Z", 1_000.Eur)),
            Of(Returned("r1", "o1", "2026-03-10T12:00:00Z", 300.Eur)),
        ];
        ValueList<Statement> closed = Settle(campaign, [], log).Statements(April);

        CampaignRun again = Settle(
            campaign, closed, log[0], Of(Returned("r0", "o1", "2026-03-05T12:00:00Z", 100.Eur)), log[1]);

        again.Entries.Texts().Should().Equal("p-blog 80.00 EUR", "p-blog 0.00 EUR", "p-blog -8.00 EUR");
        again.Entries[^1].DecidedAt.Should().Be(At("2026-03-31T22:00:00Z"));
    }

    [Fact]
    public void Outcome_that_waited_keeps_its_place_in_the_budget()
    {
        // o0 gives up its place on the 6th, o1 takes it on the 7th, o2 waits beyond the month's end.
        CampaignDraft campaign = Contract(
                Pay.Fixed(20.Eur), c => c.TrustingHost("order-paid", within: Duration.FromDays(40)))
            .ToCampaign().BudgetedAt(monthly: 40.Eur, CapBehavior.StopAndReject);
        CampaignInput[] log =
        [
            Of(Sale("o0", "2026-03-01T12:00:00Z")),
            Of(Sale("o2", "2026-03-02T12:00:00Z")),
            Of(Retracted("r0", "o0", "2026-03-06T12:00:00Z")),
            Of(Sale("o1", "2026-03-07T12:00:00Z")),
            Proof("o1", "2026-03-08T12:00:00Z"),
            Proof("o2", "2026-04-03T12:00:00Z"),
        ];
        CampaignRun whole = Settle(campaign, [], log);
        ValueList<Statement> closed = Settle(campaign, [], log[..5]).Statements(April);

        CampaignRun again = Settle(campaign, closed, log);

        whole.Entries.Texts().Should().HaveCount(2);
        again.Entries.Should().Equal(whole.Entries);
    }

    [Fact]
    public void Closed_statements_count_even_when_the_budget_was_lowered_since()
    {
        CampaignDraft campaign = Contract(Pay.Fixed(10.Eur)).ToCampaign();
        CampaignInput[] log = [Of(Sale("o1", "2026-03-03T12:00:00Z")), Of(Sale("o2", "2026-03-04T12:00:00Z"))];
        ValueList<Statement> closed = Settle(campaign, [], log).Statements(April);

        CampaignRun again = Settle(
            campaign.BudgetedAt(monthly: 15.Eur, CapBehavior.StopAndReject),
            closed,
            [.. log, Of(Sale("o3", "2026-03-05T12:00:00Z"))]);

        again.Entries.Should().HaveCount(2);
        again.State.Find(new("o3"))!.Decision!.Qualification.Should().BeOfType<Qualification.Rejected>();
    }

    [Fact]
    public void Month_without_a_statement_is_closed_too()
    {
        CampaignDraft campaign = Contract(Pay.Fixed(10.Eur)).ToCampaign();
        CampaignRun again = Run(campaign, Touch("p-blog", "2026-01-01T09:00:00Z"));
        again.Restore([], asOf: At("2026-04-10T00:00:00Z"));

        again.Process(Of(Sale("late", "2026-03-03T12:00:00Z")));
        again.Expire(At("2026-04-10T00:00:00Z"));

        again.Statements(At("2026-04-10T00:00:00Z")).Should().ContainSingle().Which.Period.Should().Be("2026-04");
    }

    [Fact]
    public void Evidence_after_the_close_pays_in_the_next_statement()
    {
        CampaignDraft campaign = Contract(Pay.Fixed(10.Eur), c => c.TrustingHost("order-paid")).ToCampaign();
        CampaignInput[] log =
        [
            Of(Sale("o1", "2026-03-03T12:00:00Z")), Of(Sale("o2", "2026-03-04T12:00:00Z")),
            Proof("o2", "2026-03-05T12:00:00Z"),
        ];
        ValueList<Statement> closed = Settle(campaign, [], log).Statements(April);

        CampaignRun again = Settle(campaign, closed, [.. log, Proof("o1", "2026-04-05T12:00:00Z")]);

        again.Statements(At("2026-05-01T00:00:00Z")).Select(s => $"{s.Period} {s.Gross}")
            .Should().Equal("2026-03 10.00 EUR", "2026-04 10.00 EUR");
        again.State.Find(new("o2"))!.Decision!.Qualification.Should().BeOfType<Qualification.Qualified>()
            .Which.Evidence.Should().ContainSingle("a restored decision still names its evidence");
    }

    [Fact]
    public void Statements_are_restored_once_each_before_anything_is_decided()
    {
        CampaignDraft campaign = Contract(Pay.Fixed(10.Eur)).ToCampaign();
        CampaignRun run = Settle(campaign, [], Of(Sale("o1", "2026-03-03T12:00:00Z")));
        ValueList<Statement> closed = run.Statements(April);

        FluentActions.Invoking(() => run.Restore(closed)).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => Run(campaign).Restore([.. closed, .. closed])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Statement_that_does_not_add_up_is_not_read()
    {
        CampaignRun run = Settle(Contract(Pay.Fixed(10.Eur)).ToCampaign(), [], Of(Sale("o1", "2026-03-03T12:00:00Z")));
        Statement closed = run.Statements(April)[0];
        Statement[] forged =
        [
            closed with { Gross = 9.Eur },
            closed with { Closing = 1.Eur },
            closed with { Payable = -1.Eur, Closing = 11.Eur },
            closed with { Lines = [] },
            closed with { Partner = new("p-mail") },
            closed with { To = closed.From },
            closed with { Opening = 0m.Usd },
        ];

        foreach (Statement statement in forged)
        {
            TermFailures failures = [];
            TermReader.Read(TermNode.Of(statement), failures, Statement.Read);
            failures.Should().ContainSingle().Which.Code.Should().Be(SettlementReasons.StatementUnsound);
        }
    }

    private static CampaignRun Settle(
        CampaignDraft campaign, ValueList<Statement> closed, params CampaignInput[] inputs)
    {
        CampaignRun run = Run(campaign, Touch("p-blog", "2026-01-01T09:00:00Z"));
        run.Restore(closed);
        foreach (CampaignInput input in inputs)
        {
            run.Process(input);
        }

        run.Expire(inputs[^1].RecordedAt > April ? inputs[^1].RecordedAt : April);
        return run;
    }
}
