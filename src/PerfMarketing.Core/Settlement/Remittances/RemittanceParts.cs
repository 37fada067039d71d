using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>What statements add to a remittance, with their taxes, by what stands in those before it.</summary>
internal sealed class RemittanceParts
{
    private readonly HashSet<StatementId> undone;
    private readonly Dictionary<StatementId, Standing> standing = [];

    public RemittanceParts(RemittanceBook earlier)
    {
        undone = [.. earlier.Undone];
        foreach (Remittance made in earlier.Standing)
        {
            foreach (RemittancePart part in made.Parts)
            {
                standing[part.Statement] = standing.GetValueOrDefault(part.Statement).With(part, made.Id);
            }
        }
    }

    // What is payable and in no remittance, in the order of time, of one contract. What was claimed after a payment
    // that was refused or came back was claimed of money that the payee does not have: it is taken from what is paid
    // again, as far as the payee has not paid it back. What was taken and paid back too is given back.
    public IEnumerable<RemittancePart> Of(IEnumerable<PayableStatement> statements)
    {
        long again = 0;
        foreach (PayableStatement given in statements)
        {
            if (given.Statement.Payable is { MinorUnits: > 0 } payable)
            {
                again += undone.Contains(given.Statement.Id) ? payable.MinorUnits : 0;
                yield return PartOf(given, payable, default);
            }
            else
            {
                Standing before = standing.GetValueOrDefault(given.Statement.Id);
                long open = given.ClaimOpen + before.Amount;
                long taken = Math.Min(open, again);
                again -= Math.Max(0, taken);
                if (taken != 0)
                {
                    yield return PartOf(given, Money.FromMinor(-taken, given.Statement.Payable.Currency), before);
                }
            }
        }
    }

    // Invoices by which statements were not paid that stand in remittances.
    public IEnumerable<Reason> InvoicesThatDifferIn(IEnumerable<PayableStatement> closed) =>
        from given in closed
        where given.Invoice is not null && standing.ContainsKey(given.Statement.Id)
        let paid = standing[given.Statement.Id]
        where !IsPaidBy(given, paid)
        select Reason.Of(
            RemittanceReasons.InvoiceDiffers,
            ("statement", given.Statement.Id),
            ("invoice", given.Invoice!.Number),
            ("remittance", paid.Remittance));

    private static RemittancePart PartOf(PayableStatement given, Money amount, in Standing before)
    {
        RemittancePart part = RemittancePlan.PartOf(given, amount);
        if (given.Invoice is not { Net.MinorUnits: not 0 } invoice)
        {
            return part;
        }

        long whole = before.Amount + amount.MinorUnits;
        return part with
        {
            Invoice = invoice.Number,
            Vat = TaxOf(amount, TaxOf(invoice, invoice.Vat, whole) - before.Vat),
            Withholding = TaxOf(amount, TaxOf(invoice, invoice.Withholding, whole) - before.Withholding),
        };
    }

    // As large a part of a tax of the document as the amount is of what it says, also of what is given back.
    private static long TaxOf(StatementInvoice invoice, Money tax, long amount) =>
        tax.Prorate(new(amount * Math.Sign(invoice.Net.MinorUnits), Math.Abs(invoice.Net.MinorUnits))).MinorUnits;

    // Of the sign of the amount, and not more.
    private static Money? TaxOf(Money amount, long tax)
    {
        long part = Math.Clamp(tax, Math.Min(0, amount.MinorUnits), Math.Max(0, amount.MinorUnits));
        return part == 0 ? null : Money.FromMinor(part, amount.Currency);
    }

    // What was paid net is paid by an invoice without taxes as well. The taxes of a claim that was taken in several
    // parts, of which some came back, may be a minor unit off for each.
    private bool IsPaidBy(PayableStatement given, in Standing paid)
    {
        StatementInvoice invoice = given.Invoice!;
        int off = given.Claims && undone.Contains(given.Statement.Id) ? paid.Count : 0;
        return (paid.Invoice is null || paid.Invoice == invoice.Number)
            && IsNear(TaxOf(invoice, invoice.Vat, paid.Amount), paid.Vat, off)
            && IsNear(TaxOf(invoice, invoice.Withholding, paid.Amount), paid.Withholding, off);
    }

    private static bool IsNear(long one, long other, int off) => Math.Abs(one - other) <= off;

    /// <summary>What stands of a statement in remittances that were neither refused nor came back.</summary>
    private readonly record struct Standing(long Amount, long Vat, long Withholding, int Count)
    {
        public string? Invoice { get; private init; }

        public RemittanceId Remittance { get; private init; }

        public Standing With(RemittancePart part, RemittanceId remittance) => new(
            checked(Amount + part.Amount.MinorUnits),
            checked(Vat + (part.Vat?.MinorUnits ?? 0)),
            checked(Withholding + (part.Withholding?.MinorUnits ?? 0)),
            Count + 1)
        {
            Invoice = part.Invoice,
            Remittance = remittance,
        };
    }
}
