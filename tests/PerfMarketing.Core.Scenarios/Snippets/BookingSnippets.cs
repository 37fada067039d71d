using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/manual-earnings.md and docs/migrate.md.</summary>
public sealed class BookingSnippets
{
    [Fact]
    public void Book_a_bounty()
    {
        Instant noon = Instant.FromUtc(2026, 3, 3, 12, 0);
        CampaignRun run = Begin();

        #region bounty
        ManualEarning bounty = new()
        {
            Id = new("ticket-4711"),
            Kind = ManualKind.Bounty,
            Contract = new("acme-2026"),
            Partner = new("p-blog"),
            Amount = 25.Eur,
            At = noon,
            Author = "ann",
            Note = "Welcome bounty, agreed by mail on 2 March",
        };

        BookingDecision booked = run.Book(bounty, recordedAt: noon);
        #endregion

        booked.Answer.Should().Be(BookingAnswer.Booked);
        run.Statements(noon).Should().ContainSingle().Which.Gross.Should().Be(25.Eur);
        run.Book(bounty, noon).Answer.Should().Be(BookingAnswer.Replayed);
    }

    [Fact]
    public void Bring_along_a_balance_and_a_tally()
    {
        Instant begin = Instant.FromUtc(2026, 3, 1, 12, 0);
        CampaignRun run = Begin();

        #region balance
        ManualEarning owed = new()
        {
            Id = new("migration/p-blog/balance"),
            Kind = ManualKind.OpeningBalance,
            Contract = new("acme-2026"),
            Partner = new("p-blog"),
            Amount = -30.Eur,
            At = begin,
            Author = "migration",
            Note = "Balance of the old system on 1 March",
        };

        run.Book(owed, recordedAt: begin);
        #endregion

        #region tally
        ManualEarning counted = new()
        {
            Id = new("migration/p-blog/sale"),
            Kind = ManualKind.OpeningTally,
            Contract = new("acme-2026"),
            Partner = new("p-blog"),
            Amount = 0.Eur,
            At = begin,
            Author = "migration",
            Note = "Sales of March in the old system",
            Tally = new()
            {
                Clause = new("sale"),
                Counted = new(Count: 2, Quantity: 2, Value: 0.Eur, Accrued: 2.Eur),
            },
        };

        run.Book(counted, recordedAt: begin);
        #endregion

        run.Process(new CampaignInput.OfOutcome(new()
        {
            Id = new("o1"),
            At = begin + Duration.FromDays(1),
            Kind = "sale",
            Customer = new("c1"),
        }));
        run.Entries.Select(static e => e.Amount).Should().Equal(-30.Eur, 0.Eur, 9.Eur);
        Statement march = run.Statements(begin + Duration.FromDays(40)).Should().ContainSingle().Subject;
        march.Closing.Should().Be(-21.Eur);
        march.Payable.Should().Be(0.Eur);
    }

    private static CampaignRun Begin()
    {
        CampaignDraft draft = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", Pay.Tiered(new Tier(1.Eur, UpTo: 2), new Tier(9.Eur))).ToCampaign();
        return new(draft.Build(), new Blog());
    }

    private sealed class Blog : IJourneySource
    {
        private static readonly Instant Touched = Instant.FromUtc(2026, 3, 1, 9, 0);

        public Journey Find(Outcome outcome) => new(new JourneyTouch[]
        {
            new()
            {
                Id = new("t1"),
                At = Touched,
                RecordedAt = Touched,
                Partner = new("p-blog"),
                Kind = TouchpointKind.Click,
            },
        });
    }
}
