using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

public sealed class StatementInvoiceTests
{
    private static readonly TaxTerms German = new(19.Percent, 0.Percent);

    // cases/billing-cases.json: lago credit_note_rounding_spec.rb, whose tax is rounded once on the credited amount.
    [Theory]
    [InlineData("reversal-rounding-6-7-23.33pct", "25.71", "23.33", "6.00", "31.71")]
    [InlineData("reversal-rounding-remainder-20pct", "42.14", "20", "8.43", "50.57")]
    [InlineData("half a cent up", "0.50", "19", "0.10", "0.60")]
    public void Tax_is_rounded_once_on_the_net_amount(string id, string net, string rate, string vat, string total)
    {
        TaxTerms taxes = new(Percentage.Parse($"{rate}%", null), default);
        StatementInvoice invoice = StatementInvoice.Of(Paying(Money.Parse($"{net} EUR")), taxes, "2026-1");
        StatementInvoice back = StatementInvoice.Of(Claiming(Money.Parse($"{net} EUR")), taxes, "2026-2");

        $"{invoice.Net} + {invoice.Vat} = {invoice.Total}".Should().Be($"{net} EUR + {vat} EUR = {total} EUR", id);
        back.Total.Should().Be(-invoice.Total, "a credit note mirrors the invoice");
        (invoice.IsCreditNote, back.IsCreditNote).Should().Be((false, true));
    }

    [Fact]
    public void Withholding_is_kept_back_from_the_net_amount()
    {
        StatementInvoice invoice = StatementInvoice.Of(
            Paying(99.99m.Eur), new(19.Percent, 15.825m.Percent) { Note = "reverse charge" }, "2026-1");

        $"{invoice.Net} + {invoice.Vat} - {invoice.Withholding} = {invoice.Total}, {invoice.Note}"
            .Should().Be("99.99 EUR + 19.00 EUR - 15.82 EUR = 103.17 EUR, reverse charge");
    }

