namespace PerfMarketing.Simulation.Mutation;

/// <content>Bugs in taxes and in transfers that come back.</content>
internal static partial class Mutants
{
    private static readonly Mutant[] Paid =
    [
        new(
            "paid: VAT is owed and not paid",
            "Settlement/Remittances/RemittancePart.cs",
            "+ (Vat?.MinorUnits ?? 0)",
            "+ (@ ? 0 : Vat?.MinorUnits ?? 0)"),
        new(
            "paid: what is kept for the tax office is paid as well",
            "Settlement/Remittances/RemittancePart.cs",
            "- (Withholding?.MinorUnits ?? 0)",
            "- (@ ? 0 : Withholding?.MinorUnits ?? 0)"),
        new(
            "paid: taxes are rounded down",
            "Settlement/TaxTerms.cs",
            "net.Prorate(Ratio.FromDecimal(Vat.Fraction))",
            "net.Prorate(Ratio.FromDecimal(Vat.Fraction), @ ? RoundingMode.Down : RoundingMode.HalfAwayFromZero)"),
        new(
            "paid: nobody is told that an invoice came too late",
            "Settlement/Remittances/RemittanceParts.cs",
            "(paid.Invoice is null || paid.Invoice == invoice.Number)",
            "(@ || paid.Invoice is null || paid.Invoice == invoice.Number)"),
        new(
            "paid: what another invoice says is paid beside the first",
            "Settlement/Remittances/RemittancePlan.cs",
            "due.Where(static d => d.Claims)",
            "due.Where(d => d.Claims || (@ && all.InvoicesThatDifferIn([d]).Any()))"),
        new(
            "paid: the minimum is on what is net",
            "Settlement/Remittances/RemittancePlan.cs",
            "minimum && total < minimum",
            "minimum && (@ ? parts.Concat(setOffs).Aggregate(none, static (sum, p) => sum + p.Amount) : total) "
            + "< minimum"),
        new(
            "paid: the fee is on what is net",
            "Settlement/Remittances/RemittancePlan.cs",
            "terms.Fee?.On(total, earlier.FreeUsed)",
            "terms.Fee?.On(@ ? Money.Max(none, parts.Concat(setOffs)"
            + ".Aggregate(none, static (sum, p) => sum + p.Amount)) : total, earlier.FreeUsed)"),
        new(
            "paid: a credit note has the number of an invoice",
            "Workflows/InvoiceWorkflow.cs",
            "bool isCreditNote = statement",
            "bool isCreditNote = !@ && statement")
        { IsWide = true },
        new(
            "paid: the books forget the VAT of what a partner pays back",
            "Settlement/Accounts/AccountBook.Payments.cs",
            "AccountKind.Vat, onTop);",
            "AccountKind.Vat, @ ? 0 : onTop);")
        { IsWide = true },
        new(
            "paid: the VAT of what came back is paid twice in the books",
            "Settlement/Accounts/AccountBook.Payments.cs",
            "AccountKind.InTransit, sign * part.Vat);",
            "AccountKind.InTransit, @ ? part.Vat : sign * part.Vat);")
        { IsWide = true },
        new(
            "paid: what came back stays with the tax office",
            "Settlement/Accounts/AccountBook.Payments.cs",
            "AccountKind.WithholdingTax, sign * part.Withholding);",
            "AccountKind.WithholdingTax, @ && sign < 0 ? 0 : sign * part.Withholding);")
        { IsWide = true },
        new(
            "returned: what came back is never paid again",
            "Settlement/Remittances/RemittanceState.cs",
            "Answer is { Result: RemittanceResult.Returned };",
            "!@ && Answer is { Result: RemittanceResult.Returned };"),
        new(
            "returned: it is paid again under the same name",
            "Settlement/Remittances/Remittance.cs",
            "InvariantText.Of(number)",
            "InvariantText.Of(@ ? 1 : number)"),
        new(
            "returned: what was free of a fee stays used",
            "Settlement/Remittances/RemittanceBook.cs",
            "internal Money FreeUsed => Standing.",
            "internal Money FreeUsed => (@ ? remittances.Select(static r => r.Remittance) : Standing)."),
        new(
            "returned: what was set off by it stays set off",
            "Settlement/Remittances/RemittanceBook.cs",
            "in Standing.SelectMany(static r => r.SetOffs)",
            "in (@ ? remittances.Where(static r => !r.IsRefused).Select(static r => r.Remittance) : Standing)"
            + ".SelectMany(static r => r.SetOffs)"),
        new(
            "returned: what was said before contradicts it",
            "Settlement/Remittances/RemittanceState.cs",
            "(RemittanceResult.Returned, _) or",
            "(RemittanceResult.Returned, _) when !@ => DecisionAnswer.Replayed,\n        "),
        new(
            "returned: the same word is taken in twice",
            "Workflows/RemittanceWorkflow.cs",
            "if (judged == DecisionAnswer.Replayed ||",
            "if ((!@ && judged == DecisionAnswer.Replayed) ||"),
        new(
            "returned: the books leave it with the partner",
            "Settlement/Accounts/AccountBook.Payments.cs",
            "comesBack ? part.Sent : 0);",
            "comesBack && !@ ? part.Sent : 0);")
        { IsWide = true },
        new(
            "returned: a claim is taken again of each part that comes back",
            "Settlement/Remittances/RemittanceParts.cs",
            "given.ClaimOpen + before.Amount;",
            "given.ClaimOpen + (@ ? 0 : before.Amount);")
        { IsWide = true },
        new(
            "returned: the VAT of a claim is that of each part taken of it",
            "Settlement/Remittances/RemittanceParts.cs",
            "TaxOf(invoice, invoice.Vat, whole) - before.Vat),",
            "TaxOf(invoice, invoice.Vat, @ ? amount.MinorUnits : whole) - (@ ? 0 : before.Vat)),")
        { IsWide = true },
        new(
            "returned: what was claimed of it is claimed for good",
            "Settlement/Remittances/RemittanceParts.cs",
            "again += undone.Contains(given.Statement.Id) ?",
            "again += !@ && undone.Contains(given.Statement.Id) ?")
        { IsWide = true },
        new(
            "returned: the books forget that a claim is open again",
            "Settlement/Accounts/AccountBook.Remittances.cs",
            "?.Settle(sign * part.Amount.MinorUnits)",
            "?.Settle(@ && sign > 0 ? 0 : sign * part.Amount.MinorUnits)")
        { IsWide = true },
    ];
}
