using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement.Bookings;

public sealed class ManualEarningTests
{
    private const string Noon = "2026-03-03T12:00:00Z";

    [Fact]
    public void Earning_bounty_and_opening_balance_are_lines_of_the_statement()
    {
        CampaignRun run = Run(Tenth());

        run.Book(Manual("b1", -30.Eur) with { Kind = ManualKind.OpeningBalance }, At("2026-03-01T12:00:00Z"));
        run.Process(Of(Sale("o1", Noon, 500.Eur)));
        run.Book(Manual("b2", 25.Eur) with { Kind = ManualKind.Bounty }, At("2026-03-04T12:00:00Z"));
        run.Book(Manual("b3", 7.Eur) with { PayableAt = At("2026-04-20T00:00:00Z") }, At("2026-03-05T12:00:00Z"));

        run.Entries.Select(static e => $"{e.Tag} {e.Clause} {e.Amount}").Should().Equal(
            "manual-entry opening-balance -30.00 EUR", "earning sale 50.00 EUR",
            "manual-entry bounty 25.00 EUR", "manual-entry earning 7.00 EUR");
        run.Statements(At("2026-05-02T00:00:00Z")).Select(static s =>
            $"{s.Period} {s.Opening} + {s.Gross} + {s.Adjustments} - {s.Payable} = {s.Closing}").Should().Equal(
            "2026-03 0.00 EUR + 82.00 EUR + -30.00 EUR - 45.00 EUR = 7.00 EUR",
            "2026-04 7.00 EUR + 0.00 EUR + 0.00 EUR - 7.00 EUR = 0.00 EUR");
        foreach (LedgerEntry entry in run.Entries)
        {
            TermJson.Parse(TermJson.Write(entry), CampaignRecord.Read).Should().Be(entry);
        }
    }

    [Fact]
    public void What_is_booked_by_hand_changes_no_price()
    {
        PayoutModel tiers = Pay.Tiered(new Tier(1.Eur, UpTo: 2), new Tier(9.Eur));
        CampaignRun plain = Run(Paying(tiers));
        CampaignRun booked = Run(Paying(tiers));

        for (int i = 0; i < 4; i++)
        {
            string at = FormattableString.Invariant($"2026-03-0{i + 3}T12:00:00Z");
            booked.Book(Manual($"b{i}", 100.Eur), At(at));
            booked.Process(Of(Sale($"o{i}", at)));
            plain.Process(Of(Sale($"o{i}", at)));
        }

        booked.Entries.OfType<Earning>().Should().Equal(plain.Entries.OfType<Earning>());
    }

    [Fact]
    public void What_is_owed_back_later_is_set_off_later_in_accounts_and_statements()
    {
        AccountBook? book = null;
        CampaignRun run = new(Tenth().Build(), new Nobody()) { Recorded = r => book!.Post(r) };
        book = new(run.State.Campaign);
        run.Book(Manual("b1", 100.Eur), At(Noon));
        run.Book(Manual("b2", -30.Eur) with { PayableAt = At("2026-04-20T00:00:00Z") }, At(Noon));
        Account payable = new(new("acme-2026"), new("p-blog"), AccountKind.Payable, Currency.Eur);

        ValueList<Statement> statements = run.Statements(At("2026-05-02T00:00:00Z"));
        statements.Select(static s => $"{s.Period} {s.Payable} {s.Held} {s.Closing}").Should().Equal(
            "2026-03 100.00 EUR -30.00 EUR -30.00 EUR", "2026-04 0.00 EUR  -30.00 EUR");
        book.Advance(At("2026-04-19T23:59:59Z"));
        book.BalanceOf(payable).Should().Be(100.Eur, "what is owed back is not due yet");
        book.BalanceOf(payable with { Kind = AccountKind.ClawbackDue }).Should().Be(-30.Eur);
        book.Advance(At("2026-04-20T00:00:00Z"));
        book.BalanceOf(payable).Should().Be(70.Eur);
        book.BalanceOf(payable with { Kind = AccountKind.ClawbackDue }).Should().Be(0.Eur);
        book.ToTrialBalance().IsBalanced.Should().BeTrue();
    }

