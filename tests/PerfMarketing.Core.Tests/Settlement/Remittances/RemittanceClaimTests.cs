using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Remittances.SampleStatements;

namespace PerfMarketing.Tests.Settlement.Remittances;

/// <summary>What is claimed is paid back once: by the payee, or from what is paid again.</summary>
public sealed class RemittanceClaimTests
{
    private readonly RemittanceBook book = new(Blog, Currency.Eur);

    // 100 came back; 100 had been claimed of it since, and 5 were earned after that.
    [Theory]
    [InlineData(0, "5.00 EUR", "-100.00 EUR")]
    [InlineData(10, "15.00 EUR", "-90.00 EUR")]
    [InlineData(99, "104.00 EUR", "-1.00 EUR")]
    [InlineData(100, "105.00 EUR", "")]
    [InlineData(130, "135.00 EUR", "30.00 EUR")]
    public void Claim_of_what_came_back_is_taken_as_far_as_it_was_not_paid(int paid, string amount, string taken)
    {
        PayableStatement[] chain = Claiming(100, -100, 5);
        Confirm(Pay(chain[..1], 2), comesBack: true);

        Remittance again = Pay([chain[0], PaidBack(chain[1], paid), chain[2]], 3);

        again.Amount.ToString().Should().Be(amount);
        string.Join(", ", again.Parts.Where(p => p.Statement == chain[1].Statement.Id).Select(static p => p.Amount))
            .Should().Be(taken);
    }

    [Fact]
    public void What_is_left_of_a_claim_is_taken_when_more_comes_back()
    {
        // 50 and 30 were paid, and 60 are claimed of it.
        PayableStatement[] chain = Claiming(50, 30, -60);
        Remittance january = Pay(chain[..1], 1);
        Remittance february = Pay(chain[..2], 2);
        Confirm(january, comesBack: true);
        Pay(chain, 3).Amount.Should().Be(0.Eur, "50 are taken of the claim");
        Confirm(february, comesBack: true);

        Pay(chain, 4).Amount.Should().Be(20.Eur, "the last 10 of the claim are taken");

        book.Plan(Terms(), chain, After(5)).Reason!.Code.Should().Be(RemittanceReasons.NothingPayable);
        book.Sent.Should().Be(20.Eur, "it was earned in all");
    }

    [Fact]
    public void What_was_taken_and_paid_back_too_is_given_back_once()
    {
        PayableStatement[] chain = Claiming(100, -30);
        Confirm(Pay(chain[..1], 1), comesBack: true);
        Remittance taken = Pay(chain, 2);
        taken.Amount.Should().Be(70.Eur);
        PayableStatement[] paidBack = [chain[0], PaidBack(chain[1], 30)];

        Pay(paidBack, 3).Parts.Select(static p => p.Amount).Should().Equal(30.Eur);
        book.Plan(Terms(), paidBack, After(3)).Remittance.Should().BeNull();

        // What took it comes back: it is taken again, since it was given back.
        Confirm(taken, comesBack: true);
        Pay(paidBack, 4).Amount.Should().Be(70.Eur);
        book.Sent.Should().Be(100.Eur, "70 were earned, and 30 paid back");
    }

    [Fact]
    public void More_than_the_claim_is_given_back()
    {
        PayableStatement[] chain = Claiming(100, -30);
        Confirm(Pay(chain[..1], 1));

        Remittance back = Pay([chain[0], PaidBack(chain[1], 45)], 2);

        back.Amount.Should().Be(15.Eur);
        TermJson.Parse(TermJson.Write(back), CampaignRecord.Read).Should().Be(back);
    }

    [Fact]
    public void Parts_of_a_claim_take_its_taxes_once()
    {
        // 19 % of 0.33 and 0.66 are 0.06 and 0.13, and of 1.00 they are 0.19; 5 % are 0.02, 0.03 and 0.05.
        TaxTerms taxes = new(19.Percent, 5.Percent);
        PayableStatement[] chain = [.. Claiming(33, 33, 34, -100).Select(s => Hundredth(s, taxes))];
        Remittance[] paid = [.. Enumerable.Range(1, 3).Select(m => Pay(chain[..m], m))];
        PayableStatement[] others = Chain("b", 1, 1, 1);
        for (int i = 0; i < paid.Length; i++)
        {
            Confirm(paid[i], comesBack: true);
            Pay([.. chain, .. others[..(i + 1)]], 4);
        }

        book.Sent.Should().Be(2.98m.Eur, "the three invoices are over 0.37, 0.37 and 0.38, the credit note over 1.14");

        RemittancePart[] taken = [.. book.Remittances.SelectMany(static r => r.Remittance.Parts)
            .Where(static p => p.Amount < 0.Eur)];
        taken.Select(static p => $"{p.Amount} {p.Vat} {p.Withholding}").Should().Equal(
            "-0.33 EUR -0.06 EUR -0.02 EUR", "-0.33 EUR -0.07 EUR -0.01 EUR", "-0.34 EUR -0.06 EUR -0.02 EUR");
        book.Plan(Terms(), chain, After(5)).InvoicesThatDiffer.Should().BeEmpty();
        PayableStatement other = chain[3] with { Invoice = chain[3].Invoice! with { Vat = -0.1m.Eur } };
        book.Plan(Terms(), [other], After(5)).InvoicesThatDiffer.Should().ContainSingle();
    }

