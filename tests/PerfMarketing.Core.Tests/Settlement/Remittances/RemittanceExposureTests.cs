using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;
using static PerfMarketing.Tests.Settlement.Remittances.SampleStatements;

namespace PerfMarketing.Tests.Settlement.Remittances;

/// <summary>Partners who are paid after the payer has paid.</summary>
public sealed class RemittanceExposureTests
{
    private readonly RemittanceBook book = new(Blog, Currency.Eur);

    [Theory]
    [InlineData(PaymentExposure.Independent, "20.00 EUR, 30.00 EUR, 40.00 EUR")]
    [InlineData(PaymentExposure.ThisInvoice, "20.00 EUR, 40.00 EUR")]
    [InlineData(PaymentExposure.AllInvoices, "20.00 EUR")]
    public void Partner_waits_for_the_payer_where_the_terms_say_so(PaymentExposure exposure, string paid)
    {
        // The payer has paid January and March.
        PayableStatement[] statements =
        [
            .. Chain("a", 20, 30, 40).Select((s, month) => new PayableStatement(
                s.Campaign, s.Statement with { Exposure = exposure }) { IsPayerPaid = month != 1 }),
        ];

        Remittance made = book.Plan(Terms(), statements, After(3)).Remittance!;

        string.Join(", ", made.Parts.Select(static p => p.Amount)).Should().Be(paid);
    }

    // The payer has paid what is p-blog's of January and February, and of p-mail's the second month.
    [Theory]
    [InlineData(PaymentExposure.Independent, 50)]
    [InlineData(PaymentExposure.ThisInvoice, 50)]
    [InlineData(PaymentExposure.AllInvoices, 20)]
    public void Statements_of_other_partners_are_statements_of_the_contract(PaymentExposure exposure, int paid)
    {
        PayableStatement[] own =
        [
            .. Chain("a", 20, 30).Select(s => new PayableStatement(
                s.Campaign, s.Statement with { Exposure = exposure }) { IsPayerPaid = true }),
        ];
        PayableStatement[] others =
        [
            .. Chain("a", 0, 10).Select((s, month) => new PayableStatement(
                s.Campaign,
                s.Statement with { Id = new($"m{month}"), Partner = new("p-mail"), Exposure = exposure })),
        ];
        PayableStatement[] all = [.. own, .. others];

        book.Plan(Terms(), all, After(2)).Remittance!.Amount.Should().Be(((decimal)paid).Eur);
        own.Where(s => PaidWhenPaid.Refuse(
                s.Statement,
                all.Select(static a => a.Statement),
                own.Select(static o => o.Statement.Id).ToHashSet()) is null)
            .Sum(static s => s.Statement.Payable.Amount).Should().Be(paid, "both say the same");
        book.Plan(Terms(), [.. own, .. others.Select(static o => o with { IsPayerPaid = true })], After(2))
            .Remittance?.Amount.Should().Be((50m - paid).Eur);
    }

    // AWIN red: nothing is paid on while an invoice of the advertiser is open, whichever contract it is of.
    [Theory]
    [InlineData("acme", "acme", PaymentExposure.AllInvoices, "2026-01 a")]
    [InlineData("acme", "other", PaymentExposure.AllInvoices, "2026-01 a, 2026-02 a")]
    [InlineData("", "", PaymentExposure.AllInvoices, "2026-01 a, 2026-02 a")]
    [InlineData("acme", "acme", PaymentExposure.ThisInvoice, "2026-01 a, 2026-02 a")]
    public void All_invoices_are_those_of_the_advertiser(
        string advertiser, string other, PaymentExposure exposure, string paid)
    {
        PayableStatement[] own = [.. Chain("a", 20, 30).Select(s => Waiting(s, advertiser, true))];
        PayableStatement[] unpaid =
            [.. Chain("b", 0, 10).Select(s => Waiting(s with { Campaign = new("bolt") }, other, false))];
        PayableStatement Waiting(PayableStatement given, string whose, bool isPaid) => given with
        {
            Statement = given.Statement with { Exposure = exposure },
            Advertiser = whose.Length == 0 ? default : new(whose),
            IsPayerPaid = isPaid,
        };

        Remittance made = book.Plan(Terms(), [.. own, .. unpaid], After(2)).Remittance!;

        string.Join(", ", made.Parts.Select(p => (p.To == own[0].Statement.To ? "2026-01 " : "2026-02 ") + p.Contract))
            .Should().Be(paid);
    }

    [Fact]
    public void Statement_that_is_paid_in_any_case_keeps_no_later_one_waiting()
    {
        // January was paid whether or not the payer had; from February on partners wait, and the payer has paid that.
        PayableStatement[] statements =
        [
            .. Chain("a", 20, 30).Select((s, month) => new PayableStatement(
                s.Campaign,
                s.Statement with
                {
                    Exposure = month == 0 ? PaymentExposure.Independent : PaymentExposure.AllInvoices,
                })
            {
                IsPayerPaid = month == 1,
            }),
        ];

        book.Plan(Terms(), statements, After(2)).Remittance!.Amount.Should().Be(50.Eur);
        PaidWhenPaid.Refuse(
            statements[1].Statement,
            statements.Select(static s => s.Statement),
            new HashSet<PerfMarketing.Identity.StatementId> { statements[1].Statement.Id }).Should().BeNull();
    }
}
