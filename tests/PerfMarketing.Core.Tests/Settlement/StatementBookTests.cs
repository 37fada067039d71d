using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

public sealed class StatementBookTests
{
    [Fact]
    public void Month_belongs_to_the_contracts_zone_and_its_end_to_the_next()
    {
        CampaignRun run = Settled(
            0, Of(Sale("o1", "2026-03-31T21:59:59.999999999Z", 1.Eur)), Of(Sale("o2", "2026-03-31T22:00:00Z", 2.Eur)));

        Texts(run, "2026-06-01T00:00:00Z").Should().Equal(
            "2026-03 0.00 EUR + 1.00 EUR + 0.00 EUR - 1.00 EUR = 0.00 EUR",
            "2026-04 0.00 EUR + 2.00 EUR + 0.00 EUR - 2.00 EUR = 0.00 EUR");
    }

    [Fact]
    public void Statement_is_closed_when_its_month_is_over_and_not_before()
    {
        CampaignRun run = Settled(0, Of(Sale("o1", "2026-03-03T12:00:00Z", 1.Eur)));

        run.Statements(At("2026-03-31T21:59:59Z"))[0].IsClosed.Should().BeFalse();
        run.Statements(At("2026-03-31T22:00:00Z"))[0].IsClosed.Should().BeTrue();
        run.Statements(At("2026-03-03T11:59:59Z")).Should().BeEmpty("nothing was decided yet");
        run.Statements(At("2026-03-03T12:00:00Z")).Should().ContainSingle("what is decided now counts");
    }

    [Fact]
    public void Debt_is_carried_until_earnings_cover_it()
    {
        CampaignRun run = Settled(
            0,
            Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
            Of(Retracted("r1", "o1", "2026-04-03T12:00:00Z")),
            Of(Sale("o2", "2026-07-03T12:00:00Z", 30.Eur)),
            Of(Sale("o3", "2026-08-03T12:00:00Z", 90.Eur)));

        Texts(run, "2026-12-01T00:00:00Z").Should().Equal(
            "2026-03 0.00 EUR + 100.00 EUR + 0.00 EUR - 100.00 EUR = 0.00 EUR",
            "2026-04 0.00 EUR + 0.00 EUR + -100.00 EUR - 0.00 EUR = -100.00 EUR",
            "2026-07 -100.00 EUR + 30.00 EUR + 0.00 EUR - 0.00 EUR = -70.00 EUR",
            "2026-08 -70.00 EUR + 90.00 EUR + 0.00 EUR - 20.00 EUR = 0.00 EUR");
    }

