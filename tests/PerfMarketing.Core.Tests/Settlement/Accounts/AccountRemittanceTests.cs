using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Remittances.SampleStatements;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement.Accounts;

/// <summary>What remittances, set-off and the answers of banks do to accounts.</summary>
public sealed class AccountRemittanceTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_261_122, 9);

    private static readonly CampaignId[] Campaigns = [new("acme"), new("bolt")];

    [Fact]
    public void Set_off_and_fee_tie_what_is_settled_to_what_is_sent()
    {
        // acme owes 100, at bolt 30 are owed back; the payee bears a fee of 0.25.
        Books books = new();
        books.Earn(0, 100);
        books.Earn(1, -30);
        Remittance made = books.Plan(fee: 0.25m.Eur)!;
        books.Post(made);

        made.Amount.Should().Be(69.75m.Eur);
        books.Texts(0).Should().Equal(
            "AdvertiserDue -100.00 EUR", "InTransit 69.75 EUR", "SetOff 30.00 EUR", "PaymentFee 0.25 EUR");
        books.Texts(1).Should().Equal("AdvertiserDue 30.00 EUR", "SetOff -30.00 EUR");
        books.Sum(AccountKind.SetOff).Should().Be(0.Eur);

        books.Post(RemittanceAnswer.Of(made.Id, RemittanceResult.Confirmed, After(1)));
        books.Texts(0).Should().Equal(
            "AdvertiserDue -100.00 EUR", "Paid 69.75 EUR", "SetOff 30.00 EUR", "PaymentFee 0.25 EUR");
        books.Post(RemittanceAnswer.Of(made.Id, RemittanceResult.Refused, After(1)));
        books.Sum(AccountKind.Paid).Should().Be(69.75m.Eur, "the first answer stands");
    }

    [Fact]
    public void Refusal_makes_payable_and_owed_back_again()
    {
        Books books = new();
        books.Earn(0, 100);
        books.Earn(1, -30);
        Remittance made = books.Plan(fee: 0.25m.Eur)!;
        books.Post(made);
        books.Post(made);
        books.Post(RemittanceAnswer.Of(made.Id, RemittanceResult.Refused, After(1)));

        books.Texts(0).Should().Equal("AdvertiserDue -100.00 EUR", "Payable 100.00 EUR");
        books.Texts(1).Should().Equal("AdvertiserDue 30.00 EUR", "ClawbackDue -30.00 EUR");
        books.Of(0).Groups.Select(static g => g.Cause).Should().Equal(
            GroupCause.Entered, GroupCause.Sent, GroupCause.Refused);
        books.Of(1).Groups.Select(static g => g.Cause).Should().Equal(
            GroupCause.Entered, GroupCause.SetOff, GroupCause.Refused);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_came_back_is_payable_and_owed_back_again(bool isConfirmed)
    {
        Books books = new();
        books.Earn(0, 100);
        books.Earn(1, -30);
        Remittance made = books.Plan(fee: 0.25m.Eur)!;
        books.Post(made);
        if (isConfirmed)
        {
            books.Post(RemittanceAnswer.Of(made.Id, RemittanceResult.Confirmed, After(1)));
        }

        books.Post(RemittanceAnswer.Of(made.Id, RemittanceResult.Returned, After(2)));
        int count = books.Of(0).Groups.Count;
        foreach (RemittanceResult later in Enum.GetValues<RemittanceResult>())
        {
            books.Post(RemittanceAnswer.Of(made.Id, later, After(3)));
        }

        books.Texts(0).Should().Equal("AdvertiserDue -100.00 EUR", "Payable 100.00 EUR");
        books.Texts(1).Should().Equal("AdvertiserDue 30.00 EUR", "ClawbackDue -30.00 EUR");
        books.Of(0).Groups.Should().HaveCount(count);
        books.Of(0).Groups[^1].Cause.Should().Be(GroupCause.Returned);
        books.Of(1).Groups[^1].Cause.Should().Be(GroupCause.Returned);
    }

    [Fact]
    public void What_was_paid_back_of_a_payment_that_came_back_is_owed_beside_it()
    {
        // 100 were sent, taken back, claimed and paid back; then they come back from the bank.
        Campaign campaign = CampaignOf(Campaigns[0], NegativeBalance.Debt);
        CampaignRun run = new(campaign, new Everybody());
        AccountBook accounts = new(campaign);
        run.Process(Of(Sale("o1", "2026-01-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Retracted("r1", "o1", "2026-02-20T12:00:00Z")));
        Statement[] statements = [.. run.Statements(After(3)).Where(static s => s.IsClosed)];
        accounts.Post(run.Entries[0]);
        accounts.Close(statements[0]);
        accounts.Send(new("p1"), new("acme"), Blog, 100.Eur, After(1));
        accounts.Confirm(new("p1"), After(1)).Should().BeTrue();
        accounts.Post(run.Entries[1]);
        accounts.Close(statements[1]);
        accounts.Receive(new("r1"), new("acme"), Blog, 100.Eur, After(2));
        Texts(accounts).Should().BeEmpty();

        accounts.Return(new("p1"), After(2)).Should().BeTrue();
        accounts.Return(new("p1"), After(2)).Should().BeFalse();

        Texts(accounts).Should().Equal("Payable 100.00 EUR", "Paid -100.00 EUR");
        accounts.Send(new("p2"), new("acme"), Blog, 100.Eur, After(2));
        accounts.Confirm(new("p2"), After(2));
        Texts(accounts).Should().BeEmpty();
        FluentActions.Invoking(() => accounts.Return(new("p3"), After(2))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void What_is_claimed_of_a_refused_payment_is_not_paid_and_not_owed()
    {
        // 100 were sent, then taken back, and claimed; then the bank says that they never arrived.
        Campaign campaign = CampaignOf(Campaigns[0], NegativeBalance.Debt);
        CampaignRun run = new(campaign, new Everybody());
        AccountBook accounts = new(campaign);
        run.Process(Of(Sale("o1", "2026-01-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Retracted("r1", "o1", "2026-02-20T12:00:00Z")));
        PayableStatement[] statements =
        [
            .. run.Statements(After(3)).Where(static s => s.IsClosed).Select(s => new PayableStatement(campaign.Id, s)),
        ];
        RemittanceBook remittances = new(Blog, Currency.Eur);
        Remittance sent = remittances.Plan(Terms(), statements, After(1)).Remittance!;

        accounts.Post(run.Entries[0]);
        accounts.Close(statements[0].Statement);
        accounts.Post(sent);
        accounts.Post(run.Entries[1]);
        accounts.Close(statements[1].Statement);
        Texts(accounts).Should().Equal("InTransit 100.00 EUR", "Claimed -100.00 EUR");
        var refused = RemittanceAnswer.Of(sent.Id, RemittanceResult.Refused, After(2));
        accounts.Post(refused);
        remittances.Apply(refused);

        Texts(accounts).Should().Equal("Payable 100.00 EUR", "Claimed -100.00 EUR");

        // Had the partner paid the claim, all of it would be paid again.
        PayableStatement[] paidBack = [statements[0], statements[1] with { ClaimPaid = 100.Eur }];
        RemittancePlan.Of(Terms(), paidBack, remittances, After(2)).Remittance!.Amount.Should().Be(100.Eur);
        Remittance again = remittances.Plan(Terms(), statements, After(2)).Remittance!;
        accounts.Post(again);
        Texts(accounts).Should().BeEmpty("100 are paid again and taken");
        accounts.Groups[^1].Cause.Should().Be(GroupCause.ClaimSettled);
        accounts.Post(RemittanceAnswer.Of(again.Id, RemittanceResult.Returned, After(2)));
        Texts(accounts).Should().Equal("Payable 100.00 EUR", "Claimed -100.00 EUR");
    }

    [Fact]
    public void What_is_claimed_beside_an_unpaid_statement_is_asked_for_and_the_statement_is_paid()
    {
        // January owes 100 that nobody has sent yet; 40 are returned, and February claims them.
        Campaign campaign = CampaignOf(Campaigns[0], NegativeBalance.Debt);
        CampaignRun run = new(campaign, new Everybody());
        AccountBook accounts = new(campaign);
        run.Process(Of(Sale("o1", "2026-01-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-02-20T12:00:00Z", 40.Eur)));
        Statement[] statements = [.. run.Statements(After(2))];
        accounts.Post(run.Entries[0]);
        accounts.Close(statements[0]);
        accounts.Post(run.Entries[1]);
        Texts(accounts).Should().Equal("AdvertiserDue -60.00 EUR", "Payable 60.00 EUR");

        accounts.Close(statements[1]);
        Texts(accounts).Should().Equal("AdvertiserDue -60.00 EUR", "Payable 100.00 EUR", "Claimed -40.00 EUR");
        accounts.Send(new("p1"), new("acme"), Blog, 100.Eur, After(2));
        accounts.Confirm(new("p1"), After(2));
        accounts.Receive(new("r1"), new("acme"), Blog, 40.Eur, After(2));

        Texts(accounts).Should().Equal("AdvertiserDue -60.00 EUR", "Paid 60.00 EUR");
    }

    [Fact]
    public void What_the_partner_pays_back_closes_the_claim()
    {
        Campaign campaign = CampaignOf(Campaigns[0], NegativeBalance.Debt);
        CampaignRun run = new(campaign, new Everybody());
        AccountBook accounts = new(campaign);
        run.Process(Of(Sale("o1", "2026-01-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-02-20T12:00:00Z", 40.Eur)));
        Statement[] statements = [.. run.Statements(After(2))];
        accounts.Post(run.Entries[0]);
        accounts.Close(statements[0]);
        accounts.Send(new("p1"), new("acme"), Blog, 100.Eur, After(1));
        accounts.Confirm(new("p1"), After(1));
        accounts.Post(run.Entries[1]);
        accounts.Close(statements[1]);

        accounts.Receive(new("r1"), new("acme"), Blog, 45.Eur, After(2)).Should().BeTrue();
        accounts.Receive(new("r1"), new("acme"), Blog, 45.Eur, After(2)).Should().BeFalse();
        FluentActions.Invoking(() => accounts.Receive(
                new("r2"), new("acme"), Blog, 1.Eur, After(2), claim: statements[0].Id))
            .Should().Throw<ArgumentException>();

        Texts(accounts).Should().Equal("AdvertiserDue -60.00 EUR", "Payable 5.00 EUR", "Paid 55.00 EUR");
        FluentActions.Invoking(() => accounts.Receive(new("r2"), new("acme"), Blog, 0.Eur, After(2)))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task Workflow_and_accounts_agree_after_every_answer_unknown_ones_too()
    {
        Books books = new();
        books.Earn(0, 100);
        books.Earn(1, -30);
        MemoryPayments bank = new() { Decide = static _ => new(PaymentStatus.Unknown) };
        RemittanceWorkflow workflow = new(new MemoryLedger(), bank);
        List<string> seen = [];
        foreach (PaymentStatus? answer in new PaymentStatus?[]
            { null, PaymentStatus.Unknown, PaymentStatus.Refused, PaymentStatus.Paid, PaymentStatus.Paid })
        {
            if (answer is { } status)
            {
                bank.Answer(bank.Instructions[^1].Id, new(status));
            }

            await workflow.RemitAsync(Terms(setsOff: true), [.. books.Statements], After(1), default);
            foreach (RemittanceState state in await workflow.ReadAsync(Blog, Currency.Eur, default))
            {
                books.Post([.. state.Records]);
            }

            seen.Add($"{books.Sum(AccountKind.InTransit)} and {books.Sum(AccountKind.Paid)}");
            books.Sum(AccountKind.SetOff).Should().Be(0.Eur);
            TrialBalance.Over(books.All).IsBalanced.Should().BeTrue();
        }

        seen.Should().Equal(
            "70.00 EUR and 0.00 EUR", "70.00 EUR and 0.00 EUR", "70.00 EUR and 0.00 EUR", "0.00 EUR and 70.00 EUR",
            "0.00 EUR and 70.00 EUR");
        books.Texts(0).Should().Equal("AdvertiserDue -100.00 EUR", "Paid 70.00 EUR", "SetOff 30.00 EUR");
    }

    [Fact]
    public void Accounts_of_all_campaigns_tie_to_what_the_bank_was_told() => Prop.ForAll(
        (from first in Gen.Choose(-40, 60).ArrayOf(Months)
         from second in Gen.Choose(-40, 60).ArrayOf(Months)
         from answers in Gen.Choose(0, 3).ArrayOf(2 * Months)
         from agreed in Gen.Choose(0, 255)
         select (first, second, answers, agreed)).ToArbitrary(),
        static c =>
        {
            Books books = new() { IsTaxed = c.agreed % 2 == 1 };
            for (int month = 0; month < Months; month++)
            {
                books.Earn(0, c.first[month]);
                books.Earn(1, c.second[month]);
                Remittance? made = books.Plan(fee: 0.1m.Eur, setsOff: (c.agreed >> month) % 2 == 1);
                if (made is not null)
                {
                    books.Post(made);
                }

                // Some answers come months later; some never; some payments come back after they were confirmed.
                foreach (RemittanceState waiting in books.Remittances.Where(static r => r.IsStanding).ToList())
                {
                    int answer = c.answers[(month + (int)waiting.Remittance.Number) % c.answers.Length];
                    if (answer != 0)
                    {
                        var result = (RemittanceResult)(answer - 1);
                        books.Post(RemittanceAnswer.Of(waiting.Remittance.Id, result, books.Now));
                    }
                }

                books.Sum(AccountKind.InTransit).Should().Be(books.Told(static r => r.IsInTransit));
                books.Sum(AccountKind.Paid).Should().Be(books.Told(static r => r.IsConfirmed));
                books.Sum(AccountKind.SetOff).Should().Be(0.Eur);
                books.Sum(AccountKind.Vat).Should().Be(-books.Taxes(static p => p.Vat));
                books.Sum(AccountKind.WithholdingTax).Should().Be(books.Taxes(static p => p.Withholding));
                TrialBalance.Over(books.All).IsBalanced.Should().BeTrue();
                books.All.Should().OnlyContain(static b => b.ToTrialBalance().IsBalanced);
                for (int i = 0; i < Campaigns.Length; i++)
                {
                    books.Rest(i).Should().Be(books.Earned(i), "nothing is lost between accounts");
                }
            }
        }).Check(Seeded);

    private const int Months = 6;

    private static string[] Texts(AccountBook book) =>
        [.. book.ToTrialBalance().Balances.Select(static b => $"{b.Account.Kind} {b.Balance}")];

    private static Campaign CampaignOf(CampaignId id, NegativeBalance negative = NegativeBalance.Carry) =>
        (ContractDraft.For(id.Value).PaidBy("acme").WithPartner("p-blog").In(Currency.Eur, "Etc/UTC")
            .Pays("sale", Pay.RevenueShare(100.Percent)).SettledBy(new() { Negative = negative }))
        .ToCampaign().Build();

    private sealed class Everybody : IJourneySource
    {
        public Journey Find(PerfMarketing.Events.Outcome outcome) =>
            new(new[] { Touch("p-blog", "2026-01-01T09:00:00Z") });
    }

    /// <summary>Two campaigns that owe one payee: their accounts, statements and remittances.</summary>
    private sealed class Books
    {
        private readonly List<int>[] earned = [[], []];
        private readonly AccountBook[] books = [.. Campaigns.Select(static c => new AccountBook(CampaignOf(c)))];
        private readonly RemittanceBook remittances = new(Blog, Currency.Eur);

        public IEnumerable<AccountBook> All => books;

        public IReadOnlyList<RemittanceState> Remittances => remittances.Remittances;

        public Instant Now => After(Math.Max(earned[0].Count, earned[1].Count));

        public IEnumerable<PayableStatement> Statements => Campaigns.SelectMany((campaign, i) =>
            Chain(campaign.Value, [.. earned[i]]).Select(s => new PayableStatement(
                campaign, s.Statement with { Id = new($"{campaign}-{s.Statement.Period}") })
            {
                Invoice = IsTaxed && s.Statement.Payable.MinorUnits > 0
                    ? StatementInvoice.Of(
                        s.Statement with { Id = new($"{campaign}-{s.Statement.Period}") },
                        new(19.Percent, 12.5m.Percent),
                        s.Statement.Period)
                    : null,
            }));

        // Whether the statements have invoices with VAT and withholding tax.
        public bool IsTaxed { get; init; }

        public AccountBook Of(int campaign) => books[campaign];

        public Money Taxes(Func<RemittancePart, Money?> tax) => Remittances.Where(static r => r.IsStanding)
            .SelectMany(static r => r.Remittance.Parts).Aggregate(0.Eur, (sum, p) => sum + (tax(p) ?? 0.Eur));

        // What is earned in the next month, or taken back when it is negative.
        public void Earn(int campaign, int amount)
        {
            earned[campaign].Add(amount);
            Instant at = After(earned[campaign].Count) - Duration.FromDays(10);
            string id = $"{Campaigns[campaign]}-{earned[campaign].Count}";
            books[campaign].Post(SampleEntries.Earning(id, Money.FromMinor(100 * amount, Currency.Eur), at) with
            {
                Contract = new(Campaigns[campaign].Value),
            });
        }

        public Remittance? Plan(Money fee, bool setsOff = true) => RemittancePlan.Of(
            Terms(setsOff: setsOff, fee: new() { Fixed = fee, Bearer = FeeBearer.Payee }),
            Statements,
            remittances,
            Now).Remittance;

        public void Post(params CampaignRecord[] records)
        {
            foreach (CampaignRecord record in records)
            {
                bool isKnown = record is Remittance made && remittances.Find(made.Id) is not null;
                if (!isKnown)
                {
                    remittances.Apply(record);
                }

                foreach (AccountBook book in books)
                {
                    book.Post(record);
                }
            }
        }

        public string[] Texts(int campaign) => AccountRemittanceTests.Texts(books[campaign]);

        public Money Sum(AccountKind kind) => books.SelectMany(static b => b.ToTrialBalance().Balances)
            .Where(b => b.Account.Kind == kind).Aggregate(0.Eur, static (sum, b) => sum + b.Balance);

        // All accounts of the partner: what it has, gets, owes and gave up.
        public Money Rest(int campaign) => books[campaign].ToTrialBalance().Balances
            .Where(static b => b.Account.Kind != AccountKind.AdvertiserDue)
            .Aggregate(0.Eur, static (sum, b) => sum + b.Balance);

        public Money Earned(int campaign) => Money.FromMinor(100L * earned[campaign].Sum(), Currency.Eur);

        public Money Told(Func<RemittanceState, bool> which) => Remittances.Where(which)
            .Aggregate(0.Eur, static (sum, r) => sum + r.Remittance.Amount);
    }
}
