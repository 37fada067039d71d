using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Testing;
using PerfMarketing.Tests.Settlement.Accounts;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Remittances.SampleStatements;

namespace PerfMarketing.Tests.Settlement.Remittances;

/// <summary>
/// What invoices say is what the bank is told: net, VAT on top, and without what the tax office gets.
/// </summary>
public sealed class RemittanceTaxTests
{
    private readonly RemittanceBook book = new(Blog, Currency.Eur);

    [Fact]
    public void Bank_is_told_what_the_invoice_says()
    {
        PayableStatement invoiced = Taxed(Chain("a", 100)[0]);

        Remittance made = book.Plan(Terms(), [invoiced, .. Chain("b", 10)], After(1)).Remittance!;

        made.Amount.Should().Be(invoiced.Invoice!.Total + 10.Eur).And.Be(124.Eur);
        made.Parts.Select(static p => $"{p.Amount} {p.Vat} {p.Withholding}")
            .Should().Equal("100.00 EUR 19.00 EUR 5.00 EUR", "10.00 EUR  ");
        made.Parts.Select(static p => p.Invoice).Should().Equal("I-1", null);
        made.ToShares().Select(static s => $"{s.Sent} {s.Vat} {s.Withholding}")
            .Should().Equal("114.00 EUR 19.00 EUR 5.00 EUR", "10.00 EUR 0.00 EUR 0.00 EUR");
        CheckReadsBack(made);
    }

    [Fact]
    public void Taxes_count_for_minimum_fee_and_set_off()
    {
        RemittanceFee fee = new() { Rate = 10.Percent, Bearer = FeeBearer.Payee };
        PayableStatement[] statements = [Taxed(Chain("a", 100)[0]), .. Chain("b", -14)];

        Remittance made = book.Plan(Terms(100.Eur, setsOff: true, fee), statements, After(1)).Remittance!;

        made.Total.Should().Be(100.Eur);
        made.Amount.Should().Be(90.Eur);
        made.ToShares().Select(static s => $"{s.Sent} {s.SetOff} {s.Fee}")
            .Should().Equal("90.00 EUR 14.00 EUR 10.00 EUR", "0.00 EUR -14.00 EUR 0.00 EUR");
    }

    [Fact]
    public void Claim_that_is_taken_from_what_is_paid_again_takes_its_taxes()
    {
        PayableStatement paid = Taxed(Chain("a", 100)[0]);
        PayableStatement claims = Taxed(Claiming(Chain("a", 100, -150)[1], 150));
        Remittance first = book.Plan(Terms(), [paid], After(1)).Remittance!;
        book.Apply(RemittanceAnswer.Of(first.Id, RemittanceResult.Refused, After(1)));

        // Of the credit note of 150 two thirds are taken; the payee pays the rest.
        Remittance again = book.Plan(Terms(), [paid, claims, .. Chain("b", 1)], After(2)).Remittance!;

        again.Amount.Should().Be(1.Eur);
        again.Parts[1].Should().Be(new RemittancePart(
            new("acme"), new("a"), claims.Statement.Id, claims.Statement.To, -100.Eur)
        {
            Invoice = "I-1",
            Vat = -19.Eur,
            Withholding = -5.Eur,
        });
        CheckReadsBack(again);
    }

    [Fact]
    public void Statement_without_an_invoice_is_paid_net() =>
        book.Plan(Terms(), Chain("a", 100), After(1)).Remittance!.Parts.Single().Should().BeEquivalentTo(
            new { Amount = 100.Eur, Invoice = (string?)null, Vat = (Money?)null, Withholding = (Money?)null });

    [Fact]
    public void Statement_is_paid_once_whatever_invoice_is_given_later()
    {
        PayableStatement net = Chain("a", 100)[0];
        PayableStatement taxed = Taxed(net);
        Remittance made = book.Plan(Terms(), [taxed], After(1)).Remittance!;
        PayableStatement[] others =
        [
            net with { Invoice = taxed.Invoice! with { Number = "I-2" } },
            net with { Invoice = taxed.Invoice! with { Vat = 7.Eur } },
            net with { Invoice = taxed.Invoice! with { Withholding = 0.Eur } },
        ];

        foreach (PayableStatement other in others)
        {
            RemittancePlan plan = book.Plan(Terms(), [other], After(1));
            plan.Reason!.Code.Should().Be(RemittanceReasons.NothingPayable);
            plan.InvoicesThatDiffer.Should().Equal(Reason.Of(
                RemittanceReasons.InvoiceDiffers,
                ("statement", net.Statement.Id),
                ("invoice", other.Invoice!.Number),
                ("remittance", made.Id)));
        }

        foreach (PayableStatement same in new[] { taxed, net })
        {
            book.Plan(Terms(), [same], After(1)).InvoicesThatDiffer.Should().BeEmpty();
        }
    }

