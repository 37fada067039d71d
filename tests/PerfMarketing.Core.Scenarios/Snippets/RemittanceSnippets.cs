using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/paying-partners.md.</summary>
public sealed class RemittanceSnippets
{
    private static readonly Instant February = Instant.FromUtc(2026, 2, 2, 12, 0);
    private static readonly Instant March = Instant.FromUtc(2026, 3, 2, 12, 0);

    #region checks
    public static TheoryData<string> Promises => [.. PaymentChecks.All.Names];

    [Theory]
    [MemberData(nameof(Promises))]
    public Task Bank_keeps_its_promises(string promise) =>
        PaymentChecks.All.RunAsync(promise, new MemoryPayments(), CancellationToken.None);
    #endregion

    [Fact]
    public async Task Remit()
    {
        MemoryLedger ledger = new();
        MemoryPayments bank = new();
        CancellationToken ct = CancellationToken.None;
        ValueList<PayableStatement> statements = [January("acme-2026", 100.Eur), January("shop-2026", -30.Eur)];

        #region remit
        RemittanceTerms terms = new()
        {
            Payee = new("p-blog"),
            Currency = Currency.Eur,
            Minimum = 50.Eur,
            SetsOff = true,
            Fee = new() { Fixed = 0.25m.Eur, Bearer = FeeBearer.Payee },
        };

        RemittanceWorkflow remittances = new(ledger, bank);
        RemittanceReport report = await remittances.RemitAsync(terms, statements, asOf: February, ct);

        RemittanceId id = report.Remittances[0].Remittance.Id;
        var received = RemittanceAnswer.Of(id, RemittanceResult.Confirmed, at: February, reference: "bank-77");
        RemittanceReceipt? receipt = await remittances.ConfirmAsync(terms.Payee, terms.Currency, received, ct);
        #endregion

        Remittance made = report.Remittances[0].Remittance;
        made.Parts.Select(static p => p.Amount).Should().Equal(100.Eur);
        made.SetOffs.Select(static p => p.Amount).Should().Equal(-30.Eur);
        made.Total.Should().Be(70.Eur);
        bank.Instructions.Should().Equal(new PaymentInstruction(id, new("p-blog"), 69.75m.Eur));
        receipt!.Remittance.IsConfirmed.Should().BeTrue();

        Campaign campaign = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Etc/UTC").Pays("sale", Pay.Fixed(100.Eur)).ToCampaign().Build();
        AccountBook book = new(campaign);
        PartnerId payee = terms.Payee;
        #region book
        foreach (RemittanceState remittance in await remittances.ReadAsync(payee, Currency.Eur, ct))
        {
            book.Post(remittance.Records);
        }
        #endregion

        book.ToTrialBalance().Balances.Where(b => b.Account.Contract == new ContractId("acme-2026"))
            .Select(b => $"{b.Account.Kind} {b.Balance}").Should().Equal(
                "Paid 69.75 EUR", "ClawbackDue -100.00 EUR", "SetOff 30.00 EUR", "PaymentFee 0.25 EUR");
    }

    [Fact]
    public async Task Taxes()
    {
        MemoryPayments bank = new();
        RemittanceWorkflow remittances = new(new MemoryLedger(), bank);
        InvoiceWorkflow invoicing = new(new MemoryStatementNumbers());
        CancellationToken ct = CancellationToken.None;
        Campaign campaign = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Etc/UTC").Pays("sale", Pay.Fixed(100.Eur)).ToCampaign().Build();
        ValueList<Statement> closed = [January("acme-2026", 100.Eur).Statement];
        RemittanceTerms terms = new() { Payee = new("p-blog"), Currency = Currency.Eur };

        #region taxes
        ValueList<StatementInvoice> invoices = await invoicing.InvoiceAsync(
            payer: new("acme"), closed, taxesOf: _ => new TaxTerms(Vat: 19.Percent, Withholding: 5.Percent), ct);

        ValueList<PayableStatement> payable =
        [
            .. closed.Select(s => PayableStatement.Of(campaign, s) with
            {
                Invoice = invoices.FirstOrDefault(i => i.Statement == s.Id),
            }),
        ];

        RemittanceReport report = await remittances.RemitAsync(terms, payable, asOf: February, ct);
        #endregion

        report.Remittances[0].Remittance.Parts[0].Should().BeEquivalentTo(
            new { Amount = 100.Eur, Invoice = "I-1", Vat = 19.Eur, Withholding = 5.Eur });
        bank.Instructions.Single().Amount.Should().Be(114.Eur).And.Be(invoices[0].Total);
    }

    [Fact]
    public async Task Comes_back()
    {
        MemoryPayments bank = new() { Decide = static _ => new(PaymentStatus.Paid) };
        RemittanceWorkflow remittances = new(new MemoryLedger(), bank);
        CancellationToken ct = CancellationToken.None;
        RemittanceTerms terms = new() { Payee = new("p-blog"), Currency = Currency.Eur };
        ValueList<PayableStatement> statements = [January("acme-2026", 100.Eur)];
        RemittanceReport paid = await remittances.RemitAsync(terms, statements, asOf: February, ct);
        RemittanceId id = paid.Remittances[0].Remittance.Id;

        #region returned
        var back = RemittanceAnswer.Of(id, RemittanceResult.Returned, at: March, reference: "AC04 account closed");
        await remittances.ConfirmAsync(terms.Payee, terms.Currency, back with { Author = "ann" }, ct);

        RemittanceReport again = await remittances.RemitAsync(terms, statements, asOf: March, ct);
        #endregion

        again.Remittances.Single().IsConfirmed.Should().BeTrue();
        bank.Instructions.Select(static i => i.Amount).Should().Equal(100.Eur, 100.Eur);
        bank.Instructions.Select(static i => i.Id).Should().OnlyHaveUniqueItems();
    }

    private static PayableStatement January(string contract, Money earned)
    {
        Money none = Money.Zero(earned.Currency);
        Statement statement = new()
        {
            Id = Statement.IdOf(new("acme-2026"), new(contract), new("p-blog"), "2026-01"),
            Contract = new(contract),
            Partner = new("p-blog"),
            Period = "2026-01",
            From = Instant.FromUtc(2026, 1, 1, 0, 0),
            To = Instant.FromUtc(2026, 2, 1, 0, 0),
            IsClosed = true,
            Opening = none,
            Lines = [],
            Gross = earned,
            Adjustments = none,
            Payable = Money.Max(earned, none),
            Closing = Money.Min(earned, none),
        };
        return new(new("acme-2026"), statement);
    }
}
