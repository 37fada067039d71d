using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Measurement;
using PerfMarketing.Measurement.Reports;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>The greatest amounts, numbers and rates: a reason or a named exception, and nothing half done.</summary>
public sealed class ExtremeAmountTests
{
    private static readonly Instant End = At("2026-12-01T00:00:00Z");

    // The seeds that once threw in the middle of a decision stand beside the first ones.
    [Fact]
    public void No_decision_throws_whatever_the_amounts()
    {
        int made = 0;
        foreach (int seed in Enumerable.Range(1, 300).Concat([610, 2284, 7072, 12_244]))
        {
            ExtremeLog log = new((ulong)seed);
            if (log.TryMake() is { } campaign)
            {
                made++;
                CampaignRun run = Settle(log, campaign, seed);
                ShouldStateWhatWasPosted(run, seed);
                ShouldReportOrSaySo(run);
                ShouldPostOrEnd(campaign, run, seed);
            }
        }

        made.Should().BeGreaterThan(100);
    }

    // Twelve of the greatest amounts are more than an amount can be; three tenths of them are still a limit.
    [Fact]
    public void A_cohort_may_come_to_more_than_an_amount_can_be()
    {
        Money most = Money.FromMinor(Money.MinorUnitsMax, Currency.Eur);
        ContractDraft terms = Contract(Pay.RevenueShare(100.Percent)) with
        {
            ReversalLimit = new(30.Percent, ReversalBase.Amount),
        };
        CampaignRun run = Run(terms.ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        for (int i = 0; i < 12; i++)
        {
            run.Process(Of(Sale($"o{i}", "2026-03-03T12:00:00Z", most)));
        }

        for (int i = 0; i < 5; i++)
        {
            run.Process(Of(Retracted($"r{i}", $"o{i}", "2026-03-04T12:00:00Z")));
        }

        run.Entries.OfType<Adjustment>().Select(static a => a.Amount.MinorUnits / 100_000_000_000_000)
            .Should().Equal(-10, -10, -10, -6, 0);
        run.Entries.OfType<Adjustment>().Last().Reason.ToString().Should().Be(
            "reversal.over-limit (max: 30%, delivered: 120000000000000.00 EUR, limit: 36000000000000.00 EUR, "
            + "reversed: 36000000000000.00 EUR, requested: 10000000000000.00 EUR)");
    }

    [Fact]
    public void Accounts_end_where_a_balance_would_be_too_great()
    {
        Money most = Money.FromMinor(Money.MinorUnitsMax, Currency.Eur);
        CampaignDraft campaign = Contract(Pay.RevenueShare(100.Percent)).ToCampaign();
        CampaignRun run = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", most)));
        run.Process(Of(Sale("o2", "2026-03-03T13:00:00Z", 1.Eur)));
        run.Process(Of(Sale("o3", "2026-03-03T14:00:00Z", 0.Eur)));
        AccountBook book = new(run.State.Campaign);
        book.Post(run.Entries[0]);

        FluentActions.Invoking(() => book.Post(run.Entries[1])).Should().Throw<OverflowException>();

        FluentActions.Invoking(() => book.Post(run.Entries[1])).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => book.Post(run.Entries[2])).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => book.Advance(End)).Should().Throw<InvalidOperationException>();
        book.Groups.Should().ContainSingle();
        book.BalanceOf(new(new("acme-2026"), new("p-blog"), AccountKind.Payable, Currency.Eur)).Should().Be(most);
    }

    private static CampaignRun Settle(ExtremeLog log, Campaign campaign, int seed)
    {
        CampaignRun run = new(campaign, new OneTouch());
        for (int i = 0; i < 60; i++)
        {
            Func<CampaignRun, object> step = log.Next(i);
            FluentActions.Invoking(() => step(run)).Should().NotThrow("of seed {0}", seed);
        }

        FluentActions.Invoking(() => run.Expire(End)).Should().NotThrow("of seed {0}", seed);
        return run;
    }

    private static void ShouldStateWhatWasPosted(CampaignRun run, int seed)
    {
        try
        {
            ValueList<Statement> statements = run.Statements(End);
            statements.Sum(static s => (decimal)(s.Gross.MinorUnits + s.Adjustments.MinorUnits)).Should().Be(
                run.Entries.Sum(static e => (decimal)e.Amount.MinorUnits), "of seed {0}", seed);
        }
        catch (StatementBoundsException beyond)
        {
            beyond.Beyond.Should().NotBeEmpty();
        }
    }

    private static void ShouldReportOrSaySo(CampaignRun run)
    {
        foreach (Action report in (Action[])
            [
                () => CampaignComparison.Of([("a", run), ("b", run)]),
                () => Funnel.Of(run.State),
                () => ReversalReport.Of(run.State.Campaign, run.Entries),
                () => PayablesReport.Of(run.Statements(End)),
                () => Bridge.Of(run.State.Campaign, run.Statements(End)),
            ])
        {
            try
            {
                report();
            }
            catch (OverflowException)
            {
                // What each of them says that it throws.
            }
        }
    }

    private static void ShouldPostOrEnd(Campaign campaign, CampaignRun run, int seed)
    {
        AccountBook book = new(campaign);
        foreach (LedgerEntry entry in run.Entries)
        {
            try
            {
                book.Post(entry);
            }
            catch (OverflowException)
            {
                int count = book.Groups.Count;
                FluentActions.Invoking(() => book.Post(entry)).Should().Throw<InvalidOperationException>();
                book.Groups.Should().HaveCount(count, "of seed {0}", seed);
                break;
            }
        }

        book.Groups.Where(static g => g.Postings.Sum(static p => (decimal)p.Amount.MinorUnits) != 0).Should().BeEmpty();
    }

    private sealed class OneTouch : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new[]
        {
            new JourneyTouch
            {
                Id = new("t1"),
                At = outcome.At - Duration.FromHours(1),
                RecordedAt = outcome.At - Duration.FromHours(1),
                Partner = new("p-blog"),
                Kind = TouchpointKind.Click,
            },
        });
    }
}
