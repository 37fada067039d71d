using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Remittances;
using PerfMarketing.Tallies;

namespace PerfMarketing.Simulation.Checks;

/// <summary>
/// I20: the books, to which everything is posted as it happens. Postings sum to zero and no account has a sign that it
/// must not have, after each group; accounts are the ledger, the reserve of the statements, and in the end the bank's.
/// </summary>
internal sealed class AccountChecks(Campaign campaign, Violations violations)
{
    private static readonly AccountKind[] OfLedger =
    [
        AccountKind.Locked, AccountKind.Payable, AccountKind.Reserve, AccountKind.InTransit, AccountKind.Paid,
        AccountKind.ClawbackDue, AccountKind.Claimed, AccountKind.SetOff, AccountKind.PaymentFee, AccountKind.Vat,
        AccountKind.WithholdingTax,
    ];

    private static readonly AccountKind[] OfPayments =
    [
        AccountKind.InTransit, AccountKind.Paid, AccountKind.SetOff, AccountKind.PaymentFee, AccountKind.Vat,
        AccountKind.WithholdingTax,
    ];

    private readonly AccountBook books = new(campaign);
    private readonly Currency currency = campaign.Contracts[0].Currency;
    private readonly Dictionary<(ContractId Contract, PartnerId Partner), Posted> accounts = [];
    private readonly List<(Posted Account, AccountKind Kind, EntryGroup Group)> moved = [];
    private (OutcomeId Outcome, Instant At) decided;
    private int seen;

    /// <summary>Posts what was recorded, here or of a payment.</summary>
    public void Post(CampaignRecord record)
    {
        if ((record.OutcomeId, record.DecidedAt) != decided)
        {
            LookAtSigns();
            decided = (record.OutcomeId, record.DecidedAt);
        }

        if (record is LedgerEntry entry)
        {
            Note(entry, Of(entry.Contract, entry.Partner));
        }

        books.Post(record);
        LookAtSums();
    }

    /// <summary>Posts a remittance or an answer, at times twice, and compares payments with what stands.</summary>
    /// <param name="record">The record.</param>
    /// <param name="remitted">What was remitted, with the record.</param>
    /// <param name="isTwice">Whether it is posted again.</param>
    public void PostPayment(CampaignRecord record, RemittanceChecks remitted, bool isTwice)
    {
        Post(record);
        int groups = books.Groups.Count;
        if (isTwice)
        {
            books.Post(record);
            violations.Require(books.Groups.Count == groups, $"I20: {record} moves the books again");
        }

        PartnerId payee = record is Remittance made ? made.Payee
            : remitted.PayeeOf(((RemittanceAnswer)record).Remittance);
        CheckPayments(payee, remitted);
    }

    /// <summary>Posts a statement that was closed.</summary>
    public void Close(Statement statement)
    {
        books.Close(statement);
        Look();
        Posted account = Of(statement.Contract, statement.Partner);
        violations.Require(
            account[AccountKind.Reserve] == (statement.Reserve?.MinorUnits ?? 0),
            $"I20: {account[AccountKind.Reserve]} is in reserve after {statement.Id}, not {statement.Reserve}");
    }

    /// <summary>Posts what a partner paid back of what a statement claims, with its taxes; at times twice.</summary>
    public void Receive(Statement statement, PaidBack back)
    {
        Posted account = Of(statement.Contract, statement.Partner);
        account.PaidBack = account.PaidBack.With(back);
        for (int i = 0; i < 2; i++)
        {
            bool isNew = books.Receive(
                new($"back-{statement.Id}-{back.Number}"),
                statement.Contract,
                statement.Partner,
                Money.FromMinor(back.Net, currency),
                back.At,
                Money.FromMinor(back.Vat, currency),
                Money.FromMinor(back.Withholding, currency),
                statement.Id);
            violations.Require(isNew == (i == 0), $"I20: {back} of {statement.Id} is received twice");
        }

        Look();
    }

    /// <summary>What must hold whenever a month was closed.</summary>
    public void Check()
    {
        foreach (((ContractId contract, PartnerId partner), Posted account) in accounts)
        {
            string name = $"{contract} and {partner}";
            long held = OfLedger.Sum(k => account[k]);
            violations.Require(
                held == account.Sum, $"I20: the accounts of {name} hold {held}, and {account.Sum} is due");
            long expected = account[AccountKind.Pending] + account[AccountKind.Disputed];
            long fee = account.FeeOf(account.Sum - account.Opened + expected);
            violations.Require(
                account[AccountKind.PlatformFee] == fee,
                $"I20: of {name} the platform gets {account[AccountKind.PlatformFee]}, not {fee}");
            violations.Require(
                account.Rounding is not { } rounding || account[AccountKind.RoundingDelta] == -rounding,
                $"I20: rounding of {name} is {account[AccountKind.RoundingDelta]}, not {-account.Rounding}");
        }

        foreach (AccountBalance row in books.ToTrialBalance().Balances)
        {
            Posted account = Of(row.Account.Contract, row.Account.Partner);
            violations.Require(
                row.Balance.MinorUnits == account[row.Account.Kind],
                $"I20: {row.Account} has {row.Balance}, and the postings sum to {account[row.Account.Kind]}");
        }
    }

