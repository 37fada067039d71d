using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/ledger.md, docs/closing-a-month.md and docs/corrections-and-clawback.md.</summary>
public sealed class LedgerSnippets
{
    private static readonly Instant Day3 = Instant.FromUtc(2026, 3, 3, 12, 0);

    private readonly IJourneySource journeys = new OneJourney();

    private static ContractDraft Acme => ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
        .In(Currency.Eur, "Europe/Berlin");

    [Fact]
    public void Post_and_pay()
    {
        Campaign campaign = Acme.Pays("sale", Pay.RevenueShare(10.Percent), c => c
            .TrustingHost("order-paid", holdFor: Duration.FromDays(14))).ToCampaign().Build();
        Outcome sale = Sale(Day3);
        EvidenceVerdict verdict = EvidenceVerdict.Asserted("order-paid", new("psp-991"), Day3 + Duration.FromDays(2));
        AmountReturn returned = new()
        {
            Id = new("r1"),
            Outcome = sale.Id,
            At = Day3 + Duration.FromDays(10),
            Amount = 50.Eur,
        };

        #region post
        AccountBook book = new(campaign);
        CampaignRun run = new(campaign, journeys) { Recorded = book.Post };
        run.Process(new CampaignInput.OfOutcome(sale));
        run.Process(new CampaignInput.OfEvidence(sale.Id, verdict));
        run.Process(new CampaignInput.OfCorrection(returned));

        book.Advance(Instant.FromUtc(2026, 4, 1, 0, 0));
        TrialBalance trial = book.ToTrialBalance();
        #endregion

        book.Groups.Select(g => $"{g.Cause}: {string.Join(", ", g.Postings)}").Should().Equal(
            "Decided: AdvertiserDue -20.00 EUR, Pending 20.00 EUR",
            "Entered: Pending -20.00 EUR, Locked 20.00 EUR",
            "Entered: AdvertiserDue 5.00 EUR, Locked -5.00 EUR",
            "HoldEnded: Locked -15.00 EUR, Payable 15.00 EUR");
        trial.IsBalanced.Should().BeTrue();
        Instant sent = Instant.FromUtc(2026, 4, 15, 9, 0);
        Instant received = Instant.FromUtc(2026, 4, 16, 9, 0);

        #region pay
        Statement march = run.Statements(asOf: Instant.FromUtc(2026, 4, 1, 0, 0))[0];
        book.Close(march);

        EntryId payment = new(march.Id.Value);
        book.Send(payment, march.Contract, march.Partner, march.Payable, at: sent);
        book.Confirm(payment, at: received);
        #endregion

        book.ToTrialBalance().Balances.Select(b => $"{b.Account.Kind} {b.Balance}")
            .Should().Equal("AdvertiserDue -15.00 EUR", "Paid 15.00 EUR");
    }

    [Fact]
    public async Task Close_a_month()
    {
        SettlementTerms terms = ContractPages.Contract("docs/closing-a-month.md", 0).Settlement!;
        terms.Should().Be(new SettlementTerms
        {
            Per = Time.PeriodUnit.HalfMonth,
            Threshold = 20.Eur,
            Due = new(DueRule.Net, 15),
            Reserve = new(10.Percent, 90),
            Exposure = PaymentExposure.ThisInvoice,
        });
        Campaign campaign = Acme.SettledBy(terms).Pays("sale", Pay.RevenueShare(10.Percent)).ToCampaign().Build();
        Outcome sale = Sale(Instant.FromUtc(2026, 2, 28, 12, 0)) with { RecordedAt = Day3 };

        #region close
        CampaignRun run = new(campaign, journeys);
        run.Process(new CampaignInput.OfOutcome(sale));

        Statement closed = run.Statements(asOf: Instant.FromUtc(2026, 4, 1, 0, 0))[0];
        IEnumerable<string> lines = closed.LinesIn(campaign.Contracts[0])
            .Select(l => $"{l.Entry.Amount}: occurred {l.EventPeriod}, decided {l.DecisionPeriod}");
        #endregion

        lines.Should().Equal("20.00 EUR: occurred 2026-02-b, decided 2026-03-a");
        (closed.Payable, closed.Withheld, closed.Carried).Should().Be((0.Eur, 2.Eur, 18.Eur));

        ValueList<Statement> statements = [closed];
        HashSet<StatementId> received = [];
        #region wait
        Reason? wait = PaidWhenPaid.Refuse(closed, statements, received);
        #endregion

        wait!.Code.Should().Be("settlement.awaits-payer");
        received.Add(closed.Id);
        PaidWhenPaid.Refuse(closed, statements, received).Should().BeNull();

        MemoryStatementNumbers numbers = new();
        CancellationToken cancellationToken = CancellationToken.None;
        statements = [closed with { Payable = 100.Eur, Opening = 100.Eur }];
        #region invoice
        InvoiceWorkflow invoicing = new(numbers);
        ValueList<StatementInvoice> invoices = await invoicing.InvoiceAsync(
            payer: new("acme"),
            statements,
            taxesOf: _ => new TaxTerms(Vat: 19.Percent, Withholding: 0.Percent),
            cancellationToken);
        #endregion

        invoices.Should().ContainSingle().Which.Total.Should().Be(119.Eur);
    }

    [Fact]
    public void Take_back()
    {
        ClauseDraft clause = Acme.Pays("sale", Pay.RevenueShare(10.Percent)).Clauses[0];
        #region schedule
        ClauseDraft sale = clause.TakenBackBy(ClawbackSchedule.UpTo(30).Then(60, 50.Percent));
        #endregion

        ClauseDraft written = ContractPages.Contract("docs/corrections-and-clawback.md", 0).Clauses[0];
        written.Should().Be(sale with { Clawback = sale.Clawback! with { Exempt = [CorrectionReason.Fraud] } });

        CampaignRun run = new((Acme with
        {
            Clauses = [sale],
            ReversalLimit = new(0.Percent, ReversalBase.Count),
        }).ToCampaign().Build(), journeys);
        run.Process(new CampaignInput.OfOutcome(Sale(Day3)));
        run.Process(new CampaignInput.OfCorrection(new Retraction
        {
            Id = new("r1"),
            Outcome = new("o1"),
            At = Day3 + Duration.FromDays(1),
        }));

        #region refused
        IEnumerable<string> refused = run.Entries.OfType<Adjustment>()
            .Where(a => a.Reason.Code == ReversalCodes.OverLimit)
            .Select(a => $"{a.Cause}: {a.Kept} stays");
        #endregion

        refused.Should().Equal("r1: 20.00 EUR stays");
    }

    private static Outcome Sale(Instant at) =>
        new() { Id = new("o1"), At = at, Kind = "sale", Value = 200.Eur, Customer = new CustomerId("c1") };

    private sealed class OneJourney : IJourneySource
    {
        public Journey Find(Outcome outcome)
        {
            JourneyTouch touch = new()
            {
                Id = new("t1"),
                At = outcome.At - Duration.FromDays(1),
                Partner = new("p-blog"),
            };
            return new(new[] { touch });
        }
    }
}
