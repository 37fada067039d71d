using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>An outcome reserved, used, gave back or returned a part of a budget.</summary>
public sealed record BudgetMoved : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "budget";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>When the outcome occurred: it says in which period of the budget the amount counts.</summary>
    public required Instant OccurredAt { get; init; }

    /// <summary>What happened to the budget.</summary>
    public required BudgetEntry Entry { get; init; }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Instant("occurredAt", OccurredAt);
        terms.Terms("entry", Entry);
    }

    internal static BudgetMoved ReadCore(TermReader terms) => new()
    {
        OutcomeId = IdOf(terms),
        DecidedAt = TimeOf(terms),
        OccurredAt = terms.Instant("occurredAt"),
        Entry = terms.Object("entry", BudgetEntry.Read),
    };
}