    [Fact]
    public void Hold_that_ends_beside_a_debt_of_as_much_has_its_statement()
    {
        // 40 in hold until May, and 40 owed back: the balance of March is nothing, and May still settles the debt.
        ContractDraft draft = Contract(Pay.Fixed(1.Eur)) with { Settlement = new() { Reserve = new(10.Percent, 30) } };
        CampaignRun run = Run(draft.ToCampaign());
        run.Book(Manual("b1", -40.Eur) with { Kind = ManualKind.OpeningBalance }, At(Noon));
        run.Book(Manual("b2", 40.Eur) with { PayableAt = At("2026-05-20T00:00:00Z") }, At(Noon));

        run.Statements(At("2026-08-02T00:00:00Z"))
            .Select(static s => $"{s.Period} {s.Closing} {s.Held} {s.Withheld} {s.ClawbackSettled} {s.Payable}")
            .Should().Equal(
                "2026-03 0.00 EUR 40.00 EUR   0.00 EUR",
                "2026-04 0.00 EUR 40.00 EUR   0.00 EUR",
                "2026-05 0.00 EUR  4.00 EUR 36.00 EUR 0.00 EUR",
                "2026-06 0.00 EUR   4.00 EUR 0.00 EUR");
    }

    [Fact]
    public void Same_id_is_the_original_answer_and_other_content_a_conflict()
    {
        CampaignRun run = Run(Tenth());
        BookingDecision first = run.Book(Manual("b1", 5.Eur), At(Noon));

        BookingDecision again = run.Book(Manual("b1", 5.Eur), At("2026-03-09T12:00:00Z"));
        BookingDecision other = run.Book(Manual("b1", 6.Eur), At("2026-03-09T12:00:00Z"));
        BookingDecision another = run.Book(
            Manual("b1", 5.Eur) with { Partner = new("p-mail") }, At("2026-03-09T12:00:00Z"));

        (again.Answer, other.Answer, another.Answer).Should()
            .Be((BookingAnswer.Replayed, BookingAnswer.Conflict, BookingAnswer.Conflict));
        again.Entries.Should().Equal(first.Entries);
        other.Reason!.Code.Should().Be(BookingReasons.Conflict);
        run.Entries.Should().ContainSingle();
    }

    [Theory]
    [InlineData("id", BookingReasons.Id)]
    [InlineData("contract", BookingReasons.NotNamed)]
    [InlineData("partner", BookingReasons.NotNamed)]
    [InlineData("currency", BookingReasons.OtherCurrency)]
    [InlineData("author", BookingReasons.Author)]
    [InlineData("note", BookingReasons.Note)]
    [InlineData("long-note", BookingReasons.Note)]
    [InlineData("line-break", BookingReasons.Note)]
    [InlineData("at", BookingReasons.OutsideCalendar)]
    [InlineData("payable", BookingReasons.OutsideCalendar)]
    [InlineData("kind", BookingReasons.Kind)]
    [InlineData("tally-missing", BookingReasons.Kind)]
    [InlineData("tally-with-amount", BookingReasons.Kind)]
    [InlineData("clause", BookingReasons.Tally)]
    [InlineData("customer", BookingReasons.Tally)]
    [InlineData("tally-currency", BookingReasons.OtherCurrency)]
    [InlineData("tally-paid", BookingReasons.TallyTooGreat)]
    [InlineData("tally-count", BookingReasons.TallyTooGreat)]
    [InlineData("tally-fact", BookingReasons.TallyTooGreat)]
    public void What_makes_no_sense_is_refused(string what, string code)
    {
        ManualEarning good = Manual("b1", 5.Eur);
        OpeningTally counted = new() { Clause = new("sale"), Counted = new(2, 2, 0.Eur, 2.Eur) };
        ManualEarning opening = good with { Kind = ManualKind.OpeningTally, Amount = 0.Eur, Tally = counted };
        ManualEarning manual = what switch
        {
            "id" => good with { Id = default },
            "contract" => good with { Contract = new("other") },
            "partner" => good with { Partner = new("nobody") },
            "currency" => good with { Amount = 5.Usd },
            "author" => good with { Author = "" },
            "note" => good with { Note = "" },
            "long-note" => good with { Note = new('x', 501) },
            "line-break" => good with { Note = "two\nlines" },
            "at" => good with { At = NodaTime.Instant.MinValue },
            "payable" => good with { PayableAt = NodaTime.Instant.MaxValue },
            "kind" => good with { Kind = (ManualKind)9 },
            "tally-missing" => good with { Kind = ManualKind.OpeningTally, Amount = 0.Eur },
            "tally-with-amount" => opening with { Amount = 1.Eur },
            "clause" => opening with { Tally = counted with { Clause = new("lead") } },
            "customer" => opening with { Tally = counted with { Customer = new CustomerId("c1") } },
            "tally-paid" => Opened(new(2, 2, 0.Eur, new(10_000_000_000_000.01m, Currency.Eur))),
            "tally-count" => Opened(new(1_000_000_000_000_000.5m, 2, 0.Eur, 2.Eur)),
            "tally-fact" => Opened(new(2, 2, 0.Eur, 2.Eur) { Facts = [new("seconds", -decimal.MaxValue)] }),
            _ => opening with { Tally = counted with { Counted = new(2, 2, 0.Usd, 2.Usd) } },
        };
        ManualEarning Opened(Tally tally) => opening with { Tally = counted with { Counted = tally } };
        CampaignRun run = Run(Tenth());

        BookingDecision decision = run.Book(manual, At(Noon));

        decision.Answer.Should().Be(BookingAnswer.Refused);
        decision.Reason!.Code.Should().Be(code);
        run.Entries.Should().BeEmpty();
    }

