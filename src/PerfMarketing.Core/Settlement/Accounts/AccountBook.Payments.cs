using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement.Remittances;

namespace PerfMarketing.Settlement.Accounts;

/// <content>Payments: sent, and then confirmed or refused; and what the partner pays back.</content>
public sealed partial class AccountBook
{
    private readonly Dictionary<EntryId, SentPayment> payments = [];
    private readonly Dictionary<EntryId, (ContractId, PartnerId, Money)> receipts = [];

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
    /// <exception cref="ArgumentException">The payment has another amount there, or an answer already.</exception>
    public bool Send(EntryId payment, ContractId contract, PartnerId partner, Money amount, Instant at)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount.MinorUnits, nameof(amount));
        moves.ThrowIfBeyond();
        if (!payments.TryGetValue(payment, out SentPayment? sent))
        {
            payments.Add(payment, sent = new());
        }

        Holding holding = Of(contract, partner, amount.Currency);
        if (sent.Parts.TryGetValue(holding, out SentPart before) || sent.IsAnswered)
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
    /// <returns>Whether it is the payment's first answer; a later one changes nothing.</returns>
    /// <exception cref="ArgumentException">The payment was never sent.</exception>
    public bool Confirm(EntryId payment, Instant at) => Answer(Sent(payment), payment, at, isConfirmed: true);

    /// <summary>
    /// Posts that a payment was refused: in transit is payable again, and what is set off is owed back again.
    /// </summary>
    /// <remarks>What was claimed since it was sent is settled by it: the partner never had the money.</remarks>
    /// <param name="payment">The payment.</param>
    /// <param name="at">When it was refused.</param>
    /// <returns>Whether it is the payment's first answer; a later one changes nothing.</returns>
    /// <exception cref="ArgumentException">The payment was never sent.</exception>
    public bool Refuse(EntryId payment, Instant at) => Answer(Sent(payment), payment, at, isConfirmed: false);

    /// <summary>Posts that the partner paid back what a statement claims; what is more is payable.</summary>
    /// <param name="receipt">The payment's name.</param>
    /// <param name="contract">The contract that it is paid to.</param>
    /// <param name="partner">The partner who pays.</param>
    /// <param name="amount">What was received, above zero.</param>
    /// <param name="at">When it was received.</param>
    /// <returns>Whether it is new; false when a receipt of this name was posted before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not above zero.</exception>
    /// <exception cref="ArgumentException">
    /// A receipt of this name was posted for another contract, partner or amount.
    /// </exception>
    public bool Receive(EntryId receipt, ContractId contract, PartnerId partner, Money amount, Instant at)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount.MinorUnits, nameof(amount));
        if (!receipts.TryAdd(receipt, (contract, partner, amount)))
        {
            return receipts[receipt] == (contract, partner, amount)
                ? false
                : throw Conflict("receipt", receipt.Value);
        }

        Advance(at);
        Holding holding = Of(contract, partner, amount.Currency);
        long settled = SettleClaims(holding, AccountKind.Paid, amount.MinorUnits, after: 0);
        moves.Move(AccountKind.Paid, AccountKind.Payable, amount.MinorUnits - settled);
        Close(holding, Group(holding, GroupCause.ClaimPaid, receipt.Value));
        return true;
    }

    private void Send(EntryId payment, SentPayment sent, Holding holding, SentPart part)
    {
        if (part.Owed > 0)
        {
            Draw(holding, AccountKind.InTransit, part.Owed, payment);
            moves.Move(AccountKind.InTransit, AccountKind.SetOff, part.SetOff);
            moves.Move(AccountKind.InTransit, AccountKind.PaymentFee, part.Fee);
            Close(holding, Group(holding, GroupCause.Sent, payment.Value));
        }
        else if (part.Owed < 0)
        {
            SettleDebts(holding, AccountKind.SetOff, -part.Owed);
            Close(holding, Group(holding, GroupCause.SetOff, payment.Value));
        }

        sent.Parts.Add(holding, part with { Number = holding.Groups });
    }

    private SentPayment Sent(EntryId payment) => payments.TryGetValue(payment, out SentPayment? sent)
        ? sent
        : throw new ArgumentException($"The payment '{payment}' was never sent.", nameof(payment));

    private bool Answer(SentPayment sent, EntryId payment, Instant at, bool isConfirmed)
    {
        if (sent.IsAnswered)
        {
            return false;
        }

        Advance(at);
        sent.IsAnswered = true;
        foreach ((Holding holding, SentPart part) in sent.Parts)
        {
            if (isConfirmed && part.Sent > 0)
            {
                moves.Move(AccountKind.InTransit, AccountKind.Paid, part.Sent);
                Close(holding, Group(holding, GroupCause.Confirmed, payment.Value));
            }
            else if (!isConfirmed)
            {
                Undo(holding, part, payment);
            }
        }

        return true;
    }

    private void Undo(Holding holding, SentPart part, EntryId payment)
    {
        if (part.Owed < 0)
        {
            Draw(holding, AccountKind.SetOff, -part.Owed, payment);
            Close(holding, Group(holding, GroupCause.Refused, payment.Value));
        }
        else if (part.Owed > 0)
        {
            moves.Move(AccountKind.InTransit, AccountKind.Payable, part.Sent);
            moves.Move(AccountKind.SetOff, AccountKind.Payable, part.SetOff);
            moves.Move(AccountKind.PaymentFee, AccountKind.Payable, part.Fee);
            Close(holding, Group(holding, GroupCause.Refused, payment.Value));
            long free = Math.Min(part.Owed, holding[AccountKind.Payable]);
            if (SettleClaims(holding, AccountKind.Payable, free, part.Number) > 0)
            {
                groups.Add(Group(holding, GroupCause.ClaimSettled, payment.Value));
            }
        }
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
        for (LinkedListNode<OpenClaim>? node = holding.Claims.First; node is not null && left > 0;)
        {
            LinkedListNode<OpenClaim>? next = node.Next;
            OpenClaim claim = node.Value;
            if (claim.Number > after)
            {
                long settled = Math.Min(left, claim.Amount);
                moves.Move(from, AccountKind.Claimed, settled);
                left -= settled;
                node.Value = claim with { Amount = claim.Amount - settled };
                if (settled == claim.Amount)
                {
                    holding.Claims.Remove(node);
                }
            }

            node = next;
        }

        return amount - left;
    }

    /// <summary>A payment that was sent, with its parts.</summary>
    private sealed class SentPayment
    {
        public Dictionary<Holding, SentPart> Parts { get; } = [];

        public bool IsAnswered { get; set; }

        /// <summary>The remittance that it was posted as; null when its parts were sent one by one.</summary>
        public Remittance? Remittance { get; init; }
    }

    /// <summary>What was sent for one contract and partner, set off, and kept as the fee of the payment.</summary>
    private readonly record struct SentPart(long Sent, long SetOff, long Fee)
    {
        /// <summary>What is settled by it: above zero what was owed, below zero what was owed back.</summary>
        public long Owed => Sent + SetOff + Fee;

        /// <summary>The newest group of the contract and partner then.</summary>
        public long Number { get; init; }
    }
}
