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
    /// The advertiser whose money it is paid from. Where partners wait until all invoices are paid, those of this
    /// advertiser are waited for; unset those of the contract.
    /// </summary>
    public AdvertiserId Advertiser { get; init; }

    /// <summary>
    /// Whether the payer has paid this statement; asked only where partners are paid after the payer.
    /// </summary>
    public bool IsPayerPaid { get; init; }

    /// <summary>
    /// What the payee has paid back so far of what the statement claims, without taxes: as large a part of the claim as
    /// was paid of its credit note; null for nothing. Not below zero.
    /// </summary>
    /// <remarks>
    /// What is open of the claim is taken from what is paid again, when a payment for an earlier statement of the
    /// contract was refused or came back. What was paid back beyond the claim, or was taken already, is given back with
    /// the next remittance.
    /// </remarks>
    public Money? ClaimPaid { get; init; }

    /// <summary>
    /// The invoice of the statement, or its credit note: VAT is paid on top, and withholding tax is kept. Null where
    /// there is none: the statement is paid net.
    /// </summary>
    public StatementInvoice? Invoice { get; init; }

    // Whether there is no invoice, or one of this statement, over what it pays or claims.
    internal bool IsInvoiceSound => Invoice is not { } invoice
        || (invoice.Statement == Statement.Id && invoice.Partner == Statement.Partner
            && invoice.Contract == Statement.Contract && invoice.Net == Net && invoice.IsSound);

    // Whether what was paid back is an amount, of a statement that claims something.
    internal bool IsClaimSound => ClaimPaid is not { } paid
        || (paid.Currency == Statement.Payable.Currency && paid.MinorUnits >= 0 && (Claims || paid.MinorUnits == 0));

    internal bool Claims => Statement.Claimed is { MinorUnits: > 0 };

    // What the payee has not paid back of the claim; below zero when it was more, in minor units.
    internal long ClaimOpen => (Statement.Claimed?.MinorUnits ?? 0) - (ClaimPaid?.MinorUnits ?? 0);

    // By whom what it waits for is paid: all of one advertiser's, or else of one contract.
    internal (AdvertiserId Advertiser, CampaignId Campaign, ContractId Contract) Debtor =>
        Advertiser.IsUnset ? (default, Campaign, Statement.Contract) : (Advertiser, default, default);

    private Money Net => Statement.Payable.MinorUnits > 0 || Statement.Claimed is not { } claimed
        ? Statement.Payable
        : -claimed;

    /// <summary>A statement that is paid from its due day on, in the contract's zone, by its advertiser.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="statement">The statement.</param>
    /// <exception cref="ArgumentException">The campaign has no such contract.</exception>
    public static PayableStatement Of(Campaign campaign, Statement statement)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(statement);
        Contract contract = campaign.Contracts.FirstOrDefault(c => c.Id == statement.Contract)
            ?? throw new ArgumentException($"There is no contract '{statement.Contract}'.", nameof(statement));
        PayableStatement found = new(campaign.Id, statement) { Advertiser = campaign.Advertiser };
        return statement.DueOn is { } date ? found with { PayFrom = contract.Calendar.StartOf(date) } : found;
    }
}