    [Fact]
    public void Open_statement_and_one_of_nothing_are_not_invoiced()
    {
        Statement nothing = Paying(0.Eur);
        Statement open = Paying(1.Eur) with { IsClosed = false };

        StatementInvoice.IsDue(nothing).Should().BeFalse();
        StatementInvoice.IsDue(open).Should().BeFalse();
        FluentActions.Invoking(() => StatementInvoice.Of(open, German, "1")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => StatementInvoice.Of(Paying(1.Eur), German, " "))
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Invoice_reads_back()
    {
        StatementInvoice invoice = StatementInvoice.Of(
            Paying(1.Eur) with { DueOn = new LocalDate(2026, 4, 30) }, German with { Note = "n" }, "2026-1");
        TermFailures failures = [];

        TermReader.Read(TermNode.Of(invoice), failures, StatementInvoice.Read).Should().Be(invoice);
        failures.Should().BeEmpty();
    }

    [Fact]
    public async Task Workflow_invoices_what_is_due_and_a_repeat_gets_the_same_numbers()
    {
        InvoiceWorkflow workflow = new(new MemoryStatementNumbers());
        ValueList<Statement> statements =
        [
            Paying(10.Eur),
            Paying(0.Eur),
            Claiming(5.Eur) with { Id = new("claim") },
        ];

        ValueList<StatementInvoice> invoices = await workflow.InvoiceAsync(
            new("acme"), statements, static _ => German, default);
        ValueList<StatementInvoice> again = await workflow.InvoiceAsync(
            new("acme"), statements, static _ => German, default);

        invoices.Select(static i => $"{i.Number} {i.Total}").Should().Equal("I-1 11.90 EUR", "C-1 -5.95 EUR");
        again.Should().Equal(invoices);
    }

    [Fact]
    public void Statement_with_all_its_amounts_reads_back_and_must_add_up()
    {
        Statement statement = Claiming(5.Eur) with
        {
            Version = 2,
            DueOn = new LocalDate(2026, 4, 30),
            Exposure = PaymentExposure.ThisInvoice,
            Withheld = 1.Eur,
            ReserveUntil = At("2026-07-01T00:00:00Z"),
            Released = 2.Eur,
            ClawbackSettled = 3.Eur,
            Held = 4.Eur,
            Reserve = 6.Eur,
        };

        Read(statement).Should().BeEmpty();
        Read(statement with { Claimed = 4.Eur }).Should().Equal(SettlementReasons.StatementUnsound);
        Read(statement with { ReserveUntil = null }).Should().Equal(SettlementReasons.StatementUnsound);
        Read(Parted(statement, 4.Eur)).Should().BeEmpty();
        Read(Parted(statement, 3.99m.Eur)).Should().Equal(SettlementReasons.StatementUnsound);
        Read(Parted(statement, 4.Usd)).Should().Equal(
            SettlementReasons.EntryCurrency, SettlementReasons.StatementUnsound);
        Read(statement with { Held = 4m.Usd }).Should().Equal(SettlementReasons.StatementUnsound);
        Read(statement with { Period = "März" }).Should().Equal(SettlementReasons.StatementUnsound);
    }

    [Theory]
    [InlineData(1_900, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, 101)]
    public void Tax_is_a_part_of_the_amount(int vat, int withheld) => FluentActions
        .Invoking(() => StatementInvoice.Of(Paying(100.Eur), new(vat.Percent, withheld.Percent), "1"))
        .Should().Throw<ArgumentException>().WithParameterName("taxes");

    [Fact]
    public void Stored_invoice_in_two_currencies_is_a_failure()
    {
        string json = TermJson.Write(StatementInvoice.Of(Paying(100.Eur), new(20.Percent, default), "1"));
        TermFailures failures = [];

        TermJson.TryParse(
            json.Replace("\"vat\":\"20.00 EUR\"", "\"vat\":\"20.00 USD\"", StringComparison.Ordinal),
            StatementInvoice.Read,
            failures,
            out _).Should().BeFalse();

        failures.Select(static f => f.Code).Should().Equal(SettlementReasons.InvoiceCurrency);
    }

    [Theory]
    [InlineData("\"vat\":\"20.00 EUR\"", "\"vat\":\"-20.00 EUR\"")]
    [InlineData("\"vat\":\"20.00 EUR\"", "\"vat\":\"100.01 EUR\"")]
    [InlineData("\"number\":\"1\"", "\"number\":\"\"")]
    public void Stored_invoice_with_a_tax_that_is_no_part_of_it_or_no_number_is_a_failure(string found, string stored)
    {
        string json = TermJson.Write(StatementInvoice.Of(Paying(100.Eur), new(20.Percent, default), "1"));
        TermFailures failures = [];

        TermJson.TryParse(
            json.Replace(found, stored, StringComparison.Ordinal), StatementInvoice.Read, failures, out _);

        failures.Select(static f => f.Code).Should().Equal(SettlementReasons.InvoiceUnsound);
    }

    [Fact]
    public void Note_is_no_longer_than_can_be_kept_and_is_read_back()
    {
        string longest = new('n', StatementInvoice.NoteLengthMax);
        StatementInvoice invoice = StatementInvoice.Of(Paying(100.Eur), TaxTerms.None with { Note = longest }, "1");

        TermJson.Parse(TermJson.Write(invoice), StatementInvoice.Read).Should().Be(invoice);
        foreach (string note in new[] { longest + "n", "\ud800" })
        {
            Action noted = () => StatementInvoice.Of(Paying(100.Eur), TaxTerms.None with { Note = note }, "1");
            noted.Should().Throw<ArgumentException>().WithMessage("A note has at most 1000 characters*");
        }

        string json = TermJson.Write(invoice).Replace(longest, longest + "n", StringComparison.Ordinal);
        TermFailures failures = [];
        TermJson.TryParse(json, StatementInvoice.Read, failures, out _).Should().BeFalse();
        failures.Select(static f => f.Code).Should().Equal(SettlementReasons.InvoiceUnsound);
    }

    [Fact]
    public void Number_is_no_longer_than_can_be_kept_with_what_it_pays()
    {
        string longest = new('1', StatementInvoice.NumberLengthMax);

        StatementInvoice.Of(Paying(1.Eur), German, longest).Number.Should().Be(longest);
        FluentActions.Invoking(() => StatementInvoice.Of(Paying(1.Eur), German, longest + "1"))
            .Should().Throw<ArgumentException>().WithParameterName("number");
    }

    private static string[] Read(Statement statement)
    {
        TermFailures failures = [];
        Statement? read = TermReader.Read(TermNode.Of(statement), failures, Statement.Read);
        if (failures.Count == 0)
        {
            read.Should().Be(statement);
        }

        return [.. failures.Select(static f => f.Code)];
    }

    // With an earning of 7.00 in two instalments.
    private static Statement Parted(Statement statement, Money second)
    {
        Earning earning = Accounts.SampleEntries.Earning("e1", 7.Eur, statement.From) with
        {
            Instalments = [new(statement.From, 3.Eur), new(statement.To, second)],
        };
        return statement with { Lines = [earning], Gross = 7.Eur, Closing = statement.Closing + 7.Eur };
    }

    private static Statement Claiming(Money amount) => Paying(0.Eur) with { Opening = -amount, Claimed = amount };

    internal static Statement Paying(Money amount) => new()
    {
        Id = new("statement"),
        Contract = new("acme-2026"),
        Partner = new("p-blog"),
        Period = "2026-03",
        From = At("2026-02-28T23:00:00Z"),
        To = At("2026-03-31T22:00:00Z"),
        IsClosed = true,
        Opening = amount,
        Lines = [],
        Gross = 0.Eur,
        Adjustments = 0.Eur,
        Payable = amount,
        Closing = 0.Eur,
    };
}