    // The balance is nothing while one amount waits for its hold and another is owed back.
    [Fact]
    public void What_waits_behind_a_balance_of_nothing_comes_into_the_statement_in_which_its_hold_ends()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).Pays("lead", Pay.Fixed(10.Eur), static c => c.HeldFor(Duration.FromDays(60)))
                .ToCampaign(),
            Touch("p-blog", "2026-03-01T00:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-04-03T12:00:00Z") with { Kind = "lead" }));
        run.Process(Of(Retracted("r1", "o1", "2026-04-04T12:00:00Z")));
        run.Process(Of(Sale("o3", "2026-06-20T12:00:00Z")));

        Statement[] statements = [.. run.Statements(At("2026-08-01T00:00:00Z"))];

        statements.Select(static s => $"{s.Period} {s.Payable}, {s.Held}, {s.ClawbackSettled}, {s.Closing}")
            .Should().Equal(
                "2026-03 10.00 EUR, , , 0.00 EUR",
                "2026-04 0.00 EUR, 10.00 EUR, , 0.00 EUR",
                "2026-05 0.00 EUR, 10.00 EUR, , 0.00 EUR",
                "2026-06 10.00 EUR, , 10.00 EUR, 0.00 EUR");
    }

    [Fact]
    public void What_is_decided_later_never_adds_a_month_before()
    {
        CampaignInput[] log =
        [
            Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
            Of(Retracted("r1", "o1", "2026-04-03T12:00:00Z")),
            Of(Sale("o2", "2026-07-03T12:00:00Z", 30.Eur)),
        ];
        string[] early = Texts(Settled(0, log[..2]), "2026-06-15T00:00:00Z");

        Texts(Settled(0, log), "2026-06-15T00:00:00Z").Should().Equal(early);
        Texts(Settled(0, log), "2026-12-01T00:00:00Z").Take(early.Length).Should().Equal(early);
    }

    [Fact]
    public void Held_amounts_wait_in_the_balance_month_by_month()
    {
        // The hold of 40 days ends on the 12th of April and on the 10th of May.
        CampaignRun run = Settled(
            40, Of(Sale("o1", "2026-03-03T12:00:00Z", 10.Eur)), Of(Sale("o2", "2026-03-31T12:00:00Z", 20.Eur)));

        Texts(run, "2026-09-01T00:00:00Z").Should().Equal(
            "2026-03 0.00 EUR + 30.00 EUR + 0.00 EUR - 0.00 EUR = 30.00 EUR",
            "2026-04 30.00 EUR + 0.00 EUR + 0.00 EUR - 10.00 EUR = 20.00 EUR",
            "2026-05 20.00 EUR + 0.00 EUR + 0.00 EUR - 20.00 EUR = 0.00 EUR");
    }

    [Fact]
    public void Open_month_pays_what_has_left_its_hold_by_now()
    {
        CampaignRun run = Settled(
            10, Of(Sale("o1", "2026-03-03T12:00:00Z", 10.Eur)), Of(Sale("o2", "2026-03-04T12:00:00Z", 20.Eur)));

        Texts(run, "2026-03-13T12:00:00Z").Should().Equal(
            "2026-03 0.00 EUR + 30.00 EUR + 0.00 EUR - 10.00 EUR = 20.00 EUR");
    }

    [Fact]
    public void Statements_are_named_after_all_that_makes_them_unique()
    {
        CampaignRun run = Settled(0, Of(Sale("o1", "2026-03-03T12:00:00Z", 1.Eur)));

        run.Statements(At("2026-04-02T00:00:00Z"))[0].Id.Should()
            .Be(Statement.IdOf(new("acme-2026"), new("acme-2026"), new("p-blog"), "2026-03"))
            .And.NotBe(Statement.IdOf(new("other"), new("acme-2026"), new("p-blog"), "2026-03"));
    }

    [Fact]
    public void Entries_of_closed_statements_are_not_counted_twice()
    {
        CampaignRun run = Settled(
            0, Of(Sale("o1", "2026-03-03T12:00:00Z", 1.Eur)), Of(Sale("o2", "2026-04-03T12:00:00Z", 2.Eur)));
        ValueList<Statement> closed = run.Statements(At("2026-04-02T00:00:00Z"));

        ValueList<Statement> again = StatementBook.Build(
            run.State.Campaign, run.Entries, closed, At("2026-06-01T00:00:00Z"));

        again.Should().Equal(run.Statements(At("2026-06-01T00:00:00Z")));
    }

    // Tallies of several partners stand in several streams: whoever reads all of them has some entries twice.
    [Fact]
    public void Entry_that_is_given_twice_counts_once()
    {
        CampaignRun run = Settled(
            0, Of(Sale("o1", "2026-03-03T12:00:00Z", 1.Eur)), Of(Sale("o2", "2026-04-03T12:00:00Z", 2.Eur)));
        IEnumerable<LedgerEntry> again = run.Entries.Select(static e =>
            (LedgerEntry)TermReader.Read(TermNode.Of(e), [], CampaignRecord.Read)!);

        StatementBook.Build(run.State.Campaign, run.Entries.Concat(again), [], At("2026-06-01T00:00:00Z")).Should()
            .Equal(run.Statements(At("2026-06-01T00:00:00Z")));
    }

    // Only the amount, or only when it is payable, differs: neither is believed, also when one was closed already.
    [Fact]
    public void Two_entries_of_one_name_that_say_different_things_are_refused_by_name()
    {
        CampaignRun run = Settled(
            0, Of(Sale("o1", "2026-03-03T12:00:00Z", 1.Eur)), Of(Sale("o2", "2026-04-03T12:00:00Z", 2.Eur)));
        LedgerEntry first = run.Entries[0];
        Instant asOf = At("2026-06-01T00:00:00Z");
        ValueList<Statement> closed = run.Statements(At("2026-04-02T00:00:00Z"));
        LedgerEntry[] others =
        [
            first with { Amount = first.Amount + 1.Eur },
            first with { PayableAt = first.PayableAt + Duration.FromDays(1) },
            first with { Partner = new("p-mail") },
        ];

        foreach (LedgerEntry other in others)
        {
            foreach (ValueList<Statement> before in (ValueList<Statement>[])[[], closed])
            {
                FluentActions.Invoking(() =>
                    StatementBook.Build(run.State.Campaign, run.Entries.Append(other), before, asOf))
                    .Should().Throw<ArgumentException>().WithParameterName("records")
                    .WithMessage($"*{first.Id}*");
            }
        }

        FluentActions.Invoking(() => StatementBook.Build(run.State.Campaign, [others[0]], closed, asOf))
            .Should().Throw<ArgumentException>("what was closed said something else");
    }

    // All statements of the middle of March are handed back: the open one of March may still grow.
    [Fact]
    public void Open_statement_is_not_taken_for_closed()
    {
        CampaignRun run = Settled(
            0, Of(Sale("o1", "2026-02-03T12:00:00Z", 1.Eur)), Of(Sale("o2", "2026-03-03T12:00:00Z", 2.Eur)));
        ValueList<Statement> middle = run.Statements(At("2026-03-15T00:00:00Z"));
        run.Process(Of(Sale("o3", "2026-03-20T12:00:00Z", 4.Eur)));

        StatementBook.Build(run.State.Campaign, run.Entries, middle, At("2026-06-01T00:00:00Z")).Should()
            .Equal(run.Statements(At("2026-06-01T00:00:00Z")));
        FluentActions.Invoking(() => StatementBook.Build(
            run.State.Campaign, run.Entries, [middle[0], middle[0]], At("2026-06-01T00:00:00Z")))
            .Should().Throw<ArgumentException>().WithParameterName("closed");
    }

    [Fact]
    public void Beginning_and_end_of_time_are_cut_too()
    {
        CampaignRun run = Settled(0, Of(Sale("o1", "2026-03-03T12:00:00Z", 1.Eur)));

        run.Statements(Instant.MaxValue).Should().ContainSingle();
        run.Statements(Instant.MinValue).Should().BeEmpty();
    }

    private static CampaignRun Settled(int holdDays, params CampaignInput[] inputs)
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(100.Percent), c => c.HeldFor(Duration.FromDays(holdDays))).ToCampaign(),
            Touch("p-blog", "2026-01-01T09:00:00Z"));
        foreach (CampaignInput input in inputs)
        {
            run.Process(input);
        }

        return run;
    }

    private static string[] Texts(CampaignRun run, string asOf) =>
        [.. run.Statements(At(asOf)).Select(
            static s => $"{s.Period} {s.Opening} + {s.Gross} + {s.Adjustments} - {s.Payable} = {s.Closing}")];
}
