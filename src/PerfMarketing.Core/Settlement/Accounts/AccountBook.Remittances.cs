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
        SentPayment sent = new() { Remittance = remittance };
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
