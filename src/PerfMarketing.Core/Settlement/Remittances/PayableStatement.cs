using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
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
    /// Whether the payee has paid back what the statement claims. If not, and a payment for an earlier statement of the
    /// contract was refused, it is taken from what is paid again.
    /// </summary>
    public bool IsClaimPaid { get; init; }

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
