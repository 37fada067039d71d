using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>A statement with the campaign that it is of: what a remittance is made of.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Statement">The statement; an open one is left for later.</param>
public sealed record PayableStatement(CampaignId Campaign, Statement Statement)
{
    /// <summary>
    /// From when on it is paid: the beginning of the day on which it is due, in UTC unless set; at once when the terms
    /// name no day.
    /// </summary>
    public Instant PayFrom { get; init; } =
        Statement?.DueOn is { } date ? ContractCalendar.Utc.StartOf(date) : Instant.MinValue;

    /// <summary>
    /// Whether the payer has paid this statement; asked only where partners are paid after the payer.
    /// </summary>
    public bool IsPayerPaid { get; init; }

    /// <summary>
    /// Whether the payee has paid back all that the statement claims, beside what a standing remittance takes of it. If
    /// not, and a payment for an earlier statement of the
    /// contract was refused or came back, it is taken from what is paid again.
    /// </summary>
    public bool IsClaimPaid { get; init; }

    /// <summary>
    /// The invoice of the statement, or its credit note: VAT is paid on top, and withholding tax is kept. Null where
    /// there is none: the statement is paid net.
    /// </summary>
    public StatementInvoice? Invoice { get; init; }

    // Whether there is no invoice, or one of this statement, over what it pays or claims.
    internal bool IsInvoiceSound => Invoice is not { } invoice
        || (invoice.Statement == Statement.Id && invoice.Partner == Statement.Partner
            && invoice.Contract == Statement.Contract && invoice.Net == Net && invoice.IsSound);

    private Money Net => Statement.Payable.MinorUnits > 0 || Statement.Claimed is not { } claimed
        ? Statement.Payable
        : -claimed;

    /// <summary>A statement that is paid from its due day on, in the contract's zone.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="statement">The statement.</param>
    /// <exception cref="ArgumentException">The campaign has no such contract.</exception>
    public static PayableStatement Of(Campaign campaign, Statement statement)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(statement);
        Contract contract = campaign.Contracts.FirstOrDefault(c => c.Id == statement.Contract)
            ?? throw new ArgumentException($"There is no contract '{statement.Contract}'.", nameof(statement));
        PayableStatement found = new(campaign.Id, statement);
        return statement.DueOn is { } date ? found with { PayFrom = contract.Calendar.StartOf(date) } : found;
    }
}
