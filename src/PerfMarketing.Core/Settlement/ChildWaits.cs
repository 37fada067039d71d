using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>An outcome began to wait for its parent, or waits no more; a record of the parent.</summary>
/// <remarks>Decided in one commit with the child, so that whoever decides the parent finds who waits for it.</remarks>
public sealed record ChildWaits : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "child";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The child.</summary>
    public required OutcomeId Child { get; init; }

    /// <summary>Whether the wait is over.</summary>
    public bool IsOver { get; init; }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("child", Child);
        terms.Flag("isOver", IsOver);
    }

    internal static ChildWaits ReadCore(TermReader terms) => new()
    {
        OutcomeId = IdOf(terms),
        DecidedAt = TimeOf(terms),
        Child = terms.Value<OutcomeId>("child"),
        IsOver = terms.Flag("isOver"),
    };
}