    /// <summary>What must hold when everybody was paid: nothing is on its way or in hold any more.</summary>
    /// <param name="payee">Who was paid.</param>
    /// <param name="paid">What the bank paid.</param>
    /// <param name="remitted">What was remitted.</param>
    public void CheckPaid(PartnerId payee, long paid, RemittanceChecks remitted)
    {
        books.Advance(Instant.FromUtc(2040, 1, 1, 0, 0));
        Look();
        CheckPayments(payee, remitted);
        Posted[] own = OfPayee(payee);
        long Sum(AccountKind kind) => own.Sum(a => a[kind]);
        long received = Sum(AccountKind.Paid) + own.Sum(static a => a.PaidBack.Money);
        violations.Require(received == paid, $"I20: {payee} received {received} by the books, and {paid} by the bank");
        foreach (AccountKind kind in (AccountKind[])[AccountKind.InTransit, AccountKind.SetOff, AccountKind.Locked])
        {
            violations.Require(Sum(kind) == 0, $"I20: {Sum(kind)} of {payee} stays {kind}");
        }
    }

    // Account by account what stands: what is on its way, what was paid, what is kept of it, and its taxes.
    private void CheckPayments(PartnerId payee, RemittanceChecks remitted)
    {
        foreach (((ContractId contract, PartnerId partner), Posted account) in accounts
            .Where(a => a.Key.Partner == payee))
        {
            (long net, long vat, long withheld) = remitted.SumsOf(contract, partner);
            PaidBack back = account.PaidBack;
            long held = OfPayments.Sum(k => account[k]);
            violations.Require(
                held == net - back.Net && account[AccountKind.Vat] == back.Vat - vat
                && account[AccountKind.WithholdingTax] == withheld - back.Withholding,
                $"I20: of {contract} {payee} has {held}, VAT {account[AccountKind.Vat]} and "
                    + $"{account[AccountKind.WithholdingTax]} withheld; remitted are {net}, {vat}, {withheld}, {back}");
            long claimed = remitted.ClaimedOf(contract, partner);
            violations.Require(
                account[AccountKind.Claimed] == -claimed,
                $"I20: {account[AccountKind.Claimed]} of {contract} {payee} is claimed, not {-claimed}");
        }

        Posted[] own = OfPayee(payee);
        long Sum(AccountKind kind) => own.Sum(a => a[kind]);
        long confirmed = remitted.ConfirmedOf(payee).Sum(static r => r.Amount.MinorUnits);
        long paid = Sum(AccountKind.Paid) + own.Sum(static a => a.PaidBack.Money);
        long transit = remitted.PaidTo(payee) - confirmed;
        violations.Require(
            paid == confirmed && Sum(AccountKind.InTransit) == transit && Sum(AccountKind.SetOff) == 0,
            $"I20: {payee} received {paid}, has {Sum(AccountKind.InTransit)} in transit and sets off "
                + $"{Sum(AccountKind.SetOff)}; confirmed is {confirmed}, and {transit} is on its way");
        violations.Require(
            Sum(AccountKind.PaymentFee) == remitted.FeesOf(payee),
            $"I20: {payee} bore {Sum(AccountKind.PaymentFee)}, not {remitted.FeesOf(payee)}");
    }

    private Posted[] OfPayee(PartnerId payee) =>
        [.. accounts.Where(a => a.Key.Partner == payee).Select(static a => a.Value)];

    private void Look()
    {
        LookAtSums();
        LookAtSigns();
    }

    // Between the entries of one decision an account may have a sign that the next one mends, as where what an outcome
    // takes of others comes after what it loses itself.
    private void LookAtSigns()
    {
        foreach ((Posted account, AccountKind kind, EntryGroup group) in moved)
        {
            violations.Require(
                account.IsSound(kind),
                $"I20: {kind} of {group.Contract} and {group.Partner} is {account[kind]} after {group.Cause} of "
                    + $"{group.Record}");
        }

        moved.Clear();
    }

    private void LookAtSums()
    {
        for (; seen < books.Groups.Count; seen++)
        {
            EntryGroup group = books.Groups[seen];
            Posted account = Of(group.Contract, group.Partner);
            long sum = 0;
            foreach (Posting posting in group.Postings)
            {
                sum += posting.Amount.MinorUnits;
                account[posting.Kind] += posting.Amount.MinorUnits;
                moved.Add((account, posting.Kind, group));
                violations.Require(posting.Amount.Currency == currency, $"I20: {group.Record} is in another currency");
            }

            violations.Require(sum == 0, $"I20: {group.Cause} of {group.Record} sums to {sum}");
        }
    }