    [Fact]
    public void Opening_tally_goes_on_where_the_other_system_stopped()
    {
        // Two sales at 1.00 were counted there: the third is the first at 9.00.
        CampaignRun run = Run(Paying(Pay.Tiered(new Tier(1.Eur, UpTo: 2), new Tier(9.Eur))));
        OpeningTally counted = new() { Clause = new("sale"), Counted = new(2, 2, 0.Eur, 2.Eur) };

        BookingDecision opened = run.Book(
            Manual("t1", 0.Eur) with { Kind = ManualKind.OpeningTally, Tally = counted }, At("2026-03-01T12:00:00Z"));
        run.Process(Of(Sale("o1", Noon)));
        BookingDecision late = run.Book(
            Manual("t2", 0.Eur) with { Kind = ManualKind.OpeningTally, Tally = counted }, At("2026-03-04T12:00:00Z"));
        run.Process(Of(Sale("o2", "2026-04-03T12:00:00Z")));

        opened.Answer.Should().Be(BookingAnswer.Booked);
        late.Reason!.Code.Should().Be(BookingReasons.TallyBegun);
        run.Entries.Texts().Should().Equal("p-blog 0.00 EUR", "p-blog 9.00 EUR", "p-blog 1.00 EUR");
        TermJson.Parse(TermJson.Write(run.Entries[0]), CampaignRecord.Read).Should().Be(run.Entries[0]);
    }

    [Fact]
    public void What_another_system_paid_is_rounded_as_the_clause_rounds()
    {
        // Three at 1.006 were paid 3.01. Four at 0.50 are 2.00: 0.50 for the fourth, and 1.51 of the others.
        static Accrual Price(decimal amount) => new(amount, Currency.Eur);
        ContractDraft draft = Contract(new Tiered([new(Price(1.006m), UpTo: 4), new(Price(0.5m))])
        {
            Mode = TierMode.Volume,
        });
        draft = draft with { Clauses = [draft.Clauses[0] with { Rounding = new(RoundingMode.Down) }] };
        CampaignRun run = Run(draft.ToCampaign());
        OpeningTally counted = new()
        {
            Clause = new("sale"),
            Counted = new(3, 3, 0.Eur, Price(3.018m)),
        };

        run.Book(
            Manual("t1", 0.Eur) with { Kind = ManualKind.OpeningTally, Tally = counted }, At("2026-03-01T12:00:00Z"));
        run.Process(Of(Sale("o1", Noon)));

        run.Entries.Texts().Should().Equal("p-blog 0.00 EUR", "p-blog 0.50 EUR", "p-blog -1.51 EUR");
    }

