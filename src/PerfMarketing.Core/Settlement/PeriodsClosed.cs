using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>
/// All periods of a contract that end at an instant were closed, also when nothing was paid for them.
/// </summary>
public sealed record PeriodsClosed : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "periods-closed";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The contract.</summary>
    public required ContractId Contract { get; init; }

    /// <summary>The first instant after the periods.</summary>
    public required Instant End { get; init; }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("contract", Contract);
        terms.Instant("end", End);
    }

    internal static PeriodsClosed ReadCore(TermReader terms) => new()
    {
        OutcomeId = default,
        DecidedAt = TimeOf(terms),
        Contract = terms.Value<ContractId>("contract"),
        End = terms.Instant("end"),
    };
}
