using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement.Remittances;

namespace PerfMarketing.Settlement.Accounts;

/// <content>Payments: sent, and then confirmed, refused or returned; and what the partner pays back.</content>
public sealed partial class AccountBook
{
    private readonly Dictionary<EntryId, SentPayment> payments = [];
    private readonly Dictionary<EntryId, (ContractId, PartnerId, Money, Money?, Money?, StatementId?)> receipts = [];

    /// <summary>Posts that a part of a payment was sent: payable becomes in transit.</summary>
    /// <remarks>
    /// One payment may have parts of several contracts and partners, each sent once. What is sent beyond what is
    /// payable, because it was taken back after its statement was closed, is owed back. For payments that are made by
    /// remittances post these instead.
    /// </remarks>
    /// <param name="payment">The payment's name, derived from all that makes it unique.</param>
    /// <param name="contract">The contract that owes.</param>
    /// <param name="partner">The partner who is paid.</param>
    /// <param name="amount">The part, above zero.</param>
    /// <param name="at">When it was sent.</param>
    /// <returns>Whether it is new; false when the same part was sent before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not above zero.</exception>
    /// <exception cref="ArgumentException">
    /// The campaign has no such contract with the partner; or the payment has another amount there, or an answer
    /// already.
    /// </exception>
    public bool Send(EntryId payment, ContractId contract, PartnerId partner, Money amount, Instant at)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount.MinorUnits, nameof(amount));
        moves.ThrowIfBeyond();
        Holding holding = Named(contract, partner, amount.Currency);
        if (!payments.TryGetValue(payment, out SentPayment? sent))
        {
            payments.Add(payment, sent = new());
        }

        if (sent.Parts.TryGetValue(holding, out SentPart before) || sent.Answer is not null)
        {
            return before.Sent == amount.MinorUnits
                ? false
                : throw new ArgumentException($"The payment '{payment}' was sent before.", nameof(payment));
        }

        Advance(at);
        Send(payment, sent, holding, new(amount.MinorUnits, 0, 0));
        return true;
    }

    /// <summary>Posts that a payment was received: in transit becomes paid.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="at">When it was confirmed.</param>
    /// <returns>Whether it is the payment's first answer; after another one it changes nothing.</returns>
    /// <exception cref="ArgumentException">The payment was never sent.</exception>
    public bool Confirm(EntryId payment, Instant at) => Answer(Sent(payment), payment, at, RemittanceResult.Confirmed);

    /// <summary>
    /// Posts that a payment was refused: in transit is payable again, and what is set off is owed back again.
    /// </summary>
    /// <remarks>What was claimed since it was sent is settled by it: the partner never had the money.</remarks>
    /// <param name="payment">The payment.</param>
    /// <param name="at">When it was refused.</param>
    /// <returns>Whether it is the payment's first answer; a later one changes nothing.</returns>
    /// <exception cref="ArgumentException">The payment was never sent.</exception>
    public bool Refuse(EntryId payment, Instant at) => Answer(Sent(payment), payment, at, RemittanceResult.Refused);

    /// <summary>
    /// Posts that a payment came back: paid is payable again, and what is set off is owed back again.
    /// </summary>
    /// <remarks>
    /// What was claimed since it was sent is settled by it. One that was never confirmed is in transit no more.
    /// </remarks>
    /// <param name="payment">The payment.</param>
    /// <param name="at">When it came back.</param>
    /// <returns>Whether it moves anything; false for what was refused or came back before.</returns>
    /// <exception cref="ArgumentException">The payment was never sent.</exception>
    public bool Return(EntryId payment, Instant at) => Answer(Sent(payment), payment, at, RemittanceResult.Returned);

    /// <summary>Posts that the partner paid back what a statement claims; what is more is payable.</summary>
    /// <param name="receipt">The payment's name.</param>
    /// <param name="contract">The contract that it is paid to.</param>
    /// <param name="partner">The partner who pays.</param>
    /// <param name="amount">What was received for it, above zero, without taxes.</param>
    /// <param name="at">When it was received.</param>
    /// <param name="vat">The VAT that was received on top; null for none.</param>
    /// <param name="withholding">What of the amount was not received because it was never paid; null for none.</param>
    /// <param name="claim">The statement whose claim is paid; null for the oldest claims that are open.</param>
    /// <returns>Whether it is new; false when a receipt of this name was posted before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not above zero, or a tax is below.</exception>
    /// <exception cref="ArgumentException">
    /// The campaign has no such contract with the partner, a receipt of this name was posted for another contract,
    /// partner, amount or claim, the currencies differ, or no statement of this name that claims something was closed.
    /// </exception>
    public bool Receive(
        EntryId receipt,
        ContractId contract,
        PartnerId partner,
        Money amount,
        Instant at,
        Money? vat = null,
        Money? withholding = null,
        StatementId? claim = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount.MinorUnits, nameof(amount));
        long onTop = TaxOf(vat, amount.Currency, nameof(vat));
        long kept = TaxOf(withholding, amount.Currency, nameof(withholding));
        Holding holding = Named(contract, partner, amount.Currency);
        OpenClaim? paid = claim is { } statement ? Find(holding, statement) : null;
        if (!receipts.TryAdd(receipt, (contract, partner, amount, vat, withholding, claim)))
        {
            return receipts[receipt] == (contract, partner, amount, vat, withholding, claim)
                ? false
                : throw Conflict("receipt", receipt.Value);
        }

        Advance(at);
        long settled = paid is null
            ? SettleClaims(holding, AccountKind.Paid, amount.MinorUnits, after: 0)
            : Settle(paid, AccountKind.Paid, amount.MinorUnits);
        moves.Move(AccountKind.Paid, AccountKind.Payable, amount.MinorUnits - settled);
        moves.Move(AccountKind.Paid, AccountKind.Vat, onTop);
        moves.Move(AccountKind.WithholdingTax, AccountKind.Paid, kept);
        Close(holding, Group(holding, GroupCause.ClaimPaid, receipt.Value));
        return true;
    }

    private static long TaxOf(Money? tax, Currency currency, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tax?.MinorUnits ?? 0, name);
        return tax is null || tax.Value.Currency == currency
            ? tax?.MinorUnits ?? 0
            : throw new ArgumentException("A tax is in the currency of its amount.", name);
    }

    private void Send(EntryId payment, SentPayment sent, Holding holding, SentPart part)
    {
        SettleClaims(payment, sent, holding, -1, GroupCause.ClaimSettled);
        if (part.Owed > 0)
        {
            Draw(holding, AccountKind.InTransit, part.Owed, payment);
        }
        else if (part.Owed < 0)
        {
            SettleDebts(holding, AccountKind.InTransit, -part.Owed);
        }

        if (!part.IsNothing)
        {
            Spread(part, 1);
            Close(holding, Group(
                holding, part.Owed >= 0 ? GroupCause.Sent : GroupCause.SetOff, payment.Value));
        }

        sent.Parts.Add(holding, part with { Number = holding.Groups });
    }

    private SentPayment Sent(EntryId payment) => payments.TryGetValue(payment, out SentPayment? sent)
        ? sent
        : throw new ArgumentException($"The payment '{payment}' was never sent.", nameof(payment));

    private bool Answer(SentPayment sent, EntryId payment, Instant at, RemittanceResult result)
    {
        bool comesBack = (sent.Answer, result) is (RemittanceResult.Confirmed, RemittanceResult.Returned);
        if (sent.Answer is not null && !comesBack)
        {
            return false;
        }

        Advance(at);
        sent.Answer = result;
        foreach ((Holding holding, SentPart part) in sent.Parts)
        {
            if (result == RemittanceResult.Confirmed && part.Sent > 0)
            {
                moves.Move(AccountKind.InTransit, AccountKind.Paid, part.Sent);
                Close(holding, Group(holding, GroupCause.Confirmed, payment.Value));
            }
            else if (result != RemittanceResult.Confirmed)
            {
                GroupCause cause = result == RemittanceResult.Returned ? GroupCause.Returned : GroupCause.Refused;
                if (!part.IsNothing)
                {
                    moves.Move(AccountKind.Paid, AccountKind.InTransit, comesBack ? part.Sent : 0);
                    Undo(holding, part, cause, payment);
                }

                SettleClaims(payment, sent, holding, 1, cause);
            }
        }

        return true;
    }

    // What remittances take of claims they say; else what was claimed since is settled by what comes back.
    private void Undo(Holding holding, SentPart part, GroupCause cause, EntryId payment)
    {
        Spread(part, -1);
        if (part.Owed < 0)
        {
            Draw(holding, AccountKind.InTransit, -part.Owed, payment);
        }

        moves.Move(AccountKind.InTransit, AccountKind.Payable, Math.Max(0, part.Owed));
        Close(holding, Group(holding, cause, payment.Value));
        if (part.Owed > 0 && payments[payment].Remittance is null)
        {
            long free = Math.Min(part.Owed, holding[AccountKind.Payable]);
            if (SettleClaims(holding, AccountKind.Payable, free, part.Number) > 0)
            {
                groups.Add(Group(holding, GroupCause.ClaimSettled, payment.Value));
            }
        }
    }

    // What is not sent of what was owed, and what is sent beside it.
    private void Spread(SentPart part, int sign)
    {
        moves.Move(AccountKind.InTransit, AccountKind.SetOff, sign * part.SetOff);
        moves.Move(AccountKind.InTransit, AccountKind.PaymentFee, sign * part.Fee);
        moves.Move(AccountKind.InTransit, AccountKind.WithholdingTax, sign * part.Withholding);
        moves.Move(AccountKind.Vat, AccountKind.InTransit, sign * part.Vat);
    }

    // From another account, the oldest debt first; what is more is payable.
    private void SettleDebts(Holding holding, AccountKind from, long amount)
    {
        long left = amount;
        while (left > 0 && holding.Debts.First is { Value: var (entry, owed) })
        {
            long settled = Math.Min(left, owed);
            moves.Move(from, AccountKind.ClawbackDue, settled);
            left -= settled;
            holding.Debts.RemoveFirst();
            if (settled < owed)
            {
                holding.Debts.AddFirst((entry, owed - settled));
            }
        }

        moves.Move(from, AccountKind.Payable, left);
    }

    // From another account, the oldest claim first that was made after a group; what was settled.
    private long SettleClaims(Holding holding, AccountKind from, long amount, long after)
    {
        long left = amount;
        foreach (OpenClaim claim in holding.Claims.Where(c => c.Number > after && c.Open > 0))
        {
            left -= Settle(claim, from, Math.Min(left, claim.Open));
        }

        return amount - left;
    }

    private long Settle(OpenClaim claim, AccountKind from, long amount)
    {
        long settled = claim.Settle(amount);
        moves.Move(from, AccountKind.Claimed, settled);
        return settled;
    }

    private static OpenClaim Find(Holding holding, StatementId statement) =>
        holding.Claims.Find(c => c.Statement == statement)
            ?? throw new ArgumentException($"The statement '{statement}' was not closed, or claims nothing.");

    /// <summary>A payment that was sent, with its parts.</summary>
    private sealed class SentPayment
    {
        public Dictionary<Holding, SentPart> Parts { get; } = [];

        /// <summary>The answer that counts; null while there is none.</summary>
        public RemittanceResult? Answer { get; set; }

        /// <summary>The remittance that it was posted as; null when its parts were sent one by one.</summary>
        public Remittance? Remittance { get; init; }

        /// <summary>The remittance's parts in this campaign; null when there is none.</summary>
        public ILookup<ContractId, RemittancePart>? Statements { get; init; }
    }

    /// <summary>What was sent for one contract and partner, set off, and kept as the fee of the payment.</summary>
    private readonly record struct SentPart(long Sent, long SetOff, long Fee)
    {
        /// <summary>What is settled by it: above zero what was owed, below zero what was owed back.</summary>
        public long Owed => Sent + SetOff + Fee + Withholding - Vat;

        /// <summary>The VAT that is paid on top.</summary>
        public long Vat { get; init; }

        /// <summary>What is kept for the tax office.</summary>
        public long Withholding { get; init; }

        /// <summary>Whether it moves nothing.</summary>
        public bool IsNothing => (Sent, SetOff, Fee, Vat, Withholding) == default;

        /// <summary>The newest group of the contract and partner then.</summary>
        public long Number { get; init; }
    }
}
