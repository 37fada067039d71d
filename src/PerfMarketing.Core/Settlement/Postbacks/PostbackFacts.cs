using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Settlement.Postbacks;

/// <summary>What a partner may know of its own share of an outcome; what a template is filled with.</summary>
/// <remarks>
/// There is nothing in it of what others earn or touched, of what the advertiser pays, or of what the order was worth.
/// </remarks>
public sealed record PostbackFacts
{
    /// <summary>The campaign.</summary>
    public required CampaignId Campaign { get; init; }

    /// <summary>The contract that pays the partner.</summary>
    public required ContractId Contract { get; init; }

    /// <summary>The clause.</summary>
    public required ClauseId Clause { get; init; }

    /// <summary>The partner.</summary>
    public required PartnerId Partner { get; init; }

    /// <summary>The outcome.</summary>
    public required OutcomeId Outcome { get; init; }

    /// <summary>What kind of outcome it is.</summary>
    public required OutcomeKind Kind { get; init; }

    /// <summary>What the partner is told.</summary>
    public required PostbackState State { get; init; }

    /// <summary>When it was decided.</summary>
    public required Instant At { get; init; }

    /// <summary>The ledger entry; unset when nothing was posted.</summary>
    public EntryId Entry { get; init; }

    /// <summary>What the entry gives the partner, or takes back when negative; null when nothing was posted.</summary>
    public Money? Payout { get; init; }

    /// <summary>
    /// What the partner now has of the outcome, by this entry's earning; null when nothing was posted.
    /// </summary>
    public Money? Net { get; init; }

    /// <summary>The code of why it waits, was changed or was refused; null when there is none.</summary>
    public string? Reason { get; init; }

    /// <summary>The partner's own touch that got the credit, the last of them; unset when it is not known.</summary>
    public TouchpointId Touch { get; init; }

    /// <summary>The facts of that touch, of which sub-ids are told.</summary>
    public FactSet TouchFacts { get; init; } = FactSet.Empty;
}
