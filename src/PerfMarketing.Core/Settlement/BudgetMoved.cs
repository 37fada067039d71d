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

    /// <summary>When the outcome occurred.</summary>
    public required Instant OccurredAt { get; init; }

    /// <summary>
    /// By which instant the budget counts the amount, where that is another one, by the budget's recognition. Null
    /// means when the outcome occurred.
    /// </summary>
    public Instant? CountsAt { get; init; }

    /// <summary>What happened to the budget.</summary>
    public required BudgetEntry Entry { get; init; }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Instant("occurredAt", OccurredAt);
        terms.Instant("countsAt", CountsAt);
        terms.Terms("entry", Entry);
    }

    internal static BudgetMoved ReadCore(TermReader terms) => new()
    {
        OutcomeId = IdOf(terms),
        DecidedAt = TimeOf(terms),
        OccurredAt = terms.Instant("occurredAt"),
        CountsAt = terms.OptionalInstant("countsAt"),
        Entry = terms.Object("entry", BudgetEntry.Read),
    };
}
