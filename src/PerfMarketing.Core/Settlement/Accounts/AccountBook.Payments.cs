using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Settlement.Accounts;

/// <content>Payments: sent, and then confirmed or refused.</content>
public sealed partial class AccountBook
{
    private readonly Dictionary<EntryId, SentPayment> payments = [];

    /// <summary>Posts that a part of a payment was sent: payable becomes in transit.</summary>
    /// <remarks>
    /// One payment may have parts of several contracts and partners, each sent once. What is sent beyond what is
    /// payable, because it was taken back after its statement was closed, is owed back.
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
        if (!payments.TryGetValue(payment, out SentPayment? sent))
        {
            payments.Add(payment, sent = new());
        }

        Holding holding = Of(contract, partner, amount.Currency);
        if (sent.Parts.TryGetValue(holding, out long before) || sent.IsAnswered)
        {
            return before == amount.MinorUnits
                ? false
                : throw new ArgumentException($"The payment '{payment}' was sent before.", nameof(payment));
        }

        Advance(at);
        sent.Parts.Add(holding, amount.MinorUnits);
        Draw(holding, AccountKind.InTransit, amount.MinorUnits, payment);
        Close(holding, Group(holding, GroupCause.Sent, payment.Value));
        return true;
    }

    /// <summary>Posts that a payment was received: in transit becomes paid.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="at">When it was confirmed.</param>
    /// <returns>Whether it is the payment's first answer; a later one changes nothing.</returns>
    /// <exception cref="ArgumentException">The payment was never sent.</exception>
    public bool Confirm(EntryId payment, Instant at) =>
        Answer(payment, at, GroupCause.Confirmed, AccountKind.Paid);

    /// <summary>Posts that a payment was refused: in transit is payable again.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="at">When it was refused.</param>
    /// <returns>Whether it is the payment's first answer; a later one changes nothing.</returns>
    /// <exception cref="ArgumentException">The payment was never sent.</exception>
    public bool Refuse(EntryId payment, Instant at) =>
        Answer(payment, at, GroupCause.Refused, AccountKind.Payable);

    private bool Answer(EntryId payment, Instant at, GroupCause cause, AccountKind to)
    {
        if (!payments.TryGetValue(payment, out SentPayment? sent))
        {
            throw new ArgumentException($"The payment '{payment}' was never sent.", nameof(payment));
        }

        if (sent.IsAnswered)
        {
            return false;
        }

        Advance(at);
        sent.IsAnswered = true;
        foreach ((Holding holding, long amount) in sent.Parts)
        {
            moves.Move(AccountKind.InTransit, to, amount);
            Close(holding, Group(holding, cause, payment.Value));
        }

        return true;
    }

    /// <summary>A payment that was sent, with its parts.</summary>
    private sealed class SentPayment
    {
        public Dictionary<Holding, long> Parts { get; } = [];

        public bool IsAnswered { get; set; }
    }
}