    [Fact]
    public void Closed_statements_stand_and_nothing_is_booked_twice()
    {
        static CampaignRun Again(ValueList<Statement> closed, string asOf)
        {
            CampaignRun run = Run(Tenth());
            run.Restore(closed, At(asOf));
            run.Book(Manual("b1", 5.Eur), At(Noon));
            run.Book(Manual("late", 3.Eur), At("2026-03-04T12:00:00Z"));
            run.Process(Of(Sale("o1", "2026-05-02T12:00:00Z", 10.Eur)));
            return run;
        }

        CampaignRun first = Run(Tenth());
        first.Book(Manual("b1", 5.Eur), At(Noon));
        ValueList<Statement> march = first.Statements(At("2026-04-01T00:00:00Z"));
        CampaignRun second = Again(march, "2026-04-01T00:00:00Z");
        ValueList<Statement> april = second.Statements(At("2026-05-01T00:00:00Z"));
        CampaignRun third = Again(april, "2026-05-01T00:00:00Z");

        april.Select(static s => $"{s.Period} {s.Gross}").Should().Equal("2026-03 5.00 EUR", "2026-04 3.00 EUR");
        third.Statements(At("2026-06-01T00:00:00Z")).Select(static s => $"{s.Period} {s.Gross}").Should()
            .Equal("2026-03 5.00 EUR", "2026-04 3.00 EUR", "2026-05 1.00 EUR");
    }

    [Fact]
    public void Accounts_take_what_is_booked_and_their_trial_balance_is_nothing()
    {
        CampaignRun run = Run(Tenth());
        run.Book(Manual("b1", -30.Eur) with { Kind = ManualKind.OpeningBalance }, At("2026-03-01T12:00:00Z"));
        run.Book(Manual("b2", 25.Eur), At("2026-03-02T12:00:00Z"));
        AccountBook book = new(run.State.Campaign);

        book.Post(run.Entries);

        book.BalanceOf(new(new("acme-2026"), new("p-blog"), AccountKind.ClawbackDue, Currency.Eur)).Should().Be(-5.Eur);
    }

    [Fact]
    public void What_is_taken_back_by_hand_is_owed_at_once_whatever_is_in_hold()
    {
        ContractDraft contract = Contract(
            Pay.RevenueShare(100.Percent), static c => c.HeldFor(NodaTime.Duration.FromDays(20)));
        CampaignRun run = Run(contract.SettledBy(new() { Negative = NegativeBalance.Debt }).ToCampaign());
        run.Process(Of(Sale("o1", "2026-03-20T12:00:00Z", 100.Eur)));
        run.Book(Manual("b1", -30.Eur), At("2026-03-21T12:00:00Z"));
        AccountBook book = new(run.State.Campaign);

        book.Post(run.Entries);
        foreach (Statement statement in run.Statements(At("2026-05-01T00:00:00Z")))
        {
            book.Close(statement);
        }

        // March claims 30, April pays 100.
        BalanceOf(AccountKind.Claimed).Should().Be(-30.Eur);
        BalanceOf(AccountKind.Payable).Should().Be(100.Eur);
        BalanceOf(AccountKind.ClawbackDue).Should().Be(0.Eur);

        Money BalanceOf(AccountKind kind) =>
            book.BalanceOf(new(new("acme-2026"), new("p-blog"), kind, Currency.Eur));
    }

    private static ManualEarning Manual(string id, Money amount) => new()
    {
        Id = new(id),
        Contract = new("acme-2026"),
        Partner = new("p-blog"),
        Amount = amount,
        At = At(Noon),
        Author = "ann",
        Note = "Entschädigung für den Ausfall ✓",
    };

    private static CampaignDraft Tenth() => Paying(Pay.RevenueShare(10.Percent));

    private static CampaignDraft Paying(PayoutModel pays) => Contract(pays).ToCampaign();

    private static CampaignRun Run(CampaignDraft draft) =>
        Sample.Run(draft, Touch("p-blog", "2026-03-01T09:00:00Z"));

    private sealed class Nobody : IJourneySource
    {
        public Journey Find(PerfMarketing.Events.Outcome outcome) => default;
    }
}
