using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>
/// The statements of a contract were closed up to an instant: whatever is decided later is in the next ones.
/// </summary>
public sealed record StatementsClosed : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "statements-closed";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The contract.</summary>
    public required ContractId Contract { get; init; }

    /// <summary>The first instant after the newest statement that is closed.</summary>
    public required Instant Through { get; init; }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("contract", Contract);
        terms.Instant("through", Through);
    }

    internal static StatementsClosed ReadCore(TermReader terms) => new()
    {
        OutcomeId = default,
        DecidedAt = TimeOf(terms),
        Contract = terms.Value<ContractId>("contract"),
        Through = terms.Instant("through"),
    };
}
