using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Contracts.Programmes;

/// <summary>A partner who is to have a contract by a programme.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="From">The first day of the contract, in the programme's zone.</param>
public sealed record Enrolment(PartnerId Partner, LocalDate From)
{
    /// <summary>The day after the last; null means as long as the programme.</summary>
    public LocalDate? To { get; init; }

    /// <summary>The partner's group; null means the programme's default group.</summary>
    public PartnerGroupId? Group { get; init; }

    /// <summary>The contract's name; null makes one of the template's name, a dot and the partner.</summary>
    public ContractId? Contract { get; init; }

    /// <summary>What the partner has otherwise than programme and group say; null when nothing.</summary>
    public ClauseOverlay? Terms { get; init; }

    /// <summary>Whether somebody has approved it, for programmes that ask for that.</summary>
    public bool IsApproved { get; init; }
}