    [Fact]
    public void Invoice_that_comes_after_its_statement_was_paid_net_is_told_when_it_has_taxes()
    {
        PayableStatement net = Chain("a", 100)[0];
        PayableStatement untaxed = net with { Invoice = StatementInvoice.Of(net.Statement, TaxTerms.None, "I-1") };
        book.Plan(Terms(), [net], After(1));

        book.Plan(Terms(), [untaxed], After(1)).InvoicesThatDiffer.Should().BeEmpty("it says what was paid");
        book.Plan(Terms(), [Taxed(net)], After(1)).InvoicesThatDiffer.Should().ContainSingle();
    }

    [Fact]
    public void Refused_statement_is_paid_again_by_the_invoice_that_is_given_then()
    {
        PayableStatement taxed = Taxed(Chain("a", 100)[0]);
        PayableStatement corrected = taxed with { Invoice = taxed.Invoice! with { Number = "I-2", Vat = 7.Eur } };
        Remittance first = book.Plan(Terms(), [taxed], After(1)).Remittance!;
        book.Apply(RemittanceAnswer.Of(first.Id, RemittanceResult.Refused, After(1)));

        RemittancePlan again = book.Plan(Terms(), [corrected], After(1));

        again.Remittance!.Amount.Should().Be(102.Eur);
        again.InvoicesThatDiffer.Should().BeEmpty();
    }

    [Fact]
    public async Task Call_that_is_repeated_with_another_invoice_pays_once_and_says_so()
    {
        PayableStatement taxed = Taxed(Chain("a", 100)[0]);
        PayableStatement other = taxed with { Invoice = taxed.Invoice! with { Number = "I-2", Vat = 7.Eur } };
        MemoryPayments bank = new();
        RemittanceWorkflow workflow = new(new MemoryLedger(), bank);

        await workflow.RemitAsync(Terms(), [taxed], After(1), default);
        RemittanceReport report = await workflow.RemitAsync(Terms(), [other], After(1), default);

        bank.Instructions.Select(static i => i.Amount).Should().Equal(114.Eur);
        report.IsRepetition.Should().BeTrue();
        report.InvoicesThatDiffer.Select(static r => r.Code).Should().Equal(RemittanceReasons.InvoiceDiffers);
    }

    [Fact]
    public void Taxes_of_a_stored_remittance_are_parts_of_its_amounts()
    {
        string json = TermJson.Write(book.Plan(Terms(), [Taxed(Chain("a", 100)[0])], After(1)).Remittance!);
        (string Found, string Stored)[] wrong =
        [
            ("\"vat\":\"19.00 EUR\"", "\"vat\":\"18.00 EUR\""),
            ("\"vat\":\"19.00 EUR\"", "\"vat\":\"19.00 USD\""),
            ("\"withholding\":\"5.00 EUR\"", "\"withholding\":\"-5.00 EUR\""),
            ("\"invoice\":\"I-1\",", ""),
            ("\"invoice\":\"I-1\"", "\"invoice\":\" \""),
        ];

        foreach ((string found, string stored) in wrong)
        {
            json.Should().Contain(found);
            TermFailures failures = [];
            TermJson.TryParse(
                json.Replace(found, stored, StringComparison.Ordinal), CampaignRecord.Read, failures, out _);
            failures.Select(static f => f.Code).Should().Equal([RemittanceCodes.Unsound], stored);
        }
    }