    private static void Note(LedgerEntry entry, Posted account)
    {
        account.Sum += entry.Amount.MinorUnits;
        switch (entry)
        {
            case ManualEntry { Source: var booked }:
                account.Opened += booked.Kind == ManualKind.OpeningBalance ? entry.Amount.MinorUnits : 0;
                account.OwedBack += Math.Max(0, -entry.Amount.MinorUnits);
                account.IsOpened |= booked.Tally is not null;
                break;
            case Earning earning:
                account.Round(earning.Lines);
                break;
            case PeriodEarning earning:
                account.OwedBack += Math.Max(0, -entry.Amount.MinorUnits);
                account.Round(earning.Lines);
                break;
            case Repricing { Correction: null } repricing:
                account.Round(repricing.Lines);
                break;
            default:
                // Of what is corrected, a part of the rounding stands: left to other tests.
                account.IsCorrected = true;
                break;
        }
    }

    private Posted Of(ContractId contract, PartnerId partner)
    {
        if (!accounts.TryGetValue((contract, partner), out Posted? account))
        {
            Contract[] versions = [.. campaign.Contracts.Where(c => c.Id == contract)];
            Clause[] falling = [.. versions.SelectMany(static v => v.Clauses).Where(Falls)];
            account = new(versions[0].PlatformFee?.Fraction ?? 0)
            {
                Falls = falling.Length > 0,
                KeepsFall = Array.Exists(falling, static c => c.Tally.Corrections == TallyCorrections.Frozen),
            };
            accounts.Add((contract, partner), account);
        }

        return account;
    }

    private static bool Falls(Clause clause) => clause is { Pays: Tiered { Mode: TierMode.Volume } tiered }
        && tiered.Tiers.Zip(tiered.Tiers.Skip(1)).Any(static t => IsLess(t.Second, t.First));

    private static bool IsLess(Tier next, Tier before) => next.Price is { } price && before.Price is { } above
        ? price < above
        : next.Rate < before.Rate;

    /// <summary>What was posted for one contract and partner.</summary>
    private sealed class Posted(decimal fee)
    {
        private readonly long[] balances = new long[Enum.GetValues<AccountKind>().Length];
        private decimal rounded;

        // What is owed back so is owed by the partner, and the platform's part of it by the platform.
        private long Back => OwedBack == 0 ? 0 : OwedBack + FeeOf(OwedBack) + 1;

        public long Sum { get; set; }

        /// <summary>What another system had owed, of which the platform gets nothing.</summary>
        public long Opened { get; set; }

        /// <summary>What a person booked as owed back, and what draws took back of what may come back too.</summary>
        public long OwedBack { get; set; }

        public PaidBack PaidBack { get; set; }

        /// <summary>Whether a volume price falls: that takes money back from earlier results.</summary>
        public bool Falls { get; init; }

        /// <summary>Whether it does where the tally is frozen.</summary>
        public bool KeepsFall { get; init; }

        /// <summary>Whether another system had counted, and paid, something before.</summary>
        public bool IsOpened { get; set; }

        // Where the tally is frozen, results are taken back at what each had earned, and what the period took back from
        // them stays taken: all of it leaves the partner owing. See docs/tallies.md, "Frozen or evaluated again". What
        // another system had paid is taken back too when the price falls, and is in no account here.
        private bool MayOwe => KeepsFall || (Falls && IsOpened);

        public bool IsCorrected { get; set; }

        /// <summary>What rounding added to what stands; null when that is not known here.</summary>
        public long? Rounding => IsCorrected ? null : (long)decimal.Round(rounded, 0, MidpointRounding.AwayFromZero);

        public long this[AccountKind kind]
        {
            get => balances[(int)kind];
            set => balances[(int)kind] = value;
        }

        public long FeeOf(long amount) => (long)decimal.Round(amount * fee, 0, MidpointRounding.AwayFromZero);

        public void Round(Primitives.ValueList<PayoutLine> lines)
        {
            // What a limit or a budget cuts is whole: nothing of its rounding is left. What was never paid of a period
            // is rounded with the rest of it: left to other tests.
            IsCorrected |= lines.Any(static l => l.Code == "unpaid");
            foreach (PayoutLine line in lines.Any(static l => l.Code is "over-budget" or "over-limit")
                ? []
                : lines.Where(static l => l.Code == "rounding"))
            {
                decimal minor = line.Amount.Amount;
                for (int i = line.Amount.Currency.MinorDigits; i > 0; i--)
                {
                    minor *= 10;
                }

                rounded += minor;
            }
        }

        // What others owe is never above zero, all else never below it.
        public bool IsSound(AccountKind kind) => kind switch
        {
            AccountKind.SetOff or AccountKind.RoundingDelta or AccountKind.FxDelta => true,

            // What was paid of it stands elsewhere, to the minor unit.
            AccountKind.Vat or AccountKind.WithholdingTax => true,
            AccountKind.AdvertiserDue => MayOwe || this[kind] <= Back,
            AccountKind.ClawbackDue or AccountKind.Claimed => this[kind] <= 0,
            AccountKind.Paid => this[kind] >= -PaidBack.Money,
            AccountKind.PlatformFee => MayOwe || this[kind] >= OwedBack - Back,
            _ => this[kind] >= 0,
        };
    }
}