    [Theory]
    [InlineData(1, "10.00 EUR")]
    [InlineData(1, "0.01 USD")]
    [InlineData(2, "-0.01 EUR")]
    [InlineData(2, "0.01 USD")]
    public void What_is_paid_back_is_an_amount_of_a_claim(int statement, string amount)
    {
        PayableStatement[] chain = Claiming(100, -30);
        chain[statement - 1] = chain[statement - 1] with { ClaimPaid = Money.Parse(amount) };

        FluentActions.Invoking(() => book.Plan(Terms(), chain, After(2))).Should().Throw<ArgumentException>()
            .WithMessage($"What was paid back is no amount of the claim of '{chain[statement - 1].Statement.Id}'.*");
    }

    [Fact]
    public void What_taxes_or_set_offs_take_whole_is_settled_without_the_bank()
    {
        PayableStatement withheld = Chain("a", 100)[0];
        withheld = withheld with
        {
            Invoice = StatementInvoice.Of(withheld.Statement, new(0.Percent, 100.Percent), "I-1"),
        };
        RemittanceFee fee = new() { Fixed = 1.Eur, Bearer = FeeBearer.Payee };
        PayableStatement[] all = [withheld, .. Chain("b", 30), .. Chain("c", -30)];

        Remittance made = book.Plan(Terms(50.Eur, setsOff: true, fee), all, After(1)).Remittance!;

        (made.Total, made.Amount, made.Fee).Should().Be((0.Eur, 0.Eur, null));
        made.Parts.Concat(made.SetOffs).Select(static p => $"{p.Amount} {p.Withholding}")
            .Should().Equal("100.00 EUR 100.00 EUR", "30.00 EUR ", "-30.00 EUR ");
        TermJson.Parse(TermJson.Write(made), CampaignRecord.Read).Should().Be(made);
        book.Plan(Terms(), all, After(1)).Reason!.Code.Should().Be(RemittanceReasons.NothingPayable);
    }

    [Fact]
    public async Task Workflow_tells_no_bank_of_nothing()
    {
        PayableStatement[] all = [.. Chain("b", 30), .. Chain("c", -30)];
        MemoryPayments bank = new();
        RemittanceWorkflow workflow = new(new MemoryLedger(), bank);

        RemittanceReport report = await workflow.RemitAsync(Terms(setsOff: true), [.. all], After(1), default);
        RemittanceReport again = await workflow.RemitAsync(Terms(setsOff: true), [.. all], After(1), default);

        bank.Instructions.Should().BeEmpty();
        report.Remittances.Single().IsConfirmed.Should().BeTrue();
        (report.Carried, report.Reason, report.IsRepetition).Should().Be((0.Eur, null, false));
        (again.IsRepetition, again.Remittances.Single()).Should().Be((true, report.Remittances.Single()));
    }

    [Fact]
    public void Nothing_of_nothing_is_no_remittance()
    {
        Remittance made = book.Plan(Terms(setsOff: true), [.. Chain("b", 30), .. Chain("c", -30)], After(1))
            .Remittance!;
        Remittance[] wrong =
        [
            made with { Parts = [], SetOffs = [] },
            made with { Fee = new(FeeBearer.Payee, 0.Eur, 1.Eur), Amount = -1.Eur },
            made with { Parts = [made.Parts[0] with { Amount = 31.Eur }], Total = 1.Eur },
            made with
            {
                Parts = [made.Parts[0] with { Amount = 31.Eur }],
                Total = 1.Eur,
                Fee = new(FeeBearer.Payee, 0.Eur, 1.Eur),
            },
        ];

        foreach (Remittance record in wrong)
        {
            TermFailures failures = [];
            TermReader.Read(TermNode.Of(record), failures, CampaignRecord.Read);
            failures.Select(static f => f.Code).Should().Equal(RemittanceCodes.Unsound);
        }
    }

    private Remittance Pay(PayableStatement[] statements, int month) =>
        book.Plan(Terms(), statements, After(month)).Remittance!;

    private void Confirm(Remittance remittance, bool comesBack = false)
    {
        book.Apply(RemittanceAnswer.Of(remittance.Id, RemittanceResult.Confirmed, After(1)));
        if (comesBack)
        {
            book.Apply(RemittanceAnswer.Of(remittance.Id, RemittanceResult.Returned, After(1)));
        }
    }

    private static PayableStatement PaidBack(PayableStatement given, int amount) =>
        given with { ClaimPaid = ((decimal)amount).Eur };

    // What is owed back is claimed.
    private static PayableStatement[] Claiming(params int[] earned) =>
    [
        .. Chain("a", earned).Select((s, i) => s with
        {
            Statement = s.Statement with
            {
                Opening = 0.Eur,
                Payable = ((decimal)Math.Max(0, earned[i])).Eur,
                Claimed = earned[i] < 0 ? ((decimal)-earned[i]).Eur : null,
                Closing = 0.Eur,
            },
        }),
    ];

    private static PayableStatement Hundredth(PayableStatement given, TaxTerms taxes)
    {
        Statement statement = given.Statement;
        statement = statement with
        {
            Payable = Money.FromMinor(statement.Payable.MinorUnits / 100, Currency.Eur),
            Claimed = statement.Claimed is { } claimed ? Money.FromMinor(claimed.MinorUnits / 100, Currency.Eur) : null,
        };
        return given with
        {
            Statement = statement,
            Invoice = StatementInvoice.Of(statement, taxes, statement.Period),
        };
    }
}