    [Fact]
    public void Invoice_of_another_statement_is_a_mistake()
    {
        PayableStatement[] statements = Chain("a", 100, 100);
        PayableStatement invoiced = Taxed(statements[0]);
        StatementInvoice invoice = invoiced.Invoice!;
        StatementInvoice?[] wrong =
        [
            Taxed(statements[1]).Invoice,
            invoice with { Net = 99.Eur },
            invoice with { Partner = new("p-mail") },
            invoice with { Contract = new("b") },
            invoice with { Number = "" },
            invoice with { Number = new string('1', StatementInvoice.NumberLengthMax + 1) },
            invoice with { Vat = -1.Eur },
            invoice with { Withholding = 100.01m.Eur },
            invoice with { Vat = 1.Usd },
            invoice with { Withholding = 1.Usd },
        ];

        foreach (StatementInvoice? other in wrong)
        {
            FluentActions.Invoking(() => book.Plan(Terms(), [statements[0] with { Invoice = other }], After(1)))
                .Should().Throw<ArgumentException>();
        }
    }

    [Theory]
    [InlineData(RemittanceResult.Confirmed, "Paid 114.00 EUR, Vat -19.00 EUR, WithholdingTax 5.00 EUR")]
    [InlineData(RemittanceResult.Refused, "Payable 100.00 EUR")]
    public void Accounts_say_where_the_taxes_are(RemittanceResult result, string expected)
    {
        AccountBook accounts = Earned();
        Remittance made = book.Plan(Terms(), [Taxed(Chain("acme", 100)[0])], After(1)).Remittance!;

        accounts.Post(made);
        Texts(accounts).Should().Be(
            "AdvertiserDue -100.00 EUR, InTransit 114.00 EUR, Vat -19.00 EUR, WithholdingTax 5.00 EUR");
        accounts.Post(RemittanceAnswer.Of(made.Id, result, After(1)));

        Texts(accounts).Should().Be($"AdvertiserDue -100.00 EUR, {expected}");
        accounts.Groups[^1].Postings.Sum(static p => p.Amount.MinorUnits).Should().Be(0);
    }

    [Fact]
    public void Partner_pays_a_credit_note_back_with_its_taxes()
    {
        AccountBook accounts = Earned();
        Remittance made = book.Plan(Terms(), [Taxed(Chain("acme", 100)[0])], After(1)).Remittance!;
        accounts.Post(made);
        accounts.Post(RemittanceAnswer.Of(made.Id, RemittanceResult.Confirmed, After(1)));
        accounts.Post(SampleEntries.Earning("e2", -100.Eur, After(1)) with { Contract = new("acme") });
        accounts.Close(Claiming(Chain("acme", 100, -100)[1], 100).Statement);

        accounts.Receive(new("r"), new("acme"), Blog, 100.Eur, After(2), 19.Eur, 5.Eur).Should().BeTrue();
        accounts.Receive(new("r"), new("acme"), Blog, 100.Eur, After(2), 19.Eur, 5.Eur).Should().BeFalse();

        Texts(accounts).Should().BeEmpty();
        FluentActions.Invoking(() => accounts.Receive(new("r"), new("acme"), Blog, 100.Eur, After(2)))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => accounts.Receive(new("x"), new("acme"), Blog, 1.Eur, After(2), 1.Usd))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => accounts.Receive(new("x"), new("acme"), Blog, 1.Eur, After(2), -1.Eur))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    private static void CheckReadsBack(Remittance made) =>
        TermJson.Parse(TermJson.Write(made), CampaignRecord.Read).Should().Be(made);

    private static AccountBook Earned()
    {
        AccountBook accounts = new(ContractDraft.For("acme").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Etc/UTC").Pays("sale", Pay.RevenueShare(100.Percent)).ToCampaign().Build());
        accounts.Post(SampleEntries.Earning("e1", 100.Eur, After(0)) with { Contract = new("acme") });
        accounts.Advance(After(1));
        return accounts;
    }

    private static string Texts(AccountBook accounts) => string.Join(
        ", ", accounts.ToTrialBalance().Balances.Select(static b => $"{b.Account.Kind} {b.Balance}"));

    private static PayableStatement Taxed(PayableStatement given) => given with
    {
        Invoice = StatementInvoice.Of(given.Statement, new(19.Percent, 5.Percent), "I-1"),
    };

    private static PayableStatement Claiming(PayableStatement given, int amount) => given with
    {
        Statement = given.Statement with
        {
            Opening = 0.Eur,
            Claimed = ((decimal)amount).Eur,
            Closing = 0.Eur,
        },
    };
}
