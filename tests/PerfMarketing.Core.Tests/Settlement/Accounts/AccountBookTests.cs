using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement.Accounts;

public sealed class AccountBookTests
{
    private static readonly EntryId Payment = new("payment-1");

    [Fact]
    public void Proof_takes_what_is_expected_into_hold_and_the_hold_into_payable()
    {
        AccountBook book = Booked(
            Pay.Fixed(10.Eur),
            static c => c.TrustingHost("order-paid").HeldFor(Duration.FromDays(14)),
            Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
            Proof("o1", "2026-03-05T12:00:00Z"));

        book.Advance(At("2026-03-17T11:59:59Z"));
        Texts(book).Should().Equal("AdvertiserDue -10.00 EUR", "Locked 10.00 EUR");
        book.Advance(At("2026-03-17T12:00:00Z"));
        Texts(book).Should().Equal("AdvertiserDue -10.00 EUR", "Payable 10.00 EUR");
        book.Groups.Select(Text).Should().Equal(
            "Decided: AdvertiserDue -10.00 EUR, Pending 10.00 EUR",
            "Entered: Pending -10.00 EUR, Locked 10.00 EUR",
            "HoldEnded: Locked -10.00 EUR, Payable 10.00 EUR");
    }

    [Fact]
    public void Platform_is_owed_its_fee_with_what_is_expected_and_loses_it_with_what_comes_back()
    {
        // 30 % on top of 10.05 are 3.015; of two sales 6.03, of which a half-returned one takes back 1.5075.
        ContractDraft draft = Contract(
            Pay.RevenueShare(10.Percent), static c => c.TrustingHost("order-paid")) with
        { PlatformFee = 30.Percent };
        Campaign campaign = draft.ToCampaign().Build();
        AccountBook book = new(campaign);
        CampaignRun run = new(campaign, new OneTouch()) { Recorded = book.Post };
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.5m.Eur)));
        run.Process(Proof("o1", "2026-03-04T12:00:00Z"));
        run.Process(Of(Sale("o2", "2026-03-05T12:00:00Z", 100.5m.Eur)));
        run.Process(Proof("o2", "2026-03-06T12:00:00Z"));
        run.Process(Of(Returned("r1", "o2", "2026-03-07T12:00:00Z", 50.25m.Eur)));
        run.Process(Of(Retracted("r2", "o2", "2026-03-08T12:00:00Z")));
        run.Process(Of(Retracted("r3", "o1", "2026-03-09T12:00:00Z")));

        book.Groups.Select(Text).Should().Equal(
            "Decided: AdvertiserDue -13.07 EUR, Pending 10.05 EUR, PlatformFee 3.02 EUR",
            "Entered: Pending -10.05 EUR, Payable 10.05 EUR",
            "Decided: AdvertiserDue -13.06 EUR, Pending 10.05 EUR, PlatformFee 3.01 EUR",
            "Entered: Pending -10.05 EUR, Payable 10.05 EUR",
            "Entered: AdvertiserDue 6.54 EUR, Payable -5.03 EUR, PlatformFee -1.51 EUR",
            "Entered: AdvertiserDue 6.52 EUR, Payable -5.02 EUR, PlatformFee -1.50 EUR",
            "Entered: AdvertiserDue 13.07 EUR, Payable -10.05 EUR, PlatformFee -3.02 EUR");
        Texts(book).Should().BeEmpty();
    }

    // 7 % of 100.01 USD at 0.9137, two thirds and one third: whatever is rounded or converted, books hold the cents.
    [Fact]
    public void Rounding_and_rates_leave_no_cent_over()
    {
        Campaign campaign = Contract(Pay.RevenueShare(7.Percent)).Converting(new("ecb")).ToCampaign()
            .AttributedBy(new Linear()).Build();
        RateSnapshot rate =
            new("ecb-1", Currency.Usd, Currency.Eur, 0.9137m, "ecb", At("2026-03-03T00:00:00Z"));
        AccountBook book = new(campaign);
        CampaignRun run = new(
            campaign, new SharedTouches(), rates: new([new RecordedRate(rate, At("2026-03-03T01:00:00Z"))]))
        {
            Recorded = book.Post,
        };
        (CampaignInput Input, string Sums)[] log =
        [
            (Of(Sale("o1", "2026-03-03T12:00:00Z", 100.01m.Usd)), "4.27 2.13"),
            (Of(Returned("r1", "o1", "2026-03-07T12:00:00Z", 33.34m.Usd)), "2.85 1.42"),
            (Of(Retracted("r2", "o1", "2026-03-08T12:00:00Z")), "0.00 0.00"),
        ];

        foreach ((CampaignInput input, string sums) in log)
        {
            run.Process(input);
            string.Join(' ', run.Entries.GroupBy(static e => e.Partner)
                .Select(static g => $"{g.Sum(static e => e.Amount.Amount):0.00}")).Should().Be(sums);
            book.ToTrialBalance().Balances
                .Where(static b => b.Account.Kind is AccountKind.AdvertiserDue or AccountKind.FxDelta)
                .Sum(static b => b.Balance.Amount).Should().Be(-run.Entries.Sum(static e => e.Amount.Amount));
        }

        run.Entries.OfType<Earning>().Should().OnlyContain(static e => e.Lines.Sum(static l => l.Amount.Amount)
            == e.Amount.Amount);
        book.Groups.Should().OnlyContain(static g => g.Postings.Sum(static p => p.Amount.MinorUnits) == 0);
        Texts(book).Should().BeEmpty();
    }

    private sealed class SharedTouches : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new[]
        {
            Touch("p-blog", "2026-03-01T10:00:00Z"),
            Touch("p-mail", "2026-03-01T11:00:00Z"),
            Touch("p-blog", "2026-03-01T12:00:00Z"),
        });
    }

    [Fact]
    public void Rejection_mirrors_what_was_expected()
    {
        AccountBook book = Booked(
            Pay.Fixed(10.Eur),
            static c => c.TrustingHost("order-paid"),
            Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
            Of(Retracted("r1", "o1", "2026-03-04T12:00:00Z")));

        book.Groups.Select(Text).Should().Equal(
            "Decided: AdvertiserDue -10.00 EUR, Pending 10.00 EUR",
            "Decided: AdvertiserDue 10.00 EUR, Pending -10.00 EUR");
        Texts(book).Should().BeEmpty();
    }

    [Fact]
    public void Group_names_terms_clause_outcome_evidence_and_tally()
    {
        CampaignRun run = RunOf(
            Pay.Tiered(new(10.Eur, UpTo: 1), new(8.Eur)),
            static c => c.TrustingHost("order-paid"),
            Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
            Proof("o1", "2026-03-05T12:00:00Z"),
            Of(Sale("o2", "2026-03-06T12:00:00Z", 100.Eur)),
            Proof("o2", "2026-03-07T12:00:00Z"),
            Of(Retracted("r1", "o2", "2026-03-08T12:00:00Z")));
        AccountBook book = new(run.State.Campaign);
        book.Post(run.Entries);

        Earning second = (Earning)run.Entries[1];
        EntryGroup group = book.Groups[1];
        group.Should().BeEquivalentTo(new
        {
            Contract = new ContractId("acme-2026"),
            Version = 1,
            second.Terms,
            second.Clause,
            OutcomeId = new OutcomeId("o2"),
            Before = (object)second.Before,
            Record = second.Id.Value,
            Number = 2L,
        });
        group.Evidence.Should().Equal(new EvidenceId("psp-o2"));
        book.Groups[2].Corrects.Should().Be(second.Id);
        book.Groups.Select(static g => g.Id).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Partial_reversal_takes_from_hold_then_from_payable_then_makes_a_debt()
    {
        // 30 in three monthly parts: at once, on the 3rd of April, on the 3rd of May. The first two were sent.
        AccountBook book = new(RunOf(Pay.Fixed(1.Eur), null).State.Campaign);
        Earning earning = Entry("e1", 30.Eur, "2026-03-03T12:00:00Z") with
        {
            Instalments =
            [
                new(At("2026-03-03T12:00:00Z"), 10.Eur),
                new(At("2026-04-03T12:00:00Z"), 10.Eur),
                new(At("2026-05-03T12:00:00Z"), 10.Eur),
            ],
        };
        book.Post(earning);
        book.Send(Payment, new("acme-2026"), new("p-blog"), 10.Eur, At("2026-03-20T12:00:00Z"));
        book.Post(Correction(earning, "a1", -4.Eur, "2026-04-10T12:00:00Z"));
        book.Post(Correction(earning, "a2", -12.Eur, "2026-04-11T12:00:00Z"));
        book.Post(Correction(earning, "a3", -14.Eur, "2026-04-12T12:00:00Z"));

        book.Groups.Where(static g => g.Corrects is not null).Select(Text).Should().Equal(
            "Entered: AdvertiserDue 4.00 EUR, Locked -4.00 EUR",
            "Entered: AdvertiserDue 12.00 EUR, Locked -6.00 EUR, Payable -6.00 EUR",
            "Entered: AdvertiserDue 14.00 EUR, Payable -4.00 EUR, ClawbackDue -10.00 EUR");
        Texts(book).Should().Equal("InTransit 10.00 EUR", "ClawbackDue -10.00 EUR");
    }

    // cases/platform-cases.json: Ontraport, what happens if a refund is issued after a commission.
    [Theory]
    [InlineData("ontraport-clawback", false, "Payable 0.00 EUR", "ClawbackDue 0.00 EUR")]
    [InlineData("ontraport-clawback", true, "Payable 0.00 EUR", "ClawbackDue -10.00 EUR")]
    public void What_was_not_paid_is_subtracted_and_what_was_is_owed_back(
        string id, bool isPaid, string payable, string due)
    {
        AccountBook book = new(RunOf(Pay.Fixed(1.Eur), null).State.Campaign);
        Earning earning = Entry("e1", 10.Eur, "2026-03-03T12:00:00Z");
        book.Post(earning);
        if (isPaid)
        {
            PayAll(book, 10.Eur, "2026-04-01T12:00:00Z");
        }

        book.Post(Correction(earning, "a1", -10.Eur, "2026-04-10T12:00:00Z"));

        string[] texts = [Balance(book, AccountKind.Payable), Balance(book, AccountKind.ClawbackDue)];
        texts.Should().Equal([payable, due], id);
    }

    // cases/platform-cases.json: Tapfiliate, how negative commissions work.
    [Fact]
    public void Balance_after_payment_and_disapproval_is_negative()
    {
        AccountBook book = new(RunOf(Pay.Fixed(1.Eur), null).State.Campaign);
        Earning earning = Entry("e1", 10.Eur, "2026-03-03T12:00:00Z");
        List<decimal> balances = [Owed(book)];
        book.Post(earning);
        balances.Add(Owed(book));
        PayAll(book, 10.Eur, "2026-04-01T12:00:00Z");
        balances.Add(Owed(book));
        book.Post(Correction(earning, "a1", -10.Eur, "2026-04-10T12:00:00Z"));
        balances.Add(Owed(book));

        balances.Should().Equal([0, 10, 0, -10], "tapfiliate-negative");
    }

    [Fact]
    public void Debts_are_settled_from_what_becomes_payable_the_oldest_first()
    {
        AccountBook book = new(RunOf(Pay.Fixed(1.Eur), null).State.Campaign);
        Earning first = Entry("e1", 30.Eur, "2026-03-03T12:00:00Z");
        book.Post(first);
        PayAll(book, 30.Eur, "2026-04-01T12:00:00Z");
        Adjustment[] reversals =
        [
            Correction(first, "a1", -10.Eur, "2026-04-10T12:00:00Z"),
            Correction(first, "a2", -20.Eur, "2026-04-11T12:00:00Z"),
        ];
        book.Post(reversals);
        book.Post(Entry("e2", 25.Eur, "2026-05-03T12:00:00Z"));
        book.Post(Entry("e3", 12.Eur, "2026-05-04T12:00:00Z"));

        book.Groups.Where(static g => g.Cause == GroupCause.ClawbackSettled)
            .Select(static g => $"{g.Corrects}: {g.Postings[^1].Amount}")
            .Should().Equal(
                $"{reversals[0].Id}: 10.00 EUR", $"{reversals[1].Id}: 15.00 EUR", $"{reversals[1].Id}: 5.00 EUR");
        Texts(book).Should().Equal("AdvertiserDue -37.00 EUR", "Payable 7.00 EUR", "Paid 30.00 EUR");
    }

    [Fact]
    public void Refused_payment_is_payable_again_and_the_first_answer_stands()
    {
        AccountBook book = new(RunOf(Pay.Fixed(1.Eur), null).State.Campaign);
        book.Post(Entry("e1", 10.Eur, "2026-03-03T12:00:00Z"));
        Instant at = At("2026-04-01T12:00:00Z");

        Send(book, 10.Eur, at).Should().BeTrue();
        Send(book, 10.Eur, at).Should().BeFalse("the same part was sent before");
        Balance(book, AccountKind.InTransit).Should().Be("InTransit 10.00 EUR");
        book.Refuse(Payment, at).Should().BeTrue();
        book.Confirm(Payment, at).Should().BeFalse("the payment was answered");
        Send(book, 10.Eur, at).Should().BeFalse();
        Texts(book).Should().Equal("AdvertiserDue -10.00 EUR", "Payable 10.00 EUR");
    }

    [Fact]
    public void Payment_with_other_content_is_a_mistake()
    {
        AccountBook book = new(RunOf(Pay.Fixed(1.Eur), null).State.Campaign);
        Instant at = At("2026-04-01T12:00:00Z");
        Send(book, 10.Eur, at);

        FluentActions.Invoking(() => Send(book, 11.Eur, at)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Send(book, 0.Eur, at)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => book.Confirm(new("unknown"), at)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Sent_beyond_what_is_payable_is_owed_back()
    {
        // The statement of March promised 10; 4 of it were taken back before it was paid.
        AccountBook book = new(RunOf(Pay.Fixed(1.Eur), null).State.Campaign);
        Earning earning = Entry("e1", 10.Eur, "2026-03-03T12:00:00Z");
        book.Post(earning);
        book.Post(Correction(earning, "a1", -4.Eur, "2026-04-02T12:00:00Z"));
        PayAll(book, 10.Eur, "2026-04-15T12:00:00Z");

        Texts(book).Should().Equal("AdvertiserDue -6.00 EUR", "Paid 10.00 EUR", "ClawbackDue -4.00 EUR");
    }

    [Fact]
    public void Earning_of_nothing_is_a_group_of_nothing()
    {
        AccountBook book = new(RunOf(Pay.Fixed(1.Eur), null).State.Campaign);
        book.Post(Entry("e1", 0.Eur, "2026-03-03T12:00:00Z"));

        book.Groups.Select(Text).Should().Equal("Entered: AdvertiserDue 0.00 EUR, Payable 0.00 EUR");
        book.ToTrialBalance().Balances.Should().BeEmpty();
    }

    [Fact]
    public void Balance_of_an_earlier_instant_is_the_one_of_then()
    {
        AccountBook book = new(RunOf(Pay.Fixed(1.Eur), null).State.Campaign);
        book.Post(Entry("e1", 10.Eur, "2026-03-03T12:00:00Z"));
        PayAll(book, 10.Eur, "2026-04-15T12:00:00Z");
        Account payable = new(new("acme-2026"), new("p-blog"), AccountKind.Payable, Currency.Eur);

        book.BalanceOf(payable).Should().Be(0.Eur);
        book.BalanceOf(payable, At("2026-04-15T11:59:59Z")).Should().Be(10.Eur);
        book.BalanceOf(payable, At("2026-03-03T11:59:59Z")).Should().Be(0.Eur);
        book.BalanceOf(payable with { Partner = new("p-mail") }).Should().Be(0.Eur);
    }

    [Fact]
    public void Groups_read_back_and_unbalanced_ones_are_refused()
    {
        AccountBook book = new(RunOf(Pay.Fixed(1.Eur), null).State.Campaign);
        book.Post(Entry("e1", 10.Eur, "2026-03-03T12:00:00Z"));
        EntryGroup group = book.Groups[0];
        TermFailures failures = [];

        TermReader.Read(TermNode.Of(group), failures, EntryGroup.Read).Should().Be(group);
        failures.Should().BeEmpty();
        FluentActions.Invoking(() => group with { Postings = [group.Postings[0]] })
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => group with { Postings = [] }).Should().Throw<ArgumentException>();
    }

    internal static string Text(EntryGroup group) => $"{group.Cause}: {string.Join(", ", group.Postings)}";

    private static string[] Texts(AccountBook book) =>
        [.. book.ToTrialBalance().Balances.Select(static b => $"{b.Account.Kind} {b.Balance}")];

    private static string Balance(AccountBook book, AccountKind kind) =>
        $"{kind} {book.BalanceOf(new(new("acme-2026"), new("p-blog"), kind, Currency.Eur))}";

    private static decimal Owed(AccountBook book) => new[] { AccountKind.Payable, AccountKind.ClawbackDue }
        .Sum(k => book.BalanceOf(new(new("acme-2026"), new("p-blog"), k, Currency.Eur)).MinorUnits) / 100m;

    private static bool Send(AccountBook book, Money amount, Instant at) =>
        book.Send(Payment, new("acme-2026"), new("p-blog"), amount, at);

    private static void PayAll(AccountBook book, Money amount, string at)
    {
        Send(book, amount, At(at));
        book.Confirm(Payment, At(at));
    }

    private static Earning Entry(string id, Money amount, string at) => SampleEntries.Earning(id, amount, At(at));

    private static Adjustment Correction(Earning earning, string cause, Money amount, string at) =>
        SampleEntries.Adjustment(earning, cause, amount, At(at));

    private static AccountBook Booked(
        PayoutModel pays, Func<ClauseDraft, ClauseDraft>? terms, params CampaignInput[] inputs)
    {
        List<CampaignRecord> records = [];
        Campaign campaign = RunOf(pays, terms, records.AddRange, inputs).State.Campaign;
        AccountBook book = new(campaign);
        book.Post(records);
        return book;
    }

    private static CampaignRun RunOf(
        PayoutModel pays, Func<ClauseDraft, ClauseDraft>? terms, params CampaignInput[] inputs) =>
        RunOf(pays, terms, static _ => { }, inputs);

    private static CampaignRun RunOf(
        PayoutModel pays,
        Func<ClauseDraft, ClauseDraft>? terms,
        Action<IEnumerable<CampaignRecord>> keep,
        CampaignInput[] inputs)
    {
        CampaignRun run = new(Contract(pays, terms).ToCampaign().Build(), new OneTouch())
        {
            Decided = d => keep(d.Records),
        };
        foreach (CampaignInput input in inputs)
        {
            run.Process(input);
        }

        return run;
    }

    private sealed class OneTouch : IJourneySource
    {
        public Journey Find(PerfMarketing.Events.Outcome outcome) =>
            new(new[] { Touch("p-blog", "2026-03-01T09:00:00Z") });
    }
}
