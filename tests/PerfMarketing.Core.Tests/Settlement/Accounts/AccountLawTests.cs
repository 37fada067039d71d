using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.RandomLog;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement.Accounts;

/// <summary>Laws of the double-entry ledger, whatever comes in and whatever is paid.</summary>
public sealed class AccountLawTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_260_412, 3);

    private static readonly Instant End = At("2027-06-01T00:00:00Z");

    private static readonly AccountKind[] Posted =
    [
        AccountKind.Locked, AccountKind.Payable, AccountKind.Reserve, AccountKind.InTransit, AccountKind.Paid,
        AccountKind.ClawbackDue, AccountKind.Claimed,
    ];

    [Fact]
    public void Debits_equal_credits_after_every_group_and_no_balance_has_the_wrong_sign() => Check(static log =>
    {
        AccountBook book = Paid(log);
        Dictionary<(ContractId Contract, PartnerId Partner, AccountKind Kind), long> balances = [];
        foreach (EntryGroup group in book.Groups)
        {
            group.Postings.Sum(static p => p.Amount.MinorUnits).Should().Be(0);
            foreach (Posting posting in group.Postings)
            {
                (ContractId Contract, PartnerId Partner, AccountKind Kind) key =
                    (group.Contract, group.Partner, posting.Kind);
                long balance = balances[key] = balances.GetValueOrDefault(key) + posting.Amount.MinorUnits;
                bool isDebit = posting.Kind
                    is AccountKind.AdvertiserDue or AccountKind.ClawbackDue or AccountKind.Claimed;
                bool isDifference = posting.Kind is AccountKind.RoundingDelta or AccountKind.FxDelta;
                (isDifference || (isDebit ? balance <= 0 : balance >= 0)).Should().BeTrue($"{key} is {balance}");
            }
        }

        book.ToTrialBalance().IsBalanced.Should().BeTrue();
    });

    [Fact]
    public void Accounts_of_a_partner_sum_to_the_ledger_and_what_waits_is_pending() => Check(static log =>
    {
        AccountBook book = Paid(log);
        foreach (var ledger in log.Entries.GroupBy(static e => (e.Contract, e.Partner)))
        {
            Sum(Posted.Select(k => Balance(book, ledger.Key.Contract, ledger.Key.Partner, k)))
                .Should().Be(Sum(ledger.Select(static e => e.Amount)));
        }

        foreach (var leg in log.State.Outcomes.SelectMany(static o => o.Decision?.Legs ?? [])
            .GroupBy(static l => l.Contract))
        {
            PartnerId[] partners = [new("p-blog"), new("p-mail"), new("p-shop"), new("p-nobody")];
            Sum(partners.Select(p => Balance(book, leg.Key, p, AccountKind.Pending)))
                .Should().Be(Sum(leg.Where(static l => l.Qualification is Qualification.Pending)
                    .Select(static l => Money.Max(l.Amount, 0.Eur))));
        }
    });

    // Statements know nothing of refused payments: what they claim may be set off against the money that came back.
    [Fact]
    public void Balance_of_the_last_statement_is_what_was_neither_sent_nor_claimed() => Check(static log =>
    {
        AccountBook book = Paid(log);
        foreach (var account in log.Statements.GroupBy(static s => (s.Contract, s.Partner)))
        {
            AccountKind[] open =
            [
                AccountKind.Locked, AccountKind.Payable, AccountKind.Reserve, AccountKind.ClawbackDue,
                AccountKind.Claimed,
            ];
            Sum(open.Select(k => Balance(book, account.Key.Contract, account.Key.Partner, k))).Should().Be(
                account.Last().Closing - Sum(account.Select(static s => s.Claimed ?? 0.Eur))
                    + Sum(log.Refused(account)));
        }
    });

    [Fact]
    public void Fee_of_the_platform_is_its_part_of_what_the_payer_owes_partners() => Check(static log =>
    {
        AccountBook book = Paid(log);
        foreach (var ledger in log.Entries.GroupBy(static e => (e.Contract, e.Partner)))
        {
            Money owed = Sum(Posted.Concat([AccountKind.Pending, AccountKind.Disputed])
                .Select(k => Balance(book, ledger.Key.Contract, ledger.Key.Partner, k)));
            Money fee = Balance(book, ledger.Key.Contract, ledger.Key.Partner, AccountKind.PlatformFee);
            fee.Should().Be(owed.Prorate(new(123_456_789, 1_000_000_000)));
            AccountKind[] due = [AccountKind.AdvertiserDue, AccountKind.RoundingDelta, AccountKind.FxDelta];
            Sum(due.Select(k => Balance(book, ledger.Key.Contract, ledger.Key.Partner, k)))
                .Should().Be(-owed - fee);
        }
    });

    [Fact]
    public void Replay_is_the_same_however_it_is_cut() => Check(static log =>
    {
        AccountBook whole = new(log.Campaign);
        whole.Post(log.Records);
        whole.Advance(End);
        AccountBook parts = new(log.Campaign);
        foreach (CampaignRecord record in log.Records)
        {
            parts.Advance(record.DecidedAt - Duration.FromDays(1));
            parts.Post(record);
            parts.Post([record]);
        }

        parts.Advance(End - Duration.FromDays(100));
        parts.Advance(End);

        parts.Groups.Should().Equal(whole.Groups);
        parts.Groups.Select(static g => g.Id).Should().Equal(whole.Groups.Select(static g => g.Id))
            .And.OnlyHaveUniqueItems();
    });

    [Fact]
    public void Retraction_of_everything_leaves_only_what_was_sent() => Check(static log =>
    {
        CampaignRecord[] reversals =
        [
            .. log.State.Outcomes.SelectMany(static o => o.Earnings).Where(static e => e.Net.MinorUnits > 0)
                .Select(static e => SampleEntries.Adjustment(e.Earning, "all", -e.Net, End)),
        ];
        AccountBook book = Paid(log);
        book.Post(reversals);
        ValueList<AccountBalance> balances = book.ToTrialBalance().Balances;
        foreach (AccountBalance row in balances)
        {
            // What the partner was asked to pay back is set off no more, also when a payment then came back.
            if (balances.Any(b => b.Account == row.Account with { Kind = AccountKind.Claimed }))
            {
                continue;
            }

            bool isLeft = row.Account.Kind is AccountKind.Locked or AccountKind.Payable;
            bool isRepriced = log.Entries.OfType<Repricing>().Any(r => r.Partner == row.Account.Partner);
            (isLeft && !isRepriced).Should().BeFalse($"{row} was taken back");
        }
    });

    // Every closed statement is sent five days after its end; every third payment is refused.
    private static AccountBook Paid(Log log)
    {
        AccountBook book = new(log.Campaign);
        Queue<CampaignRecord> records = new(log.Records);
        foreach (Statement statement in log.Statements.OrderBy(static s => s.To))
        {
            Instant at = statement.To + Duration.FromDays(5);
            while (records.TryPeek(out CampaignRecord? next) && next.DecidedAt <= at)
            {
                book.Post(records.Dequeue());
            }

            book.Close(statement);
            book.Close(statement);
            if (statement.Payable.MinorUnits > 0)
            {
                EntryId payment = new(statement.Id.Value);
                book.Send(payment, statement.Contract, statement.Partner, statement.Payable, at);
                _ = log.IsRefused(statement)
                    ? book.Refuse(payment, at + Duration.FromDays(1))
                    : book.Confirm(payment, at + Duration.FromDays(2));
            }
        }

        book.Post(records);
        book.Advance(End);
        return book;
    }

    private static Money Balance(AccountBook book, ContractId contract, PartnerId partner, AccountKind kind) =>
        book.BalanceOf(new(contract, partner, kind, Currency.Eur));

    private static Money Sum(IEnumerable<Money> amounts) =>
        amounts.Aggregate(0.Eur, static (sum, amount) => sum + amount);

    private static void Check(Action<Log> law)
    {
        Gen<(Setting Setting, Step[] Steps)> cases =
            from setting in Settings
            from steps in RandomLog.Steps
            select (setting, steps);
        Prop.ForAll(cases.ToArbitrary(), c => law(new(c.Setting, c.Steps))).Check(Seeded);
    }

    /// <summary>A settled random log: its records, entries and statements.</summary>
    private sealed class Log
    {
        private readonly CampaignRun run;

        public Log(Setting setting, Step[] steps)
        {
            run = RunOf(SettledBy(TermsOf(setting), CampaignOf(setting)), d => Records.AddRange(d.Records));
            foreach (CampaignInput input in InputsOf(steps))
            {
                run.Process(input);
            }

            run.Expire(End);
            Statements = run.Statements(End);
        }

        public Campaign Campaign => run.State.Campaign;

        public CampaignState State => run.State;

        public List<CampaignRecord> Records { get; } = [];

        public IReadOnlyList<LedgerEntry> Entries => run.Entries;

        public ValueList<Statement> Statements { get; }

        public bool IsRefused(Statement statement) => statement.To.InUtc().Month % 3 == 0;

        // Some of all terms of settlement, by the numbers of the setting.
        private static SettlementTerms TermsOf(Setting setting) => new()
        {
            Per = setting.Hold switch { 0 => PeriodUnit.Month, 20 => PeriodUnit.HalfMonth, _ => PeriodUnit.Week },
            Threshold = setting.Rule % 2 == 0 ? null : 15.Eur,
            Negative = setting.Model % 2 == 0 ? NegativeBalance.Carry : NegativeBalance.Debt,
            Reserve = setting.Proof == 1 ? null : new(10.Percent, 40),
        };

        private static Campaign SettledBy(SettlementTerms terms, Campaign campaign) =>
            (campaign.ToDraft() with
            {
                Contracts =
                [
                    .. campaign.ToDraft().Contracts.Select(c => c.SettledBy(terms) with
                    {
                        PlatformFee = Percentage.FromFraction(0.123456789m),
                    }),
                ],
            }).Build();

        public IEnumerable<Money> Refused(IEnumerable<Statement> statements) =>
            statements.Where(IsRefused).Select(static s => s.Payable);
    }
}
