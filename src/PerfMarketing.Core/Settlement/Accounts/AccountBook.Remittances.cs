using PerfMarketing.Identity;
using PerfMarketing.Settlement.Remittances;

namespace PerfMarketing.Settlement.Accounts;

/// <content>Remittances, of which this campaign's contracts may be a part.</content>
public sealed partial class AccountBook
{
    // What concerns other campaigns is in their books.
    private void Send(Remittance remittance)
    {
        EntryId payment = new(remittance.Id.Value);
        RemittanceShare[] own = [.. remittance.ToShares().Where(s => s.Campaign == campaign.Id)];
        if (payments.TryGetValue(payment, out SentPayment? before) && before.Remittance != remittance)
        {
            throw Conflict("remittance", payment.Value);
        }

        if (own.Length == 0 || before is not null)
        {
            return;
        }

        Advance(remittance.DecidedAt);
        SentPayment sent = new()
        {
            Remittance = remittance,
            Statements = remittance.Parts.Where(p => p.Campaign == campaign.Id).ToLookup(static p => p.Contract),
        };
        payments.Add(payment, sent);
        foreach (RemittanceShare share in own)
        {
            Holding holding = Of(share.Contract, remittance.Payee, remittance.Total.Currency);
            Send(
                payment,
                sent,
                holding,
                new(share.Sent.MinorUnits, share.SetOff.MinorUnits, share.Fee.MinorUnits)
                {
                    Vat = share.Vat.MinorUnits,
                    Withholding = share.Withholding.MinorUnits,
                });
        }
    }

    // What is taken of claims, or given back of what was paid beside that; undone, it is open again. What is taken and
    // was taken back meanwhile is owed back.
    private void SettleClaims(EntryId payment, SentPayment sent, Holding holding, int sign, GroupCause cause)
    {
        long settled = 0;
        foreach (RemittancePart part in holding.Claims.Count > 0 ? sent.Statements?[holding.Contract] ?? [] : [])
        {
            settled += holding.Claims.Find(c => c.Statement == part.Statement)?.Settle(sign * part.Amount.MinorUnits)
                ?? 0;
        }

        if (settled == 0)
        {
            return;
        }

        Draw(holding, AccountKind.Claimed, Math.Max(0, settled), payment);
        moves.Move(AccountKind.Claimed, AccountKind.Payable, Math.Max(0, -settled));
        Close(holding, Group(holding, cause, payment.Value));
    }

    // The first answer stands until what was confirmed comes back, and what contradicts it moves no money.
    private void Take(RemittanceAnswer answer)
    {
        EntryId payment = new(answer.Remittance.Value);
        if (payments.TryGetValue(payment, out SentPayment? sent))
        {
            _ = Answer(sent, payment, answer.DecidedAt, answer.Result);
        }
    }
}
