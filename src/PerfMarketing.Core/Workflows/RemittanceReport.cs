using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Remittances;

namespace PerfMarketing.Workflows;

/// <summary>What came of one call to remit.</summary>
/// <param name="Remittances">
/// The remittances that were in transit when the call began and the one that it made, as they stand now, in the order
/// of their numbers.
/// </param>
/// <param name="Carried">
/// What is payable and waits for the next time, also what the bank refused while the call lasted; below zero when more
/// is owed back.
/// </param>
/// <param name="Reason">
/// Why no remittance was made; null when one was, by this call or by an earlier one that asked for the same.
/// </param>
public sealed record RemittanceReport(ValueList<RemittanceState> Remittances, Money Carried, Reason? Reason)
{
    /// <summary>
    /// Whether an earlier call, also one whose answer was lost, made the remittance: the newest statement that is
    /// payable is in it, and nothing is left.
    /// </summary>
    public bool IsRepetition { get; init; }

    /// <summary>
    /// Statements that were paid by another invoice than is given now, or net: the difference is not paid. One
    /// <see cref="RemittanceReasons.InvoiceDiffers"/> for each.
    /// </summary>
    public ValueList<Reason> InvoicesThatDiffer { get; init; } = [];
}
